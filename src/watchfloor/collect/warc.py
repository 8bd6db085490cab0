"""What is in a web archive (WARC, CC-NEWS): pages become captures, the rest is counted; memory stays flat."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct, structs

from watchfloor.collect.captured import Told
from watchfloor.collect.decompression import unpacked
from watchfloor.collect.fetched import sent
from watchfloor.collect.http_message import Message, read_message
from watchfloor.collect.limits import DEFAULT, Limits
from watchfloor.collect.names import locator_of, printable
from watchfloor.collect.warc_archives import read_archive
from watchfloor.collect.warc_originals import Find, Originals
from watchfloor.collect.warc_records import Damage, Record, digest_holds, length_of, records
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside
from watchfloor.core.evidence import Evidence, EvidenceKind

Open = Callable[[], BinaryIO]
"""Opens a file to read it from its beginning, as often as it is called."""

_BESIDE = frozenset({"request", "metadata", "warcinfo", "conversion", "continuation"})  # records about others
_KINDS: dict[str, EvidenceKind] = {"response": "response", "resource": "resource", "revisit": "revisit"}
_DATE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?Z")


class Content(Struct, frozen=True, kw_only=True):
    """What one record holds of what a source sent. payload: as recorded. coding, content_type: as declared."""

    status: int
    payload: bytes
    coding: str
    content_type: str


def captures(
    path: Path, told: Told, *, limits: Limits = DEFAULT, others: Iterable[Path] = ()
) -> Iterator[Capture | SetAside]:
    """Yield a capture for each page in the archive, with where its record lies, and what could not be one.

    What is no page (pictures, scripts) or no success (404) is counted in one SetAside at the end, "not-a-page". Damage
    is yielded where it is met, and passed over. others: further files of the set, in which the original of a revisit
    may lie; looked at only when there is a revisit whose original does not lie in this file.
    """
    locator = locator_of(path)

    def opened(of: Path) -> Open:
        return lambda: of.open("rb")

    originals = Originals([opened(path)], (opened(other) for other in others if other != path), most=limits.file_bytes)
    yield from captures_in(opened(path), locator, told, limits=limits, originals=originals, file=locator)


def captures_in(
    open_it: Open,
    locator: str,
    told: Told,
    *,
    limits: Limits = DEFAULT,
    originals: Originals | None = None,
    file: str | None = None,
    part: tuple[int, int] | None = None,
) -> Iterator[Capture | SetAside]:
    """Yield what `captures` yields, of what can be opened; file: what the evidence names, None leaves evidence out.

    part: only the records that begin from one byte on and before another, as `warc_parts.parts` cuts them.
    """
    whole = locator if part is None else f"{locator}@{part[0]}-{part[1]}"
    passed: Counter[str] = Counter()
    originals = originals or Originals([open_it], (), most=limits.file_bytes)
    read = damages = 0
    before = Before()
    try:
        for found in _read(open_it, limits.file_bytes, part):
            if isinstance(found, Damage):
                damages += 1
                yield _damaged(found, locator)
            else:
                read += length_of(found.headers)
                start = before.start(found)
                yield from _taken(found, start, locator, told, limits, originals, file, passed)
            if read > limits.warc_bytes or damages >= limits.warc_damages:
                detail = f"given up after {read:,} bytes and {damages} damaged places; split or mend it"
                yield SetAside("archive-limit", detail, whole)
                break
    except OSError as error:
        yield SetAside("unreadable", f"cannot be read to its end: {error.strerror or error}", whole)
    if passed:
        counted = ", ".join(f"{number:,} {what}" for what, number in passed.most_common(8))
        yield SetAside("not-a-page", f"{passed.total():,} records are no pages: {counted}", whole)


def _read(open_it: Open, most: int, part: tuple[int, int] | None) -> Iterator[Record | Damage]:
    if part is None:
        yield from read_archive(open_it, most=most)
        return
    with open_it() as stream:
        for found in records(stream, most=most, start=part[0]):
            if found.offset >= part[1]:
                return
            yield found


class Before:
    """The records about a page that stand directly before it."""

    def __init__(self) -> None:
        self._first: tuple[str, int] | None = None

    def start(self, record: Record) -> int:
        """Return where the first record stands that belongs to this one."""
        first = self._first if self._first is not None and self._first[0] == record.url else None
        if record.type in ("request", "metadata"):
            self._first = first or (record.url, record.offset)
            return record.offset
        self._first = None
        return record.offset if first is None else first[1]


def _taken(
    record: Record,
    start: int,
    locator: str,
    told: Told,
    limits: Limits,
    originals: Originals,
    file: str | None,
    passed: Counter[str],
) -> Iterator[Capture | SetAside]:
    """Yield what one record gives: a capture, why it is none, or nothing and a count."""
    kind = _KINDS.get(record.type)
    if kind is None:
        if record.type not in _BESIDE:
            passed[f"of the type {printable(record.type)[:40] or 'unknown'}"] += 1
        return
    name = f"{locator}!{printable(record.url)}"
    try:
        content, collected = content_of(record, limits, originals.of), date_of(record)
        if content.status != 200:
            if not 300 <= content.status < 400:  # a redirect stands for nothing of its own
                passed[f"with status {content.status}"] += 1
            return
        data = unpacked(content.payload, content.coding, limits)
    except SetAside as aside:
        if aside.reason == "other":
            passed[aside.detail] += 1
        else:
            yield SetAside(aside.reason, aside.detail, name)
        return
    dated = structs.replace(told, now=collected)
    made = sent(data, locator=name, url=record.url, content_type=content.content_type, told=dated)
    if isinstance(made, SetAside):
        passed[_what(content, made)] += 1
    elif file is None or not record.id:
        yield made
    else:
        yield structs.replace(
            made,
            evidence=Evidence(
                capture=made.id,
                file=file,
                start=start if record.alone else record.offset,
                offset=record.offset,
                length=record.length,
                kind=kind,
                record=record.id,
                digest=made.sha256 if data is content.payload else sha256(content.payload).hexdigest(),
                url=record.url,
                date=collected,
            ),
        )


def content_of(record: Record, limits: Limits, find: Find) -> Content:
    """Return what a response, resource or revisit holds; of a revisit the bytes that it refers to.

    Raise SetAside: "too-large", "no-original", "damaged", or "other" for what is no content from the web.
    """
    if record.block is None:
        raise SetAside("too-large", f"at most {limits.file_bytes} bytes of one item are read")
    if record.type == "resource":
        if not record.url.startswith(("http:", "https:", "file:", "urn:")):
            raise SetAside("other", "of another address than of the web")
        return Content(status=200, payload=record.block, coding="", content_type=record.headers.get("content-type", ""))
    if not record.url.startswith(("http:", "https:")):
        raise SetAside("other", "of another address than of the web")
    message = read_message(record.block)
    if record.type == "revisit":
        return _revisited(record, message, find)
    if message is None or not message.status:
        raise SetAside("damaged", f"expected an HTTP response, found {record.block[:24]!r}")
    return _content(message, message.body)


def date_of(record: Record) -> datetime:
    """Return when it was recorded; raise SetAside "damaged" when that is not said."""
    said = record.headers.get("warc-date", "")
    if (match := _DATE.fullmatch(said)) is None:
        raise SetAside("damaged", f"expected the time of the record, such as 2024-11-01T12:00:00Z, found {said[:40]!r}")
    try:
        at = datetime.fromisoformat(match[1]).replace(tzinfo=UTC)
    except ValueError:
        raise SetAside("damaged", f"found the time {said[:40]!r}, which does not exist") from None
    return at.replace(microsecond=int((match[2] or ".0")[1:7].ljust(6, "0")))


def _revisited(record: Record, message: Message | None, find: Find) -> Content:
    if "identical-payload-digest" not in record.headers.get("warc-profile", ""):
        raise SetAside("other", "that say that nothing had changed")
    original = find(record)
    if original is None or original.block is None:
        refers = record.headers.get("warc-refers-to-date") or record.headers.get("warc-refers-to", "")
        raise SetAside(
            "no-original", f"it says that the source sent what it had sent before ({refers[:80]}); add that archive too"
        )
    first = read_message(original.block) if original.type == "response" else None
    payload = first.body if first is not None else original.block
    label = record.headers.get("warc-payload-digest", "")
    if original.headers.get("warc-payload-digest") != label and digest_holds(label, payload) is False:
        raise SetAside("no-original", "the record that it refers to holds other bytes than it says")
    said = message if message is not None and message.status else first
    return (
        _content(said, payload)
        if said is not None
        else Content(status=200, payload=payload, coding="", content_type=original.headers.get("content-type", ""))
    )


def _content(message: Message, payload: bytes) -> Content:
    return Content(
        status=message.status,
        payload=payload,
        coding=message.header("content-encoding"),
        content_type=message.header("content-type"),
    )


def _what(content: Content, aside: SetAside) -> str:
    if aside.reason == "empty":
        return "without content"
    return printable(content.content_type.partition(";")[0].strip().lower())[:60] or "of no declared type"


def _damaged(damage: Damage, locator: str) -> SetAside:
    more = "what follows was read" if damage.sought else "nothing that can be read follows"
    return SetAside(
        "damaged",
        f"no record can be read at byte {damage.offset}: {damage.detail}; {more}",
        f"{locator}!@{damage.offset}",
    )
