"""Stories: reports about one happening, in a single pass with a repair at the end of each day.

A report joins the live story to which it belongs most surely (likeness.py), or opens a new one. A copy joins its
parent's story and does not move it: one vote for each text, however often it is printed. What a person decided always
wins.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from watchfloor.core.copy import Copy
from watchfloor.core.identity import content_id
from watchfloor.core.judgement import Judgement
from watchfloor.core.report import Report
from watchfloor.core.story import Joined, Story, StoryChange
from watchfloor.fuse.likeness import Weights, features, weights
from watchfloor.fuse.live import Frequencies, Live, LiveStory, Vector
from watchfloor.fuse.story_decisions import Decisions
from watchfloor.fuse.story_repair import merges
from watchfloor.fuse.story_terms import COUNTRY, NAME, WORD, terms

JOIN_FROM = 0.6  # how surely a report must belong to a story to join it (measured)
REPAIR_DAYS = 1.0  # how often live stories are held against each other
_ROUGH_DAYS = 2  # days that a publication date may leave open and still count as known
_SHOWN = 4  # terms that say why


def stories(
    reports: Sequence[Report], copies: Sequence[Copy], judgements: Sequence[Judgement] = ()
) -> tuple[Story, ...]:
    """Return the stories, in the order of their earliest report; reports must stand earliest first."""
    stream = Stream(Decisions(reports, judgements), copies)
    for report in reports:
        stream.add(report)
    return tuple(stream.done())


class _Told(NamedTuple):
    """What is kept of a report: enough to name its story, and why it stands there."""

    collected: datetime
    headline: str | None
    joined: Joined


class _Kept:
    """What is known of a story beside its vectors: its reports, and what happened to it."""

    def __init__(self) -> None:
        self.reports: list[_Told] = []
        self.changes: list[StoryChange] = []

    def id(self) -> str:
        """Return the id: of the report collected first, so that one that turns up later does not change it."""
        return content_id("sto", min(self.reports, key=lambda one: one.collected).joined.report)

    def story(self, number: dict[str, int]) -> Story:
        """Return the story; number: the place of each report in time."""
        self.reports.sort(key=lambda one: number[one.joined.report])
        return Story(
            id=self.id(),
            title=next((one.headline for one in self.reports if one.headline), None),
            reports=tuple(one.joined.report for one in self.reports),
            joined=tuple(one.joined for one in self.reports),
            changes=tuple(self.changes),
        )


class Stream:
    """Stories as reports come in, the earliest first."""

    def __init__(self, decided: Decisions, copies: Sequence[Copy] = (), network: Weights | None = None) -> None:
        self._decided = decided
        self._parents = {copy.child: copy.parent for copy in copies if copy.kind != "partial"}
        self._network = network or weights()
        self._live = Live()
        self._frequencies = Frequencies()
        self._kept: dict[int, _Kept] = {}
        self._of: dict[str, int] = {}
        self._into: dict[int, int] = {}
        self._touched: set[int] = set()
        self._repaired: float | None = None
        self._number: dict[str, int] = {}

    def add(self, report: Report) -> None:
        """Put one report into its story."""
        self._number[report.id] = len(self._number)
        day = moment(report)
        if day is not None:
            self._pass_time(day)
        counts, language = terms(report)
        vector = self._frequencies.vector(counts, day, language)
        if (told := self._told(report)) is not None:
            self._put(told[0], report, vector, told[1], moves=told[2])
            return
        best = self._closest(report, vector)
        if best is None:
            story = self._live.open()
            self._kept[story.id] = _Kept()
            self._put(story.id, report, vector, Joined(report=report.id, score=1.0, why="opens the story"), moves=True)
        else:
            story, score = best
            why = f"shares {shared(vector, story)}"
            self._put(story.id, report, vector, Joined(report=report.id, score=score, why=why), moves=True)

    def story_of(self, report: str) -> int:
        """Return the number of the story in which a report stands by now."""
        return self._root(self._of[report])

    def done(self) -> Iterator[Story]:
        """Yield the stories, in the order of their earliest report, after a last repair."""
        self._repair()
        self._note_apart()
        yield from sorted(
            (kept.story(self._number) for kept in self._kept.values()), key=lambda one: self._number[one.reports[0]]
        )

    def _pass_time(self, day: float) -> None:
        if self._repaired is None:
            self._repaired = day
        if day - self._repaired >= REPAIR_DAYS:
            self._repair()
            self._repaired = day
            for story in self._live.dead(day):
                self._live.drop(story)

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
            if not self._forbids(report.id, story.id) and not contradicts(vector, story)
        ]
        if not found:
            return None
        scores = self._network.probabilities([features(vector, story, vector.day) for story in found])
        best = int(scores.argmax())
        return (found[best], round(float(scores[best]), 3)) if scores[best] >= JOIN_FROM else None

    def _put(self, number: int, report: Report, vector: Vector, joined: Joined, *, moves: bool) -> None:
        self._of[report.id] = number
        self._kept[number].reports.append(_Told(report.collected, report.headline, joined))
        story = self._live.stories.get(number)
        if story is None:
            return
        if moves:
            self._live.take(story, vector)
            self._touched.add(number)
        else:
            story.span(vector.day, vector.day)

    def _forbids(self, report: str, number: int) -> bool:
        apart = self._decided.apart.get(report)
        return bool(apart) and any(other in self._of and self.story_of(other) == number for other in apart or ())

    def _root(self, number: int) -> int:
        while number in self._into:
            number = self._into[number]
        return number

    def _repair(self) -> None:
        def forbidden(left: int, right: int) -> bool:
            return any(self._forbids(one.joined.report, right) for one in self._kept[left].reports)

        touched = self._touched & self._live.stories.keys()
        for kept, other, score, why in merges(self._live, touched, self._network, forbidden):
            left, right = self._kept[kept], self._kept.pop(other)
            self._into[other] = kept
            change = StoryChange(kind="merged", other=right.id(), score=round(score, 3), why=why)
            left.reports += right.reports
            left.changes += [change, *right.changes]
        self._touched.clear()

    def _note_apart(self) -> None:
        for left, right in self._decided.different:
            if left in self._of and right in self._of and (a := self.story_of(left)) != (b := self.story_of(right)):
                for one, other in ((a, b), (b, a)):
                    why = "a person decided that they are different"
                    self._kept[one].changes.append(
                        StoryChange(kind="kept-apart", other=self._kept[other].id(), score=1.0, why=why)
                    )


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


def shared(vector: Vector, story: LiveStory) -> str:
    """Return the terms that weigh most in what a report and a story have in common, for people."""
    both = [(weight * story.centroid[term], term) for term, weight, _ in vector.parts if term in story.centroid]
    both.sort(key=lambda one: (-one[0], one[1]))
    shown = [term.lstrip("#@") for _, term in both if not term.startswith("~")]
    return ", ".join(shown[:_SHOWN]) or "names"


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
