"""What is to be done next: puts into the queue what is due, holds collectors back while too much waits to be read."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from watchfloor.core.feed import FeedState
from watchfloor.core.job import Job, JobKind
from watchfloor.core.marking import Reader
from watchfloor.flow import schedule
from watchfloor.flow.configuration import ServiceSettings
from watchfloor.flow.metrics import Metrics
from watchfloor.store.state import State
from watchfloor.store.store import Store

PUT_AT_ONCE = 500  # captures that are put into the queue in one round (assumed: a minute of reading for ten workers)
KEPT = timedelta(minutes=15)  # for which what was done stays in the list (assumed: 20,000 units at most)
FORGET_EVERY = timedelta(minutes=10)
FAILED_EVERY = timedelta(minutes=5)  # after which what has no unit of its own and was given up is begun anew (assumed)
log = logging.getLogger("watchfloor.service")


class Scheduler:
    """Decides round by round; several of them beside each other put everything into the queue once."""

    def __init__(
        self,
        store: Store,
        reader: Reader,
        settings: ServiceSettings,
        now: Callable[[], datetime],
        metrics: Metrics,
        *,
        is_watching: Callable[[], bool] = lambda: True,
    ) -> None:
        self._store, self._reader, self._settings, self._now, self._metrics = store, reader, settings, now, metrics
        self._is_watching = is_watching
        self._looked: datetime | None = None
        self._after = 0
        self._state: State | None = None
        self._forgot: datetime | None = None
        self.holds_back = False
        self.rounds = 0
        metrics.describe("watchfloor_backlog", "gauge", "Captures that wait to be read.")
        metrics.describe("watchfloor_collecting_held_back", "gauge", "1 while readers catch up.")
        metrics.describe("watchfloor_scheduler_rounds_total", "counter", "Rounds of the scheduler.")

    def round(self, *, eager: bool = False) -> None:
        """Put what is due into the queue; eager: a look as soon as anything has changed."""
        now = self._now()
        _, self._after = self._store.jobs.enqueue_pending(now, PUT_AT_ONCE, self._after)
        self._weigh()
        if not self.holds_back and self._feeds_are_due(now):
            self._put("feed", now)
        if self._is_watching() and self._is_time_to_look(now, eager):
            self._put("watch", now)
        if self._store.alerts.deliveries(self._reader, state="waiting", due=now, most=1):
            self._put("deliver", now)
        if self._forgot is None or now - self._forgot >= FORGET_EVERY:
            self._store.jobs.forget(now - KEPT)
            self._forgot, self._after = now, 0  # once in a while all are looked at
        self.rounds += 1
        self._metrics.add("watchfloor_scheduler_rounds_total")

    def backlog(self) -> int:
        """Return how many captures wait to be read."""
        counts = self._store.jobs.counts(self._reader)
        return counts.get(("read", "waiting"), 0) + counts.get(("read", "running"), 0)

    def may_collect(self) -> bool:
        """Return whether a collector may go on; asked after each page."""
        self._weigh()
        return not self.holds_back

    def _weigh(self) -> None:
        """Hold collectors back above the limit, until half of it is left: else they would stop and go at each page."""
        waiting = self.backlog()
        limit = self._settings.backlog
        held = waiting > limit // 2 if self.holds_back else waiting >= limit
        if held != self.holds_back:
            log.info("collecting is held back" if held else "collecting goes on", extra={"backlog": waiting})
        self.holds_back = held
        self._metrics.set("watchfloor_backlog", waiting)
        self._metrics.set("watchfloor_collecting_held_back", int(held))

    def _feeds_are_due(self, now: datetime) -> bool:
        states = self._store.feed_states(self._reader)
        feeds = [feed for feed in self._store.feeds(self._reader) if not feed.paused]
        if any(schedule.is_due(feed, states.get(feed.name, FeedState()), now) for feed in feeds):
            return True
        return any(self._store.awaited(self._reader, feed.name, now, 1) for feed in feeds)

    def _is_time_to_look(self, now: datetime, eager: bool) -> bool:
        """Return whether something has changed since the last look, and that was long enough ago."""
        wait = timedelta(seconds=self._settings.watch_every)
        if not eager and self._looked is not None and now - self._looked < wait:
            return False
        state = self._store.state(self._reader)
        held = any(one.held for those in self._store.alerts.seen(self._reader).values() for one in those)
        if state == self._state and not held and self._looked is not None and now - self._looked < timedelta(hours=1):
            return False
        self._looked, self._state = now, state
        return True

    def _put(self, kind: JobKind, now: datetime) -> None:
        """Put a unit into the queue of which there is only one; one that was given up is begun anew after a while."""
        self._store.jobs.enqueue(kind, [""], now)
        aside = [one for one in self._asides() if one.kind == kind and one.ended and now - one.ended >= FAILED_EVERY]
        if aside:
            self._store.jobs.replay(self._reader, [one.id for one in aside], now)

    def _asides(self) -> Sequence[Job]:
        return [one for one in self._store.jobs.jobs(self._reader, state="aside", most=100) if not one.unit]
