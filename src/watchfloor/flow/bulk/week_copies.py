"""Copies within a week, and out of the two before it: the same edges as among all reports together.

In memory are the samples of three weeks, by which candidates are found; texts are read when two are held against each
other, and some read last are kept.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import numpy as np

from watchfloor.core.copy import Copy
from watchfloor.core.report import Report
from watchfloor.flow.bulk.part_file import Light
from watchfloor.fuse.copies import BATCH, MOST_CANDIDATES, Held, best_parent, edge_of
from watchfloor.fuse.holders import WINDOW_DAYS, Holders, Met, closest
from watchfloor.fuse.shingles import Shingled, sample_of, shingled
from watchfloor.fuse.translated import translations

WEEKS_BEFORE = -(-WINDOW_DAYS // 7)  # weeks in which the original of a week's first report may lie
_REMEMBERED = 8192  # reports read last that are kept in memory with their words (assumed: some 100 MB)

Fetch = Callable[[int], Report]
"""Returns the report of a number."""


class WeekCopies:
    """Finds what the reports of one week copy; lights: of three weeks, in order of time."""

    def __init__(self, lights: Sequence[Light], asked: Sequence[bool], fetch: Fetch) -> None:
        """asked: for each report whether it is of the week itself. fetch: gives reports by their place in `lights`."""
        self._lights, self._asked, self._fetch = lights, asked, fetch
        self._read: OrderedDict[int, tuple[Report, Shingled]] = OrderedDict()

    def edges(self) -> Iterator[tuple[Sequence[int], dict[int, Copy]]]:
        """Yield the week's reports in order, some at once, with the copy edge of each that has one, by number."""
        index = Holders()
        for is_asked, run in groupby(range(len(self._lights)), key=lambda number: self._asked[number]):
            numbers = list(run)
            for first in range(0, len(numbers), BATCH):
                some = numbers[first : first + BATCH]
                days = np.asarray([np.nan if (day := self._lights[n].day) is None else float(day) for n in some])
                samples = [sample_of(self._lights[n].hashes) for n in some]
                if is_asked:
                    yield some, self._linked(index.meet(days, samples)[1])
                else:
                    index.add(days, samples)

    def translated(self, linked: dict[int, Copy], since: int) -> dict[int, Copy]:
        """Return the translations among the week's reports that copy nothing, out of all reports from a number on."""
        reports = [self._report(number)[0] for number in range(since, len(self._lights))]
        open_ = frozenset(
            place for place in range(len(reports)) if self._asked[place + since] and place + since not in linked
        )
        return {place + since: edge for place, edge in translations(reports, open_)}

    def _linked(self, met: Met) -> dict[int, Copy]:
        candidates = closest(met)
        wanted = {*candidates, *(one for some in candidates.values() for one in some[:MOST_CANDIDATES])}
        self._look_up(sorted(wanted))
        held = Held()
        numbers = sorted(wanted)
        held.add(numbers, [self._read[number][1] for number in numbers])
        found = {}
        for child, some in candidates.items():
            report, text = self._read[child]
            best = best_parent(child, some, text, held)
            edge = edge_of(best, text, report, self._read[best.parent][0])
            if edge is not None:
                found[child] = edge
        while len(self._read) > _REMEMBERED:
            self._read.popitem(last=False)
        return found

    def _look_up(self, numbers: Sequence[int]) -> None:
        missing = [number for number in numbers if number not in self._read]
        reports = [self._fetch(number) for number in missing]
        self._read.update(zip(missing, zip(reports, shingled(reports), strict=True), strict=True))
        for number in numbers:
            self._read.move_to_end(number)

    def _report(self, number: int) -> tuple[Report, Shingled | None]:
        return self._read[number] if number in self._read else (self._fetch(number), None)
