"""What a search may ask of a report beside its words: who speaks in it, about whom, which figures, which acts.

A row per report and field holds the terms of all its values, each value between | and |, each term between < and >:
"|<choe><son><hui>|<kcna>|". Terms have no sign of ASCII in them, so a phrase in one value is a part of that text and
nothing else is. All of it follows from the report and its annotations, so it can be filled again at any time.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from msgspec import json
from sqlalchemy import Boolean, ColumnElement, Connection, and_, delete, func, or_, select, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from watchfloor.core.annotation import (
    Annotation,
    Attribution,
    Commitment,
    Contact,
    Event,
    Party,
    Place,
    Quantity,
    Transfer,
)
from watchfloor.core.marking import LEVELS
from watchfloor.core.report import Report
from watchfloor.store.glance import glance, position
from watchfloor.store.inserting import insert_all
from watchfloor.store.query_fields import Field
from watchfloor.store.schema import annotations, counts, facets, reports
from watchfloor.store.terms import terms
from watchfloor.store.text import read_report

_PAGE = 200  # reports that are read at once when everything is filled again (assumed: a few megabytes)
_MOST = 2**62  # a larger count is kept as this

_annotations = json.Decoder(tuple[Annotation, ...]).decode


def put(connection: Connection, seq: int, report: Report, found: Sequence[Annotation]) -> None:
    """Make a report findable by its fields; `seq` is its row."""
    put_all(connection, [(seq, report, found)])


def put_all(connection: Connection, given: Sequence[tuple[int, Report, Sequence[Annotation]]]) -> None:
    """Make many reports findable by their fields."""
    rows, numbers = [], []
    for seq, report, found in given:
        values = {"outlet": {report.outlet or ""}, **_values(found)}
        rows += [{"field": name, "report": seq, "terms": _written(those)} for name, those in sorted(values.items())]
        ranges = sorted({_count(one) for one in found if isinstance(one, Quantity)})
        numbers += [{"report": seq, "low": low, "high": high} for low, high in ranges]
    insert_all(connection, facets, rows)
    insert_all(connection, counts, numbers)


def remove(connection: Connection, seq: int) -> None:
    """Take a report out."""
    connection.execute(delete(facets).where(facets.c.report == seq))
    connection.execute(delete(counts).where(counts.c.report == seq))


def is_whole(connection: Connection) -> bool:
    """Return whether every report is findable: each has at least the field of its outlet."""
    kept = connection.execute(select(func.count()).select_from(reports)).scalar_one()
    there = connection.execute(select(func.count()).select_from(facets).where(facets.c.field == "outlet")).scalar_one()
    return there == kept


def refill(connection: Connection) -> int:
    """Fill everything again from the reports and their annotations; return how many reports there are."""
    connection.execute(delete(facets))
    connection.execute(delete(counts))
    number = 0
    kept = _kept(connection)
    while some := list(islice(kept, _PAGE)):
        put_all(connection, some)
        number += len(some)
    return number


def condition(field: Field) -> ColumnElement[bool]:
    """Return the condition that a report, at a glance, has what the field asks for.

    Not for what is counted over many reports (origins, outlets, reports, note): that is no matter of one row.
    """
    if field.name == "lang":
        return and_(glance.c.language.is_not(None), glance.c.language == field.value)
    if field.name == "marking":
        return glance.c.tlp.is_(None) if field.value == "unmarked" else _level(str(field.value))
    if field.name == "date":
        return and_(
            true() if field.low is None else glance.c.known_on >= str(field.low),
            true() if field.high is None else glance.c.known_on <= str(field.high),
        )
    if field.name == "figure":
        return glance.c.seq.in_(select(counts.c.report).where(*_overlap(field)))
    wanted = _marked(str(field.value)) if field.words is None else field.words.pattern
    has = (facets.c.field == field.name, position(facets.c.terms, wanted) > 0)
    return glance.c.seq.in_(select(facets.c.report).where(_indexed(_asked(field)), *has))


def sharing(value: str, named: Sequence[tuple[str, int]]) -> int:
    """Return how many reports a search for the words of a value finds, of values with how many have each.

    >>> sharing("Port Post", [("Port Post", 3), ("The Port Post", 2), ("Post", 9)])
    5
    """
    wanted = _marked(value)
    return sum(number for name, number in named if wanted in _marked(name))


def _level(name: str) -> ColumnElement[bool]:
    return and_(glance.c.tlp.is_not(None), glance.c.tlp == LEVELS.index(name))


def _overlap(field: Field) -> list[ColumnElement[bool]]:
    """Return the conditions that a range of a count and the range asked for have a number in common."""
    low, high = field.low, field.high
    wanted = [] if low is None else [or_(counts.c.high.is_(None), counts.c.high >= min(int(str(low)), _MOST))]
    return wanted if high is None else [*wanted, counts.c.low <= min(int(str(high)), _MOST)]


def _values(found: Iterable[Annotation]) -> dict[str, set[str]]:
    values: dict[str, set[str]] = {}
    for one in found:
        for name, value in _of(one):
            if value:
                values.setdefault(name, set()).add(value)
    return values


def _of(one: Annotation) -> Iterator[tuple[str, str | None]]:
    if isinstance(one, Attribution):
        if one.machine_generated:
            return
        yield from (("speaker", one.speaker), ("speaker", one.speaks_for), ("party", one.speaker))
        yield "stance", None if one.act == "other" else one.act
    elif isinstance(one, Event | Contact):
        kind = one.event_type if isinstance(one, Event) else one.contact_type
        mode = one.mode if isinstance(one, Event) else None
        sides = (*one.actor, *one.recipient) if isinstance(one, Event) else one.parties
        yield from (("kind", kind), ("kind", mode), ("place", one.place))
        yield from _named(sides)
    elif isinstance(one, Transfer):
        yield "kind", "transfer"
        yield from _named((*one.giver, *one.receiver))
    elif isinstance(one, Commitment):
        yield "kind", "commitment"
        yield from _named((*one.parties, *one.towards))
    elif isinstance(one, Place):
        yield "place", one.name


def _named(sides: Iterable[Party]) -> Iterator[tuple[str, str]]:
    return (("party", side.name) for side in sides)


def _count(one: Quantity) -> tuple[int, int | None]:
    if one.figure is not None:  # the number in the words: "some 12,000" is found as 12,000
        return min(one.figure, _MOST), min(one.figure, _MOST)
    return min(one.low, _MOST), None if one.high is None else min(one.high, _MOST)


def _written(values: Iterable[str]) -> str:
    return "|".join(["", *sorted(_marked(value) for value in values), ""])


def _marked(value: str) -> str:
    return "".join(f"<{term.term}>" for term in terms(value))


class _indexed(FunctionElement[bool]):  # noqa: N801 - a function of SQL
    """Whether the index of facets gives a row for a question: on PostgreSQL; SQLite reads the rows of the field."""

    type = Boolean()
    inherit_cache = True


@compiles(_indexed)
def _any_row(_element: _indexed, _compiler: Any, **_options: Any) -> str:
    return "1 = 1"


@compiles(_indexed, "postgresql")
def _rows_of_the_index(element: _indexed, compiler: Any, **options: Any) -> str:
    asked = compiler.process(element.clauses, **options)
    return f"fulltext_facets(facets.field, facets.terms) @@ CAST({asked} AS tsquery)"


def _asked(field: Field) -> str:
    """Return what the index is asked: the terms, in any order, of the field; "<" stands for all of very many.

    >>> _asked(Field(name="kind", said="", value="phone call"))
    "'=kind' & ('phone' & 'call' | '<')"
    """
    if field.words is None:
        asked = [f"'{term.term}'" for term in terms(str(field.value))]
    else:
        *inner, last = [f"'{term}'" for term in field.words.terms]
        asked = [*inner, f"{last}:*" if field.words.prefix else last]
    name = f"'={field.name}'"
    return f"{name} & ({' & '.join(dict.fromkeys(asked))} | '<')" if asked else name


def _kept(connection: Connection) -> Iterator[tuple[int, Report, tuple[Annotation, ...]]]:
    after = 0
    while True:
        page = connection.execute(
            select(reports.c.seq, reports.c.document, annotations.c.body)
            .outerjoin(annotations, annotations.c.report == reports.c.id)
            .where(reports.c.seq > after)
            .order_by(reports.c.seq)
            .limit(_PAGE)
        ).all()
        if not page:
            return
        after = page[-1].seq
        for seq, document, body in page:
            yield seq, read_report(document), () if body is None else _annotations(body)
