"""Words for those who act, and the PLOVER sector that they tell: "paramedic", "riot police", "rebel leader"."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources

from msgspec import Struct

LONGEST = 6  # words in the longest entry
_IRREGULAR = {
    "children": "child",
    "people": "people",
    "thieves": "thief",
    "wives": "wife",
    "police": "police",
    "clergy": "clergy",
    "media": "media",
    "staff": "staff",
    "yes": "yes",
    "mujahideen": "mujahid",
    "mujahidin": "mujahid",
    "mujahedeen": "mujahid",
    "attaches": "attache",
    "series": "series",
    "lives": "life",
    "congress": "congress",
    "barracks": "barracks",
}


class Told(Struct, frozen=True):
    """What a word tells: how ("head", "word", "weak", "none"), the sector, and which tokens say it."""

    how: str
    sector: str | None
    start: int
    end: int


def tokens(words: str) -> list[str]:
    """Return the words as they stand, hyphens taken for spaces, articles left out.

    >>> tokens("the Kurdish-led Syrian Democratic Forces")
    ['Kurdish', 'led', 'Syrian', 'Democratic', 'Forces']
    """
    plain = re.sub(r"(?<=\w)\s?[-‐‑–]\s?(?=\w)", " ", words)
    found = (word.strip('"“”‘().,;:!?*[]') for word in plain.split())
    return [word for word in found if word and word.casefold() not in {"the", "a", "an"}]


@lru_cache(maxsize=65_536)  # the words of a day's reporting come again and again (as in store/terms)
def singular(word: str) -> str:
    """Return a word in lower case, without possessive and plural.

    >>> [singular(word) for word in ("Policemen", "ministries", "churches", "thieves", "Congress", "forces")]
    ['policeman', 'ministry', 'church', 'thief', 'congress', 'force']
    """
    word = re.sub(r"['’]s$", "", word.casefold()).rstrip("'’").replace(".", "")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("men") and len(word) > 2 and word not in {"specimen", "yemen", "women"}:
        return f"{word[:-3]}man"
    if word == "women":
        return "woman"
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if re.search(r"(?:ch|sh|ss|x|zz)es$", word):
        return word[:-2]
    return word[:-1] if re.search(r"[^siu]s$", word) and len(word) > 3 else word


def head_ending(forms: Sequence[str], end: int, low: int = 0) -> Told | None:
    """Return what the longest entry that ends before token `end` tells, None when no entry does."""
    table = _table()
    for start in range(max(low, end - LONGEST), end):
        entry = " ".join(forms[start:end])
        told = table.get(entry)
        if told is not None and (how := told.get("none") and "none") is not None and len(told) == 1:
            return Told(how, None, start, end)
        if told is not None and "none" in told and end - start == 1:
            return Told("none", told.get("head") or told.get("weak"), start, end)
        for how in ("head", "weak"):
            if told is not None and how in told:
                return Told(how, told[how], start, end)
    return None


def word_before(forms: Sequence[str], end: int) -> Told | None:
    """Return what the words before token `end` tell of a head that says nothing itself: the nearest one that does."""
    table = _table()
    for stop in range(end, 0, -1):
        for start in range(max(0, stop - LONGEST), stop):
            told = table.get(" ".join(forms[start:stop]), {})
            if sector := told.get("word") or (None if "none" in told else told.get("head")):
                return Told("word", sector, start, stop)
    return None


@cache
def _table() -> dict[str, dict[str, str]]:
    """Return how each entry tells what: {"rebel": {"head": "REB", "word": "REB"}}."""
    text = resources.files("watchfloor.annotate").joinpath("data", "agents.tsv").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            how, sector, entries = line.split("\t")
            for entry in entries.split(";"):
                forms = " ".join(singular(word) for word in tokens(entry))
                found.setdefault(forms, {}).setdefault(how, sector)
    return found
