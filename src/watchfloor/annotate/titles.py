"""Titles and roles: the words that stand beside a name and say what somebody is."""

from collections.abc import Sequence
from functools import cache, lru_cache

from watchfloor.annotate import gazetteer
from watchfloor.annotate.lexicon import listed, table
from watchfloor.annotate.tokens import Token

country_of = lru_cache(maxsize=8192)(gazetteer.country_of)
"""The gazetteer's reading of some words, kept: the same words are asked for many times in one report."""

_LONGEST = 10  # words in a title
_LONGEST_APPOSITION = 24  # tokens in "a professor at the institute for ... studies"
_NOT_IN_APPOSITION = frozenset("said told says who which whose but was is has had".split())
_WHERE = frozenset("of to for in at from with on".split())


@cache
def plurals() -> dict[str, str]:
    """Return every role noun with its plural form, each pointing at the singular."""
    found = {}
    for head in table("roles")["heads"]:
        found[head] = head
        if head.endswith("man"):
            found[head[:-3] + "men"] = head
        elif head.endswith("y"):
            found[head[:-1] + "ies"] = head
        else:
            found[head + ("es" if head.endswith(("s", "ch", "sh", "x")) else "s")] = head
    return found


def is_head(word: str) -> bool:
    """Tell whether the word, in any case, ends a title: "Minister", "spokesman"."""
    return word.lower() in table("roles")["heads"]


def is_honorific(word: str) -> bool:
    """Tell whether the word is a form of address: "Mr", "Rep"."""
    return word.lower().rstrip(".") in table("roles")["honorifics"]


def _is_modifier(word: str) -> bool:
    low = word.lower()
    return low in table("roles")["modifiers"] or low in table("organisations")["names"] or country_of(word) is not None


def length(run: Sequence[Token]) -> int:
    """Return how many leading tokens of a run of capitalised words are a title; 0 without one.

    A title ends at its last role noun, or at the field that follows "of": "Minister of Foreign Affairs" Cho.

    >>> from watchfloor.annotate.tokens import tokens
    >>> length(list(tokens("NATO Secretary General Mark Rutte", 0, 33)))
    3
    """
    last = 0
    for at, token in enumerate(run[:_LONGEST]):
        if token.capital and (is_head(token.text) or is_honorific(token.text)) and (at + 1 < len(run) or at == 0):
            last = at + 1
    if last and last < len(run) and run[last].text == ".":
        last += 1
    if last and last < len(run) and run[last].text == "of":
        field = last + 1
        while field < len(run) and run[field].low in table("roles")["areas"]:
            field += 1
        last = field if field > last + 1 else last
    return last


def is_only_title(run: Sequence[Token]) -> bool:
    """Tell whether a run is a title without a name: "Prime Minister", "the South Korean President"."""
    return is_head(run[-1].text) and all(_is_modifier(token.text) or is_head(token.text) for token in run[:-1])


def before(run: Sequence[Token], at: int) -> int:
    """Return the index where the lower-case title directly before the name at `at` begins; `at` without one.

    >>> from watchfloor.annotate.tokens import tokens
    >>> before(list(tokens("that North Korean leader Kim", 0, 28)), 4)
    1
    """
    begin = at
    if begin == 0 or not is_head(run[begin - 1].text):
        return at
    begin -= 1
    while begin > 0 and at - begin < _LONGEST:
        token = run[begin - 1]
        if token.word and (_is_modifier(token.text) or is_head(token.text) or _adjective(run, begin - 1)):
            begin -= 1
        else:
            break
    return begin


def _adjective(run: Sequence[Token], at: int) -> bool:
    """Tell whether the word belongs to a country adjective of two words: the "South" of "South Korean"."""
    return at + 1 < len(run) and country_of(f"{run[at].text} {run[at + 1].text}") is not None and run[at].capital


_PLACE_OF_WORK = frozenset("at for to from in with on".split())


def country(run: Sequence[Token], begin: int, end: int) -> str | None:
    """Return the country a title belongs to: that of "Russian ambassador to Seoul" is Russia, not where it is held."""
    stop = next((at for at in range(begin, end) if run[at].low in _PLACE_OF_WORK), end)
    return country_of(" ".join(token.text for token in run[begin:stop])) if stop > begin else None


def after(run: Sequence[Token], at: int) -> tuple[int, int] | None:
    """Return the title that follows a name as an apposition, as token indexes, `at` being the token after the name.

    "Lim Eul-chul, a professor at Kyungnam University, said" gives "a professor at Kyungnam University". In "Lim, NATO
    chief agree" two people agree, and "NATO chief" is no apposition.
    """
    if at >= len(run) or run[at].text != ",":
        return None
    stop = at + 1
    seen = False
    while stop < len(run) and stop - at < _LONGEST_APPOSITION:
        token = run[stop]
        if not token.word and token.text not in ("'s", "’s", "-", "&", "'", "’", "(", ")"):
            break
        if token.low in _NOT_IN_APPOSITION or (token.low == "and" and not seen):
            break
        if is_head(token.text):
            if not seen and not _closes(run, stop + 1):
                return None
            seen = True
        elif not seen and (token.low in _WHERE or stop - at > 8):
            return None
        stop += 1
    return (at + 1, stop) if seen else None


def _closes(run: Sequence[Token], at: int) -> bool:
    """Tell whether a role may end before `at`: a mark, a small word, a participle or a further role follows."""
    if at >= len(run) or not run[at].word:
        return True
    low = run[at].low
    return low in function_words() or low in _NOT_IN_APPOSITION or low.endswith(("ing", "ed")) or is_head(low)


@cache
def function_words() -> frozenset[str]:
    """Return the words that are never part of a name or a description, in lower case."""
    return listed("function_words")
