"""Which report stood at an address, and since when: computed from what was collected, never from when it was written.

Captures that gave a report are put in the order of their day (published, else collected) and of their collection; of
those collected in one go the one that says it is corrected comes last, then the one whose locator sorts last. A report
that comes up again after another one (a correction taken back) is an edition of its own: as another capture, or as a
sighting of kept bytes at a locator that showed another report of the address before. Such a sighting stands after all
that its locator had shown, whatever day its text carries; a copy at a locator of its own takes nothing back.
What stands later in one of the node's own web archives was fetched later, whatever the clock said then: a time after
that of a later record was that of a clock that went wrong, and counts as just before it.
The first edition is known from its day. A later one is known from its own day if that is later than the one before,
else from the day it was collected: an outlet that corrects without changing the date is known to have done so by then.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, false, insert, or_, select, update

from watchfloor.store.portions import portions
from watchfloor.store.schema import captures, editions, evidence, made, reports, sightings
from watchfloor.store.text import moment, read_report

_OWN = "watchfloor-________T______Z-_____.warc.gz"  # as collect.warc_writing names the node's archives, for LIKE
_FETCH = timedelta(minutes=10)  # from asking for a page to its capture: longer than any fetch may take (assumed)
_INSTANT = timedelta(microseconds=1)
_FIRST = datetime.min.replace(tzinfo=UTC)  # a web archive may say what it likes
_CHUNK = 100  # captures asked for in one statement, each with a condition of its own


class Collected(Struct, frozen=True):
    """When captures were collected, by the id of each and the time that was written down."""

    at: Mapping[tuple[str, str], str]


class _Shown(NamedTuple):
    """A report as it was found at a locator; the fields stand in the order in which they decide what comes later.

    day, collected: as text that sorts. capture: id of the bytes. own_day: what it may be known from.
    """

    day: str
    collected: str
    is_corrected: bool
    locator: str
    capture: str
    report: str
    own_day: str


def recount(connection: Connection, address: str) -> int:
    """Write down the editions of an address anew; return how many there are."""
    rows = _expected(connection, address)
    connection.execute(delete(editions).where(editions.c.address == address))
    if rows:
        connection.execute(insert(editions), [{"address": address, **row} for row in rows])
    sole = reports.c.id == rows[0]["report"] if len(rows) == 1 else false()
    connection.execute(update(reports).where(reports.c.address == address).values(sole=sole))
    return len(rows)


def only(address: str, report: str, published: date | None, collected: str) -> dict[str, object]:
    """Return the edition of an address at which one report alone stands, made from one capture."""
    known_from = published.isoformat() if published else collected[:10]
    return {"address": address, "nth": 1, "report": report, "known_from": known_from}


def are_right(connection: Connection, address: str) -> bool:
    """Return whether the editions of an address are those that what was collected gives."""
    kept = connection.execute(
        select(editions.c.nth, editions.c.report, editions.c.known_from)
        .where(editions.c.address == address)
        .order_by(editions.c.nth)
    ).mappings()
    expected = _expected(connection, address)
    sole = connection.execute(select(reports.c.id).where(reports.c.address == address, reports.c.sole)).scalars().all()
    alone = [expected[0]["report"]] if len(expected) == 1 else []
    return [dict(row) for row in kept] == expected and list(sole) == alone


def in_order(connection: Connection, found: set[tuple[str, str]]) -> Collected:
    """Return when these were collected, by id of the capture and the time that was written down.

    The same times, but for those that the order in the node's own archives shows to be wrong.
    """
    times = {one: one[1] for one in found}
    if len({capture for capture, _ in found}) < 2:
        return Collected(times)
    places = sorted(_places(connection, found), reverse=True)
    for _, those in groupby(places, key=lambda place: place[0]):
        after: str | None = None
        for _, _, one in those:
            if after is not None and times[one] > after:
                times[one] = _before(after, _INSTANT)
            after = times[one]
    return Collected(times)


def _places(connection: Connection, found: set[tuple[str, str]]) -> Iterator[tuple[str, int, tuple[str, str]]]:
    """Yield in which of the node's own archives, and where there, the record of the fetch of each of these lies."""
    asked = sorted(found)
    for some in portions(asked, _CHUNK):
        fetches = {one: _of_fetch(*one) for one in some}
        rows = connection.execute(
            select(evidence.c.capture, evidence.c.file, evidence.c.offset, evidence.c.date).where(
                or_(*fetches.values()), evidence.c.file.like(_OWN)
            )
        )
        for capture, file, offset, date_ in rows:
            for one in fetches:
                if one[0] == capture and _before(one[1], _FETCH) <= date_ <= one[1]:
                    yield file, offset, one


def _of_fetch(capture: str, collected: str) -> ColumnElement[bool]:
    """Return the condition for records of the fetch that gave a capture then; some pages have thousands."""
    return and_(evidence.c.capture == capture, evidence.c.date.between(_before(collected, _FETCH), collected))


def _before(at: str, by: timedelta) -> str:
    """Return the moment that lies so long before another; the first one that there is, where there is none."""
    earlier = datetime.fromisoformat(at)
    return moment(earlier - by if earlier - _FIRST > by else _FIRST)


def _expected(connection: Connection, address: str) -> list[dict[str, object]]:
    kept, again = _captures(connection, address), _sightings(connection, address)
    times = in_order(connection, {(row["capture"], row["collected"]) for row in (*kept, *again)})
    captured = [_captured(row, times) for row in kept]
    return _editions(sorted([*captured, *_taken_back(captured, again, times)]))


def _captures(connection: Connection, address: str) -> Sequence[RowMapping]:
    """Return what the captures say that gave a report of the address."""
    rows = connection.execute(
        select(
            reports.c.published_low.label("published"),
            captures.c.collected,
            reports.c.document,
            captures.c.locator,
            captures.c.id.label("capture"),
            reports.c.id.label("report"),
        )
        .select_from(made.join(reports, reports.c.id == made.c.report).join(captures, captures.c.id == made.c.capture))
        .where(reports.c.address == address)
    )
    return rows.mappings().all()


def _sightings(connection: Connection, address: str) -> Sequence[RowMapping]:
    """Return where and when the bytes of these captures were seen again."""
    rows = connection.execute(
        select(sightings.c.capture, sightings.c.locator, sightings.c.collected)
        .join(made, made.c.capture == sightings.c.capture)
        .join(reports, reports.c.id == made.c.report)
        .where(reports.c.address == address)
    )
    return rows.mappings().all()


def _captured(row: RowMapping, times: Collected) -> _Shown:
    collected = times.at[row["capture"], row["collected"]]
    return _Shown(
        day=row["published"] or collected[:10],
        collected=collected,
        is_corrected=any(flag.name == "corrected" for flag in read_report(row["document"]).flags),
        locator=row["locator"],
        capture=row["capture"],
        report=row["report"],
        own_day=row["published"] or collected[:10],
    )


def _taken_back(captured: list[_Shown], again: Iterable[RowMapping], times: Collected) -> Iterator[_Shown]:
    """Yield the sightings that may be editions: another report of the address stood at their locator before."""
    by_capture = {one.capture: one for one in captured}
    seen = []
    for row in again:
        collected = times.at[row["capture"], row["collected"]]
        there = by_capture[row["capture"]]
        seen.append(there._replace(locator=row["locator"], collected=collected, own_day=collected[:10]))
    for one in seen:
        before = [other for other in (*captured, *seen) if other.locator == one.locator]
        before = [other for other in before if other.collected < one.collected]
        if any(other.report != one.report for other in before):
            yield one._replace(day=max(one.day, *(other.day for other in before)))


def _editions(found: list[_Shown]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    known = date.min
    for nth, (report, group) in enumerate(groupby(found, key=lambda one: one.report), start=1):
        first = next(group)
        seen = datetime.fromisoformat(first.collected).date()
        own = date.fromisoformat(first.own_day)
        known = own if own > known or nth == 1 else max(seen, known)
        rows.append({"nth": nth, "report": report, "known_from": known.isoformat()})
    return rows
