"""Read the captures that are kept, where else they were seen, and how far each of them went.

What a reader may not see is answered like what does not exist.
"""

import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
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
)

from watchfloor.core.aside import Aside
from watchfloor.core.capture import Capture
from watchfloor.core.errors import StoreError
from watchfloor.core.marking import Reader
from watchfloor.store import markings
from watchfloor.store.glance import glance
from watchfloor.store.markings import at_home, visible
from watchfloor.store.reading import chosen, noun
from watchfloor.store.schema import asides as set_aside
from watchfloor.store.schema import captures, made
from watchfloor.store.schema import judgements as judged
from watchfloor.store.schema import reports as reported
from watchfloor.store.schema import sightings as seen
from watchfloor.store.text import storable

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


class Sighting(Struct, frozen=True, kw_only=True):
    """The same bytes of the same outlet, found at another locator or again at theirs; capture: id of the kept bytes."""

    id: str
    capture: str
    locator: str
    feed: str
    collected: datetime


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
    return tuple(noun(row, Sighting) for row in rows)


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
    return tuple(noun(row, Aside) for row in rows)


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
    return None if found is None else noun(found, Aside)


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


def _count(table: FromClause, *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(table).where(*conditions).scalar_subquery()


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
