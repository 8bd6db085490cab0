"""The gate that every export goes through: what one reader may have, and how much was withheld and why."""

from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from watchfloor.core.brief import Brief, Line, Moment, Section
from watchfloor.core.claim import Claim
from watchfloor.core.encounter import Encounter
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.share.evidence import Marks, lines_of, marks, of_line
from watchfloor.share.release import effective, refusal

NOTHING = "Nothing that may be released."

_Item = TypeVar("_Item", bound=Line | Moment | Claim | Encounter | Report)


class Released(Struct, frozen=True, kw_only=True):
    """What one reader may have of a picture and its brief.

    marking: effective marking of everything that is left; marks: that of each report, claim and contact by id.
    reports: those that anything left cites. withheld: items kept back, by reason; never which.
    """

    reader: Reader
    marking: Marking | None
    marks: dict[str, Marking | None]
    brief: Brief
    claims: tuple[Claim, ...]
    encounters: tuple[Encounter, ...]
    reports: tuple[Report, ...]
    withheld: dict[str, int]


def release(picture: Picture, brief: Brief, reader: Reader) -> Released:
    """Return what the reader may have; each item is judged by the effective marking of all that it rests on.

    For a partner, counts are made again from what is left, texts about absences are dropped, and links to claims
    and contacts that are withheld are cut, so that nothing tells of what is kept back but the number by reason.
    """
    known = marks(picture)
    withheld: Counter[str] = Counter()
    claims = _claims(_kept(picture.claims, known, reader, withheld))
    encounters = _contacts(_kept(picture.encounters, known, reader, withheld))
    told = replace(
        brief,
        sections=tuple(_section(section, known, reader, withheld) for section in brief.sections),
        timeline=tuple(_kept(brief.timeline, known, reader, withheld)),
    )
    used = _used(told, claims, encounters)
    allowed = _kept(picture.reports, known, reader, withheld)
    reports = tuple(report for report in allowed if report.id in used or reader.partner is None)
    ids = [*(claim.id for claim in claims), *(contact.id for contact in encounters), *(report.id for report in reports)]
    marking = effective([*(of_line(line, known) for line in lines_of(told)), *(known[one] for one in ids)])
    if reader.partner is not None:
        told = _recounted(told, claims, encounters, reports)
    shown = _as_seen(marking, reader)
    return Released(
        reader=reader,
        marking=shown,
        marks={id: _as_seen(one, reader) for id, one in known.items()},
        brief=replace(told, marking=shown),
        claims=tuple(replace(claim, marking=_as_seen(claim.marking, reader)) for claim in claims),
        encounters=tuple(replace(row, marking=_as_seen(row.marking, reader)) for row in encounters),
        reports=tuple(replace(report, marking=_as_seen(report.marking, reader)) for report in reports),
        withheld=dict(sorted(withheld.items())),
    )


def _as_seen(marking: Marking | None, reader: Reader) -> Marking | None:
    """Return a marking as a partner may read it: who else has the item is not theirs to know."""
    if marking is None or reader.partner is None:
        return marking
    is_theirs = bool(marking.releasable_to & {reader.partner, *reader.groups})
    return replace(marking, releasable_to=frozenset({reader.partner}) if is_theirs else frozenset())


def _marking(item: Line | Moment | Claim | Encounter | Report, known: Marks) -> Marking | None:
    return of_line(item, known) if isinstance(item, Line | Moment) else known.get(item.id)


def _kept(items: Sequence[_Item], known: Marks, reader: Reader, withheld: Counter[str]) -> list[_Item]:
    kept = []
    for item in items:
        reason = refusal(_marking(item, known), reader)
        if reason is None:
            kept.append(item)
        else:
            withheld[reason] += 1
    return kept


def _claims(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims with their links to claims that are not among them cut."""
    ids = {claim.id for claim in claims}
    return tuple(
        replace(
            claim,
            part_of=claim.part_of if claim.part_of in ids else None,
            rivals=tuple(rival for rival in claim.rivals if rival in ids),
            revises=claim.revises if claim.revises in ids else None,
        )
        for claim in claims
    )


def _contacts(encounters: Sequence[Encounter]) -> tuple[Encounter, ...]:
    """Return the contacts with their links to contacts that are not among them cut."""
    ids = {row.id for row in encounters}
    return tuple(
        replace(
            row,
            carried_out_by=row.carried_out_by if row.carried_out_by in ids else None,
            planned_as=tuple(plan for plan in row.planned_as if plan in ids),
        )
        for row in encounters
    )


def _section(section: Section, known: Marks, reader: Reader, withheld: Counter[str]) -> Section:
    lines = tuple(_kept(section.lines, known, reader, withheld))
    return replace(section, lines=lines, empty=section.empty if reader.partner is None else NOTHING)


def _used(brief: Brief, claims: Sequence[Claim], encounters: Sequence[Encounter]) -> frozenset[str]:
    spans: list[Span] = [
        *(span for line in lines_of(brief) for span in line.citations),
        *(position.span for claim in claims for position in claim.positions),
        *(figure.span for claim in claims for figure in claim.figures),
        *(span for encounter in encounters for span in encounter.tellings),
    ]
    return frozenset(span.report for span in spans)


def _recounted(
    brief: Brief, claims: Sequence[Claim], encounters: Sequence[Encounter], reports: Sequence[Report]
) -> Brief:
    """Return the brief with counts and period of what is left, so that neither tells of what is withheld."""
    dated = [report.published for report in reports if report.published]
    counts = {
        "reports": len(reports),
        "outlets": len({report.outlet for report in reports if report.outlet}),
        "claims": len(claims),
        "contacts": len(encounters),
    }
    return replace(
        brief,
        counts=counts,
        first=min((when.low for when in dated if when.low), default=None),
        last=max((when.high for when in dated if when.high), default=None),
    )
