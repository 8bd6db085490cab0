"""The full-text index of PostgreSQL: the terms that SQLite's index holds, found and ranked as FTS5 does it.

A row holds the distinct terms of a report with how often each stands in it, and both of its texts as terms in order,
each between < and >; `indexed` is false of a report with more distinct terms than the index takes of one.
No term has a sign of ASCII in it, so a phrase is a part of that text and nothing else is. The
distinct terms are indexed (GIN); phrases are looked for in the texts of those reports only that have all their terms.
PostgreSQL's own text search would not do: it cuts words another way, forgets where words stand in long texts, and
ranks without knowing how rare a word is.
"""

import math
import typing
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import add

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Float,
    FromClause,
    Integer,
    MetaData,
    Subquery,
    Table,
    Text,
    and_,
    bindparam,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY

from watchfloor.store.fitting import Fitting, Wish
from watchfloor.store.glance import glance
from watchfloor.store.query import All, Any, Near, Node, Not, wanted
from watchfloor.store.query_terms import Phrase
from watchfloor.store.terms import terms

_K1, _B = 1.2, 0.75  # of Okapi bm25, as FTS5 has them
_LEAST = 1e-6  # what a word that stands in most reports still weighs, as FTS5 has it
_HEADLINE = 4  # how much more a word of the headline weighs (assumed)
_MOST_BYTES = 500_000  # of distinct terms in one row: tsvector takes a megabyte, with some bytes beside each term
_READ_ALL = 1_000  # rows with all terms of a phrase that are read to tell how many have the phrase; of more,
_SAMPLE = 300  # so many of the last
_SPARE = 1.3  # how many more rows are looked at than should do (assumed)
_HALF = 0.5  # of all rows from which on all are asked for
_GUESS = 0.25  # of the rows that have all words of a phrase or near each other, how many fit (assumed)
_TOO_MANY = "<"  # the one term of a report with more: it is a candidate for every query
_OUTSIDE = ""  # asks for these alone


class Statistics(typing.NamedTuple):
    """What is known of the index, and of a query before it is asked.

    terms: in all reports. last: the highest row number. holding: how many reports have each phrase.
    fitting: how many the whole query finds, about.
    """

    reports: int
    terms: int
    last: int
    holding: tuple[int, ...]
    fitting: float


_metadata = MetaData()
_fulltext = Table(
    "fulltext",
    _metadata,
    Column("report", BigInteger, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("indexed", Boolean, nullable=False),
    Column("words", ARRAY(Text), nullable=False),
    Column("counts", ARRAY(Integer), nullable=False),
    Column("headline", Text, nullable=False),
    Column("text", Text, nullable=False),
)
_totals = Table("fulltext_totals", _metadata, Column("reports", BigInteger), Column("terms", BigInteger))

_indexed: ColumnElement[typing.Any] = literal_column("fulltext_terms(fulltext.words)")


def put_all(connection: Connection, given: Sequence[tuple[int, str | None, str]]) -> None:
    """Make reports findable, by row number, headline and text."""
    rows = [{"report": seq, **_row(headline, body)} for seq, headline, body in given]
    connection.execute(insert(_fulltext), rows)
    _count(connection, len(rows), sum(row["size"] for row in rows))


def remove(connection: Connection, seq: int, headline: str | None, body: str) -> None:
    """Take a report out of the index."""
    gone = connection.execute(delete(_fulltext).where(_fulltext.c.report == seq).returning(_fulltext.c.size)).scalar()
    if gone is not None:
        _count(connection, -1, -gone)


def clear(connection: Connection) -> None:
    """Take everything out of the index."""
    connection.execute(delete(_fulltext))
    connection.execute(update(_totals).values(reports=0, terms=0))


def size(connection: Connection) -> int:
    """Return how many reports are in the index."""
    return connection.execute(select(func.count()).select_from(_fulltext)).scalar_one()


def damages(connection: Connection, texts: Iterator[tuple[int, str | None, str]]) -> list[int]:
    """Return the rows whose terms in the index are not those of their texts; 0 stands for the totals."""
    wrong, sizes = [], []
    there = set(connection.execute(select(_fulltext.c.report)).scalars())
    for seq, headline, body in texts:
        kept = connection.execute(select(_fulltext).where(_fulltext.c.report == seq)).mappings().one_or_none()
        expected = _row(headline, body)
        sizes.append(expected["size"])
        if kept is None or any(kept[name] != value for name, value in expected.items()):
            wrong.append(seq)
        there.discard(seq)
    totals = connection.execute(select(_totals.c.reports, _totals.c.terms)).all()
    if [tuple(row) for row in totals] != [(len(sizes), sum(sizes))]:
        wrong.append(0)
    return sorted({*wrong, *there})


def _row(headline: str | None, body: str) -> dict[str, typing.Any]:
    above, below = [term.term for term in terms(headline or "")], [term.term for term in terms(body)]
    counts = Counter(below)
    for term in above:
        counts[term] += _HEADLINE
    indexed = sum(len(term.encode()) for term in counts) <= _MOST_BYTES
    words = sorted(counts) if indexed else [_TOO_MANY]
    return {
        "size": len(above) + len(below),
        "indexed": indexed,
        "words": words,
        "counts": [counts[word] for word in words] if indexed else [],
        "headline": "".join(f"<{term}>" for term in above),
        "text": "".join(f"<{term}>" for term in below),
    }


def _count(connection: Connection, reports: int, terms: int) -> None:
    connection.execute(update(_totals).values(reports=_totals.c.reports + reports, terms=_totals.c.terms + terms))


def fittings(connection: Connection, node: Node, wish: Wish) -> Iterator[Fitting]:
    """Yield how to ask for the reports that fit a part of a query, each looking further back than the one before."""
    statistics = _statistics(connection, node)
    for first in _firsts(statistics, wish):
        hits = _hits(_lexemes_of(node), first)
        yield Fitting(hits, hits.c.report, _fits_of(hits, node), _rank(statistics, hits, wanted(node)))


def holding(_connection: Connection, node: Node) -> ColumnElement[bool]:
    """Return the condition that a report, at a glance, fits a part of a query."""
    hits = _hits(_lexemes_of(node))
    return glance.c.seq.in_(select(hits.c.report).where(_fits_of(hits, node)).correlate(None))


def _fits_of(hits: FromClause, node: Node) -> ColumnElement[bool]:
    return or_(hits.c.indexed, _fits(hits, node)) if _is_exact(node) else _fits(hits, node)


def _firsts(statistics: Statistics, wish: Wish) -> Iterator[int]:
    """Yield the row numbers from which on to look: so far back that enough should be there, eight times that, all.

    To go back from the last row by the index of rows would look into each; to take all that the index of terms gives
    sorts every report that has "the". Between the two, both indexes are asked, and few rows are read.
    """
    likely = max(statistics.fitting * wish.share, 1.0)
    for times in (_SPARE, 8 * _SPARE):
        span = times * wish.most * statistics.reports / likely
        if span < _HALF * statistics.reports:
            yield statistics.last - int(span)
    yield 0


def _hits(expression: str, first: int = 0) -> Subquery:
    """Return the rows that the index gives for its question, the last first, from one row on.

    OFFSET 0 keeps it a question of its own: with a limit in sight the planner would rather walk through all reports
    from the last on and look into each, which takes a hundred times longer when it is wrong about how many fit.
    """
    rows = select(_fulltext).where(_candidates(expression)).order_by(_fulltext.c.report.desc())
    if first > 0:
        rows = rows.where(_fulltext.c.report >= first)
    return rows.offset(literal_column("0")).subquery()


def _is_exact(node: Node) -> bool:
    """Return whether the index alone answers, for reports that it holds: a question of single terms."""
    if isinstance(node, Phrase):
        return len(node.terms) == 1
    if isinstance(node, Not):
        return _is_exact(node.part)
    return isinstance(node, All | Any) and all(_is_exact(part) for part in node.parts)


def _fits(row: FromClause, node: Node) -> ColumnElement[bool]:
    """Return the condition that a row fits; the rows that the index gives are candidates for it."""
    if isinstance(node, Phrase):
        return _has(row, node)
    if isinstance(node, Near):
        return _are_near(row, node)
    if isinstance(node, Any):
        return or_(*(_fits(row, part) for part in node.parts))
    if isinstance(node, All):
        return and_(*(~_fits(row, part.part) if isinstance(part, Not) else _fits(row, part) for part in node.parts))
    raise TypeError(f"found {node!r}, expected words alone (query.is_text)")


def _lexemes_of(node: Node) -> str:
    """Return what the index is asked for a part of a query: nothing that fits is without it."""
    if isinstance(node, Phrase):
        return _lexemes(node)
    if isinstance(node, Near):
        return f"{_lexemes(node.one)} & {_lexemes(node.other)}"
    if isinstance(node, Any):
        return " | ".join(f"({_lexemes_of(part)})" for part in node.parts)
    if isinstance(node, All):
        wanted_ = [f"({_lexemes_of(part)})" for part in node.parts if not isinstance(part, Not)]
        without = [f"!({_lexemes_of(part.part)})" for part in node.parts if isinstance(part, Not) and _is_exact(part)]
        return " & ".join([*wanted_, *without])
    raise TypeError(f"found {node!r}, expected words alone (query.is_text)")


def _are_near(row: FromClause, node: Near) -> ColumnElement[bool]:
    """Return the condition that two phrases stand in one text with few enough terms between."""
    between = f"(<[^<>]*>){{0,{node.within}}}"
    one, other = (phrase.pattern + ("[^<>]*>" if phrase.prefix else "") for phrase in (node.one, node.other))
    orders = [literal(f"{first}{between}{second}") for first, second in ((one, other), (other, one))]
    return or_(*(column.regexp_match(each) for column in (row.c.text, row.c.headline) for each in orders))


def _has(row: FromClause, phrase: Phrase) -> ColumnElement[bool]:
    """Return the condition that a row has the phrase; a single term is looked up among its terms, which are sorted."""
    stands = or_(*(func.strpos(column, literal(phrase.pattern)) > 0 for column in (row.c.text, row.c.headline)))
    if len(phrase.terms) > 1:
        return stands
    term = literal(phrase.terms[0], Text)
    there: ColumnElement[bool] = func.array_position(row.c.words, term).is_not(None)
    if phrase.prefix:  # the last term that sorts before it, or is it, and the next one
        at = func.width_bucket(term, row.c.words)
        there = or_(
            func.coalesce(row.c.words[at] == term, False),
            func.coalesce(func.starts_with(row.c.words[at + 1], term), False),
        )
    return case((row.c.indexed, there), else_=stands)


def _frequency(row: FromClause, phrase: Phrase) -> ColumnElement[typing.Any]:
    """Return how often the phrase stands in a row, in the headline four times as much."""
    by_text = _occurrences(row.c.headline, phrase) * _HEADLINE + _occurrences(row.c.text, phrase)
    if len(phrase.terms) > 1 or phrase.prefix:
        return by_text
    at = func.array_position(row.c.words, literal(phrase.terms[0], Text))
    often = func.coalesce(row.c.counts[at], 0)
    return case((row.c.indexed, often), else_=by_text)


def _occurrences(column: ColumnElement[str], phrase: Phrase) -> ColumnElement[int]:
    pattern = phrase.pattern
    if not _may_overlap(phrase):
        gone = func.octet_length(column) - func.octet_length(func.replace(column, literal(pattern), literal("")))
        return gone // len(pattern.encode())
    first, rest = f"<{phrase.terms[0]}>", pattern[len(phrase.terms[0]) + 2 :]
    return func.regexp_count(column, literal(f"{first}(?={rest})"))


def _may_overlap(phrase: Phrase) -> bool:
    """Return whether occurrences may share terms: "ha ha" in "ha ha ha". To count those takes twice as long.

    >>> _may_overlap(Phrase(("ha", "ha"))), _may_overlap(Phrase(("new", "ha"), prefix=True))
    (True, False)
    """
    last = phrase.terms[-1]
    for size in range(1, len(phrase.terms)):
        begins, ends = phrase.terms[:size], phrase.terms[-size:]
        is_last = begins[-1].startswith(last) if phrase.prefix else begins[-1] == last
        if begins[:-1] == ends[:-1] and is_last:
            return True
    return False


def _rank(statistics: Statistics, row: FromClause, phrases: Sequence[Phrase]) -> ColumnElement[float]:
    """Return minus the bm25 of a row, reckoned in the order in which FTS5 does it, so that the same rows tie."""
    reports = statistics.reports
    average = statistics.terms / reports if reports else 1.0
    score: list[ColumnElement[typing.Any]] = []
    for phrase, hit in zip(phrases, statistics.holding, strict=True):
        weight = math.log((reports - hit + 0.5) / (hit + 0.5))
        often = cast(_frequency(row, phrase), Float(53))
        norm = _double(1 - _B) + _double(_B) * row.c.size / _double(average or 1.0)
        part = (often * _double(_K1 + 1.0)) / (often + _double(_K1) * norm)
        score.append(_double(weight if weight > 0 else _LEAST) * part)
    return -reduce(add, score)


def _statistics(connection: Connection, node: Node) -> Statistics:
    """Count what the index has of a query and of each of its phrases.

    Counts alone are told by the index without a look at any row. The few reports that it does not hold stand under
    "<" and are asked one by one.
    """
    phrases = wanted(node)
    asked = dict.fromkeys([_lexemes_of(node), *map(_lexemes, phrases), _OUTSIDE])
    counts = [select(func.count()).select_from(_fulltext).where(_candidates(one)).scalar_subquery() for one in asked]
    last = select(func.max(_fulltext.c.report)).scalar_subquery()
    row = connection.execute(select(_totals.c.reports, _totals.c.terms, last, *counts)).one()
    reports, terms_, last_row, *found = row
    candidates = dict(zip(asked, found, strict=True))
    outside = candidates.pop(_OUTSIDE)
    holding = [candidates[_lexemes(phrase)] for phrase in phrases]
    fitting = candidates[_lexemes_of(node)] * (1.0 if _is_exact(node) else _GUESS)
    questions = [
        question
        for phrase, number in zip(phrases, holding, strict=True)
        for question in _looked_into(phrase, number, outside, last_row or 0, reports)
    ]
    if questions:
        answers = iter(connection.execute(select(*questions)).one())
        for at, phrase in enumerate(phrases):
            if len(phrase.terms) > 1:
                looked, has = next(answers), next(answers)
                holding[at] = has if looked >= holding[at] else has * holding[at] // max(looked, 1)
                if node == phrase:
                    fitting = float(holding[at])
            elif outside:
                holding[at] -= next(answers)
    return Statistics(reports, terms_, last_row or 0, tuple(holding), fitting)


def _looked_into(
    phrase: Phrase, candidates: int, outside: int, last: int, reports: int
) -> list[ColumnElement[typing.Any]]:
    """Return what must be looked up in rows: of a phrase of several terms how many rows of a sample have it, and how
    many there are in it; of a single term how many of the rows outside of the index do not have it.

    The sample is all rows that have the terms, or the last of very many: to read every text that has "of" and "the"
    takes seconds.
    """
    if len(phrase.terms) == 1:
        lacking = select(func.count()).select_from(_fulltext).where(_candidates(_OUTSIDE), ~_has(_fulltext, phrase))
        return [lacking.scalar_subquery()] if outside else []
    span = _SPARE * _SAMPLE * reports / max(candidates, 1)
    is_sample = candidates > _READ_ALL
    first = last - int(span) if is_sample and span < _HALF * reports else 0
    sample = select(_hits(_lexemes(phrase), first)).limit(_SAMPLE if is_sample else _READ_ALL).subquery()
    return [
        select(func.count()).select_from(sample).scalar_subquery(),
        select(func.count()).select_from(sample).where(_has(sample, phrase)).scalar_subquery(),
    ]


def _double(value: float) -> ColumnElement[typing.Any]:
    return cast(bindparam(None, value, Float(53), unique=True), Float(53))


def _lexemes(phrase: Phrase) -> str:
    *inner, last = [f"'{term}'" for term in phrase.terms]
    return " & ".join(dict.fromkeys([*inner, f"{last}:*" if phrase.prefix else last]))


def _candidates(expression: str) -> ColumnElement[bool]:
    """Return the condition that the terms of a row fit; the one part of a question that the index answers."""
    asked = f"'{_TOO_MANY}'" if expression == _OUTSIDE else f"({expression}) | '{_TOO_MANY}'"
    return _indexed.op("@@", is_comparison=True)(cast(literal(asked), TSQUERY))
