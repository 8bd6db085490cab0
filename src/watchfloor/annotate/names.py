"""Proper names of persons, bodies, countries and peoples, by form and surroundings."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from watchfloor.annotate import titles
from watchfloor.annotate.gazetteer import candidates, is_country, is_demonym
from watchfloor.annotate.lexicon import listed, table
from watchfloor.annotate.titles import country_of
from watchfloor.annotate.tokens import Token
from watchfloor.core.annotation import MentionType

_PARTICLES = frozenset("de der den von van al el bin ibn ben da di do du dos das la le del della ter ten zu y".split())
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december tue wed thu fri feb apr jun jul aug sept oct nov dec"
    " christmas easter internet covid covid-19 god english".split()
)
_OWNED = frozenset("people workers women children veterans farmers".split())
_SAID = frozenset(
    "said says told tells added adds wrote writes stated noted insisted argued warned announced declared claimed "
    "stressed emphasized emphasised explained replied responded tweeted continued denied confirmed urged condemned "
    "asked believes believed thinks".split()
)
_SLAVIC = re.compile(
    r"(?:ov|ova|ev|eva|sky|skyy|skiy|skyi|enko|chuk|vich|vych|vić|shvili|adze|oglu|oğlu|sson|stein|escu|opoulos|"
    r"akis|zadeh)$"
)
_LONGEST_NAME = 4  # words of a person's name
_LONGEST_RUN = 14  # words of any name with its title


class Draft(NamedTuple):
    """A mention in token indexes, half-open; `title` likewise."""

    begin: int
    end: int
    type: MentionType
    title: tuple[int, int] | None
    country: str | None


def _bare(word: str) -> str:
    return word.lower().replace("’", "'")


def _is_name_like(token: Token) -> bool:
    """Tell whether the token could be a word of a name."""
    low = token.low
    return token.word and token.capital and low not in _CALENDAR and low not in titles.function_words()


def _binds(run: Sequence[Token], at: int) -> bool:
    """Tell whether "of", "for", "on", "and" at `at` holds a name together: "Ministry of Unification"."""
    word, following = run[at].low, run[at + 1 : at + 3]
    if following and following[0].low == "the":
        following = following[1:]
    if not following or not _is_name_like(following[0]):
        return False
    head = run[at - 1].low
    if word == "and":
        return following[0].low in table("roles")["areas"] and run[at - 1].low in table("roles")["areas"]
    body = head in table("organisations")["heads"] and head != "army"
    if word == "of":
        role = titles.is_head(head) or head in ("chiefs", "joint", "general")
        return body or (role and following[0].low in table("roles")["areas"])
    return body and word in ("for", "on") and following[0].low not in _CALENDAR


def runs(words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield the runs of capitalised words, with what holds them together, as token indexes."""
    at = 0
    while at < len(words):
        if not _is_name_like(words[at]):
            at += 1
            continue
        end = at + 1
        while end < len(words) and end - at < _LONGEST_RUN:
            step = _continues(words, at, end)
            if not step:
                break
            end += step
        yield at, end
        at = end


def _continues(words: Sequence[Token], begin: int, end: int) -> int:
    """Return how many tokens from `end` on belong to the run that began at `begin`; 0 when it is over."""
    token, last = words[end], words[end - 1]
    follows = end + 1 < len(words) and _is_name_like(words[end + 1])
    if _is_name_like(token) or (token.text == "May" and last.text in listed("given_names")):
        return 1
    if not follows and token.low not in ("of", "for", "on"):
        return 1 if token.text == "." and last.low in ("jr", "sr") else 0
    if token.text == ".":
        return 2 if titles.is_honorific(last.text) or (len(last.text) == 1 and last.text.isupper()) else 0
    if token.text in ("'s", "’s"):
        return 2 if last.low in _OWNED else 0
    if token.text in ("'", "’"):
        return 2 if last.low in _OWNED and token.start == last.end else 0
    if token.low in _PARTICLES and last.capital:
        return 2
    if token.low in ("of", "for", "on", "and") and _binds(words, end):
        return 3 if words[end + 1].low == "the" else 2
    if token.low in _PARTICLES and end + 2 < len(words) and words[end + 1].low in _PARTICLES:
        return 3
    return 0


class Known:
    """The persons one report names in full, so that a bare surname is known when it is met."""

    def __init__(self) -> None:
        self.full: set[str] = set()
        self.surnames: set[str] = set()
        self.inside: set[str] = set()  # capitalised words met where no sentence begins

    def learn(self, words: Sequence[Token]) -> None:
        """Take in the full names of one sentence."""
        self.inside.update(token.text for token in words[1:] if token.capital)
        for begin, end in runs(words):
            for draft in _parse(words, begin, end, None):
                if draft.type == "person" and draft.end - draft.begin > 1:
                    self.full.add(_joined(words, draft.begin, draft.end))
                    self.surnames.add(_surname(words[draft.begin : draft.end]))
                elif draft.type == "person" and draft.title is not None:
                    self.surnames.add(words[draft.begin].text)


def _joined(words: Sequence[Token], begin: int, end: int) -> str:
    return " ".join(token.text for token in words[begin:end])


def _surname(name: Sequence[Token]) -> str:
    """Return the family name: the first word of a Korean name, else the last that is no "Jr"."""
    if _is_korean(name):
        return name[0].text
    last = [token for token in name if token.low not in ("jr", "sr", ".", "ii", "iii")]
    return last[-1].text if last else name[-1].text


def _is_korean(name: Sequence[Token]) -> bool:
    """Tell whether the words have the form of a Korean name: "Hong Gil-dong", "Hong Gil Dong"."""
    if len(name) not in (2, 3) or name[0].text not in listed("korean_surnames"):
        return False
    if len(name) == 2:
        first, _, second = name[1].text.partition("-")
        return bool(second) and 2 <= len(first) <= 6 and 2 <= len(second) <= 6
    return all(2 <= len(token.text) <= 6 and token.text.isalpha() for token in name[1:])


def find(words: Sequence[Token], known: Known) -> Iterator[Draft]:
    """Yield the names of one sentence."""
    for begin, end in runs(words):
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
    if is_country(name) or is_demonym(name) or len(run) > _LONGEST_NAME:
        return False
    if _is_korean(run):
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
    verbs = [token.low for token in following if not token.low.endswith(("ly", "wise"))]
    said = next((word for word in verbs if word not in ("also", "has", "had")), None) in _SAID
    return said or (begin > 1 and words[begin - 1].low in _SAID and not words[begin - 2].word)


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
