"""What tells an event: verbs and nouns with their PLOVER type, mode, CAMEO code and the place of the recipient."""

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from msgspec import Struct

from watchfloor.annotate.clause_tree import Phrase
from watchfloor.annotate.predicate import Predicate
from watchfloor.annotate.predicates import LIGHT

_PLAIN = frozenset({"none", "both", "verbal"})


class Trigger(Struct, frozen=True):
    """One line of data/triggers.tsv for one word.

    places: where the recipient stands, in order ("obj", "iobj", "comp", a preposition). flags: "both", "verbal",
    "none", "party", "near", ...: as the head of the table explains. wants: the class of its object, None for any.
    """

    word: str
    kind: str
    event_type: str
    mode: str | None
    cameo: str
    places: tuple[str, ...]
    flags: frozenset[str]
    wants: str | None


class _Table(NamedTuple):
    classes: dict[str, frozenset[str]]
    triggers: dict[tuple[str, str], tuple[Trigger, ...]]


def matching(one: Predicate) -> list[Trigger]:
    """Return the triggers that a predicate can be, those that want an object of a class first."""
    classes = _table().classes
    words = [one.lemma]
    if one.particle:  # "call in" is no call
        words = [f"{one.lemma}_{one.particle}", *([] if one.lemma in LIGHT else words)]
    found: list[Trigger] = []
    for word in words:
        rows = table().get((one.kind, word), ())
        found = [row for row in rows if row.wants is None or _has(one, classes[row.wants])]
        if found:
            break
    return sorted(found, key=lambda row: row.wants is None)


def table() -> dict[tuple[str, str], tuple[Trigger, ...]]:
    """Return the triggers by kind ("verb", "noun") and word."""
    return _table().triggers


def words_of(name: str) -> frozenset[str]:
    """Return the words of a class."""
    return _table().classes[name]


def class_of(lemma: str) -> frozenset[str]:
    """Return the classes of objects that a word is in."""
    return _classes_of().get(lemma, frozenset())


def _has(one: Predicate, words: frozenset[str]) -> bool:
    near: Sequence[Phrase] = one.objects if one.kind == "verb" else (*one.of, *one.modifiers)
    return any(phrase.lemma in words for phrase in near)


@cache
def _classes_of() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, words in _table().classes.items():
        for word in words:
            found.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


@cache
def _table() -> _Table:
    text = resources.files("watchfloor.annotate").joinpath("data", "triggers.tsv").read_text(encoding="utf-8")
    classes: dict[str, frozenset[str]] = {}
    triggers: dict[tuple[str, str], tuple[Trigger, ...]] = {}
    for line in text.splitlines():
        fields = line.split("\t")
        if line.startswith("="):
            classes[fields[0][1:]] = frozenset(fields[1].split())
        elif line and not line.startswith("#"):
            for word in fields[5].split():
                row = _row(word, fields)
                triggers[row.kind, word] = (*triggers.get((row.kind, word), ()), row)
    return _Table(classes, triggers)


def _row(word: str, fields: Sequence[str]) -> Trigger:
    frame = fields[4].split()
    places = tuple(one for one in frame if one not in _PLAIN and one[0] not in "+=")
    return Trigger(
        word=word,
        kind="verb" if fields[3] == "v" else "noun",
        event_type=fields[0],
        mode=fields[1] or None,
        cameo=fields[2],
        places=places,
        flags=frozenset(one.lstrip("=") for one in frame if one in _PLAIN or one[0] == "="),
        wants=next((one[1:] for one in frame if one[0] == "+"), None),
    )
