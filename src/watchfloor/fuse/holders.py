"""Holders: which earlier reports hold the same runs of words, an inverted index in memory.

Sorted arrays of hash and report, merged as they grow; arrays that are older than the window are not looked into, so
that the cost of a report does not rise with the number of those before it. What is found does not depend on how reports
come in batches.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from watchfloor.fuse.shingles import Hashes, Ints, ShortHashes

WINDOW_DAYS = 14  # farthest apart in days that a copy is looked for
MOST_HOLDERS = 16  # earliest holders of a hash that are looked at; one more says nothing new of a wire text
LEAST_IN_SAMPLE = 2  # hashes of the sample in common from which a text is looked at
CLOSE_IN_SAMPLE = (
    0.7  # of the most that any earlier text shares in the sample: who shares less is not looked at (measured)
)

_WEEK = 7  # days: arrays of several weeks are not put together, so that old ones are left alone
_NUMBER = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)

Days = NDArray[np.float64]
"""Days since year 1, NaN where a report has none; such a report may belong to any day."""


class Met(NamedTuple):
    """Pairs of reports that share hashes, by child and then holder: asking report, other report, how many."""

    children: Ints
    holders: Ints
    shared: Ints


class _Segment(NamedTuple):
    keys: Hashes  # hash << 32 | number of the report, sorted
    low: int  # least and greatest number in it
    high: int
    week: float  # in which its first one lies


class _Asked(NamedTuple):
    keys: Hashes  # as those of a segment
    hashes: Hashes  # those that occur, << 32
    first: Ints  # place of the first key of each hash
    which: Ints  # for each key the place of its hash


class Holders:
    """The index; reports are numbered as they are added, the earliest first."""

    def __init__(self) -> None:
        self._dated: list[_Segment] = []
        self._undated: list[_Segment] = []
        self._days = np.empty(0, dtype=np.float64)
        self._latest = np.empty(0, dtype=np.float64)  # for each number the latest day up to it, -inf before any

    def add(self, days: Days, samples: Sequence[ShortHashes]) -> range:
        """Index reports and return their numbers."""
        numbers = self._numbered(days)
        self._dated, self._undated = self._with(numbers, _keys(samples, numbers.start))
        return numbers

    def meet(self, days: Days, samples: Sequence[ShortHashes]) -> tuple[range, Met]:
        """Index reports and return their numbers, and with which ones added before them they share hashes.

        Of the reports that hold a hash the earliest MOST_HOLDERS near in time count, of those without a day as many.
        """
        numbers = self._numbered(days)
        asked = _asked(_keys(samples, numbers.start))
        until = (asked.keys & _NUMBER).astype(np.int64)
        since = self._since(self._days[numbers.start :])[until - numbers.start]
        new = self._cut(numbers, asked.keys)
        met = self._near(*_found(asked, since, until, (self._dated + new[0], self._undated + new[1])))
        self._dated, self._undated = self._with(numbers, asked.keys)
        return numbers, met

    def around(self, days: Days, samples: Sequence[ShortHashes]) -> Met:
        """Return which added reports, earlier and later ones, share hashes with others; children count from nought."""
        asked = _asked(_keys(samples, 0))
        since = self._since(days)[(asked.keys & _NUMBER).astype(np.int64)]
        until = np.full(len(since), len(self._days))
        return self._near(*_found(asked, since, until, (self._dated, self._undated)), days)

    def _numbered(self, days: Days) -> range:
        first = len(self._days)
        before = self._latest[-1:] if first else np.full(1, -np.inf)
        self._days = np.concatenate([self._days, days])
        self._latest = np.concatenate([self._latest, np.fmax.accumulate(np.concatenate([before, days]))[1:]])
        return range(first, len(self._days))

    def _since(self, days: Days) -> Ints:
        """Return the number from which on reports may be near to each day; 0 without a day."""
        return np.where(np.isnan(days), 0, np.searchsorted(self._latest, days - WINDOW_DAYS))

    def _cut(self, numbers: range, keys: Hashes) -> tuple[list[_Segment], list[_Segment]]:
        """Return the keys of new reports as arrays of those with a day and of those without."""
        undated = np.isnan(self._days[numbers.start :])
        found: tuple[list[_Segment], list[_Segment]] = [], []
        for segments, kept in ((found[0], ~undated), (found[1], undated)):
            some = np.flatnonzero(kept) + numbers.start
            mine = keys if len(some) == len(numbers) else keys[kept[(keys & _NUMBER).astype(np.int64) - numbers.start]]
            if len(mine):
                week = float(self._latest[some[0]] // _WEEK) if segments is found[0] else 0.0
                segments.append(_Segment(mine, int(some[0]), int(some[-1]), week))
        return found

    def _with(self, numbers: range, keys: Hashes) -> tuple[list[_Segment], list[_Segment]]:
        dated, undated = self._cut(numbers, keys)
        return _joined(self._dated, dated), _joined(self._undated, undated)

    def _near(self, children: Ints, holders: Ints, days: Days | None = None) -> Met:
        met = _counted(children, holders)
        mine = (self._days if days is None else days)[met.children]
        near = ~(np.abs(mine - self._days[met.holders]) > WINDOW_DAYS)  # without a date near to everything
        near &= met.shared >= LEAST_IN_SAMPLE
        return Met(met.children[near], met.holders[near], met.shared[near])


def closest(met: Met) -> dict[int, list[int]]:
    """Return by child the others that share about as much of the sample with it as any does, in their order."""
    if not len(met.children):
        return {}
    begins = np.flatnonzero(np.concatenate([[True], met.children[1:] != met.children[:-1]]))
    most = np.repeat(np.maximum.reduceat(met.shared, begins), np.diff([*begins, len(met.children)]))
    close = met.shared >= CLOSE_IN_SAMPLE * most
    found: dict[int, list[int]] = {}
    for child, holder in zip(met.children[close].tolist(), met.holders[close].tolist(), strict=True):
        found.setdefault(child, []).append(holder)
    return found


def _keys(samples: Sequence[ShortHashes], first: int) -> Hashes:
    """Return hash and number of each report, the first one's given, sorted, each once."""
    sizes = np.fromiter((len(sample) for sample in samples), dtype=np.int64, count=len(samples))
    keys = np.concatenate([*samples, np.empty(0, dtype=np.uint32)]).astype(np.uint64)
    keys <<= _HALF
    keys |= np.repeat(np.arange(first, first + len(samples), dtype=np.uint64), sizes)
    keys.sort()
    return keys[np.concatenate([[True], keys[1:] != keys[:-1]])] if len(keys) else keys


def _asked(keys: Hashes) -> _Asked:
    hashes = keys >> _HALF
    new = np.concatenate([[True], hashes[1:] != hashes[:-1]])[: len(keys)]
    first = np.flatnonzero(new)
    return _Asked(keys, hashes[first] << _HALF, first, np.cumsum(new) - 1)


def _joined(segments: Sequence[_Segment], new: Sequence[_Segment]) -> list[_Segment]:
    """Return arrays and one more; those of like size are put together, and all of a week when the week is over."""
    found = list(segments)
    for last in new:
        while len(found) > 1 and found[-1].week != last.week and found[-2].week == found[-1].week:
            found[-2:] = [_together(*found[-2:])]
        while found and found[-1].week == last.week and len(found[-1].keys) <= 2 * len(last.keys):
            last = _together(found.pop(), last)
        found.append(last)
    return found


def _together(left: _Segment, right: _Segment) -> _Segment:
    keys = np.concatenate([left.keys, right.keys])
    keys.sort(kind="stable")  # two sorted runs: a merge
    return _Segment(keys, left.low, right.high, left.week)


def _found(asked: _Asked, since: Ints, until: Ints, kinds: Sequence[Sequence[_Segment]]) -> tuple[Ints, Ints]:
    """Return pairs of asking number and holder, from since on and before until; of the second kind from 0 on."""
    pairs: list[tuple[Ints, Ints]] = [(np.empty(0, dtype=np.int64),) * 2]
    for number, segments in enumerate(kinds):
        left = np.full(len(asked.keys), MOST_HOLDERS)
        for segment in segments:
            if len(since) and segment.low < until.max() and (number or segment.high >= since.min()):
                pairs.append(_of_segment(segment, asked, since if number == 0 else np.zeros_like(since), until, left))
    places = np.concatenate([pair[0] for pair in pairs])
    return (asked.keys[places] & _NUMBER).astype(np.int64), np.concatenate([pair[1] for pair in pairs])


def _of_segment(segment: _Segment, asked: _Asked, since: Ints, until: Ints, left: Ints) -> tuple[Ints, Ints]:
    """Return the pairs that one array gives, and take them off from what is left of each key asked for."""
    keys = segment.keys
    if keys is asked.keys:
        first = asked.first
        there = np.diff(first, append=len(keys)) > 1
    else:
        first = np.searchsorted(keys, asked.hashes)
        there = keys.take(first, mode="clip") ^ asked.hashes <= _NUMBER
    places = np.flatnonzero(there[asked.which] & (left > 0))
    which = asked.which[places]
    hashes, low = asked.hashes[which], first[which]
    high = places if keys is asked.keys else np.searchsorted(keys, hashes | until[places].astype(np.uint64))
    if segment.low < since.max():
        some = np.flatnonzero(high > low)
        hashes, low, high, places = hashes[some], low[some], high[some], places[some]
        low = np.maximum(low, np.searchsorted(keys, hashes | since[places].astype(np.uint64)))
    count = np.minimum(np.maximum(high - low, 0), left[places])
    left[places] -= count
    ends = np.cumsum(count)
    steps = np.arange(count.sum()) + np.repeat(low - ends + count, count)
    return np.repeat(places, count), (keys[steps] & _NUMBER).astype(np.int64)


def _counted(children: Ints, holders: Ints) -> Met:
    keys = (children << 32) | holders
    keys.sort()
    if not len(keys):
        return Met(keys, keys, keys)
    at = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    return Met(keys[at] >> 32, keys[at] & 0xFFFFFFFF, np.diff([*at, len(keys)]))
