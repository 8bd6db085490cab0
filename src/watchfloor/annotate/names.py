"""Proper names of persons, bodies, countries and peoples, by form and surroundings."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from watchfloor.annotate import titles
from watchfloor.annotate.gazetteer import candidates, is_country, is_demonym
from watchfloor.annotate.lexicon import listed, table
from watchfloor.annotate.runs import is_particle
from watchfloor.annotate.surnames import is_korean, speaks, stands_alone, surname
from watchfloor.annotate.titles import country_of
from watchfloor.annotate.tokens import Token
from watchfloor.core.annotation import MentionType

_SLAVIC = re.compile(
    r"(?:ov|ova|ev|eva|sky|skyy|skiy|skyi|enko|chuk|vich|vych|vić|shvili|adze|oglu|oğlu|sson|stein|escu|opoulos|"
    r"akis|zadeh)$"
)
_LONGEST_NAME = 4  # words of a person's name


class Draft(NamedTuple):
    """A mention in token indexes, half-open; `title` likewise."""

    begin: int
    end: int
    type: MentionType
    title: tuple[int, int] | None
    country: str | None


def _bare(word: str) -> str:
    return word.lower().replace("’", "'")


class Known:
    """The persons one report names in full, so that a bare surname is known when it is met."""

    def __init__(self) -> None:
        self.full: set[str] = set()
        self.surnames: set[str] = set()
        self.inside: set[str] = set()  # capitalised words met where no sentence begins

    def learn(self, words: Sequence[Token], capitalised: Sequence[tuple[int, int]]) -> None:
        """Take in the full names of one sentence; capitalised: its `runs`."""
        self.inside.update(token.text for token in words[1:] if token.capital)
        for begin, end in capitalised:
            for draft in _parse(words, begin, end, None):
                if draft.type == "person" and draft.end - draft.begin > 1:
                    self.full.add(_joined(words, draft.begin, draft.end))
                    self.surnames.add(surname(words[draft.begin : draft.end]))
                elif draft.type == "person" and draft.title is not None:
                    self.surnames.add(words[draft.begin].text)
            if end - begin == 1 and stands_alone(words, begin):
                self.surnames.add(words[begin].text)


def _joined(words: Sequence[Token], begin: int, end: int) -> str:
    return " ".join(token.text for token in words[begin:end])


def find(words: Sequence[Token], capitalised: Sequence[tuple[int, int]], known: Known) -> Iterator[Draft]:
    """Yield the names of one sentence; capitalised: its `runs`."""
    for begin, end in capitalised:
        yield from _parse(words, begin, end, known)


def _parse(words: Sequence[Token], begin: int, end: int, known: Known | None) -> Iterator[Draft]:
    """Yield what one run of capitalised words is: a person, a body, a country, a people; nothing when unclear."""
    run = words[begin:end]
    country = country_of(_joined(words, begin, end))
    title = titles.length(run)
    rest = begin + title
    if title and rest < end and _is_body(words[rest:end]) and not titles.is_honorific(run[0].text):
        title, rest = 0, begin
    if title and rest < end:
        yield from _prefixes(words, begin, rest)
        yield from _person(words, rest, end, (begin, rest))
    elif title or titles.is_only_title(run):
        yield from _prefixes(words, begin, end)
    elif _is_body(run):
        yield Draft(begin, end, "organisation", None, country)
    elif (split := _country_first(words, begin, end)) is not None:
        yield Draft(begin, split, "place", None, country)
        lead = titles.before(words, begin - 1) if begin > 1 and words[begin - 1].low in ("to", "in") else begin
        yield from _person(words, split, end, (lead, split) if lead < begin - 1 else None)
    elif _is_person(words, begin, end, known):
        yield from _person(words, begin, end, None)
    else:
        yield from _place(words, begin, end, country)


def _prefixes(words: Sequence[Token], begin: int, end: int) -> Iterator[Draft]:
    """Yield the body that begins a title: the "NATO" of "NATO Secretary General"."""
    if words[begin].low in table("organisations")["names"]:
        yield Draft(begin, begin + 1, "organisation", None, country_of(words[begin].text))


def _person(words: Sequence[Token], begin: int, end: int, title: tuple[int, int] | None) -> Iterator[Draft]:
    if end - begin > _LONGEST_NAME + 2:
        return
    if title is None:
        lead = titles.before(words, begin)
        title = (lead, begin) if lead < begin else titles.after(words, end)
    country = None if title is None else titles.country(words, *title)
    yield Draft(begin, end, "person", title, country)


def _is_body(run: Sequence[Token]) -> bool:
    """Tell whether the words name an organisation."""
    heads = table("organisations")["heads"]
    low = [_bare(token.text) for token in run]
    if len(run) == 1:
        known = low[0] in table("organisations")["names"]
        return known or (_is_acronym(run[0].text) and country_of(run[0].text) is None)
    joined = " ".join(low)
    if joined in table("organisations")["phrases"] or joined.removeprefix("the ") in table("organisations")["phrases"]:
        return True
    if low[0] in listed_low() and low[-1] in ("house", "bank", "post", "church", "guard", "command", "bush"):
        return False
    return low[-1] in heads or any(
        word in heads and following in ("of", "for", "on", "at") for word, following in pairwise(low)
    )


@cache
def listed_low() -> frozenset[str]:
    """Return the given names in lower case."""
    return frozenset(name.lower() for name in listed("given_names"))


def _is_acronym(word: str) -> bool:
    """Tell whether the word is three to seven capitals; two are more often a place or a person's initials."""
    return 3 <= len(word) <= 7 and word.isupper() and word.isalpha()


def _country_first(words: Sequence[Token], begin: int, end: int) -> int | None:
    """Return where the name begins in "(ambassador to) South Korea Georgi Zinoviev", None when no country leads."""
    if begin == 0 or words[begin - 1].low not in ("to", "in"):
        return None
    for stop in range(end - 1, begin, -1):
        if is_country(_joined(words, begin, stop)) and end - stop <= _LONGEST_NAME:
            return stop
    return None


def _is_person(words: Sequence[Token], begin: int, end: int, known: Known | None) -> bool:
    """Tell whether an untitled run is a person's name, by its form, by what was learnt, or by what stands beside it."""
    run = words[begin:end]
    name = _joined(words, begin, end)
    if is_country(name) or is_demonym(name) or sum(not is_particle(token) for token in run) > _LONGEST_NAME:
        return False
    if is_korean(run):
        return True
    if known is not None and _is_with_particles(run) and run[-1].text in known.surnames:
        return True
    if len(run) > 1:
        return (
            (run[0].text in listed("given_names") and country_of(name) is None)
            or bool(_SLAVIC.search(run[-1].text) and run[0].text.isalpha() and not candidates(name))
            or (known is not None and name in known.full)
            or _beside(words, begin, end)
        )
    if known is not None and name in known.surnames:
        return True
    first = begin == 0 and (known is None or name not in known.inside)
    return not first and country_of(name) is None and not is_plural_role(name) and _beside(words, begin, end)


def _is_with_particles(run: Sequence[Token]) -> bool:
    """Tell whether the words are a surname with its particles alone: "von der Berg", "Von der Berg"."""
    return len(run) > 1 and all(is_particle(token) for token in run[:-1])


def is_plural_role(word: str) -> bool:
    """Tell whether the word is a common noun for people: "Experts", "Officials"."""
    low = word.lower()
    return low in table("roles")["groups"] or low in titles.plurals()


def _beside(words: Sequence[Token], begin: int, end: int) -> bool:
    """Tell whether a title, an age or a word of saying stands beside the name."""
    if country_of(_joined(words, begin, end)) is not None:
        return False
    if titles.before(words, begin) < begin or titles.after(words, end) is not None:
        return True
    following = words[end : end + 3]
    if len(following) == 3 and following[0].text == "," and following[1].text.isdigit() and following[2].text == ",":
        return True
    return speaks(words, begin, end)


def _place(words: Sequence[Token], begin: int, end: int, country: str | None) -> Iterator[Draft]:
    name = _joined(words, begin, end)
    if country is None:
        if candidates(name):
            yield Draft(begin, end, "place", None, candidates(name)[0].country)
        return
    if is_demonym(name):
        if words[end - 1].text.endswith("s") and not words[end - 1].text.endswith("ss"):
            yield Draft(begin, end, "group", None, country)
    elif is_country(name) or candidates(name) or end - begin == 1:
        yield Draft(begin, end, "place", None, country)
