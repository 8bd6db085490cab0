"""Bodies that are known by name alone: armed groups, services, parties, parliaments, papers, firms, charities."""

from collections.abc import Sequence
from functools import cache
from importlib import resources

from msgspec import Struct, structs

from watchfloor.annotate.agent_words import tokens
from watchfloor.annotate.offices import fold

_LONGEST = 9  # words in the longest name
_PORTFOLIOS = frozenset("labour labor justice reform development environment".split())
"""Words that are names of parties and what ministries are for."""
_OFFICES = frozenset(
    "minister ministers ministry secretary secretaries department commissioner office court inspectorate".split()
)


class Body(Struct, frozen=True):
    """A body of the table: its first name there, sector, country (None: of no one state), and which tokens name it."""

    name: str
    sector: str
    country: str | None
    start: int = 0
    end: int = 0


def bodies_in(words: Sequence[str]) -> list[Body]:
    """Return every known body that the words name, the longest name first at each word."""
    known = _known()
    folded = [fold(word) for word in words]
    found: list[Body] = []
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + _LONGEST), at, -1):
            entry = known.get(tuple(folded[at:end]))
            if entry is not None and _is_written(entry[0], words[at:end]) and not _is_portfolio(folded, at, end):
                found.append(structs.replace(entry[1], start=at, end=end))
                at = end - 1
                break
        at += 1
    return found


def _is_portfolio(folded: Sequence[str], at: int, end: int) -> bool:
    """Return whether the word is what an office is for: "Labour Minister" is of no party in particular."""
    return end - at == 1 and folded[at] in _PORTFOLIOS and end < len(folded) and folded[end] in _OFFICES


def _is_written(name: str, words: Sequence[str]) -> bool:
    """Return whether the words have the capitals of the name: all of "FARC", the first ones of "Foreign Policy"."""
    if name.isupper():
        return all(word.isupper() for word in words if word[:1].isalpha())
    return all(word[:1].isupper() or not part[:1].isupper() for part, word in zip(tokens(name), words, strict=True))


@cache
def _known() -> dict[tuple[str, ...], tuple[str, Body]]:
    """Return the bodies by the folded words of each of their names, with the name as it is written."""
    text = resources.files("watchfloor.annotate").joinpath("data", "known_bodies.tsv").read_text(encoding="utf-8")
    found: dict[tuple[str, ...], tuple[str, Body]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            sector, code, names = line.split("\t")
            for name in names.split(";"):
                body = Body(name, sector, None if code == "-" else code)
                found.setdefault(tuple(fold(word) for word in tokens(name)), (name, body))
    return found
