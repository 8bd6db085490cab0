"""Keep and find fingerprints: some hashes of each report's unquoted words, so that copies are found without reading
all.

They lie by week: a query looks into the weeks around a report's day only, so its cost does not grow with the database.
A report without a day lies in a week of its own kind, which every query looks into.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, select

from watchfloor.core.marking import Reader
from watchfloor.store.inserting import insert_new
from watchfloor.store.markings import visible
from watchfloor.store.schema import fingerprints, reports
from watchfloor.store.text import storable

_CHUNK = 2000  # values in one statement; well under every database's limit of bound values
_ANY_WEEK = 0  # of reports without a day: no report is of the first week of our era
_DAYS = 7

_Value = TypeVar("_Value")


class Fingerprint(NamedTuple):
    """Some hashes of one report's words, each below 2**31; day: when it was published, None when not known."""

    report: str
    day: date | None
    hashes: tuple[int, ...]


def keep(connection: Connection, given: Iterable[Fingerprint]) -> None:
    """Keep fingerprints of kept reports; what is there already stays, and those of no kept report are left out."""
    prints = {storable(one.report): one for one in given}
    numbers = _numbers(connection, prints)
    rows = [
        {"week": _week(prints[id].day), "hash": hash_, "report": number}
        for id, number in numbers.items()
        for hash_ in sorted(set(prints[id].hashes))
    ]
    if rows:
        rows.sort(
            key=lambda row: (row["week"], row["hash"])
        )  # in the order of the table, so that each page is met once
        connection.execute(insert_new(connection, fingerprints), rows)


def sharing(connection: Connection, reader: Reader, asked: Sequence[Fingerprint], days: int) -> dict[str, Counter[str]]:
    """Return by asked report the reports that share hashes with it, and how many; those the reader may see.

    days: how far apart two reports may be; weeks are looked into whole, so some of those found are farther apart.
    """
    wanted: dict[int, set[int]] = {}
    for one in asked:
        for week in _weeks(one.day, days):
            wanted.setdefault(week, set()).update(one.hashes)
    holders: dict[tuple[int, int], list[str]] = {}
    for week, hashes in sorted(wanted.items()):
        for some in _chunks(sorted(hashes)):
            rows = connection.execute(
                select(fingerprints.c.hash, reports.c.id)
                .join(reports, reports.c.seq == fingerprints.c.report)
                .where(fingerprints.c.week == week, fingerprints.c.hash.in_(some), visible(reports, reader))
            )
            for hash_, id in rows:
                holders.setdefault((week, hash_), []).append(id)
    found: dict[str, Counter[str]] = {}
    for one in asked:
        counted = found.setdefault(one.report, Counter())
        for week in _weeks(one.day, days):
            for hash_ in one.hashes:
                if (ids := holders.get((week, hash_))) is not None:
                    counted.update(ids)
        counted.pop(one.report, None)
    return found


def _week(day: date | None) -> int:
    return _ANY_WEEK if day is None else day.toordinal() // _DAYS


def _weeks(day: date | None, days: int) -> list[int]:
    """Return the weeks to look into; a report without a day is looked for among those without one only."""
    if day is None:
        return [_ANY_WEEK]
    return [_ANY_WEEK, *range((day.toordinal() - days) // _DAYS, (day.toordinal() + days) // _DAYS + 1)]


def _numbers(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in _chunks(list(ids)):
        rows = connection.execute(select(reports.c.id, reports.c.seq).where(reports.c.id.in_(some)))
        found.update((id, seq) for id, seq in rows)
    return found


def _chunks(values: Sequence[_Value]) -> list[Sequence[_Value]]:
    return [values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK)]
