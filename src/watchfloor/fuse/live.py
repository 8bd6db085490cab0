"""Live stories: those that a report may still join, found by their rarest terms, forgotten when they are dead."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from watchfloor.fuse.story_terms import COUNTRY, WORD, Terms, kind

LIVE_DAYS = 4.0  # days without a report after which a story is dead (measured: 95 of 100 stories end within three)
MOST_TERMS = 60  # heaviest terms of a report that are compared
MOST_SAID = 20  # heaviest terms of a report of which the words are kept, to say why
MOST_MEMBERS = 6  # reports of a story that are kept whole, to compare a report with its nearest
MOST_CANDIDATES = 4  # stories that a report is held against (measured)
LEAST_COSINE = 0.05  # of a report's rarest terms and a story, from which the story is worth a closer look (measured)
SHARE_OF_BEST = 0.15  # of the best story's cosine that another one must have to be held against a report (measured)
MOST_VISITED = 400  # entries of the index that are looked at for one report, the rarest terms first (measured)
MOST_HELD = 900  # terms that a story keeps; one that runs for weeks forgets its lightest
COUNTED = 1 << 17  # reports after which the count of terms is halved, so that it follows the news and stays bounded

_SLOTS = 1024  # live stories for which there is room at first; doubled when they are more
_ROTATED = MOST_MEMBERS - 1
_SCATTER = 2654435761  # Knuth's multiplier: a report's number becomes a place as if by chance, the same on every run


class Vector(NamedTuple):
    """A report as its weighted terms, of length one: (term, weight, kind), the heaviest first.

    weights: the same by term. lengths: length of each kind's part. day: when, in days, None when not known.
    counts: whether a number is among them.
    said: the words behind the heaviest terms, as the report has them, in the order of the parts.
    """

    parts: tuple[tuple[str, float, int], ...]
    weights: dict[str, float]
    lengths: tuple[float, ...]
    day: float | None
    language: str | None
    counts: bool
    said: tuple[str, ...]


class Frequencies:
    """In how many reports each term stood so far: a running count that slowly forgets."""

    def __init__(self) -> None:
        self._holding: Counter[str] = Counter()
        self._reports = 0

    def vector(self, read: Terms, day: float | None) -> Vector:
        """Count a report's terms and return them weighted: log(1 + count) times the log of how rare each is."""
        self._reports += 1
        holding = self._holding
        weighted = []
        for term, count in read.counts.items():
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
        said = tuple(read.said.get(term, term) for term, _, _ in parts[:MOST_SAID])
        counts = any(of == WORD and term[0].isdigit() for term, _, of in parts)
        return Vector(parts, weights, tuple(map(math.sqrt, squares)), day, read.language, counts, said)

    def _forget(self) -> None:
        self._reports //= 2
        self._holding = Counter({term: count // 2 for term, count in self._holding.items() if count >= 2})


class LiveStory:
    """A story while it grows: the sum of its vectors, some of them whole, its days and languages."""

    __slots__ = (
        "_length",
        "centroid",
        "first",
        "id",
        "languages",
        "last",
        "members",
        "sample",
        "size",
        "slot",
        "squares",
    )

    def __init__(self, id: int, slot: int) -> None:
        self.id = id
        self.slot = slot
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
    """The live stories and the index from term to story.

    A live story has a slot, which the next one takes when it is dead: the index knows stories by slot, so that they can
    be compared as arrays, and its size follows the live stories, not all there ever were.
    """

    def __init__(self) -> None:
        self.stories: dict[int, LiveStory] = {}
        self._holding: dict[str, dict[int, float]] = defaultdict(dict)
        self._next = 0
        self._at = [-1] * _SLOTS  # the story in each slot
        self._free = list(range(_SLOTS - 1, -1, -1))
        self._lengths = np.ones(_SLOTS)

    def open(self) -> LiveStory:
        """Return a new, empty story."""
        if not self._free:
            self._free = list(range(2 * len(self._at) - 1, len(self._at) - 1, -1))
            self._at += [-1] * len(self._at)
            self._lengths = np.concatenate([self._lengths, np.ones_like(self._lengths)])
        slot = self._free.pop()
        self._at[slot] = self._next
        story = self.stories[self._next] = LiveStory(self._next, slot)
        self._next += 1
        return story

    def take(self, story: LiveStory, vector: Vector) -> None:
        """Let a report move a story."""
        centroid, squares = story.centroid, story.squares
        for term, weight, of in vector.parts:
            before = centroid.get(term, 0.0)
            after = before + weight
            squares[of] += after * after - before * before
            centroid[term] = self._holding[term][story.slot] = after
        if len(centroid) > MOST_HELD:
            self._lighten(story)
        self._measure(story)
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
            kept.centroid[term] = self._holding[term][kept.slot] = after
        if len(kept.centroid) > MOST_HELD:
            self._lighten(kept)
        self._measure(kept)
        kept.size += other.size
        kept.span(other.first, other.last)
        kept.languages |= other.languages
        kept.members = _some([*kept.members, *other.members])
        kept.sample = _some([*kept.sample, *other.sample])
        self.drop(other)

    def _lighten(self, story: LiveStory) -> None:
        """Let a story forget the lighter half of its terms."""
        for term, weight in heaviest(story.centroid, len(story.centroid))[MOST_HELD // 2 :]:
            del story.centroid[term]
            story.squares[kind(term)] -= weight * weight
            self._unlist(term, story.slot)

    def _measure(self, story: LiveStory) -> None:
        story.measure()
        self._lengths[story.slot] = story.length()

    def _unlist(self, term: str, slot: int) -> None:
        held = self._holding[term]
        held.pop(slot, None)
        if not held:
            del self._holding[term]

    def drop(self, story: LiveStory) -> None:
        """Forget a story."""
        del self.stories[story.id]
        self._free.append(story.slot)
        for term in story.centroid:
            self._unlist(term, story.slot)

    def dead(self, day: float) -> list[LiveStory]:
        """Return the stories that nothing can join any more on a day."""
        return [story for story in self.stories.values() if story.last is not None and day - story.last > LIVE_DAYS]

    def candidates(
        self,
        parts: Iterable[tuple[str, float]],
        day: float | None,
        most: int = MOST_CANDIDATES,
        share: float = SHARE_OF_BEST,
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
            for slot, value in held.items():
                products[slot] += weight * value
        count = len(products)
        slots = np.fromiter(products, np.intp, count)
        cosines = np.fromiter(products.values(), np.float64, count) / self._lengths[slots]
        if count > 2 * most:
            kept = np.argpartition(-cosines, 2 * most)[: 2 * most]
            slots, cosines = slots[kept], cosines[kept]
        least = max(LEAST_COSINE, share * float(cosines.max(initial=0.0)))
        ranked = sorted(
            (-cosine, self._at[slot])
            for cosine, slot in zip(cosines.tolist(), slots.tolist(), strict=True)
            if cosine >= least
        )
        found = [self.stories[id] for _, id in ranked]
        return [story for story in found if day is None or story.last is None or day - story.last <= LIVE_DAYS][:most]


def meet(left: Mapping[str, float], right: Mapping[str, float]) -> bool:
    """Return whether two sets of terms share more than a country: that alone is no happening."""
    few, many = (left, right) if len(left) < len(right) else (right, left)
    return any(term in many and kind(term) != COUNTRY for term in few)


def _some(members: list[Vector]) -> list[Vector]:
    return members[:: -(-len(members) // MOST_MEMBERS)]


def heaviest(centroid: dict[str, float], most: int = 40) -> Sequence[tuple[str, float]]:
    """Return the heaviest terms of a story."""
    return sorted(centroid.items(), key=lambda one: (-one[1], one[0]))[:most]
