"""What tells one finding from another: its kind, its words, and what it says, however often it is made again."""

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import structs

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
from watchfloor.core.identity import content_id
from watchfloor.core.span import Span


def kind(one: Annotation) -> str:
    """Return the kind of a finding as one word: "mention", "contact", ..."""
    return type(one).__name__.lower()


def mark(one: Annotation) -> Span:
    """Return the words that a finding hangs on: of an event its trigger, of a statement what is said."""
    if isinstance(one, Event) and one.trigger is not None:
        return one.trigger
    if isinstance(one, Attribution) and one.content:
        return one.content[0]
    return one.thing if isinstance(one, Transfer) else one.span


def said(text: str, one: Annotation) -> str:
    """Return what a finding says, without where: two findings of one kind and words that say the same are the same."""
    return " | ".join((kind(one), *(part or "-" for part in _said(text, one))))


def key(text: str, one: Annotation) -> str:
    """Return the id of a finding, the same whenever the same is found in the same words."""
    words = mark(one)
    return content_id("fnd", words.report, words.start, words.end, said(text, one))


def _said(text: str, one: Annotation) -> Iterator[str | None]:
    match one:
        case Mention():
            yield from (one.type, one.name)
        case Time():
            yield one.date.value
        case Place():
            yield one.name
        case Quantity():
            yield from (str(one.low), "" if one.high is None else str(one.high), one.unit)
        case Attribution():
            yield from (one.speaker, one.act, *(text[part.start : part.end] for part in one.content))
        case Event():
            trigger = None if one.trigger is None else text[one.trigger.start : one.trigger.end]
            yield from (one.event_type, one.mode, trigger, _names(one.actor), _names(one.recipient))
        case Contact():
            yield from (one.contact_type, _names(one.parties))
        case Commitment():
            yield from (one.kind, one.instrument, one.article, _names(one.parties), _names(one.towards))
        case Transfer():
            thing = text[one.thing.start : one.thing.end]
            yield from (one.kind, thing, _names(one.giver), _names(one.receiver))


def _names(sides: tuple[Party, ...]) -> str:
    return ", ".join(sorted(side.name for side in sides))


def spans(one: Annotation) -> list[Span]:
    """Return every span of a finding."""
    found: list[Span] = []

    def note(span: Span) -> Span:
        found.append(span)
        return span

    moved(one, note)
    return found


def moved(one: Annotation, place: Callable[[Span], Span]) -> Annotation:
    """Return the finding with every span put where `place` says."""
    return _mapped(one, place)  # type: ignore[no-any-return]


def _mapped(value: Any, place: Callable[[Span], Span]) -> Any:
    if isinstance(value, Span):
        return place(value)
    if isinstance(value, tuple):
        return tuple(_mapped(part, place) for part in value)
    if isinstance(value, Party | Annotation):
        fields = ((name, getattr(value, name)) for name in value.__struct_fields__)
        return structs.replace(value, **{name: _mapped(part, place) for name, part in fields if part})
    return value
