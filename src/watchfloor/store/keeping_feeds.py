"""Where this node collects, how its feeds fare, and how far outlets are trusted: a part of `Store`."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from watchfloor.core.feed import Feed, FeedState, Grade
from watchfloor.core.marking import Reader
from watchfloor.store import feeds, outlets
from watchfloor.store.feeds import Awaited, Run
from watchfloor.store.opened import Opened
from watchfloor.store.write_records import Kept


class FeedKeeping(Opened):
    """The methods of `Store` about feeds and outlets."""

    def keep_outlet_grade(self, outlet: str, grade: Grade) -> None:
        """Add a grade to those of an outlet; it holds from now on."""
        with self._transaction(writes=True) as connection:
            outlets.keep_grade(connection, outlet, grade)

    def outlet_grades(self, reader: Reader) -> dict[str, tuple[Grade, ...]]:
        """Return the grades by outlet, the oldest first, those of its feeds too; a partner sees none."""
        with self._transaction(writes=False) as connection:
            return outlets.read(connection, reader)

    def keep_feed(self, feed: Feed) -> Kept:
        """Keep a new feed; "known", and nothing is changed, when one has its name."""
        with self._transaction(writes=True) as connection:
            return feeds.keep_feed(connection, feed)

    def change_feed(self, feed: Feed) -> bool:
        """Make the feed of that name what is given, but for its grades and when it was added; False without one."""
        with self._transaction(writes=True) as connection:
            return feeds.change_feed(connection, feed)

    def keep_grade(self, name: str, grade: Grade) -> bool:
        """Add a grade to those of a feed; False when there is no such feed."""
        with self._transaction(writes=True) as connection:
            return feeds.keep_grade(connection, name, grade)

    def keep_feed_state(
        self, name: str, state: FeedState, run: Run | None = None, awaited: Sequence[Awaited] = ()
    ) -> None:
        """Keep how a feed fares now, a run of it, and the pages that it names; all or nothing."""
        with self._transaction(writes=True, changes="nothing") as connection:
            feeds.keep_state(connection, name, state, run, awaited)

    def keep_awaited(self, name: str, page: Awaited) -> None:
        """Write down when an awaited page is to be tried again, and why it could not be had."""
        with self._transaction(writes=True, changes="nothing") as connection:
            feeds.keep_awaited(connection, name, page)

    def forget_awaited(self, name: str, address: str) -> None:
        """Strike an awaited page off: it is kept now, or given up."""
        with self._transaction(writes=True, changes="nothing") as connection:
            feeds.forget_awaited(connection, name, address)

    def feeds(self, reader: Reader) -> tuple[Feed, ...]:
        """Return the feeds by name, with their grades; a partner's reader sees none."""
        with self._transaction(writes=False) as connection:
            return feeds.feeds(connection, reader)

    def feed_states(self, reader: Reader) -> dict[str, FeedState]:
        """Return how the feeds fare, by name; one that was never run is not among them."""
        with self._transaction(writes=False) as connection:
            return feeds.states(connection, reader)

    def runs(self, reader: Reader, name: str, most: int = 20) -> tuple[Run, ...]:
        """Return the last runs of a feed, the latest first."""
        with self._transaction(writes=False) as connection:
            return feeds.runs(connection, reader, name, most)

    def awaited(self, reader: Reader, name: str, now: datetime, most: int) -> tuple[Awaited, ...]:
        """Return the pages of a feed that may be fetched now, in the order in which they should be."""
        with self._transaction(writes=False) as connection:
            return feeds.awaited(connection, reader, name, now, most)

    def count_awaited(self, reader: Reader) -> dict[str, int]:
        """Return how many pages are awaited, by feed."""
        with self._transaction(writes=False) as connection:
            return feeds.count_awaited(connection, reader)

    def last_seen(self, reader: Reader, locators: Iterable[str], now: datetime | None = None) -> dict[str, datetime]:
        """Return when something was last collected, up to now if it may be, at each locator at which something was."""
        with self._transaction(writes=False) as connection:
            return feeds.last_seen(connection, reader, locators, now)
