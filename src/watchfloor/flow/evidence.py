"""What a report rests on, for a person: where its bytes lie, and whether they still are what they were."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Literal

from msgspec import Struct

from watchfloor.clean.reports import clean
from watchfloor.clean.standing import missing
from watchfloor.collect.http_message import read_message
from watchfloor.collect.limits import DEFAULT
from watchfloor.collect.warc_records import Record
from watchfloor.collect.warc_reread import Reread, reread
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside, StoreError
from watchfloor.core.evidence import Evidence
from watchfloor.core.marking import Reader
from watchfloor.core.report import Report
from watchfloor.flow.deadline import deadline
from watchfloor.flow.keeping import finder, place_of
from watchfloor.store.store import Store

Verdict = Literal["derives", "differs-today", "not-derived", "changed", "missing"]
"""derives: cleaning the bytes again gives the very text. differs-today: the bytes are what they were and the text
stands in them, but this version of the cleaning reads them otherwise. not-derived: the text does not stand in them.
changed, missing: of the bytes, in the archive or in the database."""

FAILED: frozenset[Verdict] = frozenset({"not-derived", "changed", "missing"})


class Sent(Struct, frozen=True, kw_only=True):
    """One message or note in an archive. line: request or status line. fields: headers, or what is noted."""

    kind: str
    record: str
    offset: int
    url: str
    date: str
    ip: str | None
    line: str
    fields: tuple[tuple[str, str], ...]


class Lies(Struct, frozen=True, kw_only=True):
    """One record that a report rests on. state: "intact", "changed", "missing", or why it cannot be read."""

    evidence: Evidence
    path: str
    state: str
    detail: str
    messages: tuple[Sent, ...] = ()


class Basis(Struct, frozen=True, kw_only=True):
    """All that a report rests on. kept: the bytes in the database have the digest of the capture."""

    report: str
    headline: str | None
    capture: str
    locator: str
    feed: str
    url: str | None
    collected: str
    media_type: str
    sha256: str
    size: int
    kept: bool
    records: tuple[Lies, ...]


class Verified(Struct, frozen=True, kw_only=True):
    """Whether a report still derives from its bytes. records: of the archives; empty for a report from a file."""

    report: str
    verdict: Verdict
    detail: str
    records: tuple[Lies, ...] = ()

    @property
    def failed(self) -> bool:
        """Return whether somebody must look at it."""
        return self.verdict in FAILED


def basis(store: Store, reader: Reader, folder: Path, report: Report) -> Basis:
    """Return what a report rests on, each record read again."""
    capture = _capture(store, reader, report)
    return Basis(
        report=report.id,
        headline=report.headline,
        capture=capture.id,
        locator=capture.locator,
        feed=capture.feed,
        url=capture.url,
        collected=capture.collected.isoformat(),
        media_type=capture.media_type,
        sha256=capture.sha256,
        size=len(capture.data),
        kept=sha256(capture.data).hexdigest() == capture.sha256,
        records=tuple(lies for lies, _ in looked_up(store, reader, folder, report)),
    )


def looked_up(store: Store, reader: Reader, folder: Path, report: Report) -> list[tuple[Lies, Reread | None]]:
    """Return each record that a report rests on, read again as far as it is there."""
    find = finder(store, reader, folder, DEFAULT)
    found: list[tuple[Lies, Reread | None]] = []
    for evidence in store.evidence(reader, report.id):
        path = place_of(evidence, folder)
        try:
            again = reread(path, evidence, find)
        except SetAside as aside:
            lies = Lies(evidence=evidence, path=path.as_posix(), state=aside.reason, detail=aside.detail)
            found.append((lies, None))
            continue
        messages = tuple(_sent(record) for record in again.about)
        lies = Lies(evidence=evidence, path=path.as_posix(), state="intact", detail="", messages=messages)
        found.append((lies, again))
    return found


def verified(store: Store, reader: Reader, folder: Path, report: Report, seconds: float) -> Verified:
    """Return whether the report's text still derives from its bytes, which are read, hashed and cleaned again."""
    capture = _capture(store, reader, report)
    looked = looked_up(store, reader, folder, report)
    records = tuple(lies for lies, _ in looked)
    for (lies, again), of in ((each, each[0].evidence.capture) for each in looked):
        if again is not None and of == capture.id and sha256(again.data).hexdigest() != capture.sha256:
            detail = (
                f"the record at byte {lies.evidence.offset} of {lies.evidence.file} gives other bytes than were read"
            )
            return Verified(report=report.id, verdict="changed", detail=detail, records=records)
    if sha256(capture.data).hexdigest() != capture.sha256:
        detail = "the bytes in the database are not those that were collected"
        return Verified(report=report.id, verdict="changed", detail=detail, records=records)
    for lies in records:
        if lies.state != "intact":
            verdict: Verdict = "missing" if lies.state in ("missing", "no-original") else "changed"
            return Verified(report=report.id, verdict=verdict, detail=lies.detail, records=records)
    expected = next((feed.language for feed in store.feeds(reader) if feed.name == capture.feed), None)
    verdict, detail = _text(report, capture, seconds, expected)
    return Verified(report=report.id, verdict=verdict, detail=detail, records=records)


def _text(report: Report, capture: Capture, seconds: float, expected: str | None) -> tuple[Verdict, str]:
    """Say what becomes of the bytes today, and whether the kept text is that."""
    try:
        with deadline(seconds):
            today = clean(capture, expected=expected)
    except SetAside as aside:
        return _other(report, capture, None, f"today the bytes are set aside ({aside})")
    if today.text != report.text:
        how = f"{report.generated_by} made {len(report.text)} characters, {today.generated_by} makes {len(today.text)}"
        return _other(report, capture, today, how)
    other = [
        name
        for name in ("headline", "authors", "published", "url", "passages")
        if _of(report, name) != _of(today, name)
    ]
    if other:
        return "differs-today", f"the text is the same; read otherwise today: {', '.join(other)}"
    return "derives", "the bytes are what they were, and cleaning them again gives this very text"


def _other(report: Report, capture: Capture, today: Report | None, how: str) -> tuple[Verdict, str]:
    passage = missing(report, capture, today)
    if passage is None:
        return "differs-today", f"every passage stands in the bytes, but {how}"
    return "not-derived", f"the {passage.kind} at {passage.start} to {passage.end} does not stand in the bytes; {how}"


def _of(report: Report, name: str) -> object:
    return getattr(report, name)


def _capture(store: Store, reader: Reader, report: Report) -> Capture:
    found = store.capture(reader, report.capture)
    if found is None:
        raise StoreError(f"report {report.id} rests on the capture {report.capture}, which this reader may not see")
    return found


def _sent(record: Record) -> Sent:
    message = read_message(record.block or b"") if record.type in ("request", "response", "revisit") else None
    fields: Sequence[tuple[str, str]] = ()
    if message is not None:
        fields = message.headers
    elif record.headers.get("content-type") == "application/warc-fields":
        lines = (record.block or b"").decode("utf-8", "replace").splitlines()
        fields = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines) if name]
    return Sent(
        kind=record.type,
        record=record.id,
        offset=record.offset,
        url=record.url,
        date=record.headers.get("warc-date", ""),
        ip=record.headers.get("warc-ip-address"),
        line=message.start if message is not None else "",
        fields=tuple(fields),
    )
