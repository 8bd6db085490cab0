"""Find current reports by their words, the best fit first, with the places of the hits."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Subquery, Text, and_, bindparam, func, literal, or_, select

from watchfloor.core.marking import LEVELS, Reader
from watchfloor.core.report import PassageKind, Report
from watchfloor.core.span import Span
from watchfloor.store import facets, fulltext
from watchfloor.store.fitting import Wish
from watchfloor.store.glance import glance
from watchfloor.store.portions import portions
from watchfloor.store.query import All, Node, Not, Query, is_text, understand
from watchfloor.store.query import Any as AnyOf
from watchfloor.store.query_fields import OVER_MANY, Field
from watchfloor.store.query_terms import Phrase
from watchfloor.store.reading import chosen, revived
from watchfloor.store.schema import reports
from watchfloor.store.terms import Term, terms
from watchfloor.store.text import moment

MOST_HITS = 50  # places marked in one report (assumed: more help nobody)
NEWEST = 1_000
"""Reports that are put in order by one search; of more that fit the last ones kept, and the answer says so.

Measured: to rank one takes PostgreSQL 10 microseconds a word. Who has so many types another word, no page number.
"""
_OF_A_PARTNER = 0.3  # of what fits, how much a partner's reader may see (assumed)
_OF_COMMON_FIELDS = 0.3  # of what fits, how much fields leave that a large part of all reports has (assumed)
_COMMON = ("lang", "marking", "figure")
TOLD: tuple[PassageKind, ...] = ("headline", "dek", "subhead", "body", "caption")
"""What of a page a snippet shows; what else stands around it is furniture."""
AROUND = 120  # code points of a snippet on each side of its first hit (assumed: two lines on a screen)
_MOST_ROWS = 2**31 - 1
_OUTLETS = 2_000  # whose names are looked through for those in which another's stands
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
    """A page of what was found.

    total: on all pages; is_least: there may be more, which are not looked at: see NEWEST.
    meaning: what was looked for, in words; "" when there was nothing to look for.
    note: what was read otherwise than typed, and whether more fits than is shown; None if nothing.
    """

    hits: tuple[Hit, ...]
    total: int
    is_least: bool = False
    meaning: str = ""
    note: str | None


Known = Callable[[Field], Iterable[str]]
"""Gives the ids of the reports that have what a field asks for which is no matter of one report."""


def search(
    connection: Connection,
    reader: Reader,
    typed: str,
    *,
    limit: int,
    offset: int,
    as_of: date | None,
    known: Known | None = None,
    newest: bool = False,
    since: datetime | None = None,
) -> Found:
    """Return a page of the current reports that fit what was typed: the best fit first, then the latest.

    newest: in the order in which they came in instead, the last first. since: only what came in later.
    known: who stands behind claims, see `query_fields.OVER_MANY`; without it such fields fit no report, and the note
    says so. A search by fields alone gives the latest first.
    """
    query = understand(typed)
    if query.root is None:
        return Found(hits=(), total=0, note=query.note)
    ask = _Ask(connection, known or _nobody_knows)
    may = chosen(reader, as_of, True, table=glance)
    if since is not None:
        may.append(_came_in_after(since))
    page, total = _page(connection, _newest(ask, query.root, may, reader), limit, offset, newest=newest)
    notes = [query.note] if query.note else []
    if known is None and ask.asked:
        notes.append(f"{' and '.join(sorted(ask.asked))} cannot be asked here")
    is_least = total == NEWEST
    if is_least:
        notes.append(f"{NEWEST:,} reports or more fit: the {NEWEST:,} that came last are put in order and shown")
    hits = tuple(_hits(connection, reader, page, query))
    return Found(hits=hits, total=total, is_least=is_least, meaning=query.meaning, note="; ".join(notes) or None)


def _newest(ask: "_Ask", root: Node, may: list[ColumnElement[bool]], reader: Reader) -> Iterator[Subquery]:
    """Yield what fits and may be shown, of very much that which was kept last; `rank` orders it, the lower the better.

    The database goes from the last report back and stops, so what a word costs does not grow with how common it is.
    Each subquery looks further back than the one before; the first that has NEWEST of them, or the last, is it.
    """
    text, rest = _split(root)
    wanted = [] if rest is None else [ask.fits(rest)]
    columns = (glance.c.seq, glance.c.known_on, glance.c.id)
    if text is None:
        found = select(*columns, literal(0.0).label("rank")).where(*may, *wanted).order_by(glance.c.seq.desc())
        yield found.limit(NEWEST).subquery()
        return
    share = (1.0 if reader.partner is None else _OF_A_PARTNER) * (1.0 if rest is None else _share(rest))
    for index in fulltext.fittings(ask.connection, text, Wish(NEWEST, share)):
        found = (
            select(*columns, index.rank.label("rank"))
            .join_from(index.table, glance, index.seq == glance.c.seq)
            .where(index.fits, *may, *wanted)
            .order_by(index.seq.desc())
        )
        yield found.limit(NEWEST).subquery()


def _share(rest: Node) -> float:
    """Return which share of what fits is likely to fit the rest of the query too; 0 where there is no telling."""
    parts = rest.parts if isinstance(rest, All) else (rest,)
    is_common = all(isinstance(one, Not) or (isinstance(one, Field) and one.name in _COMMON) for one in parts)
    return _OF_COMMON_FIELDS if is_common else 0.0


def _page(
    connection: Connection, attempts: Iterator[Subquery], limit: int, offset: int, *, newest: bool
) -> tuple[list[int], int]:
    """Return the rows of a page, and how many there are on all pages; newest: as they came in, the last first."""
    page: list[int] = []
    total = 0
    for found in attempts:
        order = (found.c.seq.desc(),) if newest else (found.c.rank, found.c.known_on.desc(), found.c.id)
        rows = connection.execute(
            select(found.c.seq, func.count().over())
            .order_by(*order)
            .limit(min(max(limit, 0), _MOST_ROWS))
            .offset(min(max(offset, 0), _MOST_ROWS))
        ).all()
        page = [seq for seq, _ in rows]
        total = rows[0][1] if rows else connection.execute(select(func.count()).select_from(found)).scalar_one()
        if total == NEWEST:
            break
    return page, total


def _came_in_after(since: datetime) -> ColumnElement[bool]:
    row = reports.alias()
    came = select(row.c.collected).where(row.c.seq == glance.c.seq).correlate(glance).scalar_subquery()
    return came > moment(since)


class Tally(Struct, frozen=True, kw_only=True):
    """How what was found, or the last NEWEST of it, is spread.

    Each: values with how many reports a search for them gives; "" for none.
    outlets: a name is found in longer ones too, as `outlet:` finds it.
    """

    outlets: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, int], ...]
    levels: tuple[tuple[str, int], ...]


def tally(
    connection: Connection, reader: Reader, typed: str, *, as_of: date | None, known: Known | None = None, most: int = 8
) -> Tally:
    """Return how many of the current reports that fit come from which outlet, language, month and marking.

    most: values of each; months go from the last one back.
    """
    query = understand(typed)
    if query.root is None:
        return Tally(outlets=(), languages=(), months=(), levels=())
    ask = _Ask(connection, known or _nobody_knows)
    month = func.substr(reports.c.known_on, 1, 7)
    columns = (reports.c.outlet, reports.c.language, month, reports.c.tlp)
    rows: Sequence[Any] = ()
    for found in _newest(ask, query.root, chosen(reader, as_of, True, table=glance), reader):
        of_these = select(*columns, func.count()).where(reports.c.seq.in_(select(found.c.seq)))
        rows = connection.execute(of_these.group_by(*columns)).all()
        if sum(row[-1] for row in rows) == NEWEST:
            break
    counted: tuple[Counter[str], ...] = (Counter(), Counter(), Counter(), Counter())
    for outlet, language, known_in, tlp, number in rows:
        level = "" if tlp is None else LEVELS[tlp]
        for counter, value in zip(counted, (outlet or "", language or "", known_in, level), strict=True):
            counter[value] += number
    outlets, languages, months, levels = (sorted(one.items(), key=lambda pair: (-pair[1], pair[0])) for one in counted)
    named = [pair for pair in outlets if pair[0]]
    return Tally(
        outlets=tuple((value, facets.sharing(value, named[:_OUTLETS])) for value, _ in named[:most]),
        languages=tuple(languages[:most]),
        months=tuple(sorted(months, reverse=True)[:most]),
        levels=tuple(levels),
    )


def _nobody_knows(_field: Field) -> Iterable[str]:
    return ()


def _split(root: Node) -> tuple[Node | None, Node | None]:
    """Return the part that the full-text index answers, by which hits are ranked, and the rest."""
    if is_text(root):
        return root, None
    if not isinstance(root, All):
        return None, root
    words = tuple(part for part in root.parts if is_text(part))
    rest = tuple(part for part in root.parts if not is_text(part))
    return (All(words) if words else None), All(rest)


class _Ask:
    """Makes conditions of the parts of a query; `asked`: names of the fields that were asked of `known`."""

    def __init__(self, connection: Connection, known: Known) -> None:
        self.connection, self._known = connection, known
        self.asked: set[str] = set()

    def fits(self, node: Node) -> ColumnElement[bool]:
        if is_text(node):
            return fulltext.holding(self.connection, node)
        if isinstance(node, All):
            return and_(*(self.fits(part) for part in node.parts))
        if isinstance(node, AnyOf):
            return or_(*(self.fits(part) for part in node.parts))
        if isinstance(node, Not):
            return ~self.fits(node.part)
        if isinstance(node, Field) and node.name in OVER_MANY:
            self.asked.add(node.name)
            ids = bindparam(None, sorted(self._known(node)), Text, unique=True, expanding=True, literal_execute=True)
            return glance.c.id.in_(ids)
        if isinstance(node, Field):
            return facets.condition(node)
        raise TypeError(f"found {node!r}, expected a part of a query")


def _hits(connection: Connection, reader: Reader, page: list[int], query: Query) -> Iterator[Hit]:
    """Yield what was found, in the order of the page; apart from ranking, which would carry every text along."""
    found: dict[int, Report] = {}
    for some in portions(page):
        rows = connection.execute(
            select(reports.c.seq, reports.c.document, reports.c.marking).where(
                reports.c.seq.in_(some), *chosen(reader, None, False)
            )
        )
        found.update((seq, revived(document, marking, reader)) for seq, document, marking in rows)
    for seq in page:
        yield _hit(found[seq], query)


def _hit(report: Report, query: Query) -> Hit:
    hits = tuple(Span(report=report.id, start=start, end=end) for start, end in places(report.text, query.wanted))
    return Hit(
        report=report,
        hits=hits,
        headline_hits=places(report.headline or "", query.wanted),
        snippet=_snippet(report, _shown(report, hits)) if hits else _beginning(report),
    )


def stands(text: str, phrase: Phrase) -> bool:
    """Return whether a phrase stands in a text.

    >>> stands("Troops, déployées.", Phrase(("deploy",), True))
    True
    """
    return bool(places(text, (phrase,)))


def places(text: str, wanted: tuple[Phrase, ...]) -> tuple[tuple[int, int], ...]:
    """Return where the phrases stand in the text, in text order, touching ones joined, at most 50.

    >>> places("Troops, déployées.", (Phrase(("deploy",), True),))
    ((8, 17),)
    """
    found: list[tuple[int, int]] = []
    if not wanted:
        return ()
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


def _beginning(report: Report) -> Span:
    """Return the beginning of what the report says; of its whole text when nothing in it is body."""
    start = next((passage.start for passage in report.passages if passage.kind == "body"), 0)
    shown = _snippet(report, Span(report=report.id, start=start, end=start + AROUND))
    return Span(report=report.id, start=start, end=shown.end)


def _shown(report: Report, hits: Sequence[Span]) -> Span:
    """Return the first hit in what the report tells, the first of all where none is there."""
    parts = report.parts(*TOLD)
    return next((hit for hit in hits if any(p.start <= hit.start < p.end for p in parts)), hits[0])


def _bounds(report: Report, hit: Span) -> tuple[int, int]:
    """Return how far one may go from a hit without leaving the report's own words, or the one passage it is in."""
    low, high = 0, len(report.text)
    own = next((p for p in report.passages if p.start <= hit.start < p.end), None)
    if own is None:
        return low, high
    for other in report.passages:
        if other is own or (own.kind in TOLD and other.kind in TOLD):
            continue
        if other.end <= own.start:
            low = max(low, other.end)
        elif other.start >= own.end:
            high = min(high, other.start)
    return low, high


def _snippet(report: Report, hit: Span) -> Span:
    """Return the stretch around the hit, cut between words where there are spaces; no page furniture around it."""
    text = report.text
    low, high = _bounds(report, hit)
    start, end = max(hit.start - AROUND, low), min(max(hit.end, hit.start) + AROUND, high)
    if start > low:
        space = text.find(" ", start, hit.start)
        start = space + 1 if space >= 0 else start
    if end < high:
        space = text.rfind(" ", hit.end, end)
        end = space if space > hit.end else end
    while start < hit.start and text[start].isspace():
        start += 1
    while end > hit.end and text[end - 1].isspace():
        end -= 1
    return Span(report=report.id, start=start, end=end)
