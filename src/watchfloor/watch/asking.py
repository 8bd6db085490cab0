"""Whether a thing is what an indicator asks for: words, names, places, kinds, stances."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from watchfloor.core.indicator import Indicator
from watchfloor.watch.naming import called
from watchfloor.watch.scene import Scene
from watchfloor.watch.things import Side, Thing
from watchfloor.watch.wording import LONGEST_READ

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


def asked_for(indicator: Indicator, thing: Thing, scene: Scene) -> bool:
    """Return whether a thing is what the indicator asks for; what it does not ask about, it takes as it is."""
    voices = thing.voices
    if indicator.kinds and not _any_of(indicator.kinds, thing.kinds):
        return False
    if indicator.outlets and not any(
        _is_in(outlet, [voice.outlet or ""]) for outlet in indicator.outlets for voice in voices
    ):
        return False
    if indicator.stances and not {voice.stance for voice in voices} & set(indicator.stances):
        return False
    if indicator.statuses and not {voice.stance for voice in voices} & set(indicator.statuses):
        return False
    if indicator.units and not {value.unit for value in thing.values} & set(indicator.units):
        return False
    if indicator.search and not scene.found(indicator.search) & thing.reports:
        return False
    if indicator.over == "figures" and not thing.values:
        return False
    if indicator.words and not any(_is_in(phrase, thing.texts) for phrase in indicator.words):
        return False
    if indicator.without and any(_is_in(phrase, thing.texts) for phrase in indicator.without):
        return False
    return _named(indicator, thing, scene)


def _named(indicator: Indicator, thing: Thing, scene: Scene) -> bool:
    speaking = [
        side for voice in thing.voices for side in (voice.side, _represented(voice.represents)) if side is not None
    ]
    listens = indicator.when == "silence broken"  # then those who are named may well not speak yet
    if indicator.speakers and not listens and not is_any_of(indicator.speakers, speaking, scene):
        return False
    if indicator.parties and not listens:
        named = thing.sides or (*speaking, *scene.mentioned(thing))  # a contact, event or transfer has sides of its own
        if not is_any_of(indicator.parties, named, scene):
            return False
    return not indicator.places or is_any_of(indicator.places, scene.located(thing), scene)


def _represented(name: str | None) -> Side | None:
    return None if name is None else Side(name)


def is_any_of(asked: Sequence[str], sides: Iterable[Side], scene: Scene) -> bool:
    """Return whether one of those asked for is among some sides: by words of the name in any order, or the state."""
    return any(is_called(one, side, scene) for side in sides for one in asked)


def is_called(asked: str, side: Side, scene: Scene) -> bool:
    """Return whether a side goes by a name: words of it in any order, another of its names, or its state."""
    if side.country and asked.casefold() == side.country.casefold():
        return True
    wanted = set(_cut(asked))
    if not wanted:
        return False
    names = {side.name, called(side.name, scene.names)}
    if any(wanted <= set(_cut(name)) for name in names):
        return True
    return called(asked, scene.names) in names


def _any_of(asked: Sequence[str], there: Sequence[str]) -> bool:
    return bool({one.casefold() for one in asked} & {one.casefold() for one in there})


def _is_in(phrase: str, texts: Iterable[str]) -> bool:
    """Return whether the words of a phrase stand side by side in one of the texts; word* begins one."""
    begins = phrase.endswith("*")
    wanted = _cut(phrase)
    return bool(wanted) and any(_stands(wanted, _cut(text), begins) for text in texts)


def _stands(wanted: tuple[str, ...], there: tuple[str, ...], begins: bool) -> bool:
    size = len(wanted)
    for at in range(len(there) - size + 1):
        if there[at : at + size - 1] == wanted[:-1]:
            last = there[at + size - 1]
            if last == wanted[-1] or (begins and last.startswith(wanted[-1])):
                return True
    return False


@lru_cache(maxsize=20_000)
def _cut(text: str) -> tuple[str, ...]:
    """Return the words of a text without case and diacritics."""
    plain = unicodedata.normalize("NFKD", text[:LONGEST_READ].casefold())
    return tuple(_WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign))))
