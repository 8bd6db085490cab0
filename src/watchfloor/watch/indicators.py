"""Look at a picture with indicators: what is new since the last look raises an alert, what is a copy of it does not.

What was seen is handed in and handed back, so that the same look made twice raises nothing the second time.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct, structs

from watchfloor.core.alert import Alert, Trigger
from watchfloor.core.identity import content_id
from watchfloor.core.indicator import Indicator
from watchfloor.core.picture import Picture
from watchfloor.core.seen import Seen
from watchfloor.core.span import Span
from watchfloor.watch import reasons
from watchfloor.watch.asking import asked_for
from watchfloor.watch.reading import cited, overlap
from watchfloor.watch.silence import listened
from watchfloor.watch.things import Found, Scene, Thing, Value, known_on, of_party, strongest
from watchfloor.watch.wording import plain, shorten

LONGEST_SENTENCE = 400  # characters of the sentence of an alert; assumed
_FOR = frozenset({"asserts", "confirms", "repeats", "justifies"})
_AGAINST = frozenset({"denies", "doubts", "withdraws"})


class Looked(Struct, frozen=True, kw_only=True):
    """What came of a look: alerts in the order of the indicators, and by indicator what it has seen now.

    seen: what is new or changed. gone: ids of what was seen and is one with something else now.
    """

    alerts: tuple[Alert, ...]
    seen: dict[str, tuple[Seen, ...]]
    gone: tuple[str, ...] = ()


class Reason(Struct, frozen=True, kw_only=True):
    """One reason for an alert. new: the words that are new, first those that weigh most. key: what the id rests on."""

    trigger: Trigger
    because: str
    not_before: str
    new: tuple[Span, ...]
    key: str


def look(
    indicators: Sequence[Indicator],
    picture: Picture,
    seen: Mapping[str, Sequence[Seen]],
    at: datetime,
    *,
    quietly: bool = False,
    whole: bool = True,
    changed: frozenset[str] | None = None,
    found: Found | None = None,
) -> Looked:
    """Return the alerts that a picture raises beside what was seen before, and what is seen now.

    quietly: raise nothing, only take note: how an indicator begins. whole: the picture is all there is; otherwise it is
    a part, with all that changed since the last look, and nothing is said of what is not in it.
    changed: ids of the reports that came or went since the last look; what none of them tells is not looked at again,
    unless something of it is held back. None: look at everything. found: what the searches of the indicators find.
    """
    scene = Scene(picture, found)
    alerts: dict[str, Alert] = {}
    now: dict[str, tuple[Seen, ...]] = {}
    gone: list[str] = []
    for indicator in indicators:
        looking = _Looking(indicator, scene, seen.get(indicator.id, ()), at, quietly)
        looking.only(changed)
        raised, noted, merged = looking.look(whole)
        alerts.update((one.id, one) for one in raised)
        if noted:
            now[indicator.id] = noted
        gone += merged
    return Looked(alerts=tuple(alerts.values()), seen=now, gone=tuple(gone))


class _Looking:
    """One indicator at one look."""

    def __init__(self, indicator: Indicator, scene: Scene, seen: Sequence[Seen], at: datetime, quietly: bool) -> None:
        self._indicator, self._scene, self._at, self._quietly = indicator, scene, at, quietly
        self._seen = seen
        self._only: frozenset[str] | None = None
        self._in: dict[str, list[tuple[Span, Seen]]] = defaultdict(list)
        for one in seen:
            for span in one.evidence:
                self._in[span.report].append((span, one))
        back = indicator.window if indicator.when != "silence broken" else None
        self._since = date.min if back is None or at.date().toordinal() <= back.days else (at - back).date()

    def only(self, changed: frozenset[str] | None) -> None:
        """Look only at what these reports tell, and at what something is held back of."""
        if changed is not None:
            held = {span.report for one in self._seen if one.held for span in one.evidence}
            self._only = changed | held

    def look(self, whole: bool) -> tuple[list[Alert], tuple[Seen, ...], list[str]]:
        """Return the alerts, what is seen anew or otherwise than before, and what is one with something else now."""
        there = self._there()
        if self._only is not None and self._indicator.when != "silence broken":
            there = tuple(one for one in there if not self._only.isdisjoint(one.reports))
        wanted = [one for one in there if asked_for(self._indicator, one, self._scene)]
        if self._indicator.when == "silence broken":
            return self._listen(wanted)
        matched = self._matched([one for one in wanted if self._is_recent(one)])
        mains = {earlier[0].id for _, earlier in matched if earlier}
        taken: set[str] = set()
        alerts: list[Alert] = []
        now: list[Seen] = []
        for thing, earlier in matched:
            before = _merged(earlier)
            if before is not None and before.id in taken:
                before = structs.replace(before, id=self._id(thing))  # what was one is two now; both remember
            made, alert = self._one(thing, before)
            taken.add(made.id)
            if made != before:
                now.append(made)
            alerts += [alert] if alert else []
        merged = [one.id for _, earlier in matched for one in earlier[1:] if one.id not in mains | taken]
        if whole:
            for one, lost in self._lost(merged):
                now.append(one)
                alerts += [lost] if lost else []
        return alerts, tuple(now), merged

    def _there(self) -> tuple[Thing, ...]:
        """Return what there is to look at; of a search each text that it finds, or to be counted all of it."""
        one = self._indicator
        if one.over != "reports":
            return self._scene.things(one.over)
        return self._scene.searched(one.search, apart=one.when == "first seen", since=self._since)

    def _one(self, thing: Thing, before: Seen | None) -> tuple[Seen, Alert | None]:
        """Return what is seen of a thing now, and the alert that it raises."""
        made = self._noted(thing, before)
        found = list(self._found(thing, before, made))
        if not found or self._quietly:
            return made, None
        if before is not None and self._is_cooling(before):
            return structs.replace(before, held=True), None  # as it was, so that it is found again after the cool-down
        return structs.replace(made, fired=self._at, held=False), self._alert(thing, made, found, before)

    def _found(self, thing: Thing, before: Seen | None, made: Seen) -> Iterator[Reason]:
        """Yield the reasons for an alert, the weightiest first."""
        when = self._indicator.when
        if when == "first seen":
            yield from self._first(thing, before)
        elif when == "independent origins":
            yield from self._origins(thing, before)
        elif when == "figure above":
            yield from self._figures(thing, before)
        elif when == "reports":
            yield from self._many(thing, before)
        else:
            yield from self._changed(thing, before, made)

    def _first(self, thing: Thing, before: Seen | None) -> Iterator[Reason]:
        again = (
            before is not None
            and self._indicator.window is not None
            and before.last < self._at - self._indicator.window
        )
        if before is None or again:
            new = self._own(thing, ())
            if not new:
                return  # nothing but copies of what is not here
            because = "Seen again." if again else "Seen for the first time."
            yield Reason(
                trigger="first seen",
                because=f"{because} {reasons.carried(thing)}",
                not_before=reasons.unseen(before, self._seen, self._indicator),
                new=new,
                key=_anchor(new),
            )
        elif thing.high > before.origins_max:
            yield self._new_origin(thing, before)

    def _origins(self, thing: Thing, before: Seen | None) -> Iterator[Reason]:
        number = thing.low if self._indicator.certain else thing.high
        most = 0 if before is None else before.origins_min if self._indicator.certain else before.origins_max
        if number < self._indicator.at_least:
            return
        if before is None or not before.reached:
            new = self._own(thing, before.evidence if before else ()) or tuple(voice.span for voice in thing.voices)
            yield Reason(
                trigger="origins reached",
                because=reasons.reached(thing, self._indicator),
                not_before=reasons.too_few(before, self._indicator),
                new=new,
                key=str(self._indicator.at_least),
            )
        elif number > most:
            yield self._new_origin(thing, before)

    def _many(self, thing: Thing, before: Seen | None) -> Iterator[Reason]:
        """Yield that there are as many reports as asked for; again only after there were fewer."""
        if len(thing.reports) < self._indicator.at_least or (before is not None and before.reached):
            return
        new = self._own(thing, before.evidence if before else ()) or tuple(voice.span for voice in thing.voices)
        yield Reason(
            trigger="reports reached",
            because=reasons.many(thing, self._indicator),
            not_before=reasons.too_few_reports(before, self._indicator),
            new=new,
            key=_anchor(new),
        )

    def _new_origin(self, thing: Thing, before: Seen) -> Reason:
        new = self._own(thing, before.evidence) or tuple(voice.span for voice in thing.voices)
        names = [name for name in thing.origins if name not in before.parties]
        return Reason(
            trigger="new origin",
            because=reasons.another(thing, names),
            not_before=reasons.same_origins(before),
            new=new,
            key=_anchor(new),
        )

    def _figures(self, thing: Thing, before: Seen | None) -> Iterator[Reason]:
        revised = _merged(self._earlier(thing.before, same=False)) if thing.before else None
        known = {**(revised.above if revised else {}), **(before.above if before else {})}
        for party, value in _latest(thing.values).items():
            if self._is_above(value) and not known.get(party, False):
                new = (value.span, *(voice.span for voice in thing.voices if overlap(voice.span, value.span)))
                yield Reason(
                    trigger="figure above",
                    because=reasons.above(value, self._indicator),
                    not_before=reasons.not_above(before or revised, self._indicator),
                    new=new,
                    key=f"{party} {value.low}",
                )

    def _is_above(self, value: Value) -> bool:
        limit = self._indicator.above or 0
        if self._indicator.certain:
            return value.low > limit
        return value.high is None or value.high > limit

    def _changed(self, thing: Thing, before: Seen | None, made: Seen) -> Iterator[Reason]:
        if thing.before:
            earlier = _merged(self._earlier(thing.before, same=False))
            before = before or earlier  # a plan and what carries it out, a figure and what revises it: one matter
        if self._indicator.over == "claims":
            yield from self._stances(thing, before)
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

    def _stances(self, thing: Thing, before: Seen | None) -> Iterator[Reason]:
        """Yield who changes what they hold, or denies what no report told before."""
        for party, told in of_party(thing.voices).items():
            held = set(before.stances.get(party, "").split("|")) - {""} if before else set()
            new = [one for one in told if one.stance not in held]
            for voice in new:
                if _is_change(voice.stance, held):
                    yield Reason(
                        trigger="stance changed",
                        because=reasons.stance(party, voice.stance, held),
                        not_before=reasons.held(party, held, before)
                        if before
                        else reasons.too_few(None, self._indicator),
                        new=(voice.span,),
                        key=f"{party} {voice.stance}",
                    )
                    break

    def _lost(self, merged: Sequence[str]) -> Iterator[tuple[Seen, Alert | None]]:
        """Yield what no current report carries any more, with an alert where changes are watched for."""
        for one in self._seen:
            if one.gone or one.id in merged or any(span.report in self._scene.reports for span in one.evidence):
                continue
            since = self._scene.picture.since
            if since is not None and (one.day is None or one.day < since):
                continue  # the picture does not go back that far
            made = structs.replace(one, gone=True, last=self._at)
            if self._quietly or self._indicator.when != "stance changed":
                yield made, None
                continue
            found = Reason(
                trigger="withdrawn",
                because="No current report carries it any more.",
                not_before=reasons.same_origins(one),
                new=one.evidence,
                key="withdrawn",
            )
            yield structs.replace(made, fired=self._at), self._alert(None, one, [found], one)

    def _listen(self, wanted: Sequence[Thing]) -> tuple[list[Alert], tuple[Seen, ...], list[str]]:
        known = {one.id: one for one in self._seen}
        alerts, now = [], []
        for heard in listened(self._indicator, wanted, self._scene, known, self._at):
            before = known.get(heard.seen.id)
            if heard.because is None or self._quietly or heard.thing is None:
                if heard.seen != before:
                    now.append(heard.seen)
                continue
            if before is not None and self._is_cooling(before):
                now.append(structs.replace(before, held=True))
                continue
            found = Reason(
                trigger="silence broken",
                because=heard.because,
                not_before=heard.not_before,
                new=heard.new,
                key=_anchor(heard.new),
            )
            now.append(structs.replace(heard.seen, fired=self._at, held=False))
            alerts.append(self._alert(heard.thing, heard.seen, [found], before))
        return alerts, tuple(now), []

    def _noted(self, thing: Thing, before: Seen | None) -> Seen:
        """Return what is seen of a thing now."""
        evidence = tuple(dict.fromkeys((*(before.evidence if before else ()), *thing.anchors)))
        is_new = before is None or len(evidence) > len(before.evidence)
        number = thing.low if self._indicator.certain else thing.high
        values = _latest(thing.values)
        highest = max((value.low for value in values.values()), default=None)
        return Seen(
            id=before.id if before else self._id(thing),
            evidence=evidence,
            first=before.first if before else self._at,
            last=self._at if is_new or before is None else before.last,
            reports=len(thing.reports),
            outlets=thing.outlets,
            origins_min=max(thing.low, before.origins_min if before else 0),
            origins_max=max(thing.high, before.origins_max if before else 0),
            parties=tuple(dict.fromkeys((*(before.parties if before else ()), *thing.origins))),
            stances=self._held(thing, before),
            above={**(before.above if before else {}), **{name: self._is_above(one) for name, one in values.items()}},
            highest=max(
                (one for one in (highest, before.highest if before else None) if one is not None), default=None
            ),
            reached=self._has_reached(thing, before, number),
            fired=before.fired if before else None,
            day=min(known_on(self._scene.reports[id]) for id in thing.reports) if thing.reports else None,
        )

    def _has_reached(self, thing: Thing, before: Seen | None, origins: int) -> bool:
        if self._indicator.when == "reports":
            return len(thing.reports) >= self._indicator.at_least
        return (before.reached if before else False) or origins >= self._indicator.at_least

    def _held(self, thing: Thing, before: Seen | None) -> dict[str, str]:
        """Return by party every stance it ever took here, in order, joined by bars; under "" every status."""
        held = {name: one.split("|") for name, one in (before.stances if before else {}).items()}
        if self._indicator.over in ("claims", "figures"):
            for party, told in of_party(thing.voices).items():
                held[party] = [*held.get(party, ()), *(one.stance for one in told)]
        else:
            held[""] = [*held.get("", ()), *(one.stance for one in thing.voices if not one.is_copy)]
        return {name: "|".join(dict.fromkeys(filter(None, taken))) for name, taken in sorted(held.items())}

    def _alert(self, thing: Thing | None, made: Seen, found: Sequence[Reason], before: Seen | None) -> Alert:
        first = found[0]
        new = dict.fromkeys(span for one in found for span in one.new)
        others = made.evidence if thing is None else [voice.span for voice in thing.voices]
        evidence = cited((*new, *others))
        rests_on = sorted({span.report for span in (*evidence, *others)})
        sentence = self._scene.sentence(first.new[0]) or (thing.said if thing else "")
        return Alert(
            id=content_id("alt", self._indicator.id, made.id, first.trigger, first.key),
            indicator=self._indicator.id,
            title=self._indicator.title,
            about=thing.about if thing else made.id,
            trigger=first.trigger,
            because=" ".join(dict.fromkeys(one.because for one in found)),
            not_before=first.not_before if before is None or not before.held else f"{first.not_before} {reasons.HELD}",
            sentence=shorten(plain(sentence), LONGEST_SENTENCE),
            evidence=evidence,
            at=self._at,
            reports=len(thing.reports) if thing else 0,
            outlets=thing.outlets if thing else 0,
            origins_min=thing.low if thing else 0,
            origins_max=thing.high if thing else 0,
            rests_on=tuple(rests_on),
            urgency=self._indicator.urgency,
        )

    def _own(self, thing: Thing, known: Iterable[Span]) -> tuple[Span, ...]:
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

    def _matched(self, things: Sequence[Thing]) -> list[tuple[Thing, list[Seen]]]:
        """Return with each thing what was seen of it before: by the very words, else by words that overlap."""
        if self._indicator.over == "reports" and self._indicator.when != "first seen":  # it is always the same one
            return [(thing, list(self._seen)) for thing in things]
        exact = [(thing, self._earlier(thing.anchors, same=True)) for thing in things]
        taken = {one.id for _, earlier in exact for one in earlier}
        return [
            (thing, earlier or [one for one in self._earlier(thing.anchors, same=False) if one.id not in taken])
            for thing, earlier in exact
        ]

    def _earlier(self, spans: Sequence[Span], *, same: bool) -> list[Seen]:
        """Return what was seen that shares at least half of its words with these, or of these; most shared first."""
        shared: Counter[str] = Counter()
        for span in spans:
            there = self._in.get(span.report, ())
            shared.update({one.id for other, one in there if (span == other if same else overlap(span, other))})
        found = [
            one for one in self._seen if one.id in shared and 2 * shared[one.id] >= min(len(spans), len(one.evidence))
        ]
        return sorted(found, key=lambda one: (-shared[one.id], one.first, one.id))

    def _is_recent(self, thing: Thing) -> bool:
        return self._since == date.min or any(
            known_on(self._scene.reports[id]) >= self._since for id in thing.reports if id in self._scene.reports
        )

    def _is_cooling(self, before: Seen) -> bool:
        cool = self._indicator.cool_down
        return cool > timedelta(0) and before.fired is not None and self._at < before.fired + cool

    def _id(self, thing: Thing) -> str:
        first = min(thing.voices, key=lambda one: (one.day, one.span))
        return content_id("see", self._indicator.id, thing.about, first.span.report, first.span.start)


def _merged(earlier: Sequence[Seen]) -> Seen | None:
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
        above={name: True for one in earlier for name, is_above in one.above.items() if is_above},
        highest=max((one.highest for one in earlier if one.highest is not None), default=None),
        reached=any(one.reached for one in earlier),
        fired=max((one.fired for one in earlier if one.fired is not None), default=None),
        held=any(one.held for one in earlier),
        gone=all(one.gone for one in earlier),
    )


def _latest(values: Sequence[Value]) -> dict[str, Value]:
    """Return by party the figure that it gave last; "" is nobody named."""
    found: dict[str, Value] = {}
    for value in sorted(values, key=lambda one: (one.day, one.low)):
        found[value.party or ""] = value
    return found


def _is_change(stance: str, held: set[str]) -> bool:
    """Return whether a stance is a change beside those that a party took before, if any."""
    if stance in _AGAINST or stance == "revises":
        return True
    return bool(held) and stance in _FOR and not held & _FOR


def _anchor(spans: Sequence[Span]) -> str:
    first = min(spans)
    return f"{first.report} {first.start}"
