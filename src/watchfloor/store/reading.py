"""Read what is kept; every function takes the Reader who asks, and the access filter stands in every statement.

What a reader may not see is answered like what does not exist.
"""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from msgspec import Struct, convert, json, structs
from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    ScalarSelect,
    Table,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    union,
)

from watchfloor.core.annotation import Annotation
from watchfloor.core.aside import Aside
from watchfloor.core.capture import Capture
from watchfloor.core.errors import StoreError
from watchfloor.core.judgement import Judgement
from watchfloor.core.marking import Reader
from watchfloor.core.report import Report
from watchfloor.store import markings
from watchfloor.store.glance import glance
from watchfloor.store.markings import at_home, visible
from watchfloor.store.schema import annotations as annotated
from watchfloor.store.schema import asides as set_aside
from watchfloor.store.schema import captures, editions, made
from watchfloor.store.schema import judgements as judged
from watchfloor.store.schema import reports as reported
from watchfloor.store.schema import sightings as seen
from watchfloor.store.text import moment, read_report, storable

_CHUNK = 500  # ids asked for in one statement; well under every database's limit of bound values

_annotations = json.Decoder(tuple[Annotation, ...]).decode


class Version(Struct, frozen=True, kw_only=True):
    """One text that stood at an address.

    known_from: first day on which this node could know it. current: it is the last that the reader may see.
    """

    report: Report
    known_from: date
    current: bool


class Sighting(Struct, frozen=True, kw_only=True):
    """The same bytes of the same outlet, found at another locator or again at theirs; capture: id of the kept bytes."""

    id: str
    capture: str
    locator: str
    feed: str
    collected: datetime


_Noun = TypeVar("_Noun", Sighting, Aside, Judgement)


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
    for start in range(0, len(asked), _CHUNK):
        rows = connection.execute(
            select(reported.c.id, reported.c.document, reported.c.marking).where(
                reported.c.id.in_(asked[start : start + _CHUNK]), visible(reported, reader)
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
        for start in range(0, len(asked), _CHUNK)
        for id in connection.execute(
            select(reported.c.id).where(reported.c.id.in_(asked[start : start + _CHUNK]), *current)
        ).scalars()
    )


def at_addresses(connection: Connection, reader: Reader, addresses: Iterable[str]) -> dict[str, Report]:
    """Return the current report at each of these addresses, where there is one for the reader."""
    asked = [storable(address) for address in dict.fromkeys(addresses)]
    found: dict[str, Report] = {}
    for start in range(0, len(asked), _CHUNK):
        rows = connection.execute(
            select(reported.c.address, reported.c.document, reported.c.marking)
            .where(reported.c.address.in_(asked[start : start + _CHUNK]), *chosen(reader, None, True))
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
    for start in range(0, len(asked), _CHUNK):
        rows = connection.execute(
            select(annotated.c.report, annotated.c.body)
            .join(reported, reported.c.id == annotated.c.report)
            .where(annotated.c.report.in_(asked[start : start + _CHUNK]), visible(reported, reader))
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


def capture(connection: Connection, reader: Reader, id: str) -> Capture | None:
    """Return the capture with its bytes; None when there is none for this reader."""
    row = connection.execute(
        select(captures).where(captures.c.id == storable(id), visible(captures, reader))
    ).one_or_none()
    return None if row is None else _capture(row, reader)


def pending(connection: Connection, reader: Reader, after: int, most: int) -> list[tuple[int, Capture]]:
    """Return captures that are neither reported nor set aside, with their rows, in the order in which they were kept.

    after: the last row that was had, 0 at first. Nothing for a partner: what is still to be done is the node's own.
    The one read of captures that does not ask for a clearance: whoever of this node runs it next has to finish what an
    interrupted run left, else what was marked above them would stay undone and unseen; the marking stays on it.
    """
    rows = connection.execute(
        select(captures)
        .where(captures.c.seq > after, at_home(reader), ~_is_reported, ~_is_set_aside)
        .order_by(captures.c.seq)
        .limit(most)
    )
    return [(row.seq, _capture(row, reader)) for row in rows]


def sightings(connection: Connection, reader: Reader, capture: str) -> tuple[Sighting, ...]:
    """Return where else, and where again, the bytes of a capture were seen, in the order in which they were."""
    rows = connection.execute(
        select(seen.c.id, seen.c.capture, seen.c.locator, _feed(seen, reader), seen.c.collected)
        .join(captures, captures.c.id == seen.c.capture)
        .where(seen.c.capture == storable(capture), visible(seen, reader), visible(captures, reader))
        .order_by(seen.c.seq)
    ).mappings()
    return tuple(_noun(row, Sighting) for row in rows)


def _feed(table: Table, reader: Reader) -> ColumnElement[str]:
    """Return the column that says where something was collected: that is no partner's to know."""
    return table.c.feed if reader.partner is None else literal("").label("feed")


def asides(connection: Connection, reader: Reader) -> tuple[Aside, ...]:
    """Return what could not go on and still has not, oldest first; a partner's reader sees none.

    An aside is done with when its capture gave a report after all; one without bytes when its locator was read later.
    """
    rows = connection.execute(
        select(set_aside)
        .where(visible(set_aside, reader), _is_open)
        .order_by(set_aside.c.at, set_aside.c.locator, set_aside.c.id)
    ).mappings()
    return tuple(_noun(row, Aside) for row in rows)


def aside_of(connection: Connection, reader: Reader, capture: str) -> Aside | None:
    """Return why a kept capture could not go on and still has not; None when it could, or is not for this reader.

    capture: its id, or the id that the same bytes were given at another locator.
    """
    kept_as = select(seen.c.capture).where(seen.c.id == storable(capture))
    row = connection.execute(
        select(set_aside)
        .where(or_(set_aside.c.capture == storable(capture), set_aside.c.capture.in_(kept_as)))
        .where(visible(set_aside, reader), _is_open)
        .order_by(set_aside.c.at.desc(), set_aside.c.id)
    )
    found = row.mappings().first()
    return None if found is None else _noun(found, Aside)


def judgements(connection: Connection, reader: Reader) -> tuple[Judgement, ...]:
    """Return what people decided, oldest first; a partner's reader sees none."""
    rows = connection.execute(
        select(judged).where(visible(judged, reader)).order_by(judged.c.at, judged.c.id)
    ).mappings()
    return tuple(_noun({**row, "marking": markings.read(row["marking"])}, Judgement) for row in rows)


def counts(connection: Connection, reader: Reader, only: Sequence[str] = ()) -> dict[str, int]:
    """Return how much of what the reader may see: captures = reported + set_aside + pending, at home.

    unreadable: asides without bytes. reports: current ones. versions: all kept reports. only: those that are wanted.
    """
    may, home = visible(captures, reader), at_home(reader)
    shown = exists().where(made.c.capture == captures.c.id, made.c.report == reported.c.id, visible(reported, reader))
    current = chosen(reader, None, True)
    asked = {
        "captures": _count(captures, may),
        "reported": _count(captures, may, _is_reported if reader.partner is None else shown),
        "set_aside": _count(captures, may, home, ~_is_reported, _is_set_aside),
        "pending": _count(captures, may, home, ~_is_reported, ~_is_set_aside),
        "unreadable": _count(set_aside, visible(set_aside, reader), _is_open, set_aside.c.capture.is_(None)),
        "sightings": _count(seen, visible(seen, reader)),
        "reports": _count(glance, *chosen(reader, None, True, table=glance)),
        "versions": _count(glance, visible(glance, reader)),
        "outlets": select(func.count(reported.c.outlet.distinct())).where(*current).scalar_subquery(),
        "judgements": _count(judged, visible(judged, reader)),
    }
    wanted = {name: value for name, value in asked.items() if not only or name in only}
    row = connection.execute(select(*(value.label(name) for name, value in wanted.items()))).one()
    return dict(row._mapping)


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


_is_reported = exists().where(made.c.capture == captures.c.id)
_is_set_aside = exists().where(set_aside.c.capture == captures.c.id)
_is_open = or_(
    and_(set_aside.c.capture.is_not(None), ~exists().where(made.c.capture == set_aside.c.capture)),
    and_(
        set_aside.c.capture.is_(None),
        ~exists().where(captures.c.locator == set_aside.c.locator, captures.c.collected > set_aside.c.at),
        ~exists().where(seen.c.locator == set_aside.c.locator, seen.c.collected > set_aside.c.at),
    ),
)


def _count(table: FromClause, *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(table).where(*conditions).scalar_subquery()


def _noun(row: Mapping[Any, Any], noun: type[_Noun]) -> _Noun:
    return convert({str(name): value for name, value in row.items()}, noun)


def _capture(row: Row[Any], reader: Reader) -> Capture:
    data = _unpacked(row.data, row.id) if row.packed else row.data
    if len(data) != row.size:
        raise StoreError(f"capture {row.id}: found {len(data)} bytes, expected {row.size}; restore the database")
    return Capture(
        id=row.id,
        locator=row.locator,
        feed=row.feed if reader.partner is None else "",  # where this node collects is no partner's to know
        sha256=row.sha256,
        media_type=row.media_type,
        collected=datetime.fromisoformat(row.collected),
        data=data,
        outlet=row.outlet,
        url=row.url,
        published=row.published,
        marking=markings.read(row.marking, reader),
    )


def _unpacked(data: bytes, id: str) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error as error:
        raise StoreError(f"capture {id}: its bytes are damaged ({error}); restore the database from a copy") from error
