"""What a statement says word by word: which words two wordings share, and what stands in one in the other's place."""

from collections.abc import Callable
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from watchfloor.fuse.frames import frames
from watchfloor.fuse.words import words

LIKE = 0.6  # cosine from which two words in one place say one thing ("stay", "remain"; read off 60 pairs of words)
MOST_IN_PLACE = 3  # words that may stand in one place: more of them are another way of putting it (assumed)
ALIKE_FROM = (
    2 / 3
)  # share of the words of two wordings that the shorter must fill to be the other one shortened (assumed)
LEAST_WORDS = 2  # words by which a wording without a name says what it is about
_EMPTY = frozenset(
    """a an the this that these those its his her their our my your whose i he she it they we you him them us me who
    which is are was were be been being am 's ’s has have had having do does did will would shall 'll ’ll going to and
    or as of in at on by with from between into for about there here now also still already just than such so then
    currently again several many numerous various""".split()
)
"""Words that say nothing of their own in a statement: who is meant and which tense stands elsewhere."""
_TURNING = frozenset("against without except unless until".split())
"""Words by which, where only one wording has them, two wordings of the same words say different things."""
_SHORTEST = 3  # letters that must be left when an ending is cut
_DOUBLED = frozenset("bdgklmnprt")

Meaning = Callable[[str, str], float]


class Word(NamedTuple):
    """A word as written, in lower case, with the key that all its forms share."""

    key: str
    word: str


Wording = tuple[Word, ...]


def plain_words(text: str) -> tuple[Word, ...]:
    """Return the words that say something, in order.

    >>> [one.key for one in plain_words("The talks have failed.")]
    ['talk', 'fail']
    """
    return tuple(Word(base(word), word) for _, _, word in words(text) if word not in _EMPTY)


@lru_cache(maxsize=1 << 14)
def keys(wording: Wording) -> frozenset[str]:
    """Return the keys of a wording's words."""
    return frozenset(one.key for one in wording)


def base(word: str) -> str:
    """Return what is the same for every form of a verb or noun; no dictionary form, only a key.

    >>> {base(one) for one in ("hide", "hides", "hiding", "hid", "hidden")}, base("planned") == base("plans")
    ({'hid'}, True)
    """
    word = word.removesuffix("'s").removesuffix("’s")
    word = _irregular().get(word, word)
    if (word.endswith("ies") and len(word) > _SHORTEST + 1) or (word.endswith("ied") and len(word) > _SHORTEST + 1):
        word = word[:-3] + "y"
    else:
        for ending in ("ing", "ed", "es", "s"):
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST and not word.endswith("ss"):
                word = word[: -len(ending)]
                if ending in ("ing", "ed") and word[-1] == word[-2] and word[-1] in _DOUBLED:
                    word = word[:-1]
                break
    return word.removesuffix("e") if len(word) > _SHORTEST else word


def shortened(one: Wording, other: Wording) -> bool:
    """Return whether one wording holds all words of the other and hardly any more."""
    left, right = keys(one), keys(other)
    if (left ^ right) & _turning():
        return False
    return (left <= right or right <= left) and len(left & right) >= ALIKE_FROM * len(left | right)


def exchanged(one: Wording, other: Wording) -> bool:
    """Return whether two words have changed places over what stands between them: who did it to whom is turned round.

    >>> exchanged(plain_words("the firm paid the mayor"), plain_words("the mayor paid the firm"))
    True
    """
    if len(one) != len(other) or keys(one) != keys(other):
        return False
    at = [n for n, (left, right) in enumerate(zip(one, other, strict=True)) if left.key != right.key]
    first, last = (at[0], at[-1]) if at else (0, 0)
    return at == [first, last] and last - first > 1


def in_one_place(one: Wording, other: Wording) -> tuple[frozenset[str], frozenset[str]] | None:
    """Return what each of two wordings, otherwise the same, has in the place where the other has something else."""
    left, right = keys(one), keys(other)
    mine, theirs = left - right, right - left
    if not mine or not theirs or max(len(mine), len(theirs)) > min(MOST_IN_PLACE, len(left & right)):
        return None
    return (mine, theirs) if _beside(one, mine) & _beside(other, theirs) else None


def another_thing(one: Wording, other: Wording, meaning: Meaning | None) -> bool:
    """Return whether two wordings, otherwise the same, have two things in one place.

    "the talks had failed" and "the talks would resume" are two things; "stay open" and "remain open" are one.
    """
    more = keys(one) ^ keys(other)
    if len(more) <= MOST_IN_PLACE and len(keys(one) & keys(other)) >= len(more) and more & _turning():
        return True
    found = in_one_place(one, other)
    if found is None:
        return False
    mine, theirs = found
    here = " ".join(word.word for word in one if word.key in mine)
    there = " ".join(word.word for word in other if word.key in theirs)
    if opposite(mine, theirs):
        return True
    return not frames(here) & frames(there) and (meaning is None or meaning(here, there) < LIKE)


def opposite(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether a word of one side is the contrary of one of the other side."""
    return any((a & one and b & other) or (b & one and a & other) for a, b in _opposites())


def _beside(wording: Wording, some: frozenset[str]) -> frozenset[tuple[str, str]]:
    """Return the words before and after the one stretch in which the words stand, nothing when they stand apart."""
    at = [n for n, word in enumerate(wording) if word.key in some]
    if at[-1] - at[0] >= len(at):
        return frozenset()
    before, after = wording[: at[0]][-1:], wording[at[-1] + 1 :][:1]
    return frozenset([("before", one.key) for one in before] + [("after", one.key) for one in after])


@cache
def _turning() -> frozenset[str]:
    return frozenset(base(word) for word in _TURNING)


@cache
def _irregular() -> dict[str, str]:
    return {form: verb for verb, forms in _lines("irregular_verbs.tsv") for form in forms.split()}


@cache
def _opposites() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    return tuple(
        (frozenset(base(word) for word in left.split()), frozenset(base(word) for word in right.split()))
        for left, right in _lines("opposites.tsv")
    )


def _lines(name: str) -> list[tuple[str, str]]:
    text = (files("watchfloor.fuse") / "data" / name).read_text(encoding="utf-8")
    return [tuple(line.split("\t")) for line in text.splitlines() if line and line[0] != "#"]  # type: ignore[misc]
