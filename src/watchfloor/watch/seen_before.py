"""What an indicator saw of a thing before, by which words it is known again, and what it has seen of it now."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import structs

from watchfloor.core.identity import content_id
from watchfloor.core.indicator import Indicator
from watchfloor.core.report import Report
from watchfloor.core.seen import Seen
from watchfloor.core.span import Span
from watchfloor.watch.reading import overlap
from watchfloor.watch.things import Thing, Value, known_on, of_party


class SeenBefore:
    """All that an indicator saw at earlier looks, to be asked by words."""

    def __init__(self, indicator: Indicator, seen: Sequence[Seen]) -> None:
        self._indicator = indicator
        self.seen = seen
        self._in: dict[str, list[tuple[Span, Seen]]] = defaultdict(list)
        for one in seen:
            for span in one.evidence:
                self._in[span.report].append((span, one))

    def matched(self, things: Sequence[Thing]) -> list[tuple[Thing, list[Seen]]]:
        """Return with each thing what was seen of it before: by the very words, else by words that overlap."""
        if self._indicator.over == "reports" and self._indicator.when != "first seen":  # it is always the same one
            return [(thing, list(self.seen)) for thing in things]
        exact = [(thing, self.earlier(thing.anchors, same=True)) for thing in things]
        taken = {one.id for _, earlier in exact for one in earlier}
        return [
            (thing, earlier or [one for one in self.earlier(thing.anchors, same=False) if one.id not in taken])
            for thing, earlier in exact
        ]

    def earlier(self, spans: Sequence[Span], *, same: bool) -> list[Seen]:
        """Return what was seen that shares at least half of its words with these, or of these; most shared first."""
        shared: Counter[str] = Counter()
        for span in spans:
            there = self._in.get(span.report, ())
            shared.update({one.id for other, one in there if (span == other if same else overlap(span, other))})
        found = [
            one for one in self.seen if one.id in shared and 2 * shared[one.id] >= min(len(spans), len(one.evidence))
        ]
        return sorted(found, key=lambda one: (-shared[one.id], one.first, one.id))


def merged(earlier: Sequence[Seen]) -> Seen | None:
    """Return what was seen of a thing as one, though it was several before; the first one's id stays."""
    if len(earlier) < 2:
        return earlier[0] if earlier else None
    stances: dict[str, str] = {}
    for one in sorted(earlier, key=lambda one: (one.last, one.id)):
        for party, held in one.stances.items():
            stances[party] = "|".join(dict.fromkeys((*stances.get(party, held).split("|"), *held.split("|"))))
    return structs.replace(
        earlier[0],
        evidence=tuple(dict.fromkeys(span for one in earlier for span in one.evidence)),
        first=min(one.first for one in earlier),
        last=max(one.last for one in earlier),
        origins_min=max(one.origins_min for one in earlier),
        origins_max=max(one.origins_max for one in earlier),
        parties=tuple(dict.fromkeys(name for one in earlier for name in one.parties)),
        stances=stances,
        above={name: True for one in earlier for name, is_so in one.above.items() if is_so},
        highest=max((one.highest for one in earlier if one.highest is not None), default=None),
        reached=any(one.reached for one in earlier),
        fired=max((one.fired for one in earlier if one.fired is not None), default=None),
        held=any(one.held for one in earlier),
        gone=all(one.gone for one in earlier),
    )


def noted(indicator: Indicator, thing: Thing, before: Seen | None, at: datetime, reports: Mapping[str, Report]) -> Seen:
    """Return what is seen of a thing now. reports: those of the picture, by id."""
    evidence = tuple(dict.fromkeys((*(before.evidence if before else ()), *thing.anchors)))
    is_new = before is None or len(evidence) > len(before.evidence)
    number = thing.low if indicator.certain else thing.high
    values = latest(thing.values)
    highest = max((value.low for value in values.values()), default=None)
    return Seen(
        id=before.id if before else id_of(indicator, thing),
        evidence=evidence,
        first=before.first if before else at,
        last=at if is_new or before is None else before.last,
        reports=len(thing.reports),
        outlets=thing.outlets,
        origins_min=max(thing.low, before.origins_min if before else 0),
        origins_max=max(thing.high, before.origins_max if before else 0),
        parties=tuple(dict.fromkeys((*(before.parties if before else ()), *thing.origins))),
        stances=_held(indicator, thing, before),
        above={**(before.above if before else {}), **{name: is_above(indicator, one) for name, one in values.items()}},
        highest=max((one for one in (highest, before.highest if before else None) if one is not None), default=None),
        reached=_has_reached(indicator, thing, before, number),
        fired=before.fired if before else None,
        day=min(known_on(reports[id]) for id in thing.reports) if thing.reports else None,
    )


def _has_reached(indicator: Indicator, thing: Thing, before: Seen | None, origins: int) -> bool:
    if indicator.when == "reports":
        return len(thing.reports) >= indicator.at_least
    return (before.reached if before else False) or origins >= indicator.at_least


def _held(indicator: Indicator, thing: Thing, before: Seen | None) -> dict[str, str]:
    """Return by party every stance it ever took here, in order, joined by bars; under "" every status."""
    held = {name: one.split("|") for name, one in (before.stances if before else {}).items()}
    if indicator.over in ("claims", "figures"):
        for party, told in of_party(thing.voices).items():
            held[party] = [*held.get(party, ()), *(one.stance for one in told)]
    else:
        held[""] = [*held.get("", ()), *(one.stance for one in thing.voices if not one.is_copy)]
    return {name: "|".join(dict.fromkeys(filter(None, taken))) for name, taken in sorted(held.items())}


def is_above(indicator: Indicator, value: Value) -> bool:
    """Return whether a figure lies above the one watched for, surely or possibly as asked."""
    limit = indicator.above or 0
    if indicator.certain:
        return value.low > limit
    return value.high is None or value.high > limit


def latest(values: Sequence[Value]) -> dict[str, Value]:
    """Return by party the figure that it gave last; "" is nobody named."""
    found: dict[str, Value] = {}
    for value in sorted(values, key=lambda one: (one.day, one.low)):
        found[value.party or ""] = value
    return found


def id_of(indicator: Indicator, thing: Thing) -> str:
    """Return the id of a thing that is seen for the first time."""
    first = min(thing.voices, key=lambda one: (one.day, one.span))
    return content_id("see", indicator.id, thing.about, first.span.report, first.span.start)
