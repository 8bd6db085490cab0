"""What the words around a name say of where it lies: "Paris, Texas", "Paris (Tex.)", "Paris in Texas"."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import resources

from watchfloor.annotate.place_choice import Name, lies_in, settle
from watchfloor.annotate.place_file import Entry

Look = Callable[[str], tuple[Entry, ...]]
Spans = Sequence[tuple[int, int]]

_GLUE = re.compile(r",?\s\(?(?:in\s|near\s|in\sthe\s|of\s)?")
_SHORT = re.compile(r",\s\(?((?:[A-Z]\.\s?){2,3}|W\.\s?Va\.|[A-Z][A-Za-z]{1,4}\b\.?)")
_AREA = re.compile(r"\s(?:region|oblast|province|governorate|prefecture|state|district|counties|parishes)\b", re.I)
_STOPS = re.compile(r"[.\s]")
_LISTED = re.compile(r",?\s(?:and|or|to)\s|,\s[A-Z]")
_STATED = frozenset({"USA", "CAN", "AUS"})  # where a place is told with its state after a comma
_HOLDERS = frozenset({"country", "region", "county"})


def choose(
    text: str, spans: Spans, look: Look, countries: Mapping[str, int], home: Sequence[Entry] = ()
) -> list[Entry | None]:
    """Return the likeliest reading of every span, None where there is none or the words name a place unknown.

    spans: in text order. look: all readings of a name. countries: how often the report names each country. home: where
    the outlet may be at home. One name is one place throughout the report, unless the words after it say otherwise.
    """
    words = [text[start:end] for start, end in spans]
    inside = [_inside(text, spans, at, look) for at in range(len(spans))]
    said = {word: places for word, places in zip(reversed(words), reversed(inside), strict=True) if places}
    areas = {word for word, (_, end) in zip(words, spans, strict=True) if _AREA.match(text, end)}
    names = [Name(word, look(word), count, said.get(word, ()), word in areas) for word, count in Counter(words).items()]
    settled = settle([*names, *([Name("", tuple(home), 1)] if home else [])], countries)
    best = {name.words: (entry, name.readings) for name, entry in zip(names, settled, strict=False)}
    return [_own(*best[word], places) for word, places in zip(words, inside, strict=True)]


def state(text: str, at: int) -> tuple[int, int, tuple[str, str]] | None:
    """Return where the short form of a state that follows `at` stands, with country and name: ", Tex.", " (B.C.)"."""
    match = _SHORT.match(text, at)
    if match is None:
        return None
    short = match[1].rstrip()
    known = _states().get(_STOPS.sub("", short))
    return None if known is None else (match.start(1), match.start(1) + len(short), known)


def short_state(words: str) -> tuple[str, str] | None:
    """Return country and name of the state that the words are the short form of; "Ky" without its stop is none."""
    if len(words) > 5 or not (words.endswith(".") or (words.isupper() and len(words) < 3)):
        return None
    return _states().get(_STOPS.sub("", words))


def _own(best: Entry | None, readings: Sequence[Entry], inside: Sequence[Entry]) -> Entry | None:
    """Return the report's reading of the name, another where these words say so, None when they rule all out."""
    if best is None or not inside or lies_in(best, inside):
        return best
    fits = [entry for entry in readings if lies_in(entry, inside)]
    if fits:
        return max(fits, key=lambda entry: entry.people)
    return None if best.kind == "city" else best  # "Dublin, Texas": better no point than the one in Ireland


def _inside(text: str, spans: Spans, at: int, look: Look) -> tuple[Entry, ...]:
    """Return the readings of the place that the words after a name say it lies in."""
    end = spans[at][1]
    if (short := state(text, end)) is not None:
        country, name = short[2]
        return tuple(one for one in look(name) if one.country == country and one.kind == "region")
    glue = _GLUE.match(text, end)
    if glue is None or at + 1 >= len(spans) or spans[at + 1][0] != glue.end() or glue[0] == " ":
        return ()
    holds = tuple(one for one in look(text[slice(*spans[at + 1])]) if one.kind in _HOLDERS)
    own = look(text[slice(*spans[at])])
    if any(lies_in(one, holds) for one in own):
        return holds
    follows = spans[at + 1][1]
    listed = glue[0] != ", " or _LISTED.match(text, follows) or text[: spans[at][0]].endswith((", ", " and "))
    return () if listed else tuple(one for one in holds if one.kind == "region" and one.country in _STATED)


@cache
def _states() -> dict[str, tuple[str, str]]:
    """Return country and name of a state by its short form."""
    rows = resources.files("watchfloor.annotate").joinpath("data", "states.tsv").read_text(encoding="utf-8")
    found: dict[str, tuple[str, str]] = {}
    for country, name, short in (row.split("\t") for row in rows.splitlines() if not row.startswith("#")):
        for form in short.split(";"):
            found.setdefault(form, (country, name))
    return found
