"""The form under which place names are kept and looked up."""

import re
from functools import lru_cache

from anyascii import anyascii

ONLY_ALONE = frozenset({"the North", "the South"})  # inside other words they are directions ("the South China Sea")

_POSSESSIVE = re.compile(r"(?:['’`]s|(?<=s)['’])$")
_MAY_END = frozenset("s'’\n")  # what words with a possessive end in: "$" also matches before a last line end
_STOPS = re.compile(r"(?<=\b[A-Z])\.(?=[A-Z]|$|\s)")
_SHORT = re.compile(r"\b(Ste?|Mt|Ft)\.? (?=[A-Z])")
_LONG = {"St": "Saint ", "Ste": "Saint ", "Mt": "Mount ", "Ft": "Fort "}
_SMALL = re.compile(r"(?<=\s)(?:And|Of|The|De|La|Del|Upon|On)(?=\s)")


@lru_cache(maxsize=16_384)
def tidy(words: str) -> str:
    """Return the words on one line, without marks around them and without a possessive."""
    return without_possessive(" ".join(words.split()).strip(" \"“”‘’'.,;:()"))


def without_possessive(words: str) -> str:
    """Return the words without "'s" at their end."""
    return _POSSESSIVE.sub("", words) if words[-1:] in _MAY_END else words


@lru_cache(maxsize=65_536)  # the words of a day's reporting come again and again (as in store/terms)
def key(words: str) -> str:
    """Return the form under which names are kept: ASCII, no stops in abbreviations, no article, no shouting.

    >>> key("the U.S."), key("Türkiye"), key("ISLE OF MAN"), key("St. Louis")
    ('US', 'Turkiye', 'Isle of Man', 'Saint Louis')
    """
    plain = words if words.isascii() else anyascii(words)
    if plain[:4] in {"The ", "the "} and f"the {plain[4:]}" not in ONLY_ALONE:
        plain = plain[4:]
    elif plain.startswith("The "):
        plain = "the " + plain[4:]
    if "." in plain:
        plain = _STOPS.sub("", plain)
    if plain.isupper() and len(plain) > 5:
        plain = _SMALL.sub(lambda match: match[0].lower(), plain.title())
    return _SHORT.sub(lambda match: _LONG[match[1]], plain) if "t" in plain else plain
