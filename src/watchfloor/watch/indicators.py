"""Look at a picture with indicators: what is new since the last look raises an alert, what is a copy of it does not.

What was seen is handed in and handed back, so that the same look made twice raises nothing the second time.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct, structs

from watchfloor.core.alert import Alert
from watchfloor.core.identity import content_id
from watchfloor.core.indicator import Indicator
from watchfloor.core.picture import Picture
from watchfloor.core.seen import Seen
from watchfloor.watch import reasons
from watchfloor.watch.asking import asked_for
from watchfloor.watch.firing import Reason, anchor, fired
from watchfloor.watch.reading import cited
from watchfloor.watch.scene import Found, Scene
from watchfloor.watch.seen_before import SeenBefore, id_of, merged, noted
from watchfloor.watch.silence import listened
from watchfloor.watch.things import Thing, known_on
from watchfloor.watch.wording import plain, shorten

LONGEST_SENTENCE = 400  # characters of the sentence of an alert; assumed


class Looked(Struct, frozen=True, kw_only=True):
    """What came of a look: alerts in the order of the indicators, and by indicator what it has seen now.

    seen: what is new or changed. gone: ids of what was seen and is one with something else now.
    """

    alerts: tuple[Alert, ...]
    seen: dict[str, tuple[Seen, ...]]
    gone: tuple[str, ...] = ()


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
        raised, fresh, joined = looking.look(whole)
        alerts.update((one.id, one) for one in raised)
        if fresh:
            now[indicator.id] = fresh
        gone += joined
    return Looked(alerts=tuple(alerts.values()), seen=now, gone=tuple(gone))


class _Looking:
    """One indicator at one look."""

    def __init__(self, indicator: Indicator, scene: Scene, seen: Sequence[Seen], at: datetime, quietly: bool) -> None:
        self._indicator, self._scene, self._at, self._quietly = indicator, scene, at, quietly
        self._known = SeenBefore(indicator, seen)
        self._only: frozenset[str] | None = None
        back = indicator.window if indicator.when != "silence broken" else None
        self._since = date.min if back is None or at.date().toordinal() <= back.days else (at - back).date()

    def only(self, changed: frozenset[str] | None) -> None:
        """Look only at what these reports tell, and at what something is held back of."""
        if changed is not None:
            held = {span.report for one in self._known.seen if one.held for span in one.evidence}
            self._only = changed | held

    def look(self, whole: bool) -> tuple[list[Alert], tuple[Seen, ...], list[str]]:
        """Return the alerts, what is seen anew or otherwise than before, and what is one with something else now."""
        there = self._there()
        if self._only is not None and self._indicator.when != "silence broken":
            there = tuple(one for one in there if not self._only.isdisjoint(one.reports))
        wanted = [one for one in there if asked_for(self._indicator, one, self._scene)]
        if self._indicator.when == "silence broken":
            return self._listen(wanted)
        matched = self._known.matched([one for one in wanted if self._is_recent(one)])
        mains = {earlier[0].id for _, earlier in matched if earlier}
        taken: set[str] = set()
        alerts: list[Alert] = []
        now: list[Seen] = []
        for thing, earlier in matched:
            before = merged(earlier)
            if before is not None and before.id in taken:
                # what was one is two now; both remember
                before = structs.replace(before, id=id_of(self._indicator, thing))
            made, alert = self._one(thing, before)
            taken.add(made.id)
            if made != before:
                now.append(made)
            alerts += [alert] if alert else []
        joined = [one.id for _, earlier in matched for one in earlier[1:] if one.id not in mains | taken]
        if whole:
            for one, lost in self._lost(joined):
                now.append(one)
                alerts += [lost] if lost else []
        return alerts, tuple(now), joined

    def _there(self) -> tuple[Thing, ...]:
        """Return what there is to look at; of a search each text that it finds, or to be counted all of it."""
        one = self._indicator
        if one.over != "reports":
            return self._scene.things(one.over)
        return self._scene.searched(one.search, apart=one.when == "first seen", since=self._since)

    def _one(self, thing: Thing, before: Seen | None) -> tuple[Seen, Alert | None]:
        """Return what is seen of a thing now, and the alert that it raises."""
        made = noted(self._indicator, thing, before, self._at, self._scene.reports)
        found = list(fired(self._indicator, thing, before, self._known, self._at))
        if not found or self._quietly:
            return made, None
        if before is not None and self._is_cooling(before):
            return structs.replace(before, held=True), None  # as it was, so that it is found again after the cool-down
        return structs.replace(made, fired=self._at, held=False), self._alert(thing, made, found, before)

    def _lost(self, joined: Sequence[str]) -> Iterator[tuple[Seen, Alert | None]]:
        """Yield what no current report carries any more, with an alert where changes are watched for."""
        for one in self._known.seen:
            if one.gone or one.id in joined or any(span.report in self._scene.reports for span in one.evidence):
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
        known = {one.id: one for one in self._known.seen}
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
                key=anchor(heard.new),
            )
            now.append(structs.replace(heard.seen, fired=self._at, held=False))
            alerts.append(self._alert(heard.thing, heard.seen, [found], before))
        return alerts, tuple(now), []

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

    def _is_recent(self, thing: Thing) -> bool:
        return self._since == date.min or any(
            known_on(self._scene.reports[id]) >= self._since for id in thing.reports if id in self._scene.reports
        )

    def _is_cooling(self, before: Seen) -> bool:
        cool = self._indicator.cool_down
        return cool > timedelta(0) and before.fired is not None and self._at < before.fired + cool
