"""The person or paper told: "told reporters in Oslo that"."""

from collections.abc import Sequence

from watchfloor.annotate import titles
from watchfloor.annotate.grammar import ANONYMOUS, PREPOSITIONS, PRONOUNS, TIME
from watchfloor.annotate.phrases import can_speak, opens_content
from watchfloor.annotate.sources import Voices
from watchfloor.annotate.tokens import Token

_ARTICLES = frozenset("the a an this his her its their our my".split())
_LONGEST_TOLD = 7  # tokens of a person or paper told


def skip(items: Sequence[Token], at: int, voices: Voices) -> int:
    """Return the index behind the person told, `at` when nobody is named there."""
    if at >= len(items):
        return at
    if opens_content(items, at):
        return at
    if items[at].low in ("him", "her", "them", "us", "me", "you", "it"):
        return at + 1
    for index in range(at, min(len(items), at + 7)):
        if index > at and opens_content(items, index):
            return index
        mention = voices.starting(items[index].start)
        if mention is not None:
            end = index
            while end < len(items) and items[end].end <= mention.span.end:
                end += 1
            return _more_addressees(items, end, voices)
        if (can_speak(items[index].low) and not _in_name(items, index)) or items[index].low in (
            "crowd",
            "audience",
            "room",
            "hill",
            "times",
            "news",
            "today",
        ):
            return index + 1
        if not items[index].word:
            break
        if not items[index].capital and items[index].low in PRONOUNS | ANONYMOUS - {"many", "several", "some"}:
            break
    return _any_addressee(items, at)


def _any_addressee(items: Sequence[Token], at: int) -> int:
    """Return the index behind a noun phrase of any kind at `at`: told "a Senate panel", "The Daily Star"."""
    if not items[at].capital and items[at].low not in _ARTICLES:
        return at
    end = at + 1
    while end < len(items) and end - at < _LONGEST_TOLD and items[end].word and items[end].low not in TIME:
        if items[end].low in titles.function_words() or items[end].low in PREPOSITIONS:
            break
        if items[at].capital and not items[end].capital:
            break
        end += 1
    named = items[at].capital and end - at > (items[at].low in _ARTICLES)
    return end if end - at < _LONGEST_TOLD and (named or (end - at > 1 and not items[at].capital)) else at


def _in_name(items: Sequence[Token], at: int) -> bool:
    return items[at].capital and at + 1 < len(items) and items[at + 1].capital and items[at + 1].low not in TIME


def _more_addressees(items: Sequence[Token], at: int, voices: Voices) -> int:
    """Skip the owner's noun or the rest of an outlet's name: "CNN's host", "Fox News Sunday"."""
    while at < len(items) and (
        items[at].text in ("'s", "’s", "'", "’")
        or (
            items[at].capital
            and items[at].word
            and voices.starting(items[at].start) is None
            and items[at].low not in PRONOUNS
        )
    ):
        at += 1
    if at < len(items) and items[at - 1].text in ("'s", "’s") and items[at].word:
        at += 1
    return at
