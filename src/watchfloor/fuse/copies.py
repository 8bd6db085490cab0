"""Copies: which report's text rests on which earlier report's.

Quotations are left out, word pairs are hashed and sampled, candidates come from an inverted index over a time window,
and the measure is containment, not resemblance: a cut reprint is contained in its parent. After Broder (1997) and the
measurements on wire copies of this project.
"""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from watchfloor.core.copy import Copy, CopyKind
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.fuse.holders import Holders, Met, sampled
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
WINDOW_DAYS = 14  # farthest apart in days that a copy is looked for
BATCH = 512  # reports linked at once
FINGERPRINT = 20  # hashes of a report that are kept in the store: under 400 bytes

_CLOSE_IN_SAMPLE = (
    0.7  # of the most that any candidate shares in the sample: who shares less is not looked at (measured)
)
_LEAST_IN_SAMPLE = 2  # shingles of the sample in common from which a text is looked at
_MOST_CANDIDATES = 8
_MOST_RUNS = 20
_SAME_PIECE = 3  # words between two runs of one piece
_MOST_OF_IT = 0.6  # share of what was taken over that stands in one piece
_LEAST_RUN = 5  # words of a run that is shown as evidence, unless it is the longest


class Kin(Struct, frozen=True):
    """The earlier text that a report's text has most in common with, whether it is a copy or not.

    child, parent: their places in the sequence. score: containment. alike: common share of the larger text.
    inside: share of the child's shingles that the parent holds. runs: words from, words to, in the child's unquoted
    words, the longest first.
    """

    child: int
    parent: int
    score: float
    alike: float
    inside: float
    runs: tuple[tuple[int, int], ...]


def copies(reports: Sequence[Report]) -> tuple[Copy, ...]:
    """Return at most one copy edge per report, to its best earlier parent; reports must stand earliest first.

    Among parents that hold equally much, the earliest wins: the parent of a copy is the earliest text that holds
    everything that was copied. Deterministic; time linear in the text plus the number of shared shingles.
    """
    found = {}
    for one, text in _linked(reports):
        kind = _kind(one, reports[one.child], reports[one.parent])
        if kind is not None:
            found[one.child] = _edge(one, kind, text, reports)
    unlinked = [number for number in range(len(reports)) if number not in found]
    for edge in translations(reports, frozenset(unlinked)):
        found[edge[0]] = edge[1]
    return tuple(found[number] for number in sorted(found))


def fingerprints(reports: Sequence[Report]) -> list[tuple[int, ...]]:
    """Return for each report some hashes of its unquoted words, below 2**31, for an index that outlives the program.

    They are the lowest of its shingles: two texts of which one holds much of the other have some in common, and so have
    two copies of one text.
    """
    return [
        tuple((np.unique(text.hashes)[:FINGERPRINT] & np.uint64(0x7FFFFFFF)).tolist()) for text in shingled(reports)
    ]


def kin(reports: Sequence[Report]) -> tuple[Kin, ...]:
    """Return for each report the earlier one it has most in common with, however little."""
    return tuple(one for one, _ in _linked(reports))


def _linked(reports: Sequence[Report]) -> Iterator[tuple[Kin, Shingled]]:
    index = Holders()
    days = np.asarray([_day(report) for report in reports], dtype=np.float64)
    held: list[ShortHashes] = []
    for first in range(0, len(reports), BATCH):
        numbers = range(first, min(first + BATCH, len(reports)))
        texts = shingled(reports[first : first + BATCH])
        held += [_different(text.hashes.astype(np.uint32)) for text in texts]  # half as wide, twice as fast, as good
        batch = days[first : numbers.stop]
        if not np.isnan(batch).all():
            index.forget_before(int(np.nanmin(batch) - WINDOW_DAYS) // 7)
        samples = [sampled(held[number]) for number in numbers]
        met = index.meet(numbers, [None if np.isnan(day) else int(day) // 7 for day in batch], samples)
        for child, candidates in _likely(met, days):
            text = texts[child - first]
            if (best := _best(child, candidates, text, held)) is not None:
                yield best, text


def _different(hashes: ShortHashes) -> ShortHashes:
    ordered = np.sort(hashes)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered


def _likely(met: Met, days: NDArray[np.float64]) -> Iterator[tuple[int, list[int]]]:
    """Yield each report with the earlier ones that share about as much of the sample as any, the earliest first."""
    if not len(met.children):
        return
    with np.errstate(invalid="ignore"):
        near = ~(np.abs(days[met.children] - days[met.holders]) > WINDOW_DAYS)  # without a date near to everything
    near &= met.shared >= _LEAST_IN_SAMPLE
    children, holders, shared = met.children[near], met.holders[near], met.shared[near]
    if not len(children):
        return
    begins = np.flatnonzero(np.concatenate([[True], children[1:] != children[:-1]]))
    most = np.repeat(np.maximum.reduceat(shared, begins), np.diff(np.concatenate([begins, [len(children)]])))
    close = shared >= _CLOSE_IN_SAMPLE * most
    found: dict[int, list[int]] = {}
    for child, holder in zip(children[close].tolist(), holders[close].tolist(), strict=True):
        found.setdefault(child, []).append(holder)
    yield from found.items()


def _best(child: int, candidates: Sequence[int], text: Shingled, held: Sequence[ShortHashes]) -> Kin | None:
    mine = held[child]
    shared = {number: _in_common(mine, held[number]) for number in candidates[:_MOST_CANDIDATES]}
    enough = HOLDS_AS_MUCH * max(shared.values())
    parent = next(number for number, both in shared.items() if both >= enough)
    both, theirs = shared[parent], held[parent]
    score = containment(both, len(mine), len(theirs))
    runs = _runs(text.hashes.astype(np.uint32), theirs) if score >= PARTIAL_FROM else ()
    return Kin(child, parent, score, both / max(len(mine), len(theirs)), both / len(mine), runs)


def _in_common(left: ShortHashes, right: ShortHashes) -> int:
    if len(left) > len(right):
        left, right = right, left
    return int(np.count_nonzero(_held(left, right)))


def _held(some: ShortHashes, within: ShortHashes) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which hashes a sorted array holds."""
    places = np.searchsorted(within, some)
    return np.asarray(within[np.minimum(places, len(within) - 1)] == some)


def containment(both: int, left: int, right: int) -> float:
    """Return the share of the smaller set that the larger holds, 0.0 when too little is shared to conclude.

    >>> containment(10, 10, 40), containment(7, 30, 40)
    (1.0, 0.0)
    """
    smaller = min(left, right)
    return both / smaller if smaller and both >= min(LEAST_SHINGLES, smaller) else 0.0


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
    long = sorted(run for run in one.runs if run[1] - run[0] >= _LEAST_RUN)
    pieces: list[tuple[int, int]] = []
    for start, end in long:
        if pieces and start - pieces[-1][1] <= _SAME_PIECE:
            pieces[-1] = pieces[-1][0], end
        else:
            pieces.append((start, end))
    taken = sum(end - start for start, end in one.runs)
    return max((end - start for start, end in pieces), default=0) >= max(PARTIAL_RUN, _MOST_OF_IT * taken)


def _edge(one: Kin, kind: CopyKind, text: Shingled, reports: Sequence[Report]) -> Copy:
    child = reports[one.child].id
    starts, ends = text.starts, text.ends
    shown = [run for run in one.runs[:_MOST_RUNS] if run[1] - run[0] >= _LEAST_RUN] or one.runs[:1]
    return Copy(
        child=child,
        parent=reports[one.parent].id,
        kind=kind,
        score=round(one.score, 3),
        evidence=tuple(Span(report=child, start=int(starts[a]), end=int(ends[b - 1])) for a, b in shown),
    )


def _runs(hashes: ShortHashes, parent: ShortHashes) -> tuple[tuple[int, int], ...]:
    """Return the runs of the child's unquoted words that the parent holds, the longest first."""
    there = np.concatenate([[False], _held(hashes, parent), [False]])
    turns = np.flatnonzero(there[1:] != there[:-1])
    begins, stops = turns[::2], turns[1::2] + SHINGLE_WORDS - 1
    order = np.argsort(begins - stops, kind="stable")
    return tuple(zip(begins[order].tolist(), stops[order].tolist(), strict=True))


def _day(report: Report) -> float:
    """Return the day as a number, NaN when it is not known."""
    return report.published.low.toordinal() if report.published and report.published.low else math.nan
