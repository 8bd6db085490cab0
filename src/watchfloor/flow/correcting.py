"""Correcting what the machine found in a report: entries that are added, signed, applied whenever it is read.

Everybody who may judge may correct, undo, and correct a correction. Nothing is overwritten: the machine's findings stay
in the store, and what a person said of them is laid over them when they are read (`annotate.corrected`).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from watchfloor.annotate.anchors import anchors
from watchfloor.annotate.corrected import applied, digest_of
from watchfloor.annotate.findings import key, kind, said, spans
from watchfloor.core.annotation import Annotation
from watchfloor.core.audit import Note
from watchfloor.core.correction import Applied, Correction, CorrectionVerb
from watchfloor.core.errors import ConfigError
from watchfloor.core.identity import content_id
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.flow.admission import Admitted
from watchfloor.flow.finding_forms import added, changed
from watchfloor.store.store import Store

LONGEST_REASON = 2_000  # code points (assumed)


class Readout(Struct, frozen=True, kw_only=True):
    """What is found in a report. machine: by the machine alone. findings: as people left it. fates: of the entries."""

    report: Report
    machine: tuple[Annotation, ...]
    findings: tuple[Annotation, ...]
    fates: tuple[Applied, ...]


def readout(store: Store, reader: Reader, report: Report) -> Readout:
    """Return what is found in a report with what people said of it, as far as the reader may know it."""
    machine = store.annotations(reader, [report.id]).get(report.id, ())
    findings, fates = applied(report, machine, store.corrections.corrections_at(reader, [report.address]))
    return Readout(report=report, machine=machine, findings=findings, fates=fates)


def named(store: Store, reader: Reader, name: str) -> Report:
    """Return the report whose id is, or begins so. Raises ConfigError."""
    fitting = [id for id in store.resolve(reader, name) if id.startswith("rep_")] if name else []
    report = store.report(reader, fitting[0]) if len(fitting) == 1 else None
    if report is None:
        raise ConfigError(f"{len(fitting)} reports have an id that begins with {name!r}; expected one")
    return report


def decide(
    store: Store,
    by: Admitted,
    report: str,
    finding: str,
    verb: CorrectionVerb,
    now: datetime,
    *,
    reason: str | None = None,
    typed: Mapping[str, str] | None = None,
    words: tuple[int, int] | None = None,
    marking: Marking | None = None,
) -> Correction:
    """Keep that a finding is so ("confirm"), is not ("reject"), or is otherwise ("change"); return the entry.

    report, finding: ids, or how they begin. typed: by field what is so (`finding_forms.FIELDS`). words: where it really
    stands. marking: for whom it holds; without one it stays at home. Raises ConfigError, AccessDenied.
    """
    by.require("judge")
    read = readout(store, by.reader, named(store, by.reader, report))
    one = _finding(read, finding)
    made = None
    if verb == "change":
        made = changed(one, typed or {}, None if words is None else _span(read.report, words))
        if made == one:
            raise ConfigError("nothing is changed; say what is so, for example name=..., or reject the finding")
    elif verb not in ("reject", "confirm"):
        raise ConfigError(f"found {verb!r}, expected reject, confirm or change")
    return _keep(store, by, read, verb, now, finding=one, made=made, reason=reason, marking=marking)


def add(
    store: Store,
    by: Admitted,
    report: str,
    sort: str,
    words: tuple[int, int],
    typed: Mapping[str, str],
    now: datetime,
    *,
    reason: str | None = None,
    marking: Marking | None = None,
) -> Correction:
    """Keep a finding that the machine did not make; return the entry. sort: one of `finding_forms.ADDABLE`."""
    by.require("judge")
    read = readout(store, by.reader, named(store, by.reader, report))
    made = added(sort, typed, _span(read.report, words), read.report.text)
    text = read.report.text
    if any(key(text, one) == key(text, made) for one in read.findings):
        raise ConfigError("this is found there already; confirm that finding instead")
    return _keep(store, by, read, "add", now, made=made, reason=reason, marking=marking)


def undo(store: Store, by: Admitted, entry: str, now: datetime, *, reason: str | None = None) -> Correction:
    """Take an entry back by a further one, under the same marking; what takes back can be taken back itself."""
    by.require("judge")
    fitting = [one for one in store.corrections.corrections(by.reader) if entry and one.id.startswith(entry)]
    if len(fitting) != 1:
        raise ConfigError(f"{len(fitting)} corrections have an id that begins with {entry!r}; expected one")
    (meant,) = fitting
    report = store.report(by.reader, meant.report)
    if report is None:
        raise ConfigError(f"the report {meant.report} of this correction is not there any more")
    read = readout(store, by.reader, report)
    if any(one.correction.id == meant.id and one.state == "undone" for one in read.fates):
        raise ConfigError(f"{meant.id} is taken back already; take that entry back to have it again")
    return _keep(store, by, read, "undo", now, undoes=meant.id, reason=reason, marking=meant.marking)


def listed(store: Store, reader: Reader, reports: Iterable[Report] | None = None) -> list[Applied]:
    """Return what became of every correction in the current reports, or in these, the latest first."""
    entries = store.corrections.corrections(reader)
    addresses = {one.address for one in entries}
    here = [one for one in (store.reports(reader) if reports is None else reports) if one.address in addresses]
    machine = store.annotations(reader, [one.id for one in here])
    fates = [
        fate
        for one in here
        for fate in applied(one, machine.get(one.id, ()), entries)[1]  # those of other addresses are passed over
    ]
    return sorted(fates, key=lambda fate: (fate.correction.at, fate.correction.id), reverse=True)


def words_of(report: Report, quote: str, near: int = 0) -> tuple[int, int]:
    """Return where words stand in a report's text, the first place from an offset on. Raises ConfigError."""
    at = report.text.find(quote, near) if quote else -1
    if at < 0:
        raise ConfigError(f"the words {quote[:80]!r} do not stand in {report.id}; give them as they are in the text")
    return at, at + len(quote)


def _span(report: Report, words: tuple[int, int]) -> Span:
    start, end = words
    if not 0 <= start < end <= len(report.text):
        raise ConfigError(f"found the words {start}–{end}, expected some within 0–{len(report.text)}")
    inner = report.text[start:end]
    start, end = start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip())
    if start >= end:
        raise ConfigError("there are no words between these two places")
    return Span(report=report.id, start=start, end=end)


def _finding(read: Readout, name: str) -> Annotation:
    """Return the finding of that id: as it stands, or the machine's that a person put aside."""
    known = {key(read.report.text, one): one for one in (*read.machine, *read.findings)}
    fitting = [id for id in known if name and id.startswith(name)]
    if len(fitting) != 1:
        raise ConfigError(f"{len(fitting)} findings of {read.report.id} have an id that begins with {name!r}")
    return known[fitting[0]]


def _keep(
    store: Store,
    by: Admitted,
    read: Readout,
    verb: CorrectionVerb,
    now: datetime,
    *,
    finding: Annotation | None = None,
    made: Annotation | None = None,
    undoes: str | None = None,
    reason: str | None = None,
    marking: Marking | None = None,
) -> Correction:
    report = read.report
    why = (reason or "").strip() or None
    if why is not None and len(why) > LONGEST_REASON:
        raise ConfigError(f"the reason has {len(why):,} characters; expected at most {LONGEST_REASON:,}")
    before = [one.correction.at for one in read.fates]
    at = max([now, *(one + timedelta(microseconds=1) for one in before)])  # the latest stands
    held = [(span.start, span.end) for one in (finding, made) if one is not None for span in spans(one)]
    about = None if finding is None else key(report.text, finding)
    entry = Correction(
        id=content_id("cor", report.id, verb, about, made, undoes, by.name, at.isoformat(), why),
        verb=verb,
        report=report.id,
        address=report.address,
        text=digest_of(report.text),
        finding=finding,
        made=made,
        key=about,
        said=None if finding is None else said(report.text, finding),
        anchors=anchors(report.text, held),
        undoes=undoes,
        by=by.name,
        at=at,
        reason=why,
        marking=marking,
    )
    one = finding or made
    sort = "correction" if one is None else kind(one)
    detail = {"report": report.id, "change": verb, "kind": sort, **({"undoes": undoes} if undoes else {})}
    if why:
        detail["reason"] = why
    store.corrections.keep_correction(entry, Note(at=at, who=by.name, verb="judge", what=entry.id, detail=detail))
    return entry
