"""The facts of a report, claim or contact as they stand in a STIX extension, and back: what is unknown is left out.

Names of properties keep to STIX: small letters, three or more. Quotations are cut to what may be quoted.
"""

from datetime import date
from typing import Literal

from msgspec import Struct

from watchfloor.core.claim import Claim, Figure, Origin, Position
from watchfloor.core.encounter import Encounter
from watchfloor.core.marking import Level, Marking
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.share.citations import limited


class DateFact(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A date as far as it is known (core.partial_date)."""

    value: str | None = None
    low: date | None = None
    high: date | None = None
    precision: str
    how: str


class PlaceInReport(Struct, frozen=True, kw_only=True):
    """Where words stand: code points in the text of a report, half-open."""

    report: str
    start: int
    end: int


class MarkingFact(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A marking as its reader may know it."""

    level: Level
    releasable_to: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()


class ReportFact(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A report without its text."""

    watchfloor_id: str
    outlet: str | None = None
    outlet_how: str | None = None
    credited_outlets: tuple[str, ...] = ()
    headline: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    published: DateFact | None = None
    language: str | None = None
    flags: tuple[str, ...] = ()
    marking: MarkingFact | None = None


class PositionFact(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One party's stance on a claim."""

    party: str | None = None
    speaks_for: str | None = None
    via: str | None = None
    unresolved: bool = False
    anonymous: bool = False
    country: str | None = None
    stance: str
    act: str | None = None
    where: PlaceInReport
    quote: str | None = None
    outlet: str | None = None
    date: DateFact | None = None


class FigureFact(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One value of what a claim counts; `high` is left out where it is open."""

    low: int
    high: int | None = None
    unit: str
    hedge: str | None = None
    verbatim: str
    where: PlaceInReport
    as_of: DateFact | None = None


class OriginFact(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One place a claim comes from."""

    party: str
    reports: tuple[str, ...] = ()
    may_be: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


class ClaimFact(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A claim with its positions, figures and origins. Reports, outlets and origins are different counts."""

    watchfloor_id: str
    proposition: str
    topic: Literal["figure", "statement", "event"]
    reports: int
    outlets: int
    origins_min: int
    origins_max: int
    circular: bool = False
    part_of: str | None = None
    rivals: tuple[str, ...] = ()
    revises: str | None = None
    origins: tuple[OriginFact, ...] = ()
    positions: tuple[PositionFact, ...] = ()
    figures: tuple[FigureFact, ...] = ()
    marking: MarkingFact | None = None


class PartyFact(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One side of a contact."""

    name: str
    country: str | None = None
    role: str | None = None


class ContactFact(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One row of the contact log."""

    watchfloor_id: str
    contact_type: str
    status: str
    parties: tuple[PartyFact, ...] = ()
    date: DateFact | None = None
    place: str | None = None
    topic: str | None = None
    told_by: tuple[str, ...] = ()
    carried_out_by: str | None = None
    planned_as: tuple[str, ...] = ()
    tellings: tuple[PlaceInReport, ...] = ()
    marking: MarkingFact | None = None


Fact = ReportFact | ClaimFact | ContactFact


def of_report(report: Report, marking: Marking | None) -> ReportFact:
    """Return the facts of a report."""
    return ReportFact(
        watchfloor_id=report.id,
        outlet=report.outlet,
        outlet_how=report.outlet_how,
        credited_outlets=report.credited_outlets,
        headline=limited(report.headline) if report.headline else None,
        authors=report.authors,
        url=report.url,
        published=of_date(report.published),
        language=report.language,
        flags=tuple(dict.fromkeys(flag.name for flag in report.flags)),
        marking=of_marking(marking),
    )


def of_claim(claim: Claim, marking: Marking | None) -> ClaimFact:
    """Return the facts of a claim."""
    return ClaimFact(
        watchfloor_id=claim.id,
        proposition=limited(claim.proposition),
        topic=claim.topic,
        reports=claim.reports,
        outlets=claim.outlets,
        origins_min=claim.origins_min,
        origins_max=claim.origins_max,
        circular=claim.circular,
        part_of=claim.part_of,
        rivals=claim.rivals,
        revises=claim.revises,
        origins=tuple(map(_origin, claim.origins)),
        positions=tuple(map(_position, claim.positions)),
        figures=tuple(map(_figure, claim.figures)),
        marking=of_marking(marking),
    )


def of_contact(contact: Encounter, marking: Marking | None) -> ContactFact:
    """Return the facts of a contact."""
    return ContactFact(
        watchfloor_id=contact.id,
        contact_type=contact.contact_type,
        status=contact.status,
        parties=tuple(PartyFact(name=one.name, country=one.country, role=one.role) for one in contact.parties),
        date=of_date(contact.date),
        place=contact.place,
        topic=limited(contact.topic) if contact.topic else None,
        told_by=contact.told_by,
        carried_out_by=contact.carried_out_by,
        planned_as=contact.planned_as,
        tellings=tuple(map(_where, contact.tellings)),
        marking=of_marking(marking),
    )


def of_date(when: PartialDate | None) -> DateFact | None:
    """Return a date as it is written, None for none."""
    if when is None:
        return None
    return DateFact(value=when.value, low=when.low, high=when.high, precision=when.precision, how=when.how)


def of_marking(marking: Marking | None) -> MarkingFact | None:
    """Return a marking as it is written, None for none."""
    if marking is None:
        return None
    return MarkingFact(level=marking.level, releasable_to=tuple(sorted(marking.releasable_to)), caveats=marking.caveats)


def _origin(origin: Origin) -> OriginFact:
    return OriginFact(
        party=origin.party,
        reports=origin.reports,
        may_be=origin.may_be,
        reasons=tuple(limited(reason) for reason in origin.reasons),
    )


def _position(position: Position) -> PositionFact:
    return PositionFact(
        party=position.party,
        speaks_for=position.speaks_for,
        via=position.via,
        unresolved=not position.resolved,
        anonymous=position.anonymous,
        country=position.country,
        stance=position.stance,
        act=position.act,
        where=_where(position.span),
        quote=limited(position.quote) or None,
        outlet=position.outlet,
        date=of_date(position.date),
    )


def _figure(figure: Figure) -> FigureFact:
    return FigureFact(
        low=figure.low,
        high=figure.high,
        unit=figure.unit,
        hedge=figure.hedge,
        verbatim=limited(figure.verbatim),
        where=_where(figure.span),
        as_of=of_date(figure.as_of),
    )


def _where(span: Span) -> PlaceInReport:
    return PlaceInReport(report=span.report, start=span.start, end=span.end)
