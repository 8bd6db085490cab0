"""What a text says is done or is so, as frames: classes of words that news uses for one thing."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from msgspec import Struct

_ENTRY = re.compile(r'"([^"]+)"|(\S+)')


class Frames(Struct, frozen=True):
    """words: the pattern of each frame. whole: the frames that alone make a proposition."""

    words: Mapping[str, re.Pattern[str]]
    whole: frozenset[str]


def frames(text: str) -> frozenset[str]:
    """Return the frames that the text calls up.

    >>> sorted(frames("The dispatch of soldiers is a serious threat."))
    ['forces', 'sending', 'threat']
    """
    return frozenset(name for name, pattern in _known().words.items() if pattern.search(text))


def is_whole(names: frozenset[str]) -> bool:
    """Return whether the frames say something by themselves: one that needs nothing else, or two together."""
    return len(names) > 1 or bool(names & _known().whole)


@cache
def _known() -> Frames:
    words, whole = {}, set()
    for line in (files("watchfloor.fuse") / "data" / "frames.tsv").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        name, star, given = line.split("\t")
        words[name] = re.compile("|".join(_pattern(*entry) for entry in _ENTRY.findall(given)), re.IGNORECASE)
        if star == "*":
            whole.add(name)
    return Frames(words, frozenset(whole))


def _pattern(phrase: str, word: str) -> str:
    if phrase:
        return r"\b" + r"\s+".join(re.escape(one) for one in phrase.split()) + r"\b"
    return rf"\b{re.escape(word[1:])}\b" if word.startswith("=") else rf"\b{re.escape(word)}"
