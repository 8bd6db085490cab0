"""Keep what was collected; inside of the transaction that is handed in, so it is kept whole or not at all."""

import zlib

from sqlalchemy import Connection, insert, select

from watchfloor.core.capture import Capture
from watchfloor.store import markings
from watchfloor.store.schema import captures, made, reports, sightings
from watchfloor.store.text import moment, optional, storable
from watchfloor.store.write_records import Kept, has


def keep_capture(connection: Connection, capture: Capture) -> Kept:
    """Keep the bytes; return "known" when they were kept before, here or under another locator of the same outlet.

    The same bytes at another locator are written down as a sighting. A marking that is stricter than the kept one
    makes that one as strict.
    """
    if has(connection, captures, capture.id):
        markings.tighten(connection, captures, capture.id, capture.marking)
        _tighten_reports(connection, capture.id, capture)
        return "known"
    if has(connection, sightings, capture.id):
        return "known"
    first = connection.execute(
        select(captures.c.id)
        .where(captures.c.sha256 == capture.sha256, captures.c.outlet.is_not_distinct_from(optional(capture.outlet)))
        .order_by(captures.c.seq)
    ).scalar()
    if first is None:
        _insert_capture(connection, capture)
        return "new"
    _insert_sighting(connection, first, capture)
    markings.tighten(connection, captures, first, capture.marking)
    _tighten_reports(connection, first, capture)
    return "known"


def _insert_capture(connection: Connection, capture: Capture) -> None:
    packed = zlib.compress(capture.data)
    is_smaller = len(packed) < len(capture.data)
    connection.execute(
        insert(captures),
        {
            "id": capture.id,
            "locator": storable(capture.locator),
            "feed": storable(capture.feed),
            "sha256": capture.sha256,
            "media_type": storable(capture.media_type),
            "collected": moment(capture.collected),
            "outlet": optional(capture.outlet),
            "url": optional(capture.url),
            "published": optional(capture.published),
            "size": len(capture.data),
            "packed": is_smaller,
            "data": packed if is_smaller else capture.data,
            **markings.columns(capture.marking),
        },
    )
    markings.release(connection, capture.id, capture.marking)


def _insert_sighting(connection: Connection, first: str, capture: Capture) -> None:
    connection.execute(
        insert(sightings),
        {
            "id": capture.id,
            "capture": first,
            "locator": storable(capture.locator),
            "feed": storable(capture.feed),
            "collected": moment(capture.collected),
            "url": optional(capture.url),
            "published": optional(capture.published),
            **markings.columns(capture.marking),
        },
    )
    markings.release(connection, capture.id, capture.marking)


def _tighten_reports(connection: Connection, capture: str, seen: Capture) -> None:
    if seen.marking is None:
        return
    for report in connection.execute(select(made.c.report).where(made.c.capture == capture)).scalars().all():
        markings.tighten(connection, reports, report, seen.marking)
