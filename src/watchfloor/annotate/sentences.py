"""Where sentences begin and end, also in machine-translated text."""

import re
from collections.abc import Iterator
from functools import lru_cache

from watchfloor.core.report import PassageKind, Report

_STOP = re.compile(
    r"""(?<![.!?…]) (?P<mark>[.!?…]++) (?P<close>[)\]"”“’'»]*+) (?=\s)
    |   (?P<full>[。！？]+[」』”]*)
    |   \n (?=[ \t]*+\n | [ \t]*[•▪●◦*·–-][ \t])                 # a blank line, or a bullet on the next one
    |   (?<=[a-z]{2}) [.!?] (?=(?:The|He|She|It|In|But|We|They|This|However)\s)""",
    re.VERBOSE,
)
_GAP = re.compile(r"\s*")
_OPENING = "\"“”‘'«„([「"
_TITLES = frozenset(
    "mr mrs ms mx dr prof gen lt col maj capt cmdr cpl sgt adm brig sen rep reps gov pres sec amb hon rev fr msgr "
    "messrs st mt ft no nos vs cf e.g i.e approx fig pp vol op art spc pvt supt insp det min dep ayat".split()
)
"""Abbreviations that stand before a name or a number: no sentence ends with them."""
_MAY_END = frozenset(
    "inc co corp ltd llc plc bros jr sr etc al ph.d m.d b.a m.a d.c a.m p.m u.s u.n u.k e.u u.s.a u.a.e u.s.s.r "
    "d.p.r.k jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun dept est "
    "gov't ave".split()
)
"""Abbreviations that end a sentence only when the next word could hardly go on."""
_STARTERS = frozenset(
    "the a an he she it they we i you this that these those there here his her its their our my but and or nor so yet "
    "if when while as after before because although though since in on at by for from to with without during under "
    "over however meanwhile moreover also then now still later earlier not no some many most several both all what who "
    "how why where asked according".split()
)
_SAID_AFTER = re.compile(
    r"(?:[A-Z][\w.’'-]*\s+|the\s+|a\s+|an\s+|of\s+){0,5}?(?:he|she|they|it|I|[A-Z][\w’'-]+)\s+"
    r"(?:said|says|asked|added|wrote|told|replied|exclaimed|tweeted|shouted|wondered|continued|answered)\b"
)
_ONLY_SAID = re.compile(r"(?:[A-Z][\w’'-]+\s+){1,4}(?:said|says|added|wrote)\.")
_LETTERS_WITH_STOPS = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")
_LONGEST_ABBREVIATION = 12  # characters, "d.p.r.k" and a margin


def _word_before(text: str, start: int, at: int) -> str:
    """Return the word that ends at `at`, without its last full stop, in lower case."""
    low = max(start, at - _LONGEST_ABBREVIATION)
    begin = at
    while begin > low and (text[begin - 1].isalnum() or text[begin - 1] in ".'’&"):
        begin -= 1
    return text[begin:at].lstrip("'’.")


def _next_word(text: str, at: int, end: int) -> str:
    """Return the word that begins at `at`, opening marks skipped."""
    while at < end and text[at] in _OPENING:
        at += 1
    stop = at
    while stop < min(end, at + 30) and (text[stop].isalnum() or text[stop] in "-’'"):
        stop += 1
    return text[at:stop]


def _abbreviates(text: str, start: int, stop: int, following: str) -> bool:
    """Tell whether the full stop at `stop` belongs to an abbreviation or initial that the sentence runs on after."""
    word = _word_before(text, start, stop).lower()
    if word in _TITLES:
        return word not in ("no", "art", "fig") or following[:1].isdigit()
    if word in _MAY_END or _LETTERS_WITH_STOPS.fullmatch(word):
        return following.lower() not in _STARTERS
    if len(word) == 1 and text[stop - 1].isupper():
        return following.lower() not in _STARTERS or following == "I"
    return False


def _ends(text: str, start: int, end: int, match: re.Match[str]) -> bool:
    """Tell whether a sentence ends at this stop."""
    mark = match["mark"]
    if mark is None:
        return True
    after = _GAP.match(text, match.end(), end)
    at = after.end() if after else match.end()
    following = _next_word(text, at, end)
    if not following or following[0].islower():
        return not following and at < end and text[at] in "•▪●◦※*"
    if match["close"] and mark[-1] in "!?" and _SAID_AFTER.match(text, at, min(end, at + 120)):
        return False  # "Really?" the minister said
    if match["close"] and mark == "." and _ONLY_SAID.match(text, at, min(end, at + 80)):
        return False  # "It is over." Varga said.
    return not (mark == "." and _abbreviates(text, start, match.start("mark"), following))


def split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences of text[start:end] as (start, end), without the white space around them.

    Closing quotation marks and brackets belong to the sentence they close.

    >>> split("He left. Mr. Ito of the U.N. stayed.", 0, 36)
    [(0, 8), (9, 36)]
    """
    kept = _kept(text)
    found = kept.get((start, end))
    if found is None:
        found = kept[start, end] = _split(text, start, end)
    return found.copy()


@lru_cache(maxsize=2)
def _kept(text: str) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Return the sentences of the passages of a text that were cut: the parts cut one report after another."""
    return {}


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    begin = start
    for match in _STOP.finditer(text, start, end):
        if match.start() >= begin and _ends(text, begin, end, match):
            _keep(found, text, begin, match.end())
            begin = match.end()
    _keep(found, text, begin, end)
    return found


def _keep(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Add text[start:end] to what was found, unless it is all white space."""
    inner = text[start:end]
    begin = start + len(inner) - len(inner.lstrip())
    stop = start + len(inner.rstrip())
    if begin < stop:
        found.append((begin, stop))


def body_sentences(report: Report, *kinds: PassageKind) -> Iterator[tuple[int, int]]:
    """Yield the sentences of the passages of these kinds (body when none is given) as (start, end), in text order."""
    for passage in report.parts(*(kinds or ("body",))):
        yield from split(report.text, passage.start, passage.end)
