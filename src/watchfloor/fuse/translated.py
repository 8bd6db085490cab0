"""Translated: which report gives another one's text in another language.

A translation names the same people, places, things and numbers in the same order. Terms that languages share
(story_terms.py) and numbers are anchors; what counts is how many of them stand in both texts once, in one order.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from watchfloor.core.copy import Copy
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.fuse.story_terms import anchor
from watchfloor.fuse.tongues import folded, language

LEAST_ANCHORS = 10  # anchors of a text below which nothing is concluded (assumed)
SAME_ORDER_FROM = 0.5  # share of the fewer anchors in one order from which a text is a translation (translations of our
# own texts reach .56 to .63, independent reports of one event .14 to .26)
DISCLOSED_FROM = 0.3  # the same for a text that says it is a translation
LEAST_SHARED = 8
LEAST_SHARED_DISCLOSED = 4
WINDOW_DAYS = 3  # farthest apart in days
LONGER_BY = 2.5  # times that one text may have the other's anchors
MOST_ANCHORS = 200

_COMMON_FROM = 30  # reports holding an anchor from which it leads nowhere
_LEADS_FROM = 3  # anchors in common from which a pair is looked at
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?:\D|$))")
_SHOWN = 12
_OPENING = 200  # characters by which the language of a report is told that does not say it


class _Anchored(NamedTuple):
    language: str
    day: int | None
    anchors: dict[str, tuple[int, int, int]]  # by anchor that stands once: its place, and its characters
    disclosed: bool


def translations(reports: Sequence[Report], among: Collection[int]) -> Iterator[tuple[int, Copy]]:
    """Yield translation edges of the reports at these places, each to the earlier report it translates best.

    reports must stand earliest first. A report whose language is not known is read for it.
    """
    spoken = [report.language or _guessed(report) for report in reports]
    if len({one for one in spoken if one is not None}) < 2:
        return
    read = {
        number: found
        for number, (report, one) in enumerate(zip(reports, spoken, strict=True))
        if one is not None and (found := _anchored(report, one)) is not None
    }
    holders: dict[str, list[int]] = defaultdict(list)
    for number, child in read.items():
        if number in among:
            best = max(_scored(number, child, read, holders), default=None)
            if best is not None:
                score, earlier, shared = best
                yield number, _edge(reports[number], reports[-earlier], score, shared)
        for one in child.anchors:
            holders[one].append(number)


def _scored(
    number: int, child: _Anchored, read: dict[int, _Anchored], holders: dict[str, list[int]]
) -> Iterator[tuple[float, int, tuple[tuple[int, int], ...]]]:
    met = Counter(other for one in child.anchors if len(holders[one]) < _COMMON_FROM for other in holders[one])
    for other, count in met.items():
        parent = read[other]
        sizes = sorted((len(child.anchors), len(parent.anchors)))
        if count < _LEADS_FROM or parent.language == child.language or sizes[1] > LONGER_BY * sizes[0]:
            continue
        if child.day is not None and parent.day is not None and abs(child.day - parent.day) > WINDOW_DAYS:
            continue
        shared = _in_order(child, parent)
        score = len(shared) / sizes[0]
        least, enough = (DISCLOSED_FROM, LEAST_SHARED_DISCLOSED) if child.disclosed else (SAME_ORDER_FROM, LEAST_SHARED)
        if score >= least and len(shared) >= enough:
            yield score, -other, shared


def _in_order(child: _Anchored, parent: _Anchored) -> tuple[tuple[int, int], ...]:
    """Return the characters, in the child, of the most anchors that stand in both in one order."""
    pairs = sorted(
        (place, parent.anchors[one][0], start, end)
        for one, (place, start, end) in child.anchors.items()
        if one in parent.anchors
    )
    tails: list[int] = []
    best: list[int] = []
    before: list[int] = []
    for at, pair in enumerate(pairs):
        size = bisect_left(tails, pair[1])
        if size == len(tails):
            tails.append(pair[1])
            best.append(at)
        else:
            tails[size] = pair[1]
            best[size] = at
        before.append(best[size - 1] if size else -1)
    found = []
    at = best[-1] if best else -1
    while at >= 0:
        found.append(pairs[at][2:])
        at = before[at]
    return tuple(reversed(found))


def _guessed(report: Report) -> str | None:
    body = next((part for part in report.passages if part.kind == "body"), None)
    if body is None:
        return None
    opening = report.text[body.start : body.start + _OPENING]
    if len(opening) < _OPENING // 4:
        return None
    words: list[str] = _WORD.findall(opening)
    return language([word.lower() if word.isascii() else folded(word) for word in words])


def _anchored(report: Report, spoken: str) -> _Anchored | None:
    seen: dict[str, tuple[int, int, int] | None] = {}
    place = 0
    for part in report.passages:
        if part.kind not in ("body", "subhead", "headline"):
            continue
        for match in _WORD.finditer(report.text, part.start, part.end):
            word = match[0]
            one = _THOUSANDS.sub("", word) if word[0].isdigit() else anchor(word)
            if one is None or len(one) < 2:
                continue
            seen[one] = None if one in seen else (place, match.start(), match.end())
            place += 1
            if place >= MOST_ANCHORS:
                break
    once = {one: where for one, where in seen.items() if where is not None}
    if len(once) < LEAST_ANCHORS:
        return None
    day = report.published.low.toordinal() if report.published and report.published.low else None
    disclosed = any(flag.name in ("translated", "machine-translated") for flag in report.flags)
    return _Anchored(spoken, day, once, disclosed)


def _edge(child: Report, parent: Report, score: float, shared: Sequence[tuple[int, int]]) -> Copy:
    return Copy(
        child=child.id,
        parent=parent.id,
        kind="translation",
        score=round(score, 3),
        evidence=tuple(Span(report=child.id, start=start, end=end) for start, end in shared[:_SHOWN]),
    )
