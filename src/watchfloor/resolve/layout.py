"""Where paragraphs, sentences and quotations of a report begin and end."""

import re
from bisect import bisect_right

from msgspec import Struct

from watchfloor.core.report import Report

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_STOP = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Rep|Sen|Gen|Lt|Col|Maj|Capt|Adm|Gov|Amb|Sgt|St|Jr|Sr|No|vs|Inc|Ltd|Co|Corp)|\b[A-Z])\.\s+$"
)


class Layout(Struct, frozen=True):
    """Starts and ends of paragraphs, sentences and quotations, each sorted, in code points, half-open.

    body: the passages in which the report itself is told.
    """

    body: tuple[tuple[int, int], ...]
    paragraphs: tuple[tuple[int, int], ...]
    sentences: tuple[tuple[int, int], ...]
    quotations: tuple[tuple[int, int], ...]

    def paragraph(self, at: int) -> tuple[int, int]:
        """Return the paragraph around an offset, an empty stretch outside of any."""
        return _around(self.paragraphs, at)

    def sentence(self, at: int) -> tuple[int, int]:
        """Return the sentence around an offset, an empty stretch outside of any."""
        return _around(self.sentences, at)

    def quoted(self, at: int) -> bool:
        """Return whether an offset stands within quotation marks."""
        start, end = _around(self.quotations, at)
        return start <= at < end

    def told(self, at: int) -> bool:
        """Return whether an offset stands in the body, not in a headline or caption."""
        start, end = _around(self.body, at)
        return start <= at < end

    def earlier(self, at: int, count: int) -> int:
        """Return where the paragraph begins that stands so many paragraphs before the one around an offset."""
        place = bisect_right(self.paragraphs, (at, 1 << 62)) - 1 - count
        return self.paragraphs[place][0] if place >= 0 else 0

    def before(self, at: int) -> tuple[int, int] | None:
        """Return the paragraph before the one around an offset, None for the first."""
        place = bisect_right(self.paragraphs, (self.paragraph(at)[0], -1)) - 1
        return self.paragraphs[place] if place >= 0 else None


def lay_out(report: Report) -> Layout:
    """Return the layout of a report's text; a passage of several lines is several paragraphs."""
    stretches = [(passage.start, passage.end) for passage in report.passages] or [(0, len(report.text))]
    paragraphs = sorted(
        {line.span() for start, end in stretches for line in _LINE.finditer(report.text, max(0, start), max(0, end))}
    )
    sentences = [sentence for paragraph in paragraphs for sentence in _sentences(report.text, *paragraph)]
    quotations = [quotation for paragraph in paragraphs for quotation in _quotations(report.text, *paragraph)]
    body = sorted((passage.start, passage.end) for passage in report.parts("body", "subhead", "embedded"))
    return Layout(tuple(body or stretches), tuple(paragraphs), tuple(sentences), tuple(quotations))


def _around(stretches: tuple[tuple[int, int], ...], at: int) -> tuple[int, int]:
    """Return the stretch that holds an offset, (at, at) when none does."""
    place = bisect_right(stretches, (at, 1 << 62)) - 1
    if place >= 0 and stretches[place][0] <= at < stretches[place][1]:
        return stretches[place]
    return at, at


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences of a paragraph; an abbreviation ends none."""
    found = []
    for stop in _STOP.finditer(text, start, end):
        if not _ABBREVIATED.search(text, max(start, stop.end() - 12), stop.end()):
            found.append((start, stop.end()))
            start = stop.end()
    return [*found, (start, end)] if start < end else found


def _quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the stretches in double quotation marks; a closing mark may open one, an open one ends its paragraph."""
    found = []
    opened: int | None = None
    for mark in re.finditer(r"[\"“”„«»]", text[start:end]):
        at = start + mark.start()
        if opened is None:
            opened = at
        elif mark[0] not in "“„«":
            found.append((opened, at + 1))
            opened = None
    return [*found, (opened, end)] if opened is not None else found
