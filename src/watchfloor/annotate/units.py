"""What a number counts: the head noun after it and its unit."""

import re
from functools import cache
from importlib import resources

from msgspec import Struct

MONEY = {"US$": "dollar", "A$": "dollar", "C$": "dollar", "$": "dollar", "€": "euro", "£": "pound", "¥": "yen"}
MONEY |= {"₩": "won", "₽": "ruble", "us$": "dollar", "a$": "dollar", "c$": "dollar"}
LENGTHS_OF_TIME = frozenset(
    "second minute hour day week month year decade century time fold night morning season semester".split()
)
"""Units of time are no counts: they belong to the times."""
MEASURES = frozenset({"percent", "percentage point", *MONEY.values()})
"""Units of which "of them" cannot speak."""
PEOPLE = frozenset(
    """person civilian child troop fighter worker sailor fisherman officer police officer casualty passenger resident
    journalist protester student prisoner hostage official guard pilot soldier villager migrant refugee
    tourist""".split()
)
"""Units that can be killed, injured or missing."""

_MOST_WORDS = 6  # words between a number and the end of its noun phrase ("12,000 North Korean special forces soldiers")
_WORD = re.compile(r"\s(?P<word>(?:[A-Z]\.){2,}|[^\W\d_][\w’'-]*)")
_STOP = frozenset(
    "a an the and or but of in on at to for from by with as than that which who whom whose is are was were be "
    "been being has have had will would could may might can must shall should do does did it its he his she her "
    "they their them we our you your i this these those if when while because since after before into over under "
    "about around between against during through each so not no said says also already soon now then still "
    "just only almost nearly if according including such other another same both all".split()
)
_NO_PLURALS = re.compile(
    r"(?:ss|us|is|ous|as)$|^(?:this|its|his|hers|yes|was|has|says|does|goes|pass|gas|bus|news)$", re.I
)
_MEN = {"servicemen": "serviceman", "women": "woman", "people": "person", "children": "child", "men": "man"}


class Noun(Struct, frozen=True):
    """A counted noun: its unit, the words of its phrase when they are more than the noun, and where it ends.

    listed: whether data/units.tsv knows it.
    """

    unit: str
    counted: str | None
    end: int
    listed: bool


def noun_after(text: str, start: int, stop: int, *, one: bool) -> Noun | None:
    """Return the head noun of the phrase that begins at `start`: the first plural, or a listed noun.

    one: the number is 1, so that the noun may be in the singular.

    >>> noun_after("12,000 North Korean special forces have", 6, 39, one=False)
    Noun(unit='troop', counted='North Korean special forces', end=34, listed=True)
    """
    words: list[re.Match[str]] = []
    at = start
    while len(words) < _MOST_WORDS and (match := _WORD.match(text, at, stop)) is not None:
        if match["word"].casefold() in _STOP:
            break
        words.append(match)
        at = match.end()
    for size, match in enumerate(words):
        bare = re.sub(r"['’]s?$", "", match["word"])
        if size and f"{words[size - 1]['word']} {bare}".casefold() in _known():
            return _noun(text, words[: size + 1])  # "per cent"
        possessive = bare != match["word"] and bare + "s" not in _known()
        if possessive or not (_is_plural(bare) or bare.casefold() in _known() or (one and _singular_known(bare))):
            continue
        head = size
        while head + 1 < len(words) and _goes_on(words[head + 1]["word"]):
            head += 1
        return _noun(text, words[: head + 1])
    return None


def _goes_on(word: str) -> bool:
    """Return whether a noun after a plural is the head in its place ("special forces soldiers")."""
    return word.islower() and word.casefold() in _known()


def _noun(text: str, words: list[re.Match[str]]) -> Noun:
    start, end = words[0].start("word"), words[-1].end("word")
    head = re.sub(r"['’]s?$", "", words[-1]["word"])
    end -= len(words[-1]["word"]) - len(head)
    unit, listed = _unit([word["word"] for word in words[:-1]] + [head])
    counted = " ".join(text[start:end].split())
    return Noun(unit, counted if len(words) > 1 else None, end, listed)


def _unit(words: list[str]) -> tuple[str, bool]:
    """Return the unit of the longest listed ending of the phrase, else the singular of its head."""
    for begin in range(len(words)):
        ending = " ".join(words[begin:]).casefold()
        if (unit := _known().get(ending)) is not None:
            return unit, True
    head = words[-1].casefold()
    unit = _singulars().get(head)
    return (unit, True) if unit is not None else (singular(head), False)


def singular(word: str) -> str:
    """Return the singular of a plural noun in lower case.

    >>> [singular(word) for word in ("countries", "boxes", "batteries", "houses", "vehicles")]
    ['country', 'box', 'battery', 'house', 'vehicle']
    """
    low = word.casefold()
    if low in _MEN:
        return _MEN[low]
    if low.endswith("men"):
        return low[:-2] + "an"
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if re.search(r"(?:x|ch|sh|ss|z)es$", low):
        return low[:-2]
    return low[:-1] if low.endswith("s") and not low.endswith("ss") else low


def _is_plural(word: str) -> bool:
    low = word.casefold()
    if low in _known():
        return True
    return len(word) > 3 and low.endswith(("s", "men")) and word[0].islower() and _NO_PLURALS.search(low) is None


def _singular_known(word: str) -> bool:
    return word.casefold() in _singulars()


@cache
def _singulars() -> dict[str, str]:
    return {singular(plural): unit for plural, unit in _known().items()}


@cache
def _known() -> dict[str, str]:
    text = resources.files("watchfloor.annotate").joinpath("data", "units.tsv").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            unit, words = line.split("\t")
            found.update({word.casefold(): unit for word in words.split(";")})
    return found
