"""Story repair: stories that turn out to be one are put together, by average link.

A single pass decides with what it knew then. Two stories are one when their reports, on average, belong as surely to
the other as to their own: a few members of each are held against the other one.
"""

from collections.abc import Callable, Iterator
from heapq import heapify, heappop, heappush

from watchfloor.fuse.likeness import Weights, features
from watchfloor.fuse.live import LIVE_DAYS, Live, LiveStory, Vector, heaviest, meet
from watchfloor.fuse.story_words import common

MERGE_FROM = (
    0.4  # average of how surely the reports of two stories belong to the other from which they are one (measured)
)
_CANDIDATES = 5  # stories that a story is held against (measured)
_WORTH_FROM = 0.2  # how surely one report must belong to the other story for the rest to be looked at (measured)

Forbidden = Callable[[int, int], bool]


def merges(
    live: Live, touched: set[int], network: Weights, forbidden: Forbidden
) -> Iterator[tuple[int, int, float, str]]:
    """Put live stories together and yield each time: the one kept, the one taken up, how surely, and why.

    touched: the stories that changed since the last time. The surest pair goes first; the kept story is the older one.
    """
    changed: dict[int, int] = {}
    met: set[tuple[int, int]] = set()
    heap = [pair for number in sorted(touched) for pair in _pairs(live, live.stories[number], network, changed, met)]
    heapify(heap)
    while heap:
        negative, left, right, *seen = heappop(heap)
        if left not in live.stories or right not in live.stories:
            continue
        if seen != [changed.get(left, 0), changed.get(right, 0)] or forbidden(left, right):
            continue
        kept, other = live.stories[left], live.stories[right]
        why = f"their reports share {common(kept, other)}"
        live.merge(kept, other)
        changed[left] = changed.get(left, 0) + 1
        yield left, right, -negative, why
        for pair in _pairs(live, kept, network, changed, set()):
            heappush(heap, pair)


def _pairs(
    live: Live, story: LiveStory, network: Weights, changed: dict[int, int], met: set[tuple[int, int]]
) -> Iterator[tuple[float, int, int, int, int]]:
    """Yield who a story is to be put together with; met: the pairs that were looked at, which need no second look."""
    found = live.candidates(heaviest(story.centroid), story.first, _CANDIDATES + 1, 0.0)
    near = [other for other in found if other is not story and _gap(story, other) <= LIVE_DAYS]
    others = [other for other in near if meet(story.centroid, other.centroid)]
    others = [other for other in others if (min(story.id, other.id), max(story.id, other.id)) not in met]
    met.update((min(story.id, other.id), max(story.id, other.id)) for other in others)
    others = _worth_a_look(story, others, network)
    rows: list[list[float]] = []
    bounds: list[tuple[int, int]] = []
    for other in others:
        mine = [features(member, other, _day(member, other)) for member in story.sample]
        theirs = [features(member, story, _day(member, story)) for member in other.sample]
        rows += mine + theirs
        bounds.append((len(mine), len(theirs)))
    if not rows:
        return
    scores = network.probabilities(rows)
    at = 0
    for other, (mine_count, theirs_count) in zip(others, bounds, strict=True):
        mine_mean = float(scores[at : at + mine_count].mean())
        theirs_mean = float(scores[at + mine_count : at + mine_count + theirs_count].mean())
        at += mine_count + theirs_count
        score = (mine_mean + theirs_mean) / 2
        if score >= MERGE_FROM:
            left, right = min(story.id, other.id), max(story.id, other.id)
            yield -score, left, right, changed.get(left, 0), changed.get(right, 0)


def _worth_a_look(story: LiveStory, others: list[LiveStory], network: Weights) -> list[LiveStory]:
    """Return the stories whose first report, or whose own one's, might belong to the other; most pairs end here.

    Of a pair in which a story has one report, that one is asked about and not the other story's.
    """
    if not others:
        return []
    rows, asked = [], []
    for other in others:
        few, many = (story, other) if story.size < other.size else (other, story)
        for one, held in ((few, many), (many, few))[: 1 if few.size == 1 else 2]:
            rows.append(features(one.sample[0], held, _day(one.sample[0], held)))
            asked.append(other)
    scores = network.probabilities(rows).tolist()
    worth = {other.id for other, score in zip(asked, scores, strict=True) if score >= _WORTH_FROM}
    return [other for other in others if other.id in worth]


def _day(member: Vector, story: LiveStory) -> float | None:
    """Return the day on which a report as far from the story's days as this one would come after it."""
    if member.day is None or story.last is None or story.first is None:
        return member.day
    return member.day if member.day > story.last else story.last + max(0.0, story.first - member.day)


def _gap(left: LiveStory, right: LiveStory) -> float:
    if left.first is None or right.first is None or left.last is None or right.last is None:
        return 0.0
    return max(0.0, left.first - right.last, right.first - left.last)
