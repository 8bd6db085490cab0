"""Which report stood at an address, and since when: computed from what was collected, never from when it was written.

Captures that gave a report are put in the order of their day (published, else collected) and of their collection; of
those collected in one go the one that says it is corrected comes last, then the one whose locator sorts last. A report
that comes up again after another one (a correction taken back) is an edition of its own.
The first edition is known from its day. A later one is known from its own day if that is later than the one before,
else from the day it was collected: an outlet that corrects without changing the date is known to have done so by then.
"""

from datetime import date, datetime
from itertools import groupby

from msgspec import json
from sqlalchemy import Connection, delete, insert, select

from watchfloor.core.report import Report
from watchfloor.store.schema import captures, editions, made, reports

_Made = tuple[str, str | None, str, str, str, str]
"""Report, its published_low, when its capture was collected, the report as JSON, the capture's locator and id."""

_decode = json.Decoder(Report).decode


def recount(connection: Connection, address: str) -> None:
    """Write down the editions of an address anew."""
    found = connection.execute(
        select(
            reports.c.id,
            reports.c.published_low,
            captures.c.collected,
            reports.c.document,
            captures.c.locator,
            captures.c.id,
        )
        .select_from(made.join(reports, reports.c.id == made.c.report).join(captures, captures.c.id == made.c.capture))
        .where(reports.c.address == address)
    ).all()
    connection.execute(delete(editions).where(editions.c.address == address))
    rows = _editions(sorted((tuple(row) for row in found), key=_order))
    if rows:
        connection.execute(insert(editions), [{"address": address, **row} for row in rows])


def _order(row: _Made) -> tuple[str, str, bool, str, str]:
    _, published, collected, document, locator, capture = row
    corrected = any(flag.name == "corrected" for flag in _decode(document).flags)
    return (published or collected[:10], collected, corrected, locator, capture)


def _editions(found: list[_Made]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    known = date.min
    for nth, (report, group) in enumerate(groupby(found, key=lambda row: row[0]), start=1):
        _, published, collected, *_ = next(group)
        seen = datetime.fromisoformat(collected).date()
        own = date.fromisoformat(published) if published else seen
        known = own if own > known or nth == 1 else max(seen, known)
        rows.append({"nth": nth, "report": report, "known_from": known.isoformat()})
    return rows
