"""Read the reports that are kept, what was found in them, and what people decided.

Every function takes the Reader who asks, and the access filter stands in every statement. What a reader may not see is
answered like what does not exist.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from msgspec import Struct, convert, json, structs
from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    union,
)

from watchfloor.core.annotation import Annotation
from watchfloor.core.judgement import Judgement
from watchfloor.core.marking import Reader
from watchfloor.core.report import Report
from watchfloor.store import markings
from watchfloor.store.glance import glance
from watchfloor.store.markings import hidden_reports, visible
from watchfloor.store.portions import portions
from watchfloor.store.schema import annotations as annotated
from watchfloor.store.schema import captures, editions, made
from watchfloor.store.schema import judgements as judged
from watchfloor.store.schema import reports as reported
from watchfloor.store.text import moment, read_report, storable

_annotations = json.Decoder(tuple[Annotation, ...]).decode


class Version(Struct, frozen=True, kw_only=True):
    """One text that stood at an address.

    known_from: first day on which this node could know it. current: it is the last that the reader may see.
    """

    report: Report
    known_from: date
    current: bool


_Noun = TypeVar("_Noun", bound=Struct)


def is_current(reader: Reader, as_of: date | None, table: FromClause = reported) -> ColumnElement[bool]:
    """Return the condition that a report is the last at its address that the reader may see and could know by then.

    A report that stands alone at its address is known from its day on, which whoever asks for a day asks for as well.
    The others are asked about one by one: EXISTS would have PostgreSQL find out about all of them first.
    """
    here, later, newer = editions.alias(), editions.alias(), reported.alias()
    until = true() if as_of is None else here.c.known_from <= as_of.isoformat()
    until_later = true() if as_of is None else later.c.known_from <= as_of.isoformat()
    superseded = exists().where(
        later.c.address == here.c.address,
        later.c.nth > here.c.nth,
        until_later,
        newer.c.id == later.c.report,
        visible(newer, reader),
    )
    stands = select(literal(1)).where(here.c.report == table.c.id, until, ~superseded).correlate(table).limit(1)
    return or_(table.c.sole, stands.scalar_subquery().is_not(None))


def chosen(
    reader: Reader,
    as_of: date | None,
    current_only: bool,
    since: date | None = None,
    table: FromClause = reported,
) -> list[ColumnElement[bool]]:
    """Return the conditions for the reports that a reader asks for; table: `reports`, or it at a glance."""
    conditions = [visible(table, reader)]
    if since is not None:
        conditions.append(table.c.known_on >= since.isoformat())
    if as_of is not None:
        conditions.append(table.c.known_on <= as_of.isoformat())
    if current_only:
        conditions.append(is_current(reader, as_of, table))
    return conditions


def reports(
    connection: Connection, reader: Reader, *, as_of: date | None, current_only: bool, since: date | None = None
) -> tuple[Report, ...]:
    """Return the reports, earliest known first."""
    rows = connection.execute(
        select(reported.c.document, reported.c.marking)
        .where(*chosen(reader, as_of, current_only, since))
        .order_by(reported.c.known_on, reported.c.collected, reported.c.id)
    )
    return tuple(revived(document, marking, reader) for document, marking in rows)


def ids(
    connection: Connection, reader: Reader, *, as_of: date | None, since: date | None, collected_by: datetime | None
) -> frozenset[str]:
    """Return the ids of the current reports. collected_by: of those collected by a moment."""
    table = glance if collected_by is None else reported
    asked = select(table.c.id).where(*chosen(reader, as_of, True, since, table))
    if collected_by is not None:
        asked = asked.where(reported.c.collected <= moment(collected_by))
    return frozenset(connection.execute(asked).scalars())


def newest_days(connection: Connection, reader: Reader, most: int, as_of: date | None) -> date | None:
    """Return the first of the newest days that together have at most so many current reports; None when all fit.

    The newest day is whole, however many it has.
    """
    newest = (
        select(glance.c.known_on)
        .where(*chosen(reader, as_of, True, table=glance))
        .order_by(glance.c.known_on.desc(), glance.c.seq.desc())
        .limit(most + 1)
    )
    days = connection.execute(newest).scalars().all()
    if len(days) <= most:
        return None
    return date.fromisoformat(min((day for day in days if day > days[-1]), default=days[-1]))


def number_before(connection: Connection, reader: Reader, day: date, as_of: date | None) -> int:
    """Return how many current reports were known before a day."""
    before = select(func.count()).select_from(glance).where(*chosen(reader, as_of, True, table=glance))
    return int(connection.execute(before.where(glance.c.known_on < day.isoformat())).scalar_one())


def report(connection: Connection, reader: Reader, id: str) -> Report | None:
    """Return one report, current or not; None when there is none for this reader."""
    row = connection.execute(
        select(reported.c.document, reported.c.marking).where(reported.c.id == storable(id), visible(reported, reader))
    ).one_or_none()
    return None if row is None else revived(*row, reader)


def reports_named(connection: Connection, reader: Reader, ids: Iterable[str]) -> dict[str, Report]:
    """Return the reports with these ids, current or not, by id; without those that there are not for this reader."""
    asked = [storable(id) for id in dict.fromkeys(ids)]
    found: dict[str, Report] = {}
    for some in portions(asked):
        rows = connection.execute(
            select(reported.c.id, reported.c.document, reported.c.marking).where(
                reported.c.id.in_(some), visible(reported, reader)
            )
        )
        found.update((id, revived(document, marking, reader)) for id, document, marking in rows)
    return found


def standing(connection: Connection, reader: Reader, ids: Iterable[str]) -> frozenset[str]:
    """Return which of these reports are current for the reader."""
    asked = [storable(id) for id in dict.fromkeys(ids)]
    current = chosen(reader, None, True)
    return frozenset(
        id
        for some in portions(asked)
        for id in connection.execute(select(reported.c.id).where(reported.c.id.in_(some), *current)).scalars()
    )


def at_addresses(connection: Connection, reader: Reader, addresses: Iterable[str]) -> dict[str, Report]:
    """Return the current report at each of these addresses, where there is one for the reader."""
    asked = [storable(address) for address in dict.fromkeys(addresses)]
    found: dict[str, Report] = {}
    for some in portions(asked):
        rows = connection.execute(
            select(reported.c.address, reported.c.document, reported.c.marking)
            .where(reported.c.address.in_(some), *chosen(reader, None, True))
            .order_by(reported.c.known_on, reported.c.collected, reported.c.id)
        )
        found.update((address, revived(document, marking, reader)) for address, document, marking in rows)
    return found


def revived(document: str, marking: str | None, reader: Reader) -> Report:
    """Return the report from its columns, with its marking as the reader may read it."""
    return structs.replace(read_report(document), marking=markings.read(marking, reader))


def annotations(connection: Connection, reader: Reader, ids: Iterable[str]) -> dict[str, tuple[Annotation, ...]]:
    """Return the annotations of the reports by report id, in the order in which they were kept."""
    asked = [storable(id) for id in dict.fromkeys(ids)]
    found: dict[str, tuple[Annotation, ...]] = {}
    for some in portions(asked):
        rows = connection.execute(
            select(annotated.c.report, annotated.c.body)
            .join(reported, reported.c.id == annotated.c.report)
            .where(annotated.c.report.in_(some), visible(reported, reader))
        )
        found.update((id, _annotations(body)) for id, body in rows)
    return {id: found[id] for id in asked if id in found}


def stale(connection: Connection, reader: Reader, recipe: str) -> tuple[str, ...]:
    """Return the ids of the reports that another recipe annotated, in the order in which they were kept.

    A report that its capture no longer gives (it is read otherwise by now) is not among them.
    """
    return tuple(
        connection.execute(
            select(reported.c.id)
            .join(annotated, annotated.c.report == reported.c.id)
            .where(annotated.c.recipe != storable(recipe), visible(reported, reader))
            .where(exists().where(made.c.report == reported.c.id))
            .order_by(reported.c.seq)
        ).scalars()
    )


def versions(connection: Connection, reader: Reader, address: str) -> tuple[Version, ...]:
    """Return what stood at the address, the oldest first; a text that came back is there twice."""
    rows = connection.execute(
        select(editions.c.known_from, reported.c.document, reported.c.marking)
        .join(reported, reported.c.id == editions.c.report)
        .where(editions.c.address == storable(address), visible(reported, reader))
        .order_by(editions.c.nth)
    ).all()
    return tuple(
        Version(
            report=revived(document, marking, reader),
            known_from=date.fromisoformat(known_from),
            current=nth == len(rows),
        )
        for nth, (known_from, document, marking) in enumerate(rows, start=1)
    )


def judgements(connection: Connection, reader: Reader) -> tuple[Judgement, ...]:
    """Return what people decided, oldest first; a partner's reader sees none.

    A decision holds for all; its reason, which may tell of the reports, is left out where the reader may not see one of
    those that it names, as they are marked now.
    """
    rows = connection.execute(
        select(judged).where(visible(judged, reader)).order_by(judged.c.at, judged.c.id)
    ).mappings()
    found = [noun({**row, "marking": markings.read(row["marking"])}, Judgement) for row in rows]
    hidden = hidden_reports(connection, reader, {report for one in found for report in one.reports})
    return tuple(one if hidden.isdisjoint(one.reports) else structs.replace(one, reason=None) for one in found)


def resolve(connection: Connection, reader: Reader, prefix: str) -> tuple[str, ...]:
    """Return the ids of reports and captures that begin so, in order."""
    beginning = storable(prefix)
    found = union(
        *(
            select(table.c.id).where(func.substr(table.c.id, 1, len(beginning)) == beginning, visible(table, reader))
            for table in (reported, captures)
        )
    ).subquery()
    return tuple(connection.execute(select(found.c.id).order_by(found.c.id)).scalars())


def noun(row: Mapping[Any, Any], kind: type[_Noun]) -> _Noun:
    """Return the noun that a row holds, whose columns are its fields."""
    return convert({str(name): value for name, value in row.items()}, kind)
