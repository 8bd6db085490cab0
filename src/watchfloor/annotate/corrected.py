"""What people said of findings, applied to what the machine finds now: their word wins, and nothing is overwritten.

An entry holds on to words, not to a run of the machine. Where another recipe read the report, a finding is known again
by its words and what it says; where the report has another text, the words are looked for in it. A rejection is of what
was said: when the machine says something else of the same words, it is asked about anew.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from msgspec import structs

from watchfloor.annotate.anchors import found as found_again
from watchfloor.annotate.findings import kind, mark, moved, said
from watchfloor.core.annotation import Annotation, Quantity
from watchfloor.core.correction import Applied, Correction
from watchfloor.core.report import Report
from watchfloor.core.span import Span

BY_A_PERSON = "person"
"""How `generated_by` of a finding begins that rests on a person's word; behind the @ stands the entry's id."""

_SHOWN = 60  # code points of words in a message

Found = tuple[Annotation, ...]


def corrected(
    reports: Iterable[Report], annotations: dict[str, Found], corrections: Sequence[Correction]
) -> dict[str, Found]:
    """Return the annotations by report id as people left them; without corrections, those that were given."""
    if not corrections:
        return annotations
    by_address: dict[str, list[Correction]] = {}
    for one in corrections:
        by_address.setdefault(one.address, []).append(one)
    changed = {
        report.id: applied(report, annotations.get(report.id, ()), by_address[report.address])[0]
        for report in reports
        if report.address in by_address
    }
    return {**annotations, **changed}


def applied(report: Report, found: Found, corrections: Iterable[Correction]) -> tuple[Found, tuple[Applied, ...]]:
    """Return what is found in a report after corrections of it, and what became of each, the oldest first.

    corrections: those made at the report's address; others are passed over.
    """
    entries = sorted((one for one in corrections if one.address == report.address), key=lambda one: (one.at, one.id))
    if not entries:
        return found, ()
    settled = {**_taken_back(entries), **_overtaken(entries)}
    digest = digest_of(report.text)
    now = list(found)
    fates = []
    for entry in entries:
        told = settled.get(entry.id) or _apply(entry, report, now, is_same_text=entry.text == digest)
        fates.append(told)
    return tuple(now), tuple(fates)


def digest_of(text: str) -> str:
    """Return the sha256 of a report's text, by which another text is known."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def by_whom(correction: Correction) -> str:
    """Return what `generated_by` says of a finding that rests on a correction; who made it is in the entry."""
    return f"{BY_A_PERSON}@{correction.id}"


def _taken_back(entries: Sequence[Correction]) -> dict[str, Applied]:
    """Return the entries that are taken back or take back; taking back what takes back makes it hold again."""
    by: dict[str, Correction] = {}
    for one in reversed(entries):
        if one.verb == "undo" and one.id not in by and one.undoes is not None:
            by.setdefault(one.undoes, one)
    known = {one.id: one for one in entries}
    told = {id: Applied(correction=known[id], state="undone", why=_undone(by[id])) for id in by if id in known}
    return {
        **{
            one.id: Applied(correction=one, state="undo", why="takes an entry back") for one in entries if _is_undo(one)
        },
        **told,
    }


def _is_undo(one: Correction) -> bool:
    return one.verb == "undo"


def _undone(by: Correction) -> str:
    who = f" by {by.by}" if by.by else ""
    return f"taken back{who} on {by.at.date().isoformat()}"


def _overtaken(entries: Sequence[Correction]) -> dict[str, Applied]:
    """Return the entries after which another one that stands is about the same finding."""
    back = _taken_back(entries)
    latest = {one.key: one for one in entries if one.key is not None and one.id not in back}
    return {
        one.id: Applied(correction=one, state="superseded", why="a later entry is about the same finding")
        for one in entries
        if one.key is not None and one.id not in back and latest[one.key].id != one.id
    }


def _apply(entry: Correction, report: Report, now: list[Annotation], *, is_same_text: bool) -> Applied:
    """Change what is found as the entry says; return what became of it."""
    places = {
        (held.start, held.end): (held.start, held.end) if is_same_text else found_again(report.text, held)
        for held in entry.anchors
    }
    gone = [held.quote for held in entry.anchors if places[(held.start, held.end)] is None]
    if gone:
        words = gone[0] if len(gone[0]) <= _SHOWN else f"{gone[0][:_SHOWN]}…"
        return Applied(correction=entry, state="gone", why=f"the words “{words}” are not in the text any more")

    def place(span: Span) -> Span:
        start, end = places.get((span.start, span.end)) or (span.start, span.end)
        return Span(report=report.id, start=start, end=end)

    finding = None if entry.finding is None else moved(entry.finding, place)
    wanted = finding if entry.verb == "confirm" else None if entry.made is None else moved(entry.made, place)
    lapsed = _change(entry, report.text, now, finding, wanted)
    if lapsed is not None:
        return Applied(correction=entry, state="lapsed", why=lapsed)
    if is_same_text:
        return Applied(correction=entry, state="holds", why="its words stand where they stood")
    return Applied(correction=entry, state="moved", why="its words were found again in another version of the text")


def _change(
    entry: Correction, text: str, now: list[Annotation], finding: Annotation | None, wanted: Annotation | None
) -> str | None:
    """Reject, replace or add in place; return why nothing was done, None when it was."""
    at = None if finding is None else _known_again(text, now, finding, entry, loosely=wanted is not None)
    if wanted is None:
        if at is None:
            return "the machine does not say this of these words now; look at what it says"
        _drop(now, at, None)
        return None
    there = any(mark(one) == mark(wanted) and said(text, one) == said(text, wanted) for one in now)
    if there and (entry.verb != "change" or at is None):
        return None  # the machine, or somebody else, says the same
    ours = structs.replace(wanted, generated_by=by_whom(entry))
    if at is None:
        now.insert(_place_of(ours, now), ours)
    else:
        _drop(now, at, ours)
    return None


def _known_again(
    text: str, now: Sequence[Annotation], finding: Annotation, entry: Correction, *, loosely: bool
) -> int | None:
    """Return which finding is the one that an entry is about: the same said of the same or overlapping words.

    loosely: where the person says what is so, whatever is said now of exactly these words gives way.
    """
    words = mark(finding)
    same = [n for n, one in enumerate(now) if kind(one) == kind(finding)]
    tests: list[Callable[[Annotation], bool]] = [
        lambda one: mark(one) == words and said(text, one) == entry.said,
        lambda one: _overlap(mark(one), words) and said(text, one) == entry.said,
    ]
    if loosely:
        tests.append(lambda one: mark(one) == words and one.span == finding.span)
    for test in tests:
        if fitting := [n for n in same if test(now[n])]:
            return fitting[0]
    return None


def _place_of(ours: Annotation, now: Sequence[Annotation]) -> int:
    """Return where a finding stands: among those of its kind in text order, as the machine's do."""
    same = [n for n, one in enumerate(now) if kind(one) == kind(ours)]
    before = [n for n in same if now[n].span.start <= ours.span.start]
    return before[-1] + 1 if before else same[0] if same else len(now)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _drop(now: list[Annotation], at: int, ours: Annotation | None) -> None:
    """Take a finding out, or put another in its place; a quantity that was a part of it is one of that or of none."""
    before = now[at]
    now[at : at + 1] = [] if ours is None else [ours]
    if not isinstance(before, Quantity):
        return
    whole = ours.span if isinstance(ours, Quantity) else None
    for n, one in enumerate(now):
        if isinstance(one, Quantity) and one.part_of == before.span:
            now[n] = structs.replace(one, part_of=whole)
