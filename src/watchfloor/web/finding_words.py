"""What a finding says, in a title and a few facts, for people."""

from collections.abc import Iterator

from msgspec import Struct

from watchfloor.core.annotation import (
    Annotation,
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
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.span import Span
from watchfloor.watch.days import said
from watchfloor.web.inert import shown

KIND_NAMES = {
    "mention": "Name",
    "place": "Place",
    "time": "Day",
    "quantity": "Count",
    "attribution": "Statement",
    "event": "Event",
    "contact": "Contact",
    "commitment": "Commitment",
    "transfer": "Transfer",
}

_TITLE, _FACT = 90, 160  # characters shown


class Wording(Struct, frozen=True, kw_only=True):
    """How a finding is said. facts: short, in the order in which they matter."""

    title: str
    facts: tuple[str, ...]


def wording(text: str, one: Annotation) -> Wording:
    """Return what a finding in a text says."""
    title, *facts = (part for part in _said(text, one) if part is not None)
    return Wording(title=shown(title, _TITLE) or "—", facts=tuple(shown(fact, _FACT) for fact in facts if fact.strip()))


def _said(text: str, one: Annotation) -> Iterator[str | None]:
    match one:
        case Mention():
            yield one.name
            yield one.type
            yield f"stands for {one.refers_to}" if one.refers_to and one.refers_to != one.name else None
            yield from (one.title, one.country)
        case Place():
            yield one.name
            yield one.country
            yield "not in the gazetteer" if one.latitude is None else f"{one.latitude:.2f}, {one.longitude:.2f}"
        case Time():
            yield _words(text, one.span)
            yield said(one.date)
            yield one.date.how
        case Quantity():
            yield _words(text, one.span)
            yield f"{_range(one)} {one.unit}"
            yield from (one.counted, one.phase)
        case Attribution():
            yield one.speaker or "Nobody named"
            yield one.act
            yield f"“{' … '.join(_words(text, part) for part in one.content)}”" if one.content else None
            yield f"for {one.speaks_for}" if one.speaks_for else None
            yield "says that it is not so" if one.polarity == "negative" else None
            yield None if one.modality == "certain" else one.modality
            yield f"through {one.reported_via}" if one.reported_via else None
            yield _day(one.date)
            yield None if one.introduced else "never introduced"
            yield "in a machine-written part: not counted" if one.machine_generated else None
        case Event():
            yield _sides(one.actor, one.recipient)
            yield " ".join(filter(None, (one.event_type.lower(), one.mode)))
            yield from (one.status, _day(one.date), one.place, one.quantity)
            yield f"says {', '.join(one.asserted_by)}" if one.asserted_by else None
        case Contact():
            yield " ↔ ".join(side.name for side in one.parties)
            yield one.contact_type.replace("_", " ")
            yield from (one.status, _day(one.date), one.place)
            yield f"about {one.topic}" if one.topic else None
        case Commitment():
            yield _sides(one.parties, one.towards)
            yield one.kind
            yield from (one.instrument, one.article, one.status, _day(one.date))
        case Transfer():
            yield _sides(one.giver, one.receiver)
            yield f"{one.kind}: {_words(text, one.thing)}"
            yield from (one.status, _day(one.date))


def _words(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _sides(left: tuple[Party, ...], right: tuple[Party, ...]) -> str:
    to = f" → {_names(right)}" if right else ""
    return f"{_names(left) or 'Somebody'}{to}"


def _names(sides: tuple[Party, ...]) -> str:
    return ", ".join(side.name for side in sides)


def _range(one: Quantity) -> str:
    if one.high is None:
        return f"{one.low:,} or more"
    return f"{one.low:,}" if one.low == one.high else f"{one.low:,}–{one.high:,}"


def _day(day: PartialDate | None) -> str | None:
    return None if day is None else said(day)
