"""Descriptions that stand for somebody: "the ambassador", "an official from the ministry", "experts"."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from watchfloor.annotate import titles
from watchfloor.annotate.lexicon import table
from watchfloor.annotate.names import Draft
from watchfloor.annotate.runs import runs
from watchfloor.annotate.titles import country_of
from watchfloor.annotate.tokens import Token
from watchfloor.core.annotation import MentionType

_DETERMINERS = frozenset(
    "the a an this that another one two three some several many its his her their our my your unnamed".split()
)
_INDEFINITE = frozenset("some others many".split())
_BEFORE_THAT = frozenset("of by from to with for in at on about than like as".split())
_SAYING = frozenset("said says told added wrote noted asked say tell".split())
_LINKS = frozenset("of from at for in to within inside".split())
_LONGEST_BEFORE = 8  # words between article and noun
_LONGEST_AFTER = 12  # words of the phrase that follows


def find(words: Sequence[Token]) -> Iterator[Draft]:
    """Yield the descriptions of one sentence, as token indexes."""
    floor = 0
    for at, token in enumerate(words):
        if at < floor or (kind := _kind(token)) is None or _goes_on(words, at) or _is_condition(words, at):
            continue
        begin = _begin(words, at, floor)
        if begin is None:
            continue
        end = _end(words, at + 1)
        inside = " ".join(one.text for one in words[begin:end])
        yield Draft(begin, end, kind, None, country_of(inside))
        floor = at + 1


def _is_condition(words: Sequence[Token], at: int) -> bool:
    """Tell whether "state" is how things are: "a state of emergency", and not "the state of Texas"."""
    after = words[at + 1 : at + 3]
    return words[at].low == "state" and len(after) > 1 and after[0].low == "of" and not after[1].capital


def _kind(token: Token) -> MentionType | None:
    return _kind_of(token.text.lower())


@lru_cache(maxsize=50_000)
def _kind_of(low: str) -> MentionType | None:
    if low in table("roles")["heads"]:
        return "person"
    if low in table("roles")["groups"] or low in titles.plurals():
        return "group"
    return "organisation" if low in table("organisations")["described"] else None


def _goes_on(words: Sequence[Token], at: int) -> bool:
    """Tell whether the noun at `at` only begins a longer noun or a titled name: "ministry spokesman", "leader Kim"."""
    if at + 1 >= len(words):
        return False
    following = words[at + 1]
    if following.text == "." and titles.is_honorific(words[at].text):
        return True
    if following.capital and following.low not in titles.function_words():
        return True
    return _kind(following) is not None or following.low in ("building", "meeting", "election", "elections", "site")


def _begin(words: Sequence[Token], at: int, floor: int) -> int | None:
    """Return where the description begins, None when nothing marks a beginning."""
    if words[at].low in _INDEFINITE:
        return at
    begin = at
    while begin > floor and at - begin < _LONGEST_BEFORE:
        token = words[begin - 1]
        if _determines(words, begin - 1, at):
            return begin - 2 if begin - 2 >= floor and _determines(words, begin - 2, at) else begin - 1
        if token.text in ("'s", "’s"):
            return _owner(words, begin - 1, floor)
        if not token.word or token.low in titles.function_words() or token.low.endswith("ing") or token.low in _SAYING:
            break
        begin -= 1
    plural = words[at].low in table("roles")["groups"] or words[at].low not in table("roles")["heads"]
    starts = begin == 0 or not words[begin - 1].word or words[begin - 1].low == "that"
    return begin if plural and starts and _kind(words[at]) == "group" and at - begin < 4 else None


def _determines(words: Sequence[Token], at: int, noun: int) -> bool:
    """Tell whether the word at `at` is an article or the like; "that" before a clause is none."""
    low = words[at].low
    if low != "that":
        return low in _DETERMINERS
    plain = _kind(words[noun]) != "group" and not words[at + 1].capital and words[at + 1].low not in _DETERMINERS
    return plain and at > 0 and words[at - 1].low in _BEFORE_THAT


def _owner(words: Sequence[Token], at: int, floor: int) -> int | None:
    """Return where the owner before a possessive begins: the "South Korea" of "South Korea's spy agency"."""
    begin = at
    while begin > floor and words[begin - 1].word and words[begin - 1].capital:
        begin -= 1
    if begin == at:
        return None  # the owner is no name, or part of a description before
    return begin - 1 if begin > floor and _determines(words, begin - 1, begin) else begin


def _end(words: Sequence[Token], at: int) -> int:
    """Return where the description ends: after one phrase with a name or a body ("from the Ministry")."""
    if at >= len(words) or words[at].low not in _LINKS:
        return at
    stop = min(len(words), at + _LONGEST_AFTER)
    near = 1 if words[at].low == "to" else 4  # "to" before anything but a name begins a verb
    names_ahead = [end for begin, end in runs(words[at + 1 : stop]) if begin <= near]
    if words[at].low == "to" and not names_ahead:
        return at
    if names_ahead and not any(token.text in ",;:" for token in words[at : at + 1 + names_ahead[0]]):
        end = at + 1 + names_ahead[0]
        while end + 1 < len(words) and words[end].text in ("'s", "’s"):
            more = [stop for begin, stop in runs(words[end + 1 : end + 8]) if begin == 0]
            end += 1 + (more[0] if more else _noun(words, end + 1))
        return end
    for index in range(at + 1, min(len(words), at + 6)):
        if _kind(words[index]) is not None:
            return index + 1
        low = words[index].low
        if not words[index].word or (low in titles.function_words() and low not in _DETERMINERS):
            break
    return at


def _noun(words: Sequence[Token], at: int) -> int:
    """Return how many tokens from `at` on lead to a known noun; 0 when none is near."""
    return next((count + 1 for count, token in enumerate(words[at : at + 4]) if _kind(token) is not None), 0)
