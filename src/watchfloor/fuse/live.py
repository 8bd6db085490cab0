"""Live stories: those that a report may still join, found by their rarest terms, forgotten when they are dead."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from heapq import nlargest
from typing import NamedTuple

from watchfloor.fuse.story_terms import kind

LIVE_DAYS = 4.0  # days without a report after which a story is dead (measured: 95 of 100 stories end within three)
MOST_TERMS = 60  # heaviest terms of a report that are compared
MOST_MEMBERS = 6  # reports of a story that are kept whole, to compare a report with its nearest
MOST_CANDIDATES = 8
MOST_VISITED = 1500  # entries of the index that are looked at for one report: the rarest terms come first
COUNTED = 1 << 17  # reports after which the count of terms is halved, so that it follows the news and stays bounded

_ROTATED = MOST_MEMBERS - 1
_SCATTER = 2654435761  # Knuth's multiplier: a report's number becomes a place as if by chance, the same on every run


class Vector(NamedTuple):
    """A report as its weighted terms, of length one: (term, weight, kind), the heaviest first.

    weights: the same by term. lengths: length of each kind's part. day: when, in days, None when not known.
    """

    parts: tuple[tuple[str, float, int], ...]
    weights: dict[str, float]
    lengths: tuple[float, ...]
    day: float | None
    language: str | None


class Frequencies:
    """In how many reports each term stood so far: a running count that slowly forgets."""

    def __init__(self) -> None:
        self._holding: Counter[str] = Counter()
        self._reports = 0

    def vector(self, counts: dict[str, float], day: float | None, language: str | None) -> Vector:
        """Count a report's terms and return them weighted: log(1 + count) times the log of how rare each is."""
        self._reports += 1
        holding = self._holding
        weighted = []
        for term, count in counts.items():
            holding[term] = held = holding[term] + 1
            weight = (1 + math.log(count) if count >= 1 else count) * math.log((self._reports + 1) / held + 1)
            weighted.append((weight, term))
        if self._reports >= COUNTED:
            self._forget()
        weighted.sort(key=lambda one: (-one[0], one[1]))
        del weighted[MOST_TERMS:]
        length = math.sqrt(sum(weight * weight for weight, _ in weighted)) or 1.0
        parts = tuple((term, weight / length, kind(term)) for weight, term in weighted)
        squares = [0.0, 0.0, 0.0, 0.0]
        for _, weight, of in parts:
            squares[of] += weight * weight
        weights = {term: weight for term, weight, _ in parts}
        return Vector(parts, weights, tuple(map(math.sqrt, squares)), day, language)

    def _forget(self) -> None:
        self._reports //= 2
        self._holding = Counter({term: count // 2 for term, count in self._holding.items() if count >= 2})


class LiveStory:
    """A story while it grows: the sum of its vectors, some of them whole, its days and languages."""

    __slots__ = ("_length", "centroid", "first", "id", "languages", "last", "members", "sample", "size", "squares")

    def __init__(self, id: int) -> None:
        self.id = id
        self.centroid: dict[str, float] = {}
        self.squares = [0.0, 0.0, 0.0, 0.0]
        self._length = 1e-9
        self.members: list[Vector] = []  # the first and the latest
        self.sample: list[Vector] = []  # some of all times
        self.languages: set[str | None] = set()
        self.size = 0
        self.first: float | None = None
        self.last: float | None = None

    def length(self) -> float:
        """Return the length of the sum of vectors."""
        return self._length

    def measure(self) -> None:
        """Take note of how long the sum of vectors is now."""
        self._length = math.sqrt(sum(self.squares)) or 1e-9

    def span(self, first: float | None, last: float | None) -> None:
        """Take these days into the story's time."""
        if first is not None:
            self.first = first if self.first is None else min(self.first, first)
        if last is not None:
            self.last = last if self.last is None else max(self.last, last)


class Live:
    """The live stories and the index from term to story."""

    def __init__(self) -> None:
        self.stories: dict[int, LiveStory] = {}
        self._holding: dict[str, dict[int, float]] = defaultdict(dict)
        self._next = 0

    def open(self) -> LiveStory:
        """Return a new, empty story."""
        story = self.stories[self._next] = LiveStory(self._next)
        self._next += 1
        return story

    def take(self, story: LiveStory, vector: Vector) -> None:
        """Let a report move a story."""
        centroid, squares = story.centroid, story.squares
        for term, weight, of in vector.parts:
            before = centroid.get(term, 0.0)
            after = before + weight
            squares[of] += after * after - before * before
            centroid[term] = self._holding[term][story.id] = after
        story.measure()
        story.size += 1
        story.span(vector.day, vector.day)
        story.languages.add(vector.language)
        if len(story.members) < MOST_MEMBERS:
            story.members.append(vector)
        else:
            story.members[1 + story.size % _ROTATED] = vector  # the first one stays
        if len(story.sample) < MOST_MEMBERS:
            story.sample.append(vector)
        elif (place := story.size * _SCATTER % 2**32 * story.size >> 32) < MOST_MEMBERS:
            story.sample[place] = vector

    def merge(self, kept: LiveStory, other: LiveStory) -> None:
        """Put one story into another one."""
        for term, weight in other.centroid.items():
            before = kept.centroid.get(term, 0.0)
            after = before + weight
            kept.squares[kind(term)] += after * after - before * before
            kept.centroid[term] = self._holding[term][kept.id] = after
        kept.measure()
        kept.size += other.size
        kept.span(other.first, other.last)
        kept.languages |= other.languages
        kept.members = _some([*kept.members, *other.members])
        kept.sample = _some([*kept.sample, *other.sample])
        self.drop(other)

    def drop(self, story: LiveStory) -> None:
        """Forget a story."""
        del self.stories[story.id]
        for term in story.centroid:
            held = self._holding[term]
            held.pop(story.id, None)
            if not held:
                del self._holding[term]

    def dead(self, day: float) -> list[LiveStory]:
        """Return the stories that nothing can join any more on a day."""
        return [story for story in self.stories.values() if story.last is not None and day - story.last > LIVE_DAYS]

    def candidates(
        self, parts: Iterable[tuple[str, float]], day: float | None, most: int = MOST_CANDIDATES
    ) -> list[LiveStory]:
        """Return the live stories most like some weighted terms, the heaviest first; the most alike first."""
        products: dict[int, float] = defaultdict(float)
        visited = 0
        for term, weight in parts:
            held = self._holding.get(term)
            if held is None:
                continue
            visited += len(held)
            if visited > MOST_VISITED and products:
                break
            for id, value in held.items():
                products[id] += weight * value
        stories = self.stories
        ranked = nlargest(2 * most, ((value / stories[id].length(), -id) for id, value in products.items()))
        found = [stories[-id] for _, id in ranked]
        return [story for story in found if day is None or story.last is None or day - story.last <= LIVE_DAYS][:most]


def _some(members: list[Vector]) -> list[Vector]:
    return members[:: -(-len(members) // MOST_MEMBERS)]


def heaviest(centroid: dict[str, float], most: int = 40) -> Sequence[tuple[str, float]]:
    """Return the heaviest terms of a story."""
    return sorted(centroid.items(), key=lambda one: (-one[1], one[0]))[:most]
