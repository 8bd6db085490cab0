"""Find current reports by their words, the best fit first, with the places of the hits."""

from collections import deque
from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from sqlalchemy import Connection, func, select

from watchfloor.core.marking import Reader
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.store.fulltext import fitting
from watchfloor.store.query import Phrase, Query, understand
from watchfloor.store.reading import chosen, revived
from watchfloor.store.schema import reports
from watchfloor.store.terms import Term, terms

MOST_HITS = 50  # places marked in one report (assumed: more help nobody)
AROUND = 120  # code points of a snippet on each side of its first hit (assumed: two lines on a screen)
_MOST_ROWS = 2**31 - 1
_CHUNK = 500  # rows asked for in one statement; well under every database's limit of bound values


class Hit(Struct, frozen=True, kw_only=True):
    """One report that fits.

    hits: where the wanted words stand in Report.text, in text order, at most 50; empty when only the headline fits.
    headline_hits: where they stand in Report.headline, as (start, end). snippet: the stretch of text to show.
    """

    report: Report
    hits: tuple[Span, ...]
    headline_hits: tuple[tuple[int, int], ...]
    snippet: Span


class Found(Struct, frozen=True, kw_only=True):
    """A page of what was found. total: on all pages. note: what was read otherwise than typed, None if nothing."""

    hits: tuple[Hit, ...]
    total: int
    note: str | None


def search(connection: Connection, reader: Reader, typed: str, *, limit: int, offset: int, as_of: date | None) -> Found:
    """Return a page of the current reports that fit what was typed."""
    query = understand(typed)
    if not query.wanted:
        return Found(hits=(), total=0, note=query.note)
    index = fitting(connection, query)
    shown = (
        select(reports.c.seq)
        .join(index.table, index.seq == reports.c.seq)
        .where(index.fits, *chosen(reader, as_of, True))
    )
    total = connection.execute(select(func.count()).select_from(shown.subquery())).scalar_one()
    page = connection.execute(
        shown.order_by(index.rank, reports.c.known_on.desc(), reports.c.id)
        .limit(min(max(limit, 0), _MOST_ROWS))
        .offset(min(max(offset, 0), _MOST_ROWS))
    ).scalars()
    return Found(hits=tuple(_hits(connection, reader, list(page), query)), total=total, note=query.note)


def _hits(connection: Connection, reader: Reader, page: list[int], query: Query) -> Iterator[Hit]:
    """Yield what was found, in the order of the page; apart from ranking, which would carry every text along."""
    found: dict[int, Report] = {}
    for start in range(0, len(page), _CHUNK):
        rows = connection.execute(
            select(reports.c.seq, reports.c.document, reports.c.marking).where(
                reports.c.seq.in_(page[start : start + _CHUNK]), *chosen(reader, None, False)
            )
        )
        found.update((seq, revived(document, marking)) for seq, document, marking in rows)
    for seq in page:
        yield _hit(found[seq], query)


def _hit(report: Report, query: Query) -> Hit:
    hits = tuple(Span(report=report.id, start=start, end=end) for start, end in places(report.text, query.wanted))
    return Hit(
        report=report,
        hits=hits,
        headline_hits=places(report.headline or "", query.wanted),
        snippet=_snippet(report, hits[0] if hits else Span(report=report.id, start=0, end=0)),
    )


def places(text: str, wanted: tuple[Phrase, ...]) -> tuple[tuple[int, int], ...]:
    """Return where the phrases stand in the text, in text order, touching ones joined, at most 50.

    >>> places("Troops, déployées.", (Phrase(("deploy",), True),))
    ((8, 17),)
    """
    found: list[tuple[int, int]] = []
    for start, end in _places(text, wanted):
        if len(found) == MOST_HITS and start > found[-1][1]:
            break
        while found and start <= found[-1][1]:  # a longer phrase may swallow what was found before
            before = found.pop()
            start, end = min(start, before[0]), max(end, before[1])
        found.append((start, end))
    return tuple(found)


def _places(text: str, wanted: tuple[Phrase, ...]) -> Iterator[tuple[int, int]]:
    window: deque[Term] = deque(maxlen=max(len(phrase.terms) for phrase in wanted))
    exact: dict[str, list[Phrase]] = {}
    for phrase in wanted:
        if not phrase.prefix:
            exact.setdefault(phrase.terms[-1], []).append(phrase)
    begun = [phrase for phrase in wanted if phrase.prefix]
    for term in terms(text):
        window.append(term)
        ending = exact.get(term.term, ())
        for phrase in (*ending, *begun) if begun else ending:
            if len(phrase.terms) <= len(window) and _stands(phrase, last := list(window)[-len(phrase.terms) :]):
                yield last[0].start, last[-1].end


def _stands(phrase: Phrase, there: list[Term]) -> bool:
    *inner, last = (term.term for term in there)
    ends = last.startswith(phrase.terms[-1]) if phrase.prefix else last == phrase.terms[-1]
    return ends and tuple(inner) == phrase.terms[:-1]


def _snippet(report: Report, hit: Span) -> Span:
    """Return the stretch around the hit, cut between words where there are spaces."""
    text = report.text
    start, end = max(hit.start - AROUND, 0), min(max(hit.end, hit.start) + AROUND, len(text))
    if start > 0:
        space = text.find(" ", start, hit.start)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", hit.end, end)
        end = space if space > hit.end else end
    return Span(report=report.id, start=start, end=end)
