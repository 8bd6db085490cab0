"""Quotations given to the word of saying they go with, where one paragraph has several.

Distance alone gives a quotation that stands as a sentence of its own to the nearest cue: in '"…," she said when asked
whether she would go. "I'm staying."' to "asked". It goes on with what was quoted before.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from watchfloor.annotate.quotations import Quotation
from watchfloor.annotate.tagged import Place, Tagged

_PLAIN = re.compile(r"\b(?:said|says|add(?:s|ed|ing))\b")
"""Words of saying that a quotation behind them may well go on with: "she said, adding that it rains. "It pours.\""""
_SLACK = 2
"""Characters by which a piece may miss the edge of its quotation (a stop, a mark)."""


def regrouped(text: str, found: Sequence[Tagged], quotes: Sequence[Quotation], ends: Sequence[int]) -> list[Tagged]:
    """Return the statements of a paragraph with each quotation of its own sentence beside the quotation before it.

    ends: where the sentences of the paragraph end, in order.
    """
    given = [list(one.contents) for one in found]
    for number, one in enumerate(found):
        if _PLAIN.search(text, *one.cue):
            continue
        for piece in one.contents:
            if not _alone(piece, quotes, ends) or _quoted_beside(one, piece, quotes, ends):
                continue
            goes_with = _quoting(found, number, piece, quotes, ends)
            if goes_with is not None and len(given[number]) > 1:
                given[number].remove(piece)
                given[goes_with].append(piece)
    kept = (tuple(sorted(pieces)) for pieces in given)
    return [one._replace(contents=pieces) for one, pieces in zip(found, kept, strict=True)]


def _alone(piece: Place, quotes: Sequence[Quotation], ends: Sequence[int]) -> bool:
    """Tell whether a piece is a quotation that begins a sentence."""
    at = bisect_left(quotes, piece[0] - _SLACK, key=lambda quote: quote.start)
    if at == len(quotes) or abs(quotes[at].start - piece[0]) > _SLACK or piece[1] > quotes[at].end + _SLACK:
        return False
    before = bisect_right(ends, piece[0])
    return before > 0 and piece[0] - ends[before - 1] <= _SLACK


def _quoted_beside(one: Tagged, piece: Place, quotes: Sequence[Quotation], ends: Sequence[int]) -> bool:
    """Tell whether the statement has another quotation, or its word of saying stands in the piece's own sentence."""
    same = bisect_right(ends, one.cue[0]) == bisect_right(ends, piece[0])
    return same or one.cue[0] > piece[0] or any(_holds(other, quotes) for other in one.contents if other != piece)


def _holds(piece: Place, quotes: Sequence[Quotation]) -> bool:
    """Tell whether a piece begins or ends with a quotation."""
    at = bisect_left(quotes, piece[0] - _SLACK, key=lambda quote: quote.start)
    return at < len(quotes) and quotes[at].start < piece[1]


def _begins(piece: Place, quotes: Sequence[Quotation]) -> bool:
    """Tell whether a piece begins with a quotation."""
    at = bisect_left(quotes, piece[0] - _SLACK, key=lambda quote: quote.start)
    return at < len(quotes) and abs(quotes[at].start - piece[0]) <= _SLACK


def _quoting(
    found: Sequence[Tagged], number: int, piece: Place, quotes: Sequence[Quotation], ends: Sequence[int]
) -> int | None:
    """Return the statement before it whose quotation the piece goes on with: in the same or the sentence before."""
    for other in range(number - 1, -1, -1):
        one = found[other]
        if bisect_right(ends, piece[0]) - bisect_right(ends, one.cue[0]) > 2:
            return None
        if one.source is not None and any(_begins(own, quotes) for own in one.contents):
            return other
    return None
