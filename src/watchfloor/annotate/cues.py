"""Words of saying: which forms are cues, what they take for content, and which act they are."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, cast

from watchfloor.annotate.tokens import Token
from watchfloor.core.annotation import Act

Form = Literal["base", "present", "past", "participle", "ing"]


class Entry(NamedTuple):
    """One line of the cue table: `words` base form first, `frames` as in data/cues.tsv, `act` None: content decides."""

    words: tuple[str, ...]
    frames: str
    act: Act | None


class Cue(NamedTuple):
    """A cue met in a text: tokens begin to end, half-open, its entry and the form of its verb."""

    begin: int
    end: int
    entry: Entry
    form: Form


def _rows(name: str) -> list[list[str]]:
    text = files("watchfloor.annotate").joinpath("data", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def _forms(verb: str, irregular: dict[str, tuple[str, str]]) -> dict[str, Form]:
    """Return the inflected forms of a verb; a form that is both base and past is past.

    >>> _forms("deny", {})
    {'deny': 'base', 'denies': 'present', 'denying': 'ing', 'denied': 'past'}
    """
    soft = verb.endswith("y") and verb[-2] not in "aeiou"
    hissing = verb.endswith(("s", "sh", "ch", "x", "o"))
    past, participle = irregular.get(verb, (verb[:-1] + "ied" if soft else verb.removesuffix("e") + "ed", ""))
    doubled = past.endswith(verb[-1] * 2 + "ed") and not verb.endswith(verb[-1] * 2)
    stem = past[:-2] if doubled else verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    found: dict[str, Form] = {verb: "base"}
    found[verb[:-1] + "ies" if soft else verb + ("es" if hissing else "s")] = "present"
    found[stem + "ing"] = "ing"
    found[past] = "past"
    if participle and participle != past:
        found[participle] = "participle"
    return found


@cache
def table() -> dict[str, list[tuple[Entry, Form]]]:
    """Return the cue entries by each form of their verb, those of most words first."""
    irregular = {base: (past, participle) for base, past, participle in _rows("irregular.tsv")}
    found: dict[str, list[tuple[Entry, Form]]] = {}
    for words, frames, act in _rows("cues.tsv"):
        entry = Entry(tuple(words.split()), frames, None if act == "-" else cast("Act", act))
        for form, kind in _forms(entry.words[0], irregular).items():
            found.setdefault(form, []).append((entry, kind))
    for entries in found.values():
        entries.sort(key=lambda one: -len(one[0].words))
    return found


def at(words: Sequence[Token], index: int) -> Cue | None:
    """Return the cue whose verb stands at `index`, with its particle, None when there is none.

    A capitalised verb inside a sentence is part of a name ("United States").
    """
    if index and words[index].capital and not words[index].text.isupper():
        return None
    for entry, form in table().get(words[index].low, ()):
        rest = entry.words[1:]
        if all(index + 1 + step < len(words) and words[index + 1 + step].low == word for step, word in enumerate(rest)):
            return Cue(index, index + 1 + len(rest), entry, form)
    return None


class Noun(NamedTuple):
    """A noun of saying: the words that may follow it, and its act."""

    follows: frozenset[str]
    act: Act | None


@cache
def nouns() -> dict[str, Noun]:
    """Return the nouns of saying, singular and plural."""
    found = {}
    for noun, follows, act in _rows("cue_nouns.tsv"):
        entry = Noun(frozenset(follows.split()), None if act == "-" else cast("Act", act))
        found[noun] = entry
        found[noun[:-1] + "ies" if noun.endswith("y") else noun + "s"] = entry
    return found
