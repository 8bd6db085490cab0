"""A stretch of text cut into pieces, each with the findings that stand on it and its offset, so that it can be marked.

Findings overlap: a contact's sentence holds names and counts. So the text is cut wherever one begins or ends, and a
piece names all that stand on it. Signs that are shown otherwise than they are (controls, direction overrides) are
pieces of their own, so that offsets on the page stay those of the text.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from watchfloor.web.inert import inert

_SHOWN_OTHERWISE = re.compile(
    "[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufff9-\ufffb\ufeff\ud800-\udfff]"
)


class Mark(Struct, frozen=True):
    """Words that are marked on the page. number: of the finding in its list. kind: of the finding."""

    start: int
    end: int
    number: int
    kind: str


class Piece(Struct, frozen=True, kw_only=True):
    """A piece of text as shown. at: its offset in the text. odd: a sign that is shown by its number instead."""

    at: int
    text: str
    marks: tuple[Mark, ...] = ()
    odd: bool = False

    @property
    def numbers(self) -> str:
        """Return the numbers of the findings that stand here, apart by blanks."""
        return " ".join(str(mark.number) for mark in self.marks)

    @property
    def kinds(self) -> str:
        """Return the kinds of the findings that stand here as names of classes, the narrowest last."""
        narrow = sorted(self.marks, key=lambda mark: mark.start - mark.end)
        return " ".join(dict.fromkeys(f"k-{mark.kind}" for mark in narrow))


def pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    """Yield text[start:end] cut into pieces.

    >>> marks = [Mark(0, 3, 1, "mention"), Mark(0, 12, 2, "contact")]
    >>> [(piece.text, piece.numbers) for piece in pieces("Ann met Bob.", 0, 12, marks)]
    [('Ann', '1 2'), (' met Bob.', '2')]
    """
    here = [mark for mark in marks if mark.start < end and start < mark.end]
    cuts = {start, end}
    for mark in here:
        cuts |= {max(mark.start, start), min(mark.end, end)}
    odd = set()
    for match in _SHOWN_OTHERWISE.finditer(text, start, end):
        cuts |= {match.start(), match.end()}
        odd.add(match.start())
    bounds = sorted(cuts)
    for low, high in pairwise(bounds):
        on = tuple(mark for mark in here if mark.start <= low and high <= mark.end)
        yield Piece(at=low, text=inert(text[low:high]), marks=on, odd=low in odd)
