"""What an item rests on, and the marking that follows from it."""

from collections.abc import Mapping

from msgspec.structs import replace

from watchfloor.core.brief import Brief, Line, Moment
from watchfloor.core.claim import Claim
from watchfloor.core.encounter import Encounter
from watchfloor.core.marking import Marking
from watchfloor.core.picture import Picture
from watchfloor.share.release import effective

Marks = Mapping[str, Marking | None]
"""Marking by id of report, claim or encounter; an id that is not in it is unmarked."""


def marks(picture: Picture) -> Marks:
    """Return the marking of every report, claim and contact by id; the latter two never freer than their reports."""
    found: dict[str, Marking | None] = {report.id: report.marking for report in picture.reports}
    for claim in picture.claims:
        found[claim.id] = _with(found, claim.id, of_claim(claim, found))
    for encounter in picture.encounters:
        found[encounter.id] = _with(found, encounter.id, of_encounter(encounter, found))
    return found


def _with(found: Marks, id: str, marking: Marking | None) -> Marking | None:
    """Return the marking that holds for an id; should two items share one, never a freer one than either has."""
    return effective([found[id], marking]) if id in found else marking


def of_claim(claim: Claim, known: Marks) -> Marking | None:
    """Return the effective marking of the claim and of every report that it names."""
    return effective([claim.marking, *(known.get(report) for report in sorted(reports_of(claim)))])


def reports_of(claim: Claim) -> frozenset[str]:
    """Return the ids of all reports that the claim names in its positions, figures and origins."""
    return frozenset(
        [
            *(position.span.report for position in claim.positions),
            *(figure.span.report for figure in claim.figures),
            *(report for origin in claim.origins for report in origin.reports),
        ]
    )


def of_encounter(encounter: Encounter, known: Marks) -> Marking | None:
    """Return the effective marking of the contact and of every report that tells it."""
    return effective([encounter.marking, *(known.get(span.report) for span in encounter.tellings)])


def of_line(line: Line | Moment, known: Marks) -> Marking | None:
    """Return the effective marking of what the line cites and of the claim or contact that it is about."""
    about = [known.get(line.about)] if line.about is not None else []
    return effective([*(known.get(span.report) for span in line.citations), *about])


def lines_of(brief: Brief) -> list[Line | Moment]:
    """Return every sentence of the brief: its lines, then its timeline."""
    return [*(line for section in brief.sections for line in section.lines), *brief.timeline]


def marked(brief: Brief, picture: Picture) -> Brief:
    """Return the brief with the effective marking of everything in it; unmarked when any part is."""
    known = marks(picture)
    return replace(brief, marking=effective(of_line(line, known) for line in lines_of(brief)))
