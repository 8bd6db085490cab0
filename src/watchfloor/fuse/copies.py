"""Copies: which report's text rests on which earlier report's.

Quotations are left out, word pairs are hashed and sampled, candidates come from an inverted index over a time window,
and the measure is containment, not resemblance: a cut reprint is contained in its parent. After Broder (1997) and the
measurements on wire copies of this project.
"""

import math
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from watchfloor.core.copy import Copy, CopyKind
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.fuse.holders import Days, Holders, closest
from watchfloor.fuse.shingles import SHINGLE_WORDS, Shingled, ShortHashes, shingled
from watchfloor.fuse.translated import translations

LEAST_SHINGLES = 16  # shared shingles below which nothing is concluded: one clause in the same words is no copy
COPY_FROM = 0.35  # containment from which a text is a copy (measured on wire copies)
PARTIAL_FROM = 0.15  # containment from which a long run makes it a partial copy (measured on independent texts)
PARTIAL_RUN = 20  # unquoted words in one run that make a partial copy
EMBEDDED_BELOW = 0.5  # containment below which a text with all that it took over in one place is partial (assumed)
HOLDS_AS_MUCH = 0.95  # share of the most that any candidate holds from which an earlier one holds as much
EXACT_FROM = 0.98  # share of the larger text's word pairs in common from which two texts are the same
REPRINT_FROM = (
    0.75  # the same from which a copy is a reprint: what differs is a credit, a dateline, a last line (assumed)
)
CUT_FROM = 0.9  # share of the child's word pairs in its parent from which it is the parent's text cut (assumed)
BATCH = 512  # reports linked at once
MOST_CANDIDATES = 8  # earlier texts that a text is held against

_MOST_RUNS = 20
_SAME_PIECE = 3  # words between two runs of one piece
_MOST_OF_IT = 0.6  # share of what was taken over that stands in one piece
_LEAST_RUN = 5  # words of a run that is shown as evidence, unless it is the longest


class Kin(Struct, frozen=True):
    """The earlier text that a report's text has most in common with, whether it is a copy or not.

    child, parent: their places in the sequence. score: containment. alike: common share of the larger text.
    inside: share of the child's shingles that the parent holds. runs: words from, words to, in the child's unquoted
    words, the longest first; short ones are left out unless there is no other. taken: words of all runs together.
    """

    child: int
    parent: int
    score: float
    alike: float
    inside: float
    runs: tuple[tuple[int, int], ...]
    taken: int


_HALF = np.uint32(16)
_EMPTY = (np.arange(1 << 16, dtype=np.uint32) ^ np.uint32(1)) << _HALF  # at no place a hash that belongs there


class Held:
    """The shingles that reports hold, by number: sorted, each once."""

    def __init__(self) -> None:
        self._raw: dict[int, ShortHashes] = {}
        self._sorted: dict[int, ShortHashes] = {}
        self._table = _EMPTY.copy()

    def add(self, numbers: Iterable[int], texts: Sequence[Shingled]) -> None:
        """Keep the shingles of reports."""
        self._raw.update(zip(numbers, (text.hashes for text in texts), strict=True))

    def __getitem__(self, number: int) -> ShortHashes:
        """Return the shingles of a report."""
        found = self._sorted.get(number)
        if found is None:
            found = self._sorted[number] = _different(self._raw.pop(number))
        return found

    def which(self, hashes: ShortHashes, number: int) -> NDArray[np.bool_]:
        """Return which of some hashes, in any order, a report holds.

        A table by the upper half of the hash: looking up in a sorted array takes thrice as long when what is asked is
        not sorted. The few hashes that another one has pushed out of its place are looked for one by one.
        """
        theirs = self[number]
        table, places = self._table, (theirs >> _HALF).astype(np.intp)
        table[places] = theirs
        there = table.take((hashes >> _HALF).astype(np.intp)) == hashes
        for pushed_out in theirs[table.take(places) != theirs]:
            there |= hashes == pushed_out
        table[places] = _EMPTY.take(places)
        return np.asarray(there)


def _different(hashes: ShortHashes) -> ShortHashes:
    ordered = np.sort(hashes)
    new = np.empty(len(ordered), dtype=np.bool_)
    new[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return ordered[new]


def copies(reports: Sequence[Report]) -> tuple[Copy, ...]:
    """Return at most one copy edge per report, to its best earlier parent; reports must stand earliest first.

    Among parents that hold equally much, the earliest wins: the parent of a copy is the earliest text that holds
    everything that was copied. Deterministic; time linear in the text plus the number of shared shingles.
    """
    found = {}
    for one, text in _linked(reports):
        edge = edge_of(one, text, reports[one.child], reports[one.parent])
        if edge is not None:
            found[one.child] = edge
    unlinked = [number for number in range(len(reports)) if number not in found]
    for number, edge in translations(reports, frozenset(unlinked)):
        found[number] = edge
    return tuple(found[number] for number in sorted(found))


def kin(reports: Sequence[Report]) -> tuple[Kin, ...]:
    """Return for each report the earlier one it has most in common with, however little."""
    return tuple(one for one, _ in _linked(reports))


def _linked(reports: Sequence[Report]) -> Iterator[tuple[Kin, Shingled]]:
    index = Holders()
    days = days_of(reports)
    held = Held()
    for first in range(0, len(reports), BATCH):
        texts = shingled(reports[first : first + BATCH])
        batch, samples = days[first : first + BATCH], [text.sample for text in texts]
        numbers, met = index.meet(batch, samples)
        held.add(numbers, texts)
        for child, candidates in closest(met).items():
            text = texts[child - first]
            yield best_parent(child, candidates, text, held), text


def best_parent(child: int, candidates: Sequence[int], text: Shingled, held: Held) -> Kin:
    """Return what a text has in common with the best of some earlier ones, of which the first are looked at."""
    mine = held[child]
    looked = candidates[:MOST_CANDIDATES]
    theirs = [held[number] for number in looked]
    shared = [int(np.count_nonzero(_held(one, mine))) for one in theirs]
    best = next(nth for nth, both in enumerate(shared) if both >= HOLDS_AS_MUCH * max(shared))
    both, parent = shared[best], theirs[best]
    score = containment(both, len(mine), len(parent))
    inside = np.ones(len(text.hashes), dtype=np.bool_) if both == len(mine) else held.which(text.hashes, looked[best])
    runs, taken = _runs(inside) if score >= PARTIAL_FROM else ((), 0)
    return Kin(child, looked[best], score, both / max(len(mine), len(parent)), both / len(mine), runs, taken)


def _held(some: ShortHashes, within: ShortHashes) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which hashes a sorted array holds."""
    places = within.searchsorted(some)
    return np.asarray(within.take(places, mode="clip") == some)


def containment(both: int, left: int, right: int) -> float:
    """Return the share of the smaller set that the larger holds, 0.0 when too little is shared to conclude.

    >>> containment(10, 10, 40), containment(7, 30, 40)
    (1.0, 0.0)
    """
    smaller = min(left, right)
    return both / smaller if smaller and both >= min(LEAST_SHINGLES, smaller) else 0.0


def edge_of(one: Kin, text: Shingled, child: Report, parent: Report) -> Copy | None:
    """Return the copy that two texts make, None when they have too little in common."""
    kind = _kind(one, child, parent)
    if kind is None:
        return None
    runs = one.runs[:_MOST_RUNS]
    starts = text.starts[[first for first, _ in runs]].tolist()
    ends = text.ends[[last - 1 for _, last in runs]].tolist()
    return Copy(
        child=child.id,
        parent=parent.id,
        kind=kind,
        score=round(one.score, 3),
        evidence=tuple(Span(report=child.id, start=a, end=b) for a, b in zip(starts, ends, strict=True)),
    )


def _kind(one: Kin, child: Report, parent: Report) -> CopyKind | None:
    long_run = bool(one.runs) and one.runs[0][1] - one.runs[0][0] >= PARTIAL_RUN
    if one.score < PARTIAL_FROM or (one.score < COPY_FROM and not long_run):
        return None
    if child.address == parent.address and child.outlet == parent.outlet and child.url is not None:
        return "new-version"
    if one.score < COPY_FROM or (one.score < EMBEDDED_BELOW and _in_one_piece(one)):
        return "partial"
    if one.alike >= EXACT_FROM:
        return "exact"
    if one.inside >= CUT_FROM and one.alike < REPRINT_FROM:
        return "cut"
    return "reprint" if one.alike >= REPRINT_FROM or one.score >= CUT_FROM else "rewritten"


def _in_one_piece(one: Kin) -> bool:
    """Return whether nearly all that was taken over stands in one place: a passage built into a text of one's own."""
    pieces: list[tuple[int, int]] = []
    for start, end in sorted(one.runs):
        if pieces and start - pieces[-1][1] <= _SAME_PIECE:
            pieces[-1] = pieces[-1][0], end
        else:
            pieces.append((start, end))
    return max((end - start for start, end in pieces), default=0) >= max(PARTIAL_RUN, _MOST_OF_IT * one.taken)


def _runs(held: NDArray[np.bool_]) -> tuple[tuple[tuple[int, int], ...], int]:
    """Return the runs of words of which the parent holds every pair, the longest first, and the words of all runs."""
    there = np.zeros(len(held) + 2, dtype=np.bool_)
    there[1:-1] = held
    turns = np.flatnonzero(there[1:] != there[:-1])
    begins, stops = turns[::2], turns[1::2] + SHINGLE_WORDS - 1
    sizes = stops - begins
    long = np.flatnonzero(sizes >= _LEAST_RUN)
    if not len(long):
        long = np.asarray([np.argmax(sizes)])
    order = long[np.argsort(-sizes[long], kind="stable")]
    return tuple(zip(begins[order].tolist(), stops[order].tolist(), strict=True)), int(sizes.sum())


def days_of(reports: Sequence[Report]) -> Days:
    """Return the day of each report as a number, NaN when it is not known."""
    lows = (report.published.low if report.published else None for report in reports)
    return np.asarray([math.nan if low is None else low.toordinal() for low in lows], dtype=np.float64)
