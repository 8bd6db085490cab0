"""How the nouns look in JSON: the shapes that the command line and the web interface write."""

from collections.abc import Mapping
from typing import Any

from watchfloor.core.annotation import (
    Attribution,
    Commitment,
    Contact,
    Event,
    Mention,
    Party,
    Place,
    Quantity,
    Time,
    Transfer,
)
from watchfloor.core.assessment import CONFIRMED_FROM, Assessment
from watchfloor.core.claim import Claim, Position
from watchfloor.core.encounter import Encounter
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report
from watchfloor.core.span import Span

Shape = dict[str, Any]


def _where(span: Span) -> Shape:
    return {"start": span.start, "end": span.end}


def time(a: Time) -> Shape:
    """Return a time expression with its value and bounds."""
    return {**_where(a.span), **(date(a.date) or {})}


def date(known: PartialDate | None) -> Shape | None:
    """Return a partly known date, None when nothing is known."""
    if known is None:
        return None
    return {
        "value": known.value,
        "low": known.low.isoformat() if known.low else None,
        "high": known.high.isoformat() if known.high else None,
        "precision": known.precision,
        "how": known.how,
    }


def mention(a: Mention) -> Shape:
    """Return a mention."""
    return {**_where(a.span), "type": a.type, "name": a.name, "refers_to": a.refers_to, "country": a.country}


def place(a: Place) -> Shape:
    """Return a place with its coordinates in degrees."""
    where = {"lat": a.latitude, "lon": a.longitude, "country": a.country, "geonames_id": a.geonames_id}
    return {**_where(a.span), "name": a.name, **where}


def quantity(a: Quantity) -> Shape:
    """Return a quantity as a range."""
    return {**_where(a.span), "low": a.low, "high": a.high, "unit": a.unit, "hedge": a.hedge}


def attribution(a: Attribution) -> Shape:
    """Return an attribution: source, cue and content as lists of [start, end]."""
    return {
        "source": [_range(s) for s in a.source],
        "cue": [_range(s) for s in a.cue],
        "content": [_range(s) for s in a.content],
        "speaker": a.speaker,
        "kind": a.kind,
        "act": a.act,
        "polarity": a.polarity,
        "modality": a.modality,
        "tense": a.tense,
        "reported_via": a.reported_via,
        "date": _value(a.date),
        "machine_generated": a.machine_generated,
    }


def party(a: Party) -> Shape:
    """Return one side of an event or a contact."""
    span = a.span
    return {
        "text": a.name,
        "name": a.name,
        "country": a.country,
        "sector": a.sector,
        "role": a.role,
        "start": span.start if span else None,
        "end": span.end if span else None,
    }


def event(a: Event) -> Shape:
    """Return an event in PLOVER terms."""
    return {
        "event_type": a.event_type,
        "mode": a.mode,
        "actor": [party(one) for one in a.actor],
        "recipient": [party(one) for one in a.recipient],
        "status": a.status,
        "date": _value(a.date),
        "place": a.place,
        "quantity": a.quantity,
        "evidence": _range(a.span),
        "trigger": _range(a.trigger),
        "underlying": a.underlying,
        "asserted_by": list(a.asserted_by),
        "contexts": list(a.contexts),
        "cameo": a.cameo,
        "because": a.because,
    }


def contact(a: Contact) -> Shape:
    """Return one telling of a contact."""
    return {
        "type": a.contact_type,
        "parties": [party(one) for one in a.parties],
        "date": _value(a.date),
        "place": a.place,
        "status": a.status,
        "evidence": _range(a.span),
    }


def commitment(a: Commitment) -> Shape:
    """Return a treaty signed or left, what an article says, a breach or a promise."""
    return {
        "kind": a.kind,
        "parties": [party(one) for one in a.parties],
        "towards": [party(one) for one in a.towards],
        "instrument": a.instrument,
        "article": a.article,
        "measure": _range(a.measure),
        "condition": _range(a.condition),
        "status": a.status,
        "asserted_by": a.asserted_by,
        "date": _value(a.date),
        "because": a.because,
        "evidence": _range(a.span),
    }


def transfer(a: Transfer) -> Shape:
    """Return what passes, or may pass, from whom to whom."""
    return {
        "kind": a.kind,
        "thing": _range(a.thing),
        "giver": [party(one) for one in a.giver],
        "receiver": [party(one) for one in a.receiver],
        "quantity": _range(a.quantity),
        "in_exchange": _range(a.in_exchange),
        "status": a.status,
        "asserted_by": a.asserted_by,
        "date": _value(a.date),
        "because": a.because,
        "evidence": _range(a.span),
    }


def _range(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span is not None else None


def _value(known: PartialDate | None) -> str | None:
    return known.value if known is not None else None


def assessment(made: Assessment | None, claim: Claim) -> Shape | None:
    """Return what a person holds of a claim; supported is False when it was called confirmed and no longer may be."""
    if made is None:
        return None
    return {
        "credibility": made.credibility,
        "likelihood": made.likelihood,
        "confidence": made.confidence,
        "by": made.by,
        "at": made.at.isoformat(),
        "reason": made.reason,
        "marking": made.marking.level if made.marking else None,
        "supported": made.credibility != "1" or claim.origins_min >= CONFIRMED_FROM,
    }


def claim(made: Claim, held: Assessment | None = None) -> Shape:
    """Return a claim with its figures, counts, positions and what a person holds of it."""
    return {
        "assessment": assessment(held, made),
        "id": made.id,
        "proposition": made.proposition,
        "topic": made.topic,
        "figures": [
            {
                "low": value.low,
                "high": value.high,
                "unit": value.unit,
                "hedge": value.hedge,
                "verbatim": value.verbatim,
                "as_of": date(value.as_of),
                "report": value.span.report,
                "start": value.span.start,
                "end": value.span.end,
            }
            for value in made.figures
        ],
        "reports": made.reports,
        "outlets": made.outlets,
        "origins_min": made.origins_min,
        "origins_max": made.origins_max,
        "origins": [
            {
                "party": origin.party,
                "reports": list(origin.reports),
                "may_be": list(origin.may_be),
                "reasons": list(origin.reasons),
            }
            for origin in made.origins
        ],
        "circular": made.circular,
        "part_of": made.part_of,
        "rivals": list(made.rivals),
        "revises": made.revises,
        "marking": made.marking.level if made.marking else None,
        "positions": [position(one) for one in made.positions],
    }


def position(stated: Position) -> Shape:
    """Return one position: who stands where, in which words of which report."""
    return {
        "party": stated.party,
        "speaks_for": stated.speaks_for,
        "via": stated.via,
        "resolved": stated.resolved,
        "stance": stated.stance,
        "because": stated.because,
        "act": stated.act,
        "report": stated.span.report,
        "outlet": stated.outlet,
        "start": stated.span.start,
        "end": stated.span.end,
        "quote": stated.quote,
        "date": date(stated.date),
    }


def encounter(row: Encounter, reports: Mapping[str, Report]) -> Shape:
    """Return one row of the contact log with all its tellings."""
    return {
        "id": row.id,
        "type": row.contact_type,
        "parties": [{"name": one.name, "role": one.role, "country": one.country} for one in row.parties],
        "date": date(row.date),
        "place": row.place,
        "status": row.status,
        "topic": row.topic,
        "carried_out_by": row.carried_out_by,
        "planned_as": list(row.planned_as),
        "told_by": list(row.told_by),
        "marking": row.marking.level if row.marking else None,
        "tellings": [citation(span, reports) for span in row.tellings],
    }


def citation(span: Span, reports: Mapping[str, Report]) -> Shape:
    """Return where a datum stands and its words; the quote is None when the report is not at hand."""
    report = reports.get(span.report)
    return {
        "report": span.report,
        "outlet": report.outlet if report else None,
        "headline": report.headline if report else None,
        "start": span.start,
        "end": span.end,
        "quote": report.text[span.start : span.end] if report else None,
    }
