"""Copies: which report's text rests on which earlier report's.

Quotations are blanked out, word pairs are hashed and sampled, candidates come from an inverted index, and the
measure is containment, not resemblance: a cut reprint is contained in its parent. After Broder (1997) and the
measurements on wire copies of this project.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from hashlib import blake2b
from typing import Literal

from watchfloor.core.copy import Copy
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.fuse.words import without_quotations, words

SHINGLE_WORDS = 2  # words per shingle: pairs keep heavily rewritten wire copies apart from independent texts (measured)
SAMPLE_ONE_IN = 4  # every shingle whose hash is 0 modulo this is kept
SAMPLE_FROM = 64  # texts with fewer shingles are compared whole
LEAST_SHINGLES = 8  # shared shingles below which nothing is concluded
COPY_FROM = 0.35  # containment from which a text is a copy (measured on wire copies)
PARTIAL_FROM = 0.15  # containment from which a long run makes it a partial copy (measured on independent texts)
PARTIAL_RUN = 20  # unquoted words in one run that make a partial copy
HOLDS_AS_MUCH = 0.95  # share of the most that any candidate holds from which an earlier one holds as much
EXACT_FROM = 0.98  # containment both ways from which two texts are the same
WINDOW_DAYS = 14  # farthest apart in days that a copy is looked for
COMMON_FROM = 200  # reports holding a shingle from which it is too common to lead anywhere


def copies(reports: Sequence[Report]) -> tuple[Copy, ...]:
    """Return at most one copy edge per report, to its best earlier parent; reports must stand earliest first.

    Among parents that hold equally much, the earliest wins: the parent of a copy is the earliest text that holds
    everything that was copied. Deterministic; time linear in the text plus the number of shared shingles.
    """
    texts = [_Text(report) for report in reports]
    holders: dict[int, list[int]] = defaultdict(list)
    found = []
    for number, text in enumerate(texts):
        shared: Counter[int] = Counter()
        for shingle in text.sample:
            if len(holders[shingle]) < COMMON_FROM:
                shared.update(holders[shingle])
        edge = _best_parent(number, shared, texts)
        if edge is not None:
            found.append(edge)
        for shingle in text.sample:
            holders[shingle].append(number)
    return tuple(found)


class _Text:
    """A report's unquoted body as shingles: all of them by position, and the sample that finds candidates."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.words = [
            (start + passage.start, end + passage.start, word)
            for passage in report.parts("body", "subhead")
            for start, end, word in words(without_quotations(report.text[passage.start : passage.end]))
        ]
        keys = [word for _, _, word in self.words]
        self.shingles = [
            int.from_bytes(blake2b(" ".join(keys[at : at + SHINGLE_WORDS]).encode(), digest_size=8).digest())
            for at in range(len(keys) - SHINGLE_WORDS + 1)
        ]
        self.all = frozenset(self.shingles)
        sampled = frozenset(shingle for shingle in self.all if shingle % SAMPLE_ONE_IN == 0)
        self.sample = sampled if len(self.all) >= SAMPLE_FROM else self.all


def _best_parent(number: int, shared: Counter[int], texts: list[_Text]) -> Copy | None:
    child = texts[number]
    held = {
        candidate: len(child.all & texts[candidate].all)
        for candidate in sorted(shared)
        if _near_in_time(texts[candidate].report, child.report)
        and containment(child.all, texts[candidate].all) >= PARTIAL_FROM
    }
    if not held:
        return None
    enough = HOLDS_AS_MUCH * max(held.values())
    candidate = min(one for one, both in held.items() if both >= enough)
    score = containment(child.all, texts[candidate].all)
    parent = texts[candidate]
    runs = _runs(child, parent.all)
    if score < COPY_FROM and not any(length >= PARTIAL_RUN for _, length in runs):
        return None
    return Copy(
        child=child.report.id,
        parent=parent.report.id,
        kind=_kind(child, parent, score),
        score=round(score, 3),
        evidence=tuple(span for span, _ in runs),
    )


def containment(left: frozenset[int], right: frozenset[int]) -> float:
    """Return the share of the smaller set that the larger holds, 0.0 when too little is shared to conclude.

    >>> containment(frozenset(range(10)), frozenset(range(40)))
    1.0
    """
    both = len(left & right)
    smaller = min(len(left), len(right))
    if not smaller or both < min(LEAST_SHINGLES, smaller):
        return 0.0
    return both / smaller


def _kind(child: _Text, parent: _Text, score: float) -> Literal["exact", "near", "partial"]:
    if score < COPY_FROM:
        return "partial"
    alike = len(child.all & parent.all) / max(len(child.all), len(parent.all))
    return "exact" if alike >= EXACT_FROM else "near"


def _runs(child: _Text, parent: frozenset[int]) -> list[tuple[Span, int]]:
    """Return the runs of the child's words that the parent holds, with their length in words, longest first."""
    runs = []
    first: int | None = None
    for at, shingle in enumerate([*child.shingles, -1]):
        if shingle in parent:
            first = at if first is None else first
        elif first is not None:
            last = at - 1 + SHINGLE_WORDS - 1
            start, end = child.words[first][0], child.words[last][1]
            runs.append((Span(report=child.report.id, start=start, end=end), last - first + 1))
            first = None
    return sorted(runs, key=lambda run: (-run[1], run[0].start))


def _near_in_time(left: Report, right: Report) -> bool:
    days = (_day(left), _day(right))
    if days[0] is None or days[1] is None:
        return True
    return abs((days[0] - days[1]).days) <= WINDOW_DAYS


def _day(report: Report) -> date | None:
    return report.published.low if report.published else None
