"""Keep what was collected; inside of the transaction that is handed in, so it is kept whole or not at all."""

import zlib
from collections.abc import Sequence
from typing import Literal

from sqlalchemy import Connection, bindparam, func, insert, or_, select

from watchfloor.core.capture import Capture
from watchfloor.core.identity import content_id
from watchfloor.store import evidence, markings
from watchfloor.store.editions import in_order, recount
from watchfloor.store.portions import portions
from watchfloor.store.schema import asides, captures, editions, made, reports, sightings
from watchfloor.store.text import moment, optional, storable
from watchfloor.store.write_records import has

Taken = Literal["new", "known", "back"]


_MOST = 200  # captures that are looked up and written at once; well under every database's limit of bound values


def keep_captures(connection: Connection, given: Sequence[Capture]) -> list[Taken]:
    """Keep captures in their order; what `keep_capture` says of each. Those of new bytes are written together."""
    taken: list[Taken] = []
    for some in portions(given, _MOST):
        ids, bytes_ = _known(connection, some)
        new: list[Capture] = []
        for capture in some:
            same = capture.sha256, optional(capture.outlet)
            if capture.id in ids or same in bytes_:
                _insert(connection, new)
                new = []
                taken.append(keep_capture(connection, capture))
            else:
                new.append(capture)
                taken.append("new")
            ids.add(capture.id)
            bytes_.add(same)
        _insert(connection, new)
    return taken


def keep_new(connection: Connection, capture: Capture) -> bool:
    """Keep a capture of which nothing is kept, neither it nor its bytes from its outlet; return whether that was so."""
    ids, bytes_ = _known(connection, [capture])
    if capture.id in ids or (capture.sha256, optional(capture.outlet)) in bytes_:
        return False
    _insert(connection, [capture])
    return True


def _known(connection: Connection, given: Sequence[Capture]) -> tuple[set[str], set[tuple[str, str | None]]]:
    """Return which ids of captures and of sightings are kept, and which bytes of which outlet."""
    asked = [storable(capture.id) for capture in given]
    digests = [storable(capture.sha256) for capture in given]
    there = connection.execute(_THERE, {"ids": asked, "digests": digests}).all()
    seen = connection.execute(_SEEN, {"ids": asked}).scalars()
    return {*(row.id for row in there), *seen}, {(row.sha256, row.outlet) for row in there}


_THERE = select(captures.c.id, captures.c.sha256, captures.c.outlet).where(
    or_(
        captures.c.id.in_(bindparam("ids", expanding=True)), captures.c.sha256.in_(bindparam("digests", expanding=True))
    )
)
_SEEN = select(sightings.c.id).where(sightings.c.id.in_(bindparam("ids", expanding=True)))


def _insert(connection: Connection, given: Sequence[Capture]) -> None:
    """Write captures whose bytes are not kept yet."""
    if not given:
        return
    connection.execute(insert(captures), [_row(capture) for capture in given])
    markings.release_all(connection, [(capture.id, capture.marking) for capture in given])
    for capture in given:
        if capture.evidence is not None:
            evidence.keep(connection, capture.evidence, capture.id, capture.marking)


def keep_capture(connection: Connection, capture: Capture) -> Taken:
    """Keep the bytes; return "known" when they were kept before, here or under another locator of the same outlet.

    "back": they were kept before, another text stood at their address since, and theirs is current again.
    The same bytes at another locator, or at theirs after something else, are written down as a sighting. A marking
    that is stricter than the kept one makes that one as strict. Its evidence is kept with it, every time.
    """
    first = _kept(connection, capture)
    if first is None:
        _insert(connection, [capture])
        return "new"
    if capture.evidence is not None:
        evidence.keep(connection, capture.evidence, first, capture.marking)
    return _seen_again(connection, first, capture)


def _seen_again(connection: Connection, first: str, capture: Capture) -> Taken:
    markings.tighten(connection, captures, first, capture.marking)
    _tighten_reports(connection, first, capture)
    sighting = _sighting(connection, first, capture)
    if sighting is None:
        return "known"
    _insert_sighting(connection, sighting, first, capture)
    return "back" if _is_edition(connection, first) else "known"


def _kept(connection: Connection, capture: Capture) -> str | None:
    """Return the id under which the bytes are kept, None if they are not."""
    if has(connection, captures, capture.id):
        return capture.id
    at_locator: str | None = connection.execute(
        select(sightings.c.capture).where(sightings.c.id == capture.id)
    ).scalar()
    if at_locator is not None:
        return at_locator
    return connection.execute(
        select(captures.c.id)
        .where(captures.c.sha256 == capture.sha256, captures.c.outlet.is_not_distinct_from(optional(capture.outlet)))
        .order_by(captures.c.seq)
    ).scalar()


def _sighting(connection: Connection, first: str, capture: Capture) -> str | None:
    """Return the id for a sighting of kept bytes, None when there is nothing to write down.

    There is when the locator is new for the bytes, when it showed something else since, and when it could not be read
    since. What was collected at one time with the last of its locator, or earlier, says nothing new: so an interrupted
    run that is run again changes nothing.
    """
    if not has(connection, captures, capture.id) and not has(connection, sightings, capture.id):
        return capture.id
    places = (captures.c.id.label("capture"), captures), (sightings.c.capture, sightings)
    there = {
        (row.capture, row.collected)
        for column, table in places
        for row in connection.execute(
            select(column, table.c.collected).where(table.c.locator == storable(capture.locator))
        )
    }
    now = first, moment(capture.collected)
    collected = in_order(connection, {*there, now}).at
    last = max(collected[one] for one in there)
    if collected[now] <= last:
        return None
    shown = {pair[0] for pair in there if collected[pair] == last}
    if first in shown and not _was_unreadable(connection, capture, last):
        return None
    times = select(func.count()).where(sightings.c.capture == first, sightings.c.locator == storable(capture.locator))
    return content_id("sight", capture.id, connection.execute(times).scalar_one())  # no time in it: see dump


def _was_unreadable(connection: Connection, capture: Capture, since: str) -> bool:
    found = select(1).where(
        asides.c.capture.is_(None),
        asides.c.locator == storable(capture.locator),
        asides.c.at >= since,
        asides.c.at < moment(capture.collected),
    )
    return connection.execute(found.limit(1)).scalar() is not None


def _is_edition(connection: Connection, capture: str) -> bool:
    """Count the editions at the address of the capture's report anew; return whether there are more than before."""
    address = connection.execute(
        select(reports.c.address).join(made, made.c.report == reports.c.id).where(made.c.capture == capture)
    ).scalar()
    if address is None:
        return False
    before = connection.execute(select(func.count()).where(editions.c.address == address)).scalar_one()
    return recount(connection, address) > before


def _row(capture: Capture) -> dict[str, object]:
    packed = zlib.compress(capture.data)
    is_smaller = len(packed) < len(capture.data)
    return {
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
    }


def _insert_sighting(connection: Connection, id: str, first: str, capture: Capture) -> None:
    connection.execute(
        insert(sightings),
        {
            "id": id,
            "capture": first,
            "locator": storable(capture.locator),
            "feed": storable(capture.feed),
            "collected": moment(capture.collected),
            "url": optional(capture.url),
            "published": optional(capture.published),
            **markings.columns(capture.marking),
        },
    )
    markings.release(connection, id, capture.marking)


def _tighten_reports(connection: Connection, capture: str, seen: Capture) -> None:
    if seen.marking is None:
        return
    for report in connection.execute(select(made.c.report).where(made.c.capture == capture)).scalars().all():
        markings.tighten(connection, reports, report, seen.marking)
