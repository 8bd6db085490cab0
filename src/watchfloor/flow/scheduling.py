"""What is to be done next: puts into the queue what is due, holds collectors back while too much waits to be read."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from watchfloor.core.feed import FeedState
from watchfloor.core.job import Job, JobKind
from watchfloor.core.marking import Reader
from watchfloor.flow import egress, schedule
from watchfloor.flow.configuration import ServiceSettings
from watchfloor.flow.metrics import Metrics
from watchfloor.store.state import State
from watchfloor.store.store import Store

PUT_AT_ONCE = 500  # captures that are put into the queue in one round (assumed: a minute of reading for ten workers)
KEPT = timedelta(minutes=15)  # for which what was done stays in the list (assumed: 20,000 units at most)
FORGET_EVERY = timedelta(minutes=10)
REREAD_AT_ONCE = 500  # reports that wait to be read again at a time (assumed)
REREAD_EVERY = timedelta(hours=1)  # after which is looked again for such, once there are none (assumed)
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
        recipe: str | None = None,
    ) -> None:
        """Take what it needs; recipe: that of the annotators, None to leave as it is what another one made."""
        self._store, self._reader, self._settings, self._now, self._metrics = store, reader, settings, now, metrics
        self._is_watching, self._recipe = is_watching, recipe
        self._none_stale: datetime | None = None
        metrics.describe("watchfloor_to_reread", "gauge", "Reports in the queue that another recipe annotated.")
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
        if self._recipe is not None and not self.holds_back:
            self._reread(self._recipe, now)
        if self._forgot is None or abs(now - self._forgot) >= FORGET_EVERY:
            self._store.jobs.forget(now - KEPT)
            self._store.egress.forget(now - egress.KEPT)
            self._forgot, self._after = now, 0  # once in a while all are looked at
        self.rounds += 1
        self._metrics.add("watchfloor_scheduler_rounds_total")

    def _reread(self, recipe: str, now: datetime) -> None:
        """Put reports into the queue that another recipe annotated, some at a time; workers take them after news."""
        counts = self._store.jobs.counts(self._reader)
        waiting = counts.get(("reread", "waiting"), 0) + counts.get(("reread", "running"), 0)
        self._metrics.set("watchfloor_to_reread", waiting)
        if waiting or (self._none_stale is not None and abs(now - self._none_stale) < REREAD_EVERY):
            return
        number = self._store.jobs.enqueue_stale(recipe, now, REREAD_AT_ONCE)
        self._none_stale = None if number else now
        if number:
            left = len(self._store.stale(self._reader, recipe))
            log.info("reports of another recipe are read again", extra={"now": number, "left": left})
            self._metrics.set("watchfloor_to_reread", number)

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
        looked = self._looked if self._looked is not None and self._looked <= now else None  # a clock may be set back
        if not eager and looked is not None and now - looked < wait:
            return False
        state = self._store.state(self._reader)
        held = any(one.held for those in self._store.alerts.seen(self._reader).values() for one in those)
        if state == self._state and not held and looked is not None and now - looked < timedelta(hours=1):
            return False
        self._looked, self._state = now, state
        return True

    def _put(self, kind: JobKind, now: datetime) -> None:
        """Put a unit into the queue of which there is only one; one that was given up is begun anew after a while."""
        self._store.jobs.enqueue(kind, [""], now)
        mine = [one for one in self._asides() if one.kind == kind]
        aside = [one for one in mine if one.ended and abs(now - one.ended) >= FAILED_EVERY]
        if aside:
            self._store.jobs.replay(self._reader, [one.id for one in aside], now)

    def _asides(self) -> Sequence[Job]:
        return [one for one in self._store.jobs.jobs(self._reader, state="aside", most=100) if not one.unit]
