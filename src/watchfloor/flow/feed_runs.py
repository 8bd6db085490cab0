"""What a run of feeds comes to: counted feed by feed while it runs, told when it is over."""

from datetime import datetime

from msgspec import Struct

from watchfloor.core.aside import Aside
from watchfloor.core.exchange import Outcome
from watchfloor.core.feed import Feed, FeedState
from watchfloor.flow import schedule
from watchfloor.flow.receipt import Taken


class Ran(Struct, frozen=True, kw_only=True):
    """What one run of one feed came to.

    outcome, detail: of asking the feed itself. named: items that it named and that were not kept before. new: reports
    that are new or of a new version. unchanged, set_aside: what became of the rest. waiting: still to be fetched.
    """

    feed: str
    outcome: Outcome
    detail: str
    named: int = 0
    new: int = 0
    unchanged: int = 0
    set_aside: int = 0
    waiting: int = 0
    next_try: datetime | None = None


class FeedsReceipt(Struct, frozen=True, kw_only=True):
    """What a run of feeds came to: each feed, everything set aside, what an interrupted run had left behind."""

    ran: tuple[Ran, ...] = ()
    set_aside: tuple[Aside, ...] = ()
    resumed: int = 0
    seconds: float = 0.0


class FeedTally:
    """What has become of one feed so far in this run.

    before: how it fared until then. is_index: it is an index of sitemaps: what it answered counts as heard only when
    those that it names are heard as well.
    """

    def __init__(self, feed: Feed, state: FeedState) -> None:
        self.feed = feed
        self.before = self.state = state
        self.is_asked = self.is_index = False
        self.named = self.new = self.unchanged = self.set_aside = 0

    @property
    def is_away(self) -> bool:
        """Return whether its source was asked in this run and gave no answer, or one that says "later"."""
        return self.is_asked and self.state.outcome in schedule.PASSING

    def count(self, outcome: Taken) -> None:
        """Count an item of the feed by what became of it."""
        self.new += outcome in ("new", "new-version")
        self.unchanged += outcome in ("unchanged", "renewed")
        self.set_aside += isinstance(outcome, Aside)
