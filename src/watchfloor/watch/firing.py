"""When an indicator fires: the reasons that a thing gives for an alert beside what was seen of it before."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from watchfloor.core.alert import Trigger
from watchfloor.core.indicator import Indicator
from watchfloor.core.seen import Seen
from watchfloor.core.span import Span
from watchfloor.watch import reasons
from watchfloor.watch.reading import overlap
from watchfloor.watch.seen_before import SeenBefore, is_above, latest, merged
from watchfloor.watch.things import Thing, of_party, strongest

_FOR = frozenset({"asserts", "confirms", "repeats", "justifies"})
_AGAINST = frozenset({"denies", "doubts", "withdraws"})


class Reason(Struct, frozen=True, kw_only=True):
    """One reason for an alert. new: the words that are new, first those that weigh most. key: what the id rests on."""

    trigger: Trigger
    because: str
    not_before: str
    new: tuple[Span, ...]
    key: str


def fired(indicator: Indicator, thing: Thing, before: Seen | None, known: SeenBefore, at: datetime) -> Iterator[Reason]:
    """Yield the reasons for an alert, the weightiest first.

    before: what was seen of the thing at earlier looks. known: all that the indicator had seen by then.
    """
    when = indicator.when
    if when == "first seen":
        yield from _first(indicator, thing, before, known, at)
    elif when == "independent origins":
        yield from _origins(indicator, thing, before)
    elif when == "figure above":
        yield from _figures(indicator, thing, before, known)
    elif when == "reports":
        yield from _many(indicator, thing, before)
    else:
        yield from _changed(indicator, thing, before, known)


def _first(
    indicator: Indicator, thing: Thing, before: Seen | None, known: SeenBefore, at: datetime
) -> Iterator[Reason]:
    again = before is not None and indicator.window is not None and before.last < at - indicator.window
    if before is None or again:
        new = _own(thing, ())
        if not new:
            return  # nothing but copies of what is not here
        because = "Seen again." if again else "Seen for the first time."
        yield Reason(
            trigger="first seen",
            because=f"{because} {reasons.carried(thing)}",
            not_before=reasons.unseen(before, known.seen, indicator),
            new=new,
            key=anchor(new),
        )
    elif thing.high > before.origins_max:
        yield _new_origin(thing, before)


def _origins(indicator: Indicator, thing: Thing, before: Seen | None) -> Iterator[Reason]:
    number = thing.low if indicator.certain else thing.high
    most = 0 if before is None else before.origins_min if indicator.certain else before.origins_max
    if number < indicator.at_least:
        return
    if before is None or not before.reached:
        new = _new_words(thing, before)
        yield Reason(
            trigger="origins reached",
            because=reasons.reached(thing, indicator),
            not_before=reasons.too_few(before, indicator),
            new=new,
            key=str(indicator.at_least),
        )
    elif number > most:
        yield _new_origin(thing, before)


def _many(indicator: Indicator, thing: Thing, before: Seen | None) -> Iterator[Reason]:
    """Yield that there are as many reports as asked for; again only after there were fewer."""
    if len(thing.reports) < indicator.at_least or (before is not None and before.reached):
        return
    new = _new_words(thing, before)
    yield Reason(
        trigger="reports reached",
        because=reasons.many(thing, indicator),
        not_before=reasons.too_few_reports(before, indicator),
        new=new,
        key=anchor(new),
    )


def _new_origin(thing: Thing, before: Seen) -> Reason:
    new = _new_words(thing, before)
    names = [name for name in thing.origins if name not in before.parties]
    return Reason(
        trigger="new origin",
        because=reasons.another(thing, names),
        not_before=reasons.same_origins(before),
        new=new,
        key=anchor(new),
    )


def _figures(indicator: Indicator, thing: Thing, before: Seen | None, known: SeenBefore) -> Iterator[Reason]:
    revised = merged(known.earlier(thing.before, same=False)) if thing.before else None
    told = {**(revised.above if revised else {}), **(before.above if before else {})}
    for party, value in latest(thing.values).items():
        if is_above(indicator, value) and not told.get(party, False):
            new = (value.span, *(voice.span for voice in thing.voices if overlap(voice.span, value.span)))
            yield Reason(
                trigger="figure above",
                because=reasons.above(value, indicator),
                not_before=reasons.not_above(before or revised, indicator),
                new=new,
                key=f"{party} {value.low}",
            )


def _changed(indicator: Indicator, thing: Thing, before: Seen | None, known: SeenBefore) -> Iterator[Reason]:
    if thing.before:
        earlier = merged(known.earlier(thing.before, same=False))
        before = before or earlier  # a plan and what carries it out, a figure and what revises it: one matter
    if indicator.over == "claims":
        yield from _stances(indicator, thing, before)
        return
    if before is None:
        return
    held = set(before.stances.get("", "").split("|"))
    fresh = [one for one in thing.voices if one.stance not in held and not one.is_copy]
    status = strongest(one.stance for one in fresh)
    if status is not None:
        new = tuple(one.span for one in fresh if one.stance == status)
        yield Reason(
            trigger="status changed",
            because=reasons.status(thing, status, before.stances.get("", "")),
            not_before=reasons.was(before, before.stances.get("", "")),
            new=new,
            key=status,
        )


def _stances(indicator: Indicator, thing: Thing, before: Seen | None) -> Iterator[Reason]:
    """Yield who changes what they hold, or denies what no report told before."""
    for party, told in of_party(thing.voices).items():
        held = set(before.stances.get(party, "").split("|")) - {""} if before else set()
        new = [one for one in told if one.stance not in held]
        for voice in new:
            if _is_change(voice.stance, held):
                yield Reason(
                    trigger="stance changed",
                    because=reasons.stance(party, voice.stance, held),
                    not_before=reasons.held(party, held, before) if before else reasons.too_few(None, indicator),
                    new=(voice.span,),
                    key=f"{party} {voice.stance}",
                )
                break


def _new_words(thing: Thing, before: Seen | None) -> tuple[Span, ...]:
    """Return where the thing is told in words that are new and its own; where there are none, all its words."""
    return _own(thing, before.evidence if before else ()) or tuple(voice.span for voice in thing.voices)


def _own(thing: Thing, known: Iterable[Span]) -> tuple[Span, ...]:
    """Return where the thing is told by a text that is no copy and was not known, the latest first."""
    held = defaultdict(list)
    for span in known:
        held[span.report].append(span)
    fresh = [
        voice
        for voice in thing.voices
        if not voice.is_copy and not any(overlap(voice.span, span) for span in held[voice.span.report])
    ]
    return tuple(voice.span for voice in sorted(fresh, key=lambda one: (one.day, one.span), reverse=bool(held)))


def _is_change(stance: str, held: set[str]) -> bool:
    """Return whether a stance is a change beside those that a party took before, if any."""
    if stance in _AGAINST or stance == "revises":
        return True
    return bool(held) and stance in _FOR and not held & _FOR


def anchor(spans: Sequence[Span]) -> str:
    """Return where the first of some words stands, as what the id of an alert rests on."""
    first = min(spans)
    return f"{first.report} {first.start}"
