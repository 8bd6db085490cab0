"""Keep and give back fingerprints: some hashes of each report's words, so that copies are found without reading all.

They are given back by week: a question looks into the weeks around a report's day only, so its cost does not grow with
the database. A report without a day lies in a week of its own kind, which every question looks into. Whoever holds
weeks in memory asks only for reports that were kept since.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, select

from watchfloor.core.marking import Reader
from watchfloor.store.inserting import insert_new
from watchfloor.store.markings import visible
from watchfloor.store.portions import portions
from watchfloor.store.schema import fingerprints, reports
from watchfloor.store.text import storable

_MANY = 2000  # values in one statement; well under every database's limit of bound values
_ANY_WEEK = 0  # of reports without a day: no report is of the first week of our era
_DAYS = 7


class Fingerprint(NamedTuple):
    """Some hashes of one report's words, opaque here; day: when it was published, None when not known."""

    report: str
    day: date | None
    hashes: bytes


class KeptFingerprint(NamedTuple):
    """A fingerprint as it is kept. number: row number of its report, which grows with every report kept.

    time, address: what sets reports in order of time; time is when the report was published, as it says, else when it
    was collected.
    """

    number: int
    report: str
    day: date | None
    time: str
    address: str
    hashes: bytes


def keep(connection: Connection, given: Iterable[Fingerprint]) -> None:
    """Keep fingerprints of kept reports; those of no kept report are left out, what changed is written anew."""
    prints = {storable(one.report): one for one in given}
    kept, numbers = _kept(connection, prints)
    rows = [
        {"week": week_of(one.day), "report": numbers[id], "hashes": one.hashes}
        for id, one in prints.items()
        if id in numbers and kept.get(id) != (week_of(one.day), one.hashes)
    ]
    renewed = [numbers[id] for id in kept if kept[id] != (week_of(prints[id].day), prints[id].hashes)]
    for some in portions(renewed, _MANY):
        connection.execute(delete(fingerprints).where(fingerprints.c.report.in_(some)))
    if rows:
        connection.execute(insert_new(connection, fingerprints), rows)


def since(connection: Connection, reader: Reader, weeks: Sequence[int], number: int) -> tuple[KeptFingerprint, ...]:
    """Return the fingerprints in these weeks of reports after the one with a number, in the order kept.

    Those of reports that the reader may not see are left out.
    """
    rows: list[Any] = []
    for some in portions(weeks, _MANY):
        rows += connection.execute(
            select(
                reports.c.seq,
                reports.c.id,
                reports.c.published_low,
                reports.c.published,
                reports.c.collected,
                reports.c.address,
                fingerprints.c.hashes,
            )
            .join(reports, reports.c.seq == fingerprints.c.report)
            .where(fingerprints.c.week.in_(some), fingerprints.c.report > number, visible(reports, reader))
        )
    return tuple(
        KeptFingerprint(
            row, id, None if low is None else date.fromisoformat(low), published or _as_said(collected), address, hashes
        )
        for row, id, low, published, collected, address, hashes in sorted(rows, key=itemgetter(0))
    )


def missing(connection: Connection, reader: Reader) -> tuple[str, ...]:
    """Return the reports without a fingerprint that the reader may see, the one kept last first.

    Given theirs in that order, the one kept first gets it last: when it has one, all have, and nothing more is read.
    """
    some = (
        select(reports.c.id, fingerprints.c.week)
        .join(fingerprints, fingerprints.c.report == reports.c.seq, isouter=True)
        .where(visible(reports, reader))
    )
    first = connection.execute(some.order_by(reports.c.seq).limit(1)).one_or_none()
    if first is None or first.week is not None:
        return ()
    rows = connection.execute(some.where(fingerprints.c.week.is_(None)).order_by(reports.c.seq.desc()))
    return tuple(id for id, _ in rows)


def weeks(day: date | None, days: int) -> list[int]:
    """Return the weeks in which reports lie that are so many days from a day at most, or have no day."""
    if day is None:
        return [_ANY_WEEK]
    return [_ANY_WEEK, *range((day.toordinal() - days) // _DAYS, (day.toordinal() + days) // _DAYS + 1)]


def week_of(day: date | None) -> int:
    """Return the week in which a report of a day lies."""
    return _ANY_WEEK if day is None else day.toordinal() // _DAYS


def _as_said(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(UTC).isoformat()


def _kept(connection: Connection, ids: Iterable[str]) -> tuple[dict[str, tuple[int, bytes]], dict[str, int]]:
    """Return the week and hashes kept of reports, and the row numbers of reports, by id."""
    kept: dict[str, tuple[int, bytes]] = {}
    numbers: dict[str, int] = {}
    for some in portions(ids, _MANY):
        rows = connection.execute(_KEPT, {"ids": some})
        for id, seq, week, hashes in rows:
            numbers[id] = seq
            if week is not None:
                kept[id] = week, hashes
    return kept, numbers


_KEPT = (
    select(reports.c.id, reports.c.seq, fingerprints.c.week, fingerprints.c.hashes)
    .join(fingerprints, fingerprints.c.report == reports.c.seq, isouter=True)
    .where(reports.c.id.in_(bindparam("ids", expanding=True)))
)
