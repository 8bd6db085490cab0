"""How alike two words of names are, and why: romanisations, short forms, initials, slips."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from watchfloor.resolve.given_names import distinct, related
from watchfloor.resolve.numerals import letters
from watchfloor.resolve.romanisation import skeleton, sound

# Scores are 0 to 1, assumed by kinds of pairs.
_ROMANISED = 0.96  # one word, two romanisations
_RELATED = 0.9
_VOWELS = 0.88  # the same consonants in a long word
_INITIAL = 0.8  # "J." for "Jean"
_DISGUISED = 0.92
_EDIT = 1.5  # what one wrong letter costs, as a share of the letters of the word
_SWAPPED = 1.0  # what two letters that change places cost: nobody is named by a swap
_SHORTEST_FUZZY = 4  # letters: in shorter words one letter makes another word
_TWO_EDITS = 9  # letters from which two wrong letters are still a slip
_SERVANT = 0.85  # "Hamid" for "Abdul Hamid"
_ENDED = 0.85  # a name with the ending that its language gives it
_KEPT = 65_536  # comparisons remembered: names repeat within a batch

PARTICLES = frozenset("al el bin ibn bint von van der den de da di du la le of the and for und y".split())
"""Words that belong to a name and tell nobody apart."""

_BALTIC = re.compile(r"(?:ij|j)?(?:as|is|us|s)$")


@lru_cache(_KEPT)
def alike(left: str, right: str) -> tuple[float, str | None]:
    """Return how alike two folded words are and by which rule; 0 when they are two words.

    >>> alike("dmitriy", "dmitri"), alike("king", "kong")[0] < 0.7
    ((0.96, 'romanisations of the same name'), True)
    """
    if left == right:
        return 1.0, None
    if left.isdigit() or right.isdigit() or left in PARTICLES or right in PARTICLES:
        return 0.0, None
    if distinct(left, right):
        return 0.0, None
    if sound(left) == sound(right):
        return _ROMANISED, "romanisations of the same name"
    if min(len(left), len(right)) == 1:
        return (_INITIAL, "an initial") if left[0] == right[0] else (0.0, None)
    if why := related(left, right):
        return _RELATED, why
    if letters(left) == letters(right):
        return _DISGUISED, "digits in the place of letters"
    if "abd" + left == right or left == "abd" + right:
        return _SERVANT, "the name without 'servant of'"
    return _ending(left, right) or _slip(left, right) or _vowels(left, right) or (0.0, None)


def _slip(left: str, right: str) -> tuple[float, str] | None:
    """Return the score of words that a slip or two tell apart."""
    length, edits = max(len(left), len(right)), OSA.distance(left, right)
    if edits > (2 if length >= _TWO_EDITS else 1 if length >= _SHORTEST_FUZZY else 0):
        return None
    swapped = edits == 1 and len(left) == len(right) and sorted(left) == sorted(right)
    return 1 - (_SWAPPED if swapped else _EDIT) * edits / length, "a slip of a letter or two"


def _vowels(left: str, right: str) -> tuple[float, str] | None:
    """Return the score of words with the same consonants."""
    key = skeleton(left)
    if len(key) > 2 and key == skeleton(right) and OSA.distance(left, right) <= max(len(left), len(right)) // 2:
        return _VOWELS, "the same consonants, other vowels"
    return None


def _ending(left: str, right: str) -> tuple[float, str] | None:
    """Return the score of a name with the ending that Latvian or Lithuanian gives it ("Sergejs", "Lavrovas")."""
    short, long = sorted((left, right), key=len)
    stem = _BALTIC.sub("", long)
    if (
        len(stem) > 3
        and stem != long
        and _BALTIC.sub("", short) == short
        and sound(stem) == sound(re.sub(r"[yij]+$", "", short))
    ):
        return _ENDED, "the name with the ending of another language"
    return None
