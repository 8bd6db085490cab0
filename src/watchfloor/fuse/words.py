"""The words of a text as fuse compares them."""

import re
from collections.abc import Iterator

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_QUOTED = re.compile(r"“[^“”]{2,2000}”|\"[^\"\n]{2,2000}\"|«[^«»]{2,2000}»|„[^„“”]{2,2000}[“”]")

_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied", "ers", "ed", "es", "s", "ly", "e")
_SHORTEST_STEM = 4  # letters that must be left when an ending is cut; assumed, keeps "talks" and "talk" together

STOPWORDS = frozenset(
    """a about above after again against all also although among an and any are as at be because been before being
    between both but by can could did do does during each either for from further had has have having he her here hers
    him his how however i if in into is it its itself may me might more most much must my no nor not now of off on once
    one only or other our out over own said same say says she should so some such than that the their them then there
    these they this those through to told too toward towards under until up upon us very was we were what when where
    which while who whom whose why will with within without would you your yet""".split()
)
"""English function words and verbs of saying: they tell nothing about what a proposition is about."""


def words(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, folded word) for every word of the text, in order."""
    return [(match.start(), match.end(), match[0].casefold()) for match in _WORD.finditer(text)]


def without_quotations(text: str) -> str:
    """Return the text with every quotation blanked out, each character by a space, so that offsets hold.

    Independent reports of one speech share its quotations; only the words around them tell who copied whom.
    """
    return _QUOTED.sub(lambda match: " " * len(match[0]), text)


def stem(word: str) -> str:
    """Return the word without its commonest English ending: a rough key, not a lemma.

    >>> stem("deployments"), stem("deploying"), stem("troops"), stem("army")
    ('deploy', 'deploy', 'troop', 'army')
    """
    word = word.removesuffix("'s").removesuffix("’s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def stems(text: str) -> Iterator[str]:
    """Yield the stem of every content word of the text, in order."""
    for _, _, word in words(text):
        if word not in STOPWORDS:
            yield stem(word)
