"""The evidence of a page: every sentence cited, numbered in the order of the reports, with where it is used."""

from collections.abc import Iterable, Sequence
from copy import copy

from msgspec import Struct

from watchfloor.core.partial_date import PartialDate
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.web.inert import inert
from watchfloor.web.sentence import around

CONTEXT = 220  # characters of the text before and after the sentence; assumed
LONGEST_MARKED = 900  # characters of the sentence itself; assumed

Place = tuple[str, int, int]


class Link(Struct, frozen=True, kw_only=True):
    """One citation on the page: number of the evidence, and the id of this use, to come back to."""

    number: int
    use: str


class Piece(Struct, frozen=True, kw_only=True):
    """A stretch of an evidence sentence; exact is True for the very words that were cited."""

    text: str
    exact: bool


class Entry(Struct, frozen=True, kw_only=True):
    """One sentence of evidence in its context, with its offsets; uses: the ids of the links to it, by section."""

    number: int
    before: str
    pieces: tuple[Piece, ...]
    after: str
    start: int
    end: int
    uses: tuple[tuple[str, tuple[str, ...]], ...]


class Shelf(Struct, frozen=True, kw_only=True):
    """The evidence from one report."""

    report: Report
    entries: tuple[Entry, ...]


class Ledger:
    """Numbers for spans, and the record of where each number is used, kept while one page is made."""

    def __init__(self, picture: Picture, spans: Iterable[Span]) -> None:
        self._reports = {report.id: report for report in picture.reports}
        order = {report.id: at for at, report in enumerate(picture.reports)}
        self._cited = [span for span in dict.fromkeys(spans) if span.report in order]
        self._places = {span: self._place(span) for span in self._cited}
        self._words: dict[Place, list[tuple[int, int]]] = {}
        for span, place in self._places.items():
            self._words.setdefault(place, []).append((span.start, span.end))
        places = sorted(set(self._places.values()), key=lambda place: (order[place[0]], place[1], place[2]))
        self._numbers: dict[Place, int] = {place: number for number, place in enumerate(places, start=1)}
        self._uses: dict[int, dict[str, list[str]]] = {}

    def published(self, span: Span) -> PartialDate | None:
        """Return the day of the report that a span lies in, None when it is not of the picture."""
        report = self._reports.get(span.report)
        return report.published if report is not None else None

    def _place(self, span: Span) -> Place:
        start, end = around(self._reports[span.report], span)
        return span.report, start, end

    def cite(self, spans: Sequence[Span], where: str) -> tuple[Link, ...]:
        """Return the links for these spans, once for each sentence, and record that they are used in `where`."""
        numbers = dict.fromkeys(self._numbers[self._places[span]] for span in spans if span in self._places)
        links = []
        for number in numbers:
            uses = self._uses.setdefault(number, {})
            use = f"u{number}-{sum(len(found) for found in uses.values()) + 1}"
            uses.setdefault(where, []).append(use)
            links.append(Link(number=number, use=use))
        return tuple(links)

    def blank(self) -> "Ledger":
        """Return a ledger with these numbers, of which none is used yet: for a page that shows a part of the whole."""
        other = copy(self)
        other._uses = {}
        return other

    def first_spans(self) -> tuple[Span, ...]:
        """Return for each number the first words that were cited by it, in the order of the numbers."""
        first: dict[Place, Span] = {}
        for span in self._cited:
            first.setdefault(self._places[span], span)
        return tuple(first[place] for place in self._numbers)

    def shelves(self, *, used: bool = False) -> tuple[Shelf, ...]:
        """Return the evidence by report, reports in the order of the picture, sentences in text order.

        used: only what was cited by `cite`.
        """
        shelves: dict[str, list[Entry]] = {}
        for place, number in self._numbers.items():
            if used and number not in self._uses:
                continue
            shelves.setdefault(place[0], []).append(self._entry(place, number))
        return tuple(Shelf(report=self._reports[report], entries=tuple(found)) for report, found in shelves.items())

    def _entry(self, place: Place, number: int) -> Entry:
        report = self._reports[place[0]]
        low, high = _paragraph(report, place[1], place[2])
        return Entry(
            number=number,
            before=_tail(report.text[low : place[1]]),
            pieces=_pieces(report.text, place[1], place[2], self._words[place]),
            after=_head(report.text[place[2] : high]),
            start=place[1],
            end=place[2],
            uses=tuple((where, tuple(found)) for where, found in self._uses.get(number, {}).items()),
        )


def _paragraph(report: Report, start: int, end: int) -> tuple[int, int]:
    for passage in report.passages:
        if passage.start <= start and end <= passage.end:
            return passage.start, passage.end
    return start, end


def _tail(text: str) -> str:
    text = inert(text)
    if len(text) <= CONTEXT:
        return text
    cut = text[-CONTEXT:]
    return "…" + (cut[cut.index(" ") :] if " " in cut[: CONTEXT // 2] else cut)


def _head(text: str) -> str:
    text = inert(text)
    if len(text) <= CONTEXT:
        return text
    cut = text[:CONTEXT]
    return (cut[: cut.rindex(" ")] if " " in cut[CONTEXT // 2 :] else cut) + "…"


def _pieces(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    """Return the sentence cut at the cited words; when they are all of it, nothing is set apart."""
    stop = min(end, start + LONGEST_MARKED)
    exact = bytearray(stop - start)
    for low, high in spans:
        for at in range(max(low, start), min(high, stop)):
            exact[at - start] = 1
    pieces: list[Piece] = []
    begin = 0
    for at in range(1, len(exact) + 1):
        if at == len(exact) or exact[at] != exact[begin]:
            pieces.append(Piece(text=inert(text[start + begin : start + at]), exact=bool(exact[begin])))
            begin = at
    if len(pieces) == 1:
        pieces = [Piece(text=pieces[0].text, exact=False)]
    return (*pieces, Piece(text="…", exact=False)) if stop < end else tuple(pieces)
