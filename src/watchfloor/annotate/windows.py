"""Paragraphs, and the windows in which the network reads those that are too long for one look."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from watchfloor.annotate.sentences import split
from watchfloor.annotate.words import Word

CORE = 120
"""Words of a window that are decided in it (passages of up to 150 words were trained on)."""
CONTEXT = 15
"""Words shown on either side of the core and decided elsewhere (assumed)."""
PIECES = 480
"""Word pieces of a whole window, below the 500 that the network takes."""

_PARAGRAPH = re.compile(r"\S[^\n\r\u2028\u2029]*")


class Window(NamedTuple):
    """Word numbers: words[low:high] are shown, words[begin:end] are decided here."""

    low: int
    begin: int
    end: int
    high: int


def paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the lines of text[start:end] that hold something, without the white space around them."""
    kept = _kept(text)
    found = kept.get((start, end))
    if found is None:
        matches = _PARAGRAPH.finditer(text, start, end)
        found = kept[start, end] = [(match.start(), match.start() + len(match[0].rstrip())) for match in matches]
    yield from found


@lru_cache(maxsize=2)
def _kept(text: str) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Return the paragraphs of the passages of a text that were cut: the parts cut one report ten times over."""
    return {}


def windows(text: str, words: Sequence[Word], pieces: Sequence[int]) -> list[Window]:
    """Return windows whose cores cover the words once, cut at sentence ends where there are any.

    pieces: how many word pieces each word has.
    """
    if len(words) <= CORE + CONTEXT and sum(pieces) <= PIECES:
        return [Window(0, 0, len(words), len(words))]
    stops = _stops(text, words)
    found: list[Window] = []
    begin = 0
    while begin < len(words):
        end = _core(begin, words, pieces, stops)
        low, high = begin, end
        room = PIECES - sum(pieces[begin:end])
        while low > 0 and begin - low < CONTEXT and pieces[low - 1] <= room:
            low -= 1
            room -= pieces[low]
        while high < len(words) and high - end < CONTEXT and pieces[high] <= room:
            room -= pieces[high]
            high += 1
        found.append(Window(low, begin, end, high))
        begin = end
    return found


def _stops(text: str, words: Sequence[Word]) -> set[int]:
    """Return the word numbers at which a sentence has ended."""
    ends = [end for _, end in split(text, words[0].start, words[-1].end)]
    found, at = set(), 0
    for number, word in enumerate(words):
        while at < len(ends) and word.start >= ends[at]:
            found.add(number)
            at += 1  # more than one when a sentence ends inside a word: an address with a question mark
    return found


def _core(begin: int, words: Sequence[Word], pieces: Sequence[int], stops: set[int]) -> int:
    """Return where the core that begins at `begin` ends: the last sentence end within reach, else as far as it goes."""
    limit, weight, last = begin, 0, 0
    while limit < len(words) and limit - begin < CORE and weight + pieces[limit] <= PIECES:
        weight += pieces[limit]
        limit += 1
        if limit in stops:
            last = limit
    if limit == len(words):
        return limit
    return last or max(limit, begin + 1)
