"""Holders: which earlier reports hold the same shingles, an inverted index in memory.

Sorted arrays by ISO week, merged as they grow; what is older than the window is dropped, so that the cost of a report
does not rise with the number of those before it.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from watchfloor.fuse.shingles import Ints, ShortHashes

SAMPLE_ONE_IN = 4  # every shingle whose hash is 0 modulo this is indexed
SAMPLE_FROM = 64  # texts with fewer shingles are indexed whole
MOST_HOLDERS = 16  # earliest holders of a shingle that are looked at; one more says nothing new of a wire text

Week = int | None
"""Days since year 1 divided by seven; None for a report without a date, which may belong to any week."""


class Met(NamedTuple):
    """Pairs of reports that share indexed shingles: later report, earlier report, how many they share."""

    children: Ints
    holders: Ints
    shared: Ints


class Holders:
    """The index; reports are numbered as they come, the earliest first."""

    def __init__(self) -> None:
        self._segments: dict[Week, list[tuple[ShortHashes, Ints]]] = defaultdict(list)

    def meet(self, numbers: range, weeks: Sequence[Week], samples: Sequence[ShortHashes]) -> Met:
        """Index some reports, numbered in a row, and return which share shingles with earlier ones."""
        sizes = np.fromiter((len(sample) for sample in samples), dtype=np.int64, count=len(samples))
        hashes = np.concatenate([*samples, np.empty(0, dtype=np.uint32)])
        owners = np.repeat(np.asarray(numbers, dtype=np.int64), sizes)
        order = np.argsort(hashes, kind="stable")
        hashes, owners = hashes[order], owners[order]
        found = [_among(hashes, owners)]
        for segments in self._segments.values():
            found += [_between(hashes, owners, *segment) for segment in segments]
        self._add(hashes, owners, numbers, weeks)
        return _counted(found)

    def forget_before(self, week: int) -> None:
        """Drop what is older than a week."""
        for old in [one for one in self._segments if one is not None and one < week]:
            del self._segments[old]

    def _add(self, hashes: ShortHashes, owners: Ints, numbers: range, weeks: Sequence[Week]) -> None:
        some = set(weeks)
        week_of = np.asarray([-1 if week is None else week for week in weeks], dtype=np.int64)
        owned = week_of[owners - numbers[0]] if len(some) > 1 else week_of
        for week in sorted(some, key=lambda one: -1 if one is None else one):
            kept = owned == (-1 if week is None else week) if len(some) > 1 else slice(None)
            segments = self._segments[week]
            segments.append((hashes[kept], owners[kept]))
            while len(segments) > 1 and len(segments[-2][0]) <= 2 * len(segments[-1][0]):
                segments[-2:] = [_merged(segments[-2], segments[-1])]


def sampled(hashes: ShortHashes) -> ShortHashes:
    """Return the shingles of one report that are indexed; they must be different ones."""
    return hashes[hashes % np.uint32(SAMPLE_ONE_IN) == 0] if len(hashes) >= SAMPLE_FROM else hashes


def _merged(left: tuple[ShortHashes, Ints], right: tuple[ShortHashes, Ints]) -> tuple[ShortHashes, Ints]:
    hashes = np.concatenate([left[0], right[0]])
    order = np.argsort(hashes, kind="stable")  # two sorted runs: a merge; the earlier reports stay first
    return hashes[order], np.concatenate([left[1], right[1]])[order]


def _among(hashes: ShortHashes, owners: Ints) -> tuple[Ints, Ints]:
    """Return the pairs inside one sorted batch: each owner with the first ones before it."""
    if not len(hashes):
        return owners, owners
    new = np.concatenate([[True], hashes[1:] != hashes[:-1]])
    first = np.maximum.accumulate(np.where(new, np.arange(len(hashes)), 0))
    rank = np.arange(len(hashes)) - first
    return _expanded(owners, owners, first, np.minimum(rank, MOST_HOLDERS))


def _between(hashes: ShortHashes, owners: Ints, held: ShortHashes, holders: Ints) -> tuple[Ints, Ints]:
    first = np.searchsorted(held, hashes, "left")
    last = np.searchsorted(held, hashes, "right")
    return _expanded(owners, holders, first, np.minimum(last - first, MOST_HOLDERS))


def _expanded(owners: Ints, holders: Ints, first: Ints, count: Ints) -> tuple[Ints, Ints]:
    some = np.flatnonzero(count)
    first, count = first[some], count[some]
    ends = np.cumsum(count)
    steps = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - count, count)
    return np.repeat(owners[some], count), holders[np.repeat(first, count) + steps]


def _counted(found: Sequence[tuple[Ints, Ints]]) -> Met:
    keys = np.concatenate([(children << 32) | holders for children, holders in found])
    keys.sort()
    if not len(keys):
        return Met(keys, keys, keys)
    at = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    shared = np.diff(np.concatenate([at, [len(keys)]]))
    return Met(keys[at] >> 32, keys[at] & 0xFFFFFFFF, shared)
