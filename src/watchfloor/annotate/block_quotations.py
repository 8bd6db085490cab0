"""Quotations that stand in a paragraph of their own: announced by a colon before them, or signed behind them."""

import re
from collections.abc import Sequence
from itertools import pairwise

from watchfloor.annotate.quotations import Quotation
from watchfloor.annotate.tagged import Place

_LONGEST_NAME = 60
"""Characters of a signature: a name with its office (assumed)."""
_SIGNED = re.compile(r"\s*(?P<dash>[—―–]|--?)\s*(?P<name>[A-ZÀ-ÞА-Я][^\n:;?!“”\"]{1,58}?)[.]?\s*$")
_SAID = re.compile(r"\b(?:said|says|told|added|asked|wrote|the|which|that|it|he|she|and)\b")
"""Words of a sentence that goes on behind a dash, and of no signature."""


def block(text: str, start: int, end: int, quotes: Sequence[Quotation]) -> Place | None:
    """Return the quotation that a paragraph is from its first letter to its last, None if it is more than that."""
    whole = [quote for quote in quotes if start <= quote.start < end]
    if not whole or not whole[0].opened or whole[0].start != start:
        return None
    last = whole[-1]
    between = [text[a.end : b.start] for a, b in pairwise(whole)]
    if any(gap.strip() for gap in between) or text[last.end : end].strip(" .,\u00a0"):
        return None
    return start, last.end


def signed(text: str, start: int, end: int, quotes: Sequence[Quotation]) -> tuple[Place, Place, Place] | None:
    """Return (name, dash, quotation) of a paragraph that is a quotation with its speaker's name behind a dash.

    >>> signed("“Go home.” — Ann Lee", 0, 20, [Quotation(0, 10, True, True)])
    ((13, 20), (11, 12), (0, 10))
    """
    if not quotes or not quotes[-1].closed or quotes[0].start != start or end - quotes[-1].end > _LONGEST_NAME:
        return None
    found = _SIGNED.fullmatch(text, quotes[-1].end, end)
    if found is None or _SAID.search(found["name"]):
        return None
    between = (text[a.end : b.start] for a, b in pairwise(quotes))
    if any(gap.strip() for gap in between):
        return None
    return found.span("name"), found.span("dash"), (start, quotes[-1].end)
