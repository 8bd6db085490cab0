"""Tongues: which words of a text tell nothing, and in which language a text is that does not say it."""

from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources

from anyascii import anyascii

_LATIN_END = "\u0250"
_SCRIPTS: dict[tuple[str, str], tuple[str, ...]] = {
    ("\u3040", "\u30ff"): ("ja",),
    ("\uac00", "\ud7af"): ("ko",),
    ("\u4e00", "\u9fff"): ("zh",),
    ("\u0400", "\u04ff"): ("ru", "uk"),
    ("\u0600", "\u06ff"): ("ar",),
}
"""The languages of a script, the likeliest first; one that more than half of the words begin in decides."""


@lru_cache(maxsize=1 << 17)
def folded(word: str) -> str:
    """Return a word in lower case; Latin letters lose their marks, other scripts stay as they are.

    >>> folded("Élysée"), folded("Олимпиада")
    ('elysee', 'олимпиада')
    """
    lower = word.casefold()
    if lower.isascii() or max(lower) >= _LATIN_END:
        return lower
    return anyascii(lower).lower()


@lru_cache(maxsize=1 << 17)
def is_function_word(word: str) -> bool:
    """Return whether a folded word tells nothing in one of the languages known."""
    return word in _all()


def language(words: Iterable[str]) -> str | None:
    """Return the language that most of the folded words speak for (ISO 639-1), by script and function words.

    >>> language(["die", "regierung", "und", "der", "kanzler"]), language(["nato"])
    ('de', None)
    """
    given = list(words)
    known = _languages()
    counted: dict[str, int] = {}
    for codes in filter(None, map(known.get, given)):
        for code in codes:
            counted[code] = counted.get(code, 0) + 1
    for script in () if all(map(str.isascii, given)) else _SCRIPTS:
        if sum(script[0] <= word[:1] <= script[1] for word in given) * 2 > len(given):
            told = {code: count for code, count in counted.items() if code in _SCRIPTS[script]}
            return min(told, key=lambda code: (-told[code], code)) if told else _SCRIPTS[script][0]
    return min(counted, key=lambda code: (-counted[code], code)) if counted else None


@cache
def _languages() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    text = (resources.files("watchfloor.fuse") / "data" / "function_words.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            code, _, listed = line.partition("\t")
            for word in listed.split():
                found[word] = (*found.get(word, ()), code)
    return found


@cache
def _all() -> frozenset[str]:
    return frozenset(_languages())
