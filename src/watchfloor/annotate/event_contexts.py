"""PLOVER contexts of a sentence: what the event is about, by its words."""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib import resources

_MOST = 3


def contexts(lemmas: Iterable[str]) -> tuple[str, ...]:
    """Return the contexts whose words a sentence holds, the most frequent first, three at most.

    >>> contexts(["the", "army", "fire", "missile", "at", "hospital"])
    ('military', 'health')
    """
    counted: Counter[str] = Counter()
    for lemma in lemmas:
        counted.update(_table().get(lemma.lower(), ()))
    return tuple(name for name, _ in sorted(counted.items(), key=lambda one: (-one[1], _order()[one[0]]))[:_MOST])


@cache
def _rows() -> list[tuple[str, list[str]]]:
    text = resources.files("watchfloor.annotate").joinpath("data", "contexts.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return [(row[0], row[1].split()) for row in rows]


@cache
def _order() -> dict[str, int]:
    return {name: at for at, (name, _) in enumerate(_rows())}


@cache
def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, words in _rows():
        for word in words:
            found.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in found.items()}
