"""Which report stood at an address, and since when: computed from what was collected, never from when it was written.

Captures that gave a report are put in the order of their day (published, else collected) and of their collection; of
those collected in one go the one that says it is corrected comes last, then the one whose locator sorts last. A report
that comes up again after another one (a correction taken back) is an edition of its own: as another capture, or as a
sighting of kept bytes at a locator that showed another report of the address before. Such a sighting stands after all
that its locator had shown, whatever day its text carries; a copy at a locator of its own takes nothing back.
The first edition is known from its day. A later one is known from its own day if that is later than the one before,
else from the day it was collected: an outlet that corrects without changing the date is known to have done so by then.
"""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Connection, delete, false, insert, select, update

from watchfloor.store.schema import captures, editions, made, reports, sightings
from watchfloor.store.text import read_report


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


def _expected(connection: Connection, address: str) -> list[dict[str, object]]:
    captured = _captured(connection, address)
    return _editions(sorted([*captured, *_taken_back(connection, address, captured)]))


def _captured(connection: Connection, address: str) -> list[_Shown]:
    found = connection.execute(
        select(
            reports.c.published_low,
            captures.c.collected,
            reports.c.document,
            captures.c.locator,
            captures.c.id,
            reports.c.id,
        )
        .select_from(made.join(reports, reports.c.id == made.c.report).join(captures, captures.c.id == made.c.capture))
        .where(reports.c.address == address)
    )
    return [
        _Shown(
            day=published or collected[:10],
            collected=collected,
            is_corrected=any(flag.name == "corrected" for flag in read_report(document).flags),
            locator=locator,
            capture=capture,
            report=report,
            own_day=published or collected[:10],
        )
        for published, collected, document, locator, capture, report in found
    ]


def _taken_back(connection: Connection, address: str, captured: list[_Shown]) -> Iterator[_Shown]:
    """Yield the sightings that may be editions: another report of the address stood at their locator before."""
    by_capture = {one.capture: one for one in captured}
    found = connection.execute(
        select(sightings.c.capture, sightings.c.locator, sightings.c.collected)
        .join(made, made.c.capture == sightings.c.capture)
        .join(reports, reports.c.id == made.c.report)
        .where(reports.c.address == address)
    )
    seen = [
        by_capture[capture]._replace(locator=locator, collected=collected, own_day=collected[:10])
        for capture, locator, collected in found
    ]
    for again in seen:
        before = [one for one in (*captured, *seen) if one.locator == again.locator and one.collected < again.collected]
        if any(one.report != again.report for one in before):
            yield again._replace(day=max(again.day, *(one.day for one in before)))


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
