"""Who is listened for: parties that say nothing of a matter, and the day on which they do."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from watchfloor.core.identity import content_id
from watchfloor.core.indicator import Indicator
from watchfloor.core.seen import Seen
from watchfloor.core.span import Span
from watchfloor.watch.asking import is_called
from watchfloor.watch.days import short
from watchfloor.watch.scene import Scene
from watchfloor.watch.things import Side, Thing, Voice
from watchfloor.watch.wording import count

SHORTEST = timedelta(days=3)
"""How long somebody must have said nothing of a matter that is reported, unless the indicator says (assumed)."""

_SAYS_NOTHING = frozenset({"silent", "declines to comment"})


class Heard(Struct, frozen=True, kw_only=True):
    """What is known of one party now; because and thing are given when it broke its silence."""

    seen: Seen
    thing: Thing | None = None
    because: str | None = None
    not_before: str = ""
    new: tuple[Span, ...] = ()


def listened(
    indicator: Indicator, things: Sequence[Thing], scene: Scene, known: Mapping[str, Seen], at: datetime
) -> Iterator[Heard]:
    """Yield for each party that is listened for what it said or did not say of the things so far."""
    voices = [(voice, thing) for thing in things for voice in thing.voices if not voice.is_copy]
    for party in (*indicator.speakers, *indicator.parties):
        before = known.get(content_id("see", indicator.id, party))
        own = sorted(
            ((voice, thing) for voice, thing in voices if _is(party, voice, scene)),
            key=lambda one: (one[0].day, one[0].span),
        )
        if not voices and before is None:
            continue
        yield _one(indicator, party, own, [voice for voice, _ in voices], before, at)


def _one(
    indicator: Indicator,
    party: str,
    own: Sequence[tuple[Voice, Thing]],
    every: Sequence[Voice],
    before: Seen | None,
    at: datetime,
) -> Heard:
    known = set(before.evidence) if before else set()
    spoken = [(voice, thing) for voice, thing in own if voice.stance not in _SAYS_NOTHING]
    new = [(voice, thing) for voice, thing in spoken if voice.span not in known]
    silences = [voice for voice, _ in own if voice.stance in _SAYS_NOTHING]
    quiet = [one.day for one in silences]
    days = [voice.day for voice in every]
    began = min(
        (day for day in (before.day if before else None, min(days, default=None)) if day is not None), default=None
    )
    seen = Seen(
        id=content_id("see", indicator.id, party),
        evidence=tuple(dict.fromkeys((*(before.evidence if before else ()), *(voice.span for voice, _ in spoken)))),
        first=before.first if before else at,
        last=at if new or before is None else before.last,
        reports=len({voice.span.report for voice in every}),
        spoke=_later(before.spoke if before else None, max((voice.day for voice, _ in spoken), default=None)),
        silent=_later(before.silent if before else None, max(quiet, default=None)),
        fired=before.fired if before else None,
        day=began,
    )
    if not new:
        return Heard(seen=seen)
    voice, thing = new[0]
    spoke = before.spoke if before else None
    until = max((one.day for one in silences if _comes_before(one, voice)), default=None)
    silent = _later(before.silent if before else None, until)
    length = voice.day - (spoke or began or voice.day)
    kept_silent = silent is not None and (spoke is None or spoke < silent)
    if not kept_silent and length < (indicator.window or SHORTEST):
        return Heard(seen=seen)
    return Heard(
        seen=seen,
        thing=thing,
        because=f"{party} {_does(voice.stance)}, on {short(voice.day)}.",
        not_before=_why(party, spoke, silent, began, before),
        new=tuple(one.span for one, _ in new if one.span in {each.span for each in thing.voices}),
    )


def _comes_before(silent: Voice, spoken: Voice) -> bool:
    """Return whether the silence can have come first: in one report it is about something else than what is said."""
    return silent.day < spoken.day or (silent.day == spoken.day and silent.span.report != spoken.span.report)


def _why(party: str, spoke: date | None, silent: date | None, began: date | None, before: Seen | None) -> str:
    if silent is not None and (spoke is None or spoke < silent):
        return f"{party} was said to be silent or to decline comment on {short(silent)}."
    if spoke is not None:
        return f"{party} had last spoken of it on {short(spoke)}."
    reports = count(before.reports, "report") if before else "the reports"
    return f"{party} had said nothing of it in {reports} since {short(began)}." if began else f"{party} had not spoken."


def _does(stance: str) -> str:
    return f"{stance} it, having been silent"


def _is(party: str, voice: Voice, scene: Scene) -> bool:
    sides = [voice.side, Side(voice.represents) if voice.represents else None]
    return any(side is not None and is_called(party, side, scene) for side in sides)


def _later(one: date | None, other: date | None) -> date | None:
    return max((day for day in (one, other) if day is not None), default=None)
