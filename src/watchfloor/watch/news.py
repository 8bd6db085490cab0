"""What changed since a day, as a brief: a section for each kind of change, each line with the words that changed it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import get_args

from msgspec.structs import replace

from watchfloor.core.brief import Brief, Line, Section
from watchfloor.core.change import Change, ChangeKind
from watchfloor.core.encounter import Encounter
from watchfloor.core.picture import Picture
from watchfloor.core.span import Span
from watchfloor.watch import brief as whole
from watchfloor.watch.changes import changes
from watchfloor.watch.contact_log import described
from watchfloor.watch.days import said, short
from watchfloor.watch.naming import fullest
from watchfloor.watch.ranking import ranked
from watchfloor.watch.reading import overlap
from watchfloor.watch.wording import count, sentence

HEADINGS: Mapping[ChangeKind, str] = {
    "newly independent": "Newly independent",
    "less independent": "Resting on fewer origins",
    "withdrawn": "Taken back",
    "no longer carried": "No longer carried",
    "denied": "Denied or doubted",
    "confirmed": "Confirmed",
    "revised": "Revised",
    "carried out": "Planned and now carried out",
    "new contact": "New contacts",
    "new claim": "New claims",
    "repeated": "Repeated",
}
_STILL = (whole.PLANS, whole.CAUTIONS)
"""Sections of the whole brief that a reader of news needs as well."""

_MET = ("new contact", "carried out")
MOST_LINES = 25  # of one kind of change; the weightiest, and the heading says how many there are (assumed: one page)


def news(before: Picture, after: Picture, since: date, *, title: str | None = None) -> Brief:
    """Return what the later picture has otherwise than the earlier one, and what to expect and beware of still.

    Every line cites; what no current report carries any more cannot be cited, and is counted instead.
    """
    made = whole.brief(after, title=title or f"What changed since {short(since)}")
    found = changes(before, after)
    names = fullest(after.entities)
    met = {row.id: row for row in after.encounters}
    weight = {claim.id: at for at, claim in enumerate(ranked(after.claims))}
    known = [span for one in found if one.kind in _MET for span in one.spans]
    new = [one for one in found if one.spans and not (one.kind == "new claim" and _is_told(one, known))]
    new.sort(key=lambda one: weight.get(one.about, -1))
    told = tuple(
        _section(kind, _lines([one for one in new if one.kind == kind], met, names)) for kind in get_args(ChangeKind)
    )
    told = tuple(section for section in told if section.lines)
    gone = sum(not one.spans for one in found)
    if gone:
        empty = f"{count(gone, 'claim')} of before {'is' if gone == 1 else 'are'} carried by no current report."
        told = (*told, Section(heading=HEADINGS["no longer carried"], lines=(), empty=empty))
    if not told:
        told = (Section(heading="Changes", lines=(), empty=f"Nothing changed since {short(since)}."),)
    still = tuple(section for section in made.sections if section.heading in _STILL)
    moments = tuple(one for one in made.timeline if one.day is not None and one.day >= since)
    return replace(made, sections=(*told, *still), timeline=moments)


def _section(kind: ChangeKind, lines: tuple[Line, ...]) -> Section:
    more = f" ({MOST_LINES} of {len(lines)})" if len(lines) > MOST_LINES else ""
    return Section(heading=HEADINGS[kind] + more, lines=lines[:MOST_LINES], empty="")


def _is_told(claim: Change, contacts: Sequence[Span]) -> bool:
    """Return whether a claim is that a contact took place which is told as a contact already."""
    return all(any(overlap(span, other) for other in contacts) for span in claim.spans)


def _lines(found: Sequence[Change], met: Mapping[str, Encounter], names: Mapping[str, str]) -> tuple[Line, ...]:
    return tuple(
        Line(text=sentence(_words(one, met.get(one.about), names)), citations=one.spans, about=one.about)
        for one in found
    )


def _words(one: Change, row: Encounter | None, names: Mapping[str, str]) -> str:
    if row is not None:
        return f"{described(row, names)}: {said(row.date)}"
    return f"{one.what.rstrip('.')}: {one.detail}"
