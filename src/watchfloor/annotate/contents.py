"""What is said: how far the content of a word of saying reaches, to its right and to its left."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from watchfloor.annotate import addressees
from watchfloor.annotate.grammar import PREPOSITIONS, PRONOUNS, RELATIVE, TIME
from watchfloor.annotate.phrases import opens_content
from watchfloor.annotate.sources import Voices
from watchfloor.annotate.stretches import is_quote
from watchfloor.annotate.tokens import Token

_OCCASIONS = re.compile(
    r"\b(?:statement|interview|tweet|tweets|post|posts|press conference|news conference|conference|briefing|speech|"
    r"call|meeting|letter|email|e-mail|memo|report|message|remarks|address|rally|debate|hearing|op-ed|article|video|"
    r"account|facebook|twitter|telegram|x|instagram|weibo|website|television|tv|radio|testimony|session|audit|release)\b",
    re.I,
)
_LEADS_CHANNEL = frozenset("in on via through at during by from over".split())
"""Words before a channel; what is said after a briefing did not come through it."""
_LEADS = frozenset(
    "during after in on at when while as although though if for with despite since before asked speaking referring "
    "earlier however later but meanwhile according under amid given until once because by from unlike instead also "
    "still then and yet so or nor citing".split()
)
_ADVERBIALS = frozenset(
    "again too also then further instead today publicly privately anonymously flatly simply".split()
)
_CONNECTIVES = frozenset("however but meanwhile and so still yet also then instead moreover or nor perhaps".split())
_SHORTEST_CLAUSE = 5  # tokens, the comma before it counted
_FAR = 16  # tokens to look ahead for "that" or a quotation behind an adjunct
_ROUNDING = frozenset("about around over under nearly some up between more fewer less".split())
_NUMBERS = frozenset(
    "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty half dozens hundreds "
    "thousands dozen hundred thousand million".split()
)
_LONGEST_ASIDE = 14  # tokens between "said," and ", that"
_END = frozenset(".!?;")


class Right(NamedTuple):
    """Where content begins behind a cue, and the words between that name the channel or the person told."""

    begin: int
    channel: tuple[int, int] | None
    certain: bool  # a complementiser, a colon or a quotation marks the beginning
    over: bool  # nothing follows but the adjunct


def right(items: Sequence[Token], at: int, frames: str, voices: Voices) -> Right:
    """Return where the content behind a cue that ends at `at` begins, adjuncts and the person told skipped."""
    channel: tuple[int, int] | None = None
    start = at
    if "t" in frames:
        start = addressees.skip(items, start, voices)
    for _ in range(4):
        before = start
        start = _plain_adverbs(items, start)
        if start < len(items) and items[start].low in PREPOSITIONS and not is_count(items, start):
            marked = _marked_ahead(items, start)
            if marked is not None:
                channel = channel or _channel(items, start, marked)
                start = marked
            elif items[start].low == "to" and (told := addressees.skip(items, start + 1, voices)) > start + 1:
                start = told
        if (
            start < len(items)
            and items[start].text in (",", ":")
            and (items[start].text == ":" or (start + 1 < len(items) and opens_content(items, start + 1)))
        ):
            colon = items[start].text == ":"
            start += 1
            return Right(start, channel, colon or opens_content(items, start), start >= len(items))
        if start == before and (behind := _behind_aside(items, start)) > start:
            return Right(behind, channel, True, behind >= len(items))
        if start == before:
            break
    over = start >= len(items) or (items[start].text in _END and start + 1 >= len(items))
    return Right(start, channel, not over and opens_content(items, start), over)


def _behind_aside(items: Sequence[Token], at: int) -> int:
    """Return the index behind the second comma of "said, if elected, she would", "insists, most recently here, that".

    Only before "that", a quotation or a pronoun; `at` when there is no such aside.
    """
    if at + 2 >= len(items) or items[at].text != ",":
        return at
    first = items[at + 1].low
    if first.endswith("ing") or first in RELATIVE or first in ("and", "but", "or"):
        return at
    for index in range(at + 2, min(len(items) - 1, at + _LONGEST_ASIDE)):
        if is_quote(items[index]) or items[index].text in _END:
            return at
        if items[index].text == ",":
            following = items[index + 1]
            return index + 1 if opens_content(items, index + 1) or following.low in PRONOUNS else at
    return at


def _plain_adverbs(items: Sequence[Token], at: int) -> int:
    """Skip "on Monday", "repeatedly", "earlier this week"."""
    while at < len(items):
        low = items[at].low
        ahead = items[at + 1].low if at + 1 < len(items) else ""
        if ahead in ("'s", "’s"):
            break
        if (
            low in TIME
            or low in _ADVERBIALS
            or (low.endswith("ly") and low not in ("only", "family", "july", "early", "italy"))
        ):
            at += 1
        elif low in ("on", "in", "this", "last", "late", "early", "next") and (ahead in TIME):
            at += 2
        elif items[at].text[0].isdigit() and at and items[at - 1].low in TIME:
            at += 1
        elif items[at].text == "," and ahead in TIME:
            at += 2
        else:
            break
    return at


def _marked_ahead(items: Sequence[Token], at: int) -> int | None:
    """Return where "that", a quotation or a colon begins content behind an adjunct; None when no such mark is near."""
    for index in range(at, min(len(items), at + _FAR)):
        if is_quote(items[index]) or items[index].low == "that" or items[index].text == ":":
            behind = items[index - 1].low if index else ""
            return None if items[index].low == "that" and behind in ("in", "at", "on") else index
        if items[index].text in _END or items[index].low in ("said", "says", "adding", "saying"):
            return None
        if items[index].text == "," and not (
            index + 1 < len(items) and (opens_content(items, index + 1) or items[index + 1].low in TIME)
        ):
            return None
    return None


def _channel(items: Sequence[Token], begin: int, end: int) -> tuple[int, int] | None:
    """Return the noun phrase of "in a statement", "on Facebook", without its preposition."""
    words = " ".join(item.text for item in items[begin:end])
    leads = items[begin].low in _LEADS_CHANNEL
    return (begin + 1, end) if leads and end - begin > 1 and _OCCASIONS.search(words) else None


def trailing_channel(items: Sequence[Token], begin: int) -> tuple[int, int] | None:
    """Return the channel named behind a cue that closes its sentence: said "in a Facebook post"."""
    end = begin
    while end < len(items) and end - begin < 10 and (items[end].word or items[end].text in ("'s", "’s")):
        end += 1
    told = begin < len(items) and items[begin].low in ("in", "on", "via", "through", "at", "during")
    return _channel(items, begin, end) if told else None


def is_count(items: Sequence[Token], at: int) -> bool:
    """Tell whether a rounded figure begins at `at`: "about 300 houses", "up to 40", "over a dozen"."""
    near = items[at + 1 : at + 3]
    rounded = items[at].low in _ROUNDING or (items[at].low == "at" and near and near[0].low in ("least", "most"))
    return bool(rounded) and any(item.text[0].isdigit() or item.low in _NUMBERS for item in near)


def is_adjunct(items: Sequence[Token], at: int) -> bool:
    """Tell whether what begins at `at` is a prepositional phrase or the end, and so no content."""
    if at < len(items) and is_count(items, at):
        return False
    return at >= len(items) or items[at].low in PREPOSITIONS or items[at].text in _END or items[at].text == ","


def is_connective(items: Sequence[Token], begin: int, end: int) -> bool:
    """Tell whether items[begin:end] is one small word that no statement needs: "However"."""
    return all(item.low in _CONNECTIVES or item.low in ("but", "later") or not item.word for item in items[begin:end])


def leads_in(items: Sequence[Token], begin: int, end: int) -> bool:
    """Tell whether items[begin:end] only sets the scene: "During the call", "However"; no clause stands behind it."""
    while begin < end and (items[begin].low in _CONNECTIVES or items[begin].text == ","):
        begin += 1
    if begin >= end or items[begin].low in TIME or items[begin].low.endswith("ly"):
        return True
    if items[begin].low not in _LEADS and not items[begin].low.endswith("ing"):
        return False
    behind = next((at for at in range(begin, end) if items[at].text == ","), end)
    return end - behind <= _SHORTEST_CLAUSE


def trimmed(items: Sequence[Token], begin: int, end: int) -> tuple[int, int]:
    """Return the bounds without commas, dashes and full stops at either edge."""
    while begin < end and items[begin].text in ",.;:—–-":
        begin += 1
    while end > begin and items[end - 1].text in ",.;:!?—–-":
        end -= 1
    return begin, end
