"""Stories: reports about one happening, in a single pass with a repair at the end of each day.

A report joins the live story to which it belongs most surely (likeness.py), or opens a new one. A copy joins its
parent's story and does not move it: one vote for each text, however often it is printed. What a person decided always
wins.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from watchfloor.core.copy import Copy
from watchfloor.core.judgement import Judgement
from watchfloor.core.report import Report
from watchfloor.core.story import Joined, Story, StoryChange
from watchfloor.fuse.likeness import Weights, features, weights
from watchfloor.fuse.live import Frequencies, Live, LiveStory, Vector, meet
from watchfloor.fuse.story_decisions import Decisions
from watchfloor.fuse.story_kept import Kept
from watchfloor.fuse.story_repair import merges
from watchfloor.fuse.story_terms import COUNTRY, NAME, WORD, terms
from watchfloor.fuse.story_words import shared

JOIN_FROM = 0.63  # how surely a report must belong to a story to join it (measured)
REPAIR_DAYS = 1.0  # how often live stories are held against each other
LOOK_DAYS = 0.25  # how often dead stories are taken out of the index
_ROUGH_DAYS = 2  # days that a publication date may leave open and still count as known


def stories(
    reports: Sequence[Report], copies: Sequence[Copy], judgements: Sequence[Judgement] = ()
) -> tuple[Story, ...]:
    """Return the stories, in the order of their earliest report; reports must stand earliest first."""
    stream = Stream(Decisions(reports, judgements), copies)
    for report in reports:
        stream.add(report)
    return tuple(stream.done())


class Stream:
    """Stories as reports come in, the earliest first.

    copies and what was decided must be known from the start. What is held grows with the live stories, and with the
    reports that decisions and later copies name; settled() hands out the rest. repairs: how often live stories were
    held against each other so far.
    """

    def __init__(self, decided: Decisions, copies: Sequence[Copy] = (), network: Weights | None = None) -> None:
        self._decided = decided
        self._parents = {copy.child: copy.parent for copy in copies if copy.kind != "partial"}
        self._awaited = decided.named | set(self._parents.values())
        self._network = network or weights()
        self._live = Live()
        self._frequencies = Frequencies()
        self._kept: dict[int, Kept] = {}
        self._settled: list[int] = []
        self._of: dict[str, int] = {}
        self._into: dict[int, int] = {}
        self._touched: set[int] = set()
        self._repaired: float | None = None
        self._looked: float | None = None
        self._number = 0
        self.repairs = 0

    def add(self, report: Report) -> None:
        """Put one report into its story."""
        self._number += 1
        day = moment(report)
        if day is not None:
            self._pass_time(day)
        vector = self._frequencies.vector(terms(report), day)
        if (told := self._told(report)) is not None:
            self._put(told[0], report, vector, told[1], moves=told[2])
        elif (best := self._closest(report, vector)) is not None:
            story, score = best
            why = f"shares {shared(vector, story)}"
            self._put(story.id, report, vector, Joined(report=report.id, score=score, why=why), moves=True)
        else:
            story = self._live.open()
            self._kept[story.id] = Kept()
            self._put(story.id, report, vector, Joined(report=report.id, score=1.0, why="opens the story"), moves=True)
        self._put_together(report.id)

    def story_of(self, report: str) -> int:
        """Return the number of the story in which a report stands by now."""
        return self._root(self._of[report])

    def live(self) -> int:
        """Return how many stories a report may still join."""
        return len(self._live.stories)

    def settled(self) -> Iterator[Story]:
        """Yield the stories that nothing can change any more, and forget them; done() yields the others."""
        numbers, self._settled = self._settled, []
        for number in numbers:
            kept = self._kept.get(number)
            if kept is None or any(one.joined.report in self._awaited for one in kept.reports):
                continue
            del self._kept[number]
            for one in kept.reports:
                del self._of[one.joined.report]
            for other in kept.taken:
                self._into.pop(other, None)
            yield kept.story()

    def done(self) -> Iterator[Story]:
        """Yield the stories, in the order of their earliest report, after a last repair."""
        self._repair()
        self._note_apart()
        yield from (kept.story() for kept in sorted(self._kept.values(), key=Kept.earliest))

    def _pass_time(self, day: float) -> None:
        if self._repaired is None or self._looked is None:
            self._repaired = self._looked = day
        if day - self._repaired >= REPAIR_DAYS:
            self._repair()
            self._repaired = day
        if day - self._looked >= LOOK_DAYS:
            self._looked = day
            for story in self._live.dead(day):
                self._live.drop(story)
                self._settled.append(story.id)

    def _told(self, report: Report) -> tuple[int, Joined, bool] | None:
        """Return where a person or its being a copy puts a report, why, and whether it moves the story."""
        for other in self._decided.together.get(report.id, ()):
            if other in self._of and not self._forbids(report.id, self.story_of(other)):
                why = "a person put it together with another report of the story"
                return self.story_of(other), Joined(report=report.id, score=1.0, why=why), True
        parent = self._parents.get(report.id)
        if parent in self._of and not self._forbids(report.id, self.story_of(parent)):
            return self.story_of(parent), Joined(report=report.id, score=1.0, why="copies a report of the story"), False
        return None

    def _closest(self, report: Report, vector: Vector) -> tuple[LiveStory, float] | None:
        found = [
            story
            for story in self._live.candidates(((term, weight) for term, weight, _ in vector.parts), vector.day)
            if not self._forbids(report.id, story.id) and _may_be(vector, story)
        ]
        if not found:
            return None
        scores = self._network.probabilities([features(vector, story, vector.day) for story in found])
        best = int(scores.argmax())
        return (found[best], round(float(scores[best]), 3)) if scores[best] >= JOIN_FROM else None

    def _put(self, number: int, report: Report, vector: Vector, joined: Joined, *, moves: bool) -> None:
        self._of[report.id] = number
        self._kept[number].take(self._number, report, joined)
        story = self._live.stories.get(number)
        if story is None:
            return
        if moves:
            self._live.take(story, vector)
            self._touched.add(number)
        else:
            story.span(vector.day, vector.day)

    def _put_together(self, report: str) -> None:
        """Make one of the stories of which a person said that reports of theirs belong together."""
        for other in self._decided.together.get(report, ()):
            if other not in self._of:
                continue
            left, right = sorted((self.story_of(report), self.story_of(other)), key=self._older)
            if left == right or self._parted(left, right):
                continue
            kept, gone = self._live.stories.get(left), self._live.stories.get(right)
            if kept is not None and gone is not None:
                self._live.merge(kept, gone)
            self._take_up(left, right, "put-together", 1.0, "a person put reports of theirs together")

    def _older(self, number: int) -> tuple[bool, int]:
        """Return what orders stories: the live ones first, which reports may still join, and then by age."""
        return number not in self._live.stories, number

    def _take_up(self, kept: int, other: int, kind: Literal["merged", "put-together"], score: float, why: str) -> None:
        left, right = self._kept[kept], self._kept.pop(other)
        self._into[other] = kept
        gone = max(left, right, key=Kept.first).id()  # the older id stays, whichever story reports may still join
        left.take_up(other, right, StoryChange(kind=kind, other=gone, score=round(score, 3), why=why))

    def _parted(self, left: int, right: int) -> bool:
        return any(self._forbids(one.joined.report, right) for one in self._kept[left].reports)

    def _forbids(self, report: str, number: int) -> bool:
        apart = self._decided.apart.get(report)
        return bool(apart) and any(other in self._of and self.story_of(other) == number for other in apart or ())

    def _root(self, number: int) -> int:
        while number in self._into:
            number = self._into[number]
        return number

    def _repair(self) -> None:
        touched = self._touched & self._live.stories.keys()
        for kept, other, score, why in merges(self._live, touched, self._network, self._parted):
            self._take_up(kept, other, "merged", score, why)
        self._touched.clear()
        self.repairs += 1

    def _note_apart(self) -> None:
        noted: set[tuple[int, int]] = set()
        for left, right in self._decided.different:
            if left in self._of and right in self._of and (a := self.story_of(left)) != (b := self.story_of(right)):
                for one, other in {(a, b), (b, a)} - noted:
                    noted.add((one, other))
                    why = "a person decided that they are different"
                    self._kept[one].changes.append(
                        StoryChange(kind="kept-apart", other=self._kept[other].id(), score=1.0, why=why)
                    )


def _may_be(vector: Vector, story: LiveStory) -> bool:
    """Return whether a report may be of a story at all, before it is asked how surely."""
    return meet(vector.weights, story.centroid) and not contradicts(vector, story)


def contradicts(vector: Vector, story: LiveStory) -> bool:
    """Return whether a report cannot be of a story: it names other countries and other people, and counts otherwise.

    Floods in one country and floods in another share most of their words.
    """
    if not vector.lengths[COUNTRY] or story.squares[COUNTRY] <= 0 or not vector.lengths[NAME]:
        return False
    numbers = agreed = 0
    for term, _, of in vector.parts:
        if of in (COUNTRY, NAME):
            if term in story.centroid:
                return False
        elif of == WORD and term[0].isdigit():
            numbers += 1
            agreed += term in story.centroid
    return numbers > 0 and not agreed


def moment(report: Report) -> float | None:
    """Return when a report was published, in days; None when that is not known to about a day."""
    known = report.published
    if known is None or known.low is None or (known.high is not None and (known.high - known.low).days > _ROUGH_DAYS):
        return None
    return _moment(known.value or "", known.low)


@lru_cache(maxsize=4096)
def _moment(value: str, low: date) -> float:
    whole = float(low.toordinal())
    if len(value) > len("2024-10-21"):
        try:
            clock = datetime.fromisoformat(value)
        except ValueError:
            return whole
        return whole + (clock.hour + clock.minute / 60) / 24
    return whole
