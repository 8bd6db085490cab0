"""Sentences as a reader of statements sees them: every quotation is one piece, whatever it holds inside."""

from collections.abc import Iterator, Sequence

from watchfloor.annotate import cues
from watchfloor.annotate.quotations import Quotation, find
from watchfloor.annotate.sentences import split
from watchfloor.annotate.tokens import Token, tokens

QUOTE = "“”"
"""The text of the one token that stands for a whole quotation."""

LONGEST = 300
"""Tokens of one sentence; a longer one is no sentence, and is cut so that reading takes linear time."""

_STRAY = frozenset('"“”„«»')


def stretches(text: str, start: int, end: int, runs_on: bool) -> Iterator[list[Token]]:
    """Yield the sentences of one passage as tokens; a quotation with its marks is one token, and ends no sentence.

    runs_on: the next passage begins with a quotation mark, so that one left open here goes on there.
    """
    quotes = [piece for quote in find(text, start, end) if (piece := _piece(text, start, end, quote, runs_on))]
    at = 0
    for begin, stop in _joined(split(text, start, end), quotes):
        inside = []
        while at < len(quotes) and quotes[at].start < stop:
            inside.append(quotes[at])
            at += 1
        pieces = list(_items(text, begin, stop, inside))
        for first in range(0, len(pieces), LONGEST):
            yield pieces[first : first + LONGEST]


def _piece(text: str, start: int, end: int, quote: Quotation, runs_on: bool) -> Quotation | None:
    """Return the part of a quotation to take as one piece, None for a mark that quotes nothing.

    A word of saying that slipped inside the marks, behind its subject, is put before them.
    """
    if not quote.opened or (quote.closed and quote.start == start):
        return quote
    if not quote.closed and not runs_on and quote.start > start:
        return None
    words = list(tokens(text, quote.start + 1, min(quote.end, quote.start + 60)))
    for at, word in enumerate(words[:2]):
        cue = cues.at(words, at)
        if cue is not None and cue.form == "past" and "w" not in cue.entry.frames and text[quote.start - 1].isspace():
            return Quotation(words[cue.end - 1].end + 1, quote.end, True, quote.closed)
        if not word.low.endswith("ly"):
            break
    return quote


def _joined(sentences: Sequence[tuple[int, int]], quotes: Sequence[Quotation]) -> Iterator[tuple[int, int]]:
    """Yield the sentences, those joined that a quotation holds together."""
    at = 0
    begin: int | None = None
    for start, end in sentences:
        begin = start if begin is None else begin
        while at < len(quotes) and quotes[at].end <= end:
            at += 1
        if at < len(quotes) and quotes[at].start < end:
            continue
        yield begin, end
        begin = None
    if begin is not None:
        yield begin, sentences[-1][1]


def _items(text: str, start: int, end: int, quotes: Sequence[Quotation]) -> Iterator[Token]:
    """Yield the tokens of one sentence; marks that quote nothing are left out."""
    at = start
    for quote in quotes:
        yield from (token for token in tokens(text, at, max(at, quote.start)) if token.text not in _STRAY)
        yield Token(QUOTE, max(quote.start, at), quote.end)
        at = quote.end
    yield from (token for token in tokens(text, min(at, end), end) if token.text not in _STRAY)


def is_quote(item: Token) -> bool:
    """Tell whether the token stands for a quotation."""
    return item.text == QUOTE


def is_speech(text: str, item: Token) -> bool:
    """Tell whether a quotation could be somebody's words and not a name or a word set off: it ends as a clause does."""
    inner = text[item.start : item.end].strip("\"“”'‘’`„«» ")
    return inner[-1:] in ".,?!…—" or len(inner.split()) > 5
