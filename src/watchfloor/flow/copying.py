"""Copies in a large database: an index in memory of the weeks around finds who may share text, and only those are read.

What the database holds is found as `fuse.copies.copies` finds it among reports in memory: the same index, filled from
the fingerprints that the store keeps, and the same comparison of texts.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from watchfloor.core.copy import Copy
from watchfloor.core.marking import Reader
from watchfloor.core.report import Report
from watchfloor.fuse.copies import MOST_CANDIDATES, Held, best_parent, edge_of
from watchfloor.fuse.holders import WINDOW_DAYS, Days, Holders, Met, closest
from watchfloor.fuse.shingles import Ints, Shingled, ShortHashes, fingerprint, sample_of, shingled
from watchfloor.fuse.translated import translations
from watchfloor.store.fingerprints import Fingerprint, KeptFingerprint, week_of, weeks
from watchfloor.store.store import Store

_REMEMBERED = 4096  # reports read last that are kept in memory with their words (assumed: some 50 MB)
_LET_GO = 20_000  # fingerprints of weeks that are not asked about any more from which they are let go (assumed: 30 MB)
_BATCH = 500  # reports that get their missing fingerprints in one transaction

Order = tuple[str, str, str]


class _Read(NamedTuple):
    report: Report
    text: Shingled


def fingerprinted(reports: Sequence[Report]) -> list[Fingerprint]:
    """Return what the store keeps of each report to find its copies."""
    return _fingerprints(_Read(report, text) for report, text in zip(reports, shingled(reports), strict=True))


def complete(store: Store, reader: Reader) -> int:
    """Keep the fingerprints of kept reports that have none; return how many those were."""
    missing = store.without_fingerprint(reader)
    for first in range(0, len(missing), _BATCH):
        found = store.reports_named(reader, missing[first : first + _BATCH])
        store.keep_fingerprints(fingerprinted(list(found.values())))  # what is broken off goes on where it was
    return len(missing)


def copies_of(store: Store, reader: Reader, reports: Sequence[Report]) -> tuple[Copy, ...]:
    """Return the copy edges that lead from or to these reports, among all that have a fingerprint and may be seen.

    A report without a day is held against those around the day on which it was collected, and those without a day.
    Translations are found among these reports only.
    """
    return Copying(store, reader).copies_of(reports)


class Copying:
    """Finds copies of reports again and again, and asks the store only for what came since the last time.

    In memory are the fingerprints of the weeks around the reports that were asked about, and some reports read last. A
    fingerprint is known from the next question on if it was kept with its report; one that was kept later than other
    reports (`complete`) is known to a Copying that is made after that.
    """

    def __init__(self, store: Store, reader: Reader) -> None:
        self._store = store
        self._reader = reader
        self._window = _Window()
        self._read: dict[str, _Read] = {}

    def take(self, reports: Sequence[Report]) -> tuple[Copy, ...]:
        """Keep the fingerprints of kept reports and return the copy edges that lead from or to them."""
        self._remember(reports)
        self._store.keep_fingerprints(_fingerprints(self._read[report.id] for report in reports))
        return self.copies_of(reports)

    def copies_of(self, reports: Sequence[Report]) -> tuple[Copy, ...]:
        """Return the copy edges that lead from or to these reports, among all that have a fingerprint."""
        self._remember(reports)
        wanted = sorted(
            {week for report in reports for week in weeks(day_of(report) or report.collected.date(), WINDOW_DAYS)}
        )
        if self._window.needless(wanted) > max(_LET_GO, self._window.size // 2):
            self._window = _Window()  # what is needed of it is read again
        self._window.load(wanted, self._store, self._reader)
        asked = {report.id for report in reports}
        held_against, later = self._window.candidates(asked)
        for child, candidates in self._window.candidates(later)[0].items():
            if not asked.isdisjoint(candidates):
                held_against[child] = candidates
        self._look_up({*held_against, *(one for some in held_against.values() for one in some)})
        found = {edge.child: edge for edge in self._linked(held_against)}
        edges = [edge for edge in found.values() if edge.child in asked or edge.parent in asked]
        order = sorted(reports, key=earliest_first)
        unlinked = frozenset(number for number, report in enumerate(order) if report.id not in found)
        edges += [edge for _, edge in translations(order, unlinked)]
        self._forget()
        return tuple(sorted(edges, key=lambda edge: self._order(edge.child)))

    def _order(self, id: str) -> Order:
        return earliest_first(self._read[id].report)

    def _linked(self, held_against: dict[str, list[str]]) -> Iterable[Copy]:
        held = Held()
        ids = list(self._read)
        number = {id: nth for nth, id in enumerate(ids)}
        held.add(range(len(ids)), [one.text for one in self._read.values()])
        for child, candidates in held_against.items():
            known = [number[one] for one in candidates if one in number]
            if child in number and known:
                report, text = self._read[child]
                best = best_parent(number[child], known, text, held)
                edge = edge_of(best, text, report, self._read[ids[best.parent]].report)
                if edge is not None:
                    yield edge

    def _remember(self, reports: Sequence[Report]) -> None:
        new = [report for report in reports if report.id not in self._read]
        self._read.update((one.id, _Read(one, text)) for one, text in zip(new, shingled(new), strict=True))

    def _look_up(self, ids: set[str]) -> None:
        """Read reports that are not in memory; who may not see one does not get it."""
        missing = sorted(ids - self._read.keys())
        self._remember(list(self._store.reports_named(self._reader, missing).values()) if missing else [])

    def _forget(self) -> None:
        for id in list(islice(self._read, max(0, len(self._read) - _REMEMBERED))):
            del self._read[id]


class _Window:
    """The fingerprints of some weeks in memory, as an index."""

    def __init__(self) -> None:
        self._index = Holders()
        self._loaded: dict[int, int] = {}  # by week the last row number that was asked for
        self._order: list[Order] = []  # by number in the index
        self._samples: list[ShortHashes] = []
        self._number: dict[str, int] = {}  # by report the last number it has
        self._stale: list[int] = []  # numbers of fingerprints that another one took the place of
        self._days: list[float] = []
        self._weeks: Counter[int] = Counter()
        self._in_order = True
        self._rank: Ints = np.empty(0, dtype=np.int64)  # by number the place in the order of time

    @property
    def size(self) -> int:
        """How many fingerprints are in memory."""
        return len(self._order)

    def needless(self, wanted: Sequence[int]) -> int:
        """Return how many fingerprints are of other weeks than these."""
        return self.size - sum(self._weeks[week] for week in wanted)

    def load(self, wanted: Sequence[int], store: Store, reader: Reader) -> None:
        """Read what the store has of these weeks and is not in memory."""
        came: list[KeptFingerprint] = []
        by_last: dict[int, list[int]] = {}
        for week in wanted:
            by_last.setdefault(self._loaded.get(week, -1), []).append(week)
        for last, some in by_last.items():
            rows = store.fingerprints_since(reader, some, last)
            self._loaded.update(dict.fromkeys(some, rows[-1].number if rows else last))
            came += rows
        if came:
            self._add(sorted(came, key=_order_of))

    def _add(self, came: Sequence[KeptFingerprint]) -> None:
        first = len(self._order)
        for number, one in enumerate(came, first):
            if one.report in self._number:
                self._stale.append(self._number[one.report])
            self._number[one.report] = number
        orders = [_order_of(one) for one in came]
        self._in_order = self._in_order and (not self._order or orders[0] > self._order[-1])
        samples = [sample_of(one.hashes) for one in came]
        days = [float("nan") if one.day is None else float(one.day.toordinal()) for one in came]
        self._index.add(np.asarray(days), samples)
        self._weeks.update(week_of(one.day) for one in came)
        self._order += orders
        self._samples += samples
        self._days += days
        if self._in_order:
            self._rank = np.arange(len(self._order))
        else:
            self._rank = np.empty(len(self._order), dtype=np.int64)
            self._rank[sorted(range(len(self._order)), key=self._order.__getitem__)] = np.arange(len(self._order))

    def candidates(self, ids: Iterable[str]) -> tuple[dict[str, list[str]], set[str]]:
        """Return by report the earlier ones that it is to be held against, the earliest first, and all later ones.

        Later ones are those that share some hashes with a report and are not among the given ones.
        """
        numbers = np.asarray(sorted(self._number[id] for id in ids if id in self._number), dtype=np.int64)
        samples = [self._samples[number] for number in numbers]
        days: Days = np.asarray([self._days[number] for number in numbers], dtype=np.float64)
        met = self._index.around(days, samples)
        if self._stale:
            met = _only(met, ~np.isin(met.holders, self._stale))
        mine, theirs = self._rank[numbers[met.children]], self._rank[met.holders]
        after = np.setdiff1d(met.holders[theirs > mine], numbers)
        met = _only(met, theirs < mine)
        met = _only(met, np.lexsort((self._rank[met.holders], met.children)))
        found = {
            self._order[numbers[child]][2]: [self._order[holder][2] for holder in holders[:MOST_CANDIDATES]]
            for child, holders in closest(met).items()
        }
        return found, {self._order[number][2] for number in after.tolist()}


def earliest_first(report: Report) -> Order:
    """Return the key that sorts reports by the time of their news."""
    day = report.published.value if report.published and report.published.value else None
    return day or report.collected.isoformat(), report.address, report.id


def _order_of(kept: KeptFingerprint) -> Order:
    return kept.time, kept.address, kept.report


def _fingerprints(read: Iterable[_Read]) -> list[Fingerprint]:
    return [Fingerprint(report.id, day_of(report), fingerprint(text)) for report, text in read]


def _only(met: Met, which: NDArray[np.bool_] | Ints) -> Met:
    return Met(met.children[which], met.holders[which], met.shared[which])


def day_of(report: Report) -> date | None:
    """Return the day on which a report was published at the earliest, None when it is not known."""
    return report.published.low if report.published else None
