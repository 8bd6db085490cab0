"""What a sentence shows of one pair of sides: words between and around them, and the predicates that join them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from zlib import crc32

from watchfloor.annotate import triggers
from watchfloor.annotate.clause_tree import Phrase
from watchfloor.annotate.predicate import Predicate
from watchfloor.annotate.predicates import Told

BLOCKS = {"w": (0, 1 << 15), "c": (1 << 15, 1 << 14), "p": (3 << 14, 1 << 14)}
"""Where the numbers of words, of letters and of what predicates show begin, and how many there are of each."""
BUCKETS = 1 << 16
_WORD = re.compile(r"\w+")
_MOST_WORDS = 120  # of a masked sentence
_LONGEST_GRAM = 5

Extent = tuple[int, int]


def masked(text: str, span: Extent, sides: Sequence[tuple[Extent, str]]) -> str:
    """Return text[span] with each side's words as its letter; a side inside another is left out.

    >>> masked("Norway thanked Denmark.", (0, 23), [((0, 6), "A"), ((15, 22), "B")])
    'A thanked B.'
    """
    cut, last = [], span[1]
    for (start, end), letter in sorted(sides, reverse=True):
        if span[0] <= start and end <= last:
            cut += [text[end:last], letter]
            last = start
    return "".join(reversed([*cut, text[span[0] : last]]))


def numbers(features: Iterable[str], block: str) -> list[int]:
    """Return the numbers of the features of a block, each once: hashed, so that no list of them is kept."""
    first, size = BLOCKS[block]
    return sorted({first + crc32(one.encode("utf-8", "surrogatepass")) % size for one in features})


def words(text: str) -> list[str]:
    """Return the words of a masked text; the letters of sides keep their case."""
    return [one.lower() if len(one) > 1 else one for one in _WORD.findall(text)][:_MOST_WORDS]


def grams(found: Sequence[str]) -> Iterator[str]:
    """Yield words, pairs and threes."""
    for size in (1, 2, 3):
        for at in range(len(found) - size + 1):
            yield " ".join(found[at : at + size])


def letters(found: Sequence[str]) -> Iterator[str]:
    """Yield the runs of three to five letters of each word."""
    for word in set(found):
        held = f" {word} "[:24]
        for size in (3, 4, _LONGEST_GRAM):
            for at in range(len(held) - size + 1):
                yield held[at : at + size]


def structure(told: Sequence[Told], actor: Extent | None, recipient: Extent | None) -> Iterator[str]:
    """Yield what the predicates show: which part each side plays, what governs, what the dictionary says."""
    for sentence in told:
        parts = [(one, _part(one, actor), _part(one, recipient)) for one in sentence.predicates]
        chosen = [one for one in parts if one[1]] or [one for one in parts if one[2]] or parts[:1]
        for one, first, second in parts:
            if first or second:
                yield from _shown(one, first or "-", second or "-")
        if chosen:
            yield from (f"m{word}" for word in _words_of(chosen[0][0]))
            yield f"M{'n' if chosen[0][0].negated else ''}{chosen[0][0].modal or ''}{chosen[0][0].lemma}"
        for one, _, _ in parts:
            for row in triggers.matching(one)[:1]:
                yield f"x{row.event_type}"


def _shown(one: Predicate, first: str, second: str) -> Iterator[str]:
    for word in _words_of(one):
        yield f"p{first}{second}:{word}"
        yield f"q{first}:{word}"
        yield f"r{second}:{word}"
    for row in triggers.matching(one)[:2]:
        yield f"t{first}{second}:{row.event_type}"
        yield f"u{first}:{row.event_type}"
        yield f"v{first}:{row.event_type}:{row.mode}:{'n' if one.negated else 'y'}"
        for governor in one.governors[:2]:
            yield f"g{governor.lemma}>{row.event_type}"
    for governor in one.governors[:2]:
        yield f"h{first}:{governor.lemma}:{governor.relation}:{'n' if governor.negated else ''}"
        yield f"i{governor.lemma}>{one.lemma}"
    for phrase in (*one.objects[:2], *one.of[:1]):
        yield f"o{first}:{one.lemma}+{phrase.lemma}"
        yield f"O{phrase.lemma}"
        for name in sorted(triggers.class_of(phrase.lemma)):
            yield f"k{first}:{one.lemma}+{name}"
    if one.negated:
        yield f"n{first}{second}"
    if one.modal or one.tense:
        yield f"d{first}:{one.modal}:{one.tense}"


def _words_of(one: Predicate) -> list[str]:
    found = [one.lemma]
    if one.particle:
        found.append(f"{one.lemma}_{one.particle}")
    if one.light:
        found.append(f"{one.light}+{one.lemma}")
    return found


def _part(one: Predicate, side: Extent | None) -> str:
    """Return the letter of the part that a side plays in a predicate, "" when it plays none."""
    if side is None:
        return ""
    groups: tuple[tuple[str, Sequence[Phrase]], ...] = (
        ("s", one.subjects),
        ("o", one.objects),
        ("i", one.indirect),
        ("f", one.of),
        ("y", one.owners),
        ("m", one.modifiers),
        ("a", one.around),
    )
    for letter, phrases in groups:
        if any(phrase.start < side[1] and side[0] < phrase.end for phrase in phrases):
            return letter
    for phrase in one.obliques:
        if phrase.start < side[1] and side[0] < phrase.end:
            return f"[{phrase.lead}]"
    return ""
