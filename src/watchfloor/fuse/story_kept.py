"""What is kept of a story beside its vectors: its reports, why each stands there, and what happened to it."""

from datetime import datetime
from typing import NamedTuple

from watchfloor.core.identity import content_id
from watchfloor.core.report import Report
from watchfloor.core.story import Joined, Story, StoryChange


class Told(NamedTuple):
    """What is kept of a report: its place in time, enough to name its story, and why it stands there."""

    number: int
    collected: datetime
    headline: str | None
    joined: Joined


class Kept:
    """A story's reports, the numbers of the stories that it took up, and what happened to it."""

    __slots__ = ("changes", "reports", "taken")

    def __init__(self) -> None:
        self.reports: list[Told] = []
        self.taken: list[int] = []
        self.changes: list[StoryChange] = []

    def id(self) -> str:
        """Return the id: of the report collected first, so that one that turns up later does not change it."""
        return content_id("sto", min(self.reports, key=_collected).joined.report)

    def first(self) -> tuple[datetime, int]:
        """Return what the age of the id goes by: when its report was collected, and that one's place in time."""
        return min(map(_collected, self.reports))

    def take(self, number: int, report: Report, joined: Joined) -> None:
        """Take a report in; number: its place in time."""
        self.reports.append(Told(number, report.collected, report.headline, joined))

    def take_up(self, number: int, other: "Kept", change: StoryChange) -> None:
        """Take up another story, with this number, and everything that happened to it."""
        self.reports += other.reports
        self.taken += [number, *other.taken]
        self.changes += [change, *other.changes]

    def earliest(self) -> int:
        """Return the place in time of the earliest report."""
        return min(one.number for one in self.reports)

    def story(self) -> Story:
        """Return the story with its reports earliest first."""
        reports = sorted(self.reports)
        return Story(
            id=self.id(),
            title=next((one.headline for one in reports if one.headline), None),
            reports=tuple(one.joined.report for one in reports),
            joined=tuple(one.joined for one in reports),
            changes=tuple(self.changes),
        )


def _collected(one: Told) -> tuple[datetime, int]:
    return one.collected, one.number
