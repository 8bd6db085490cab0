"""The service in one process: a scheduler, collectors, readers, the watch, and what others may ask of how it fares.

Its parts are threads that share one database and a word to stop. Whoever is asked to stop finishes the unit in hand;
what is not finished is due again. On a server of databases any number of processes that only read work beside it.
"""

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import FrameType

from msgspec import Struct

from watchfloor.core.errors import WatchfloorError
from watchfloor.core.job import JobKind
from watchfloor.core.marking import Reader
from watchfloor.flow.configuration import Configuration
from watchfloor.flow.copying import complete
from watchfloor.flow.delivering import Network, Sender
from watchfloor.flow.duties import Collecting, Delivering, Looking, Reading, Rereading
from watchfloor.flow.intake import Intake
from watchfloor.flow.metrics import Metrics, own_process
from watchfloor.flow.pipeline import Line
from watchfloor.flow.scheduling import Scheduler
from watchfloor.flow.situation import Situation
from watchfloor.flow.watch_file import path_of
from watchfloor.flow.worker_names import dead, own_name
from watchfloor.flow.working import Duty, Worker

TICK = 1.0  # seconds between two rounds of the scheduler, and two looks of an idle worker (assumed)
DEAD_AFTER = 5  # leases after which a part that has not moved is held to hang (assumed)
SAID_AGAIN = 60.0  # seconds after which a part that still fails in the same way says so again (assumed)
log = logging.getLogger("watchfloor.service")


class Health(Struct, frozen=True, kw_only=True):
    """How the service fares. is_alive: restart it when it is not. is_ready: it does its work.

    because: what stands against either, in words; empty when nothing does.
    """

    is_alive: bool
    is_ready: bool
    because: tuple[str, ...] = ()


class Service:
    """What one process does. now: the clock; sender: hands alerts to the world; name: what it is called.

    readers: captures that are read at the same time; more than one needs a line with a crew.
    """

    def __init__(
        self,
        opened: Situation,
        settings: Configuration,
        line: Line,
        now: Callable[[], datetime],
        *,
        reads_only: bool = False,
        readers: int = 1,
        sender: Sender | None = None,
        metrics: Metrics | None = None,
        name: str | None = None,
    ) -> None:
        self.store, self.metrics = opened.store, metrics or Metrics()
        self._settings, self._now = settings, now
        self._lease = timedelta(seconds=settings.service.lease)
        self._stop = threading.Event()
        self._failing: dict[str, tuple[str, float]] = {}  # by part what it said last, and when that was logged
        self._beaten = time.monotonic()
        own_process(self.metrics)
        self.reader = Reader(name="service", partner=None, clearance="RED")
        self._watcher = Reader(name="service", partner=None, clearance=settings.clearance)
        self.name = name or own_name()
        self.scheduler = Scheduler(
            self.store,
            self._watcher,
            settings.service,
            now,
            self.metrics,
            is_watching=lambda: path_of(settings).exists(),
            recipe=line.recipe if settings.service.reread else None,
        )
        reading = Reading(self.store, self.reader, line)
        self.workers = [self._worker("reading", {"read": reading, "reread": Rereading(line)})]
        if not reads_only:
            self._add_others(opened, line, sender or Network(settings))
        for number in range(2, readers + 1):
            self.workers.append(self._worker(f"reading {number}", {"read": reading, "reread": Rereading(line)}))
        self.reads_only = reads_only
        self.metrics.when_asked(self._count)
        for name_, help_ in (
            ("watchfloor_jobs", "Units of work in the queue, by kind and state."),
            ("watchfloor_workers", "Workers of all processes that live."),
            ("watchfloor_alerts_open", "Alerts that nobody has acknowledged."),
            ("watchfloor_up", "1 while the parts of the service move."),
        ):
            self.metrics.describe(name_, "gauge", help_)

    def _add_others(self, opened: Situation, line: Line, sender: Sender) -> None:
        store, settings = self.store, self._settings
        intake = Intake(store, self.reader, line)
        looking = Looking(store, self._watcher, settings, self._now, self.metrics)
        delivering = Delivering(store, self._watcher, settings, sender, self._now, looking, self.metrics)
        collecting = Collecting(opened, intake, settings.service.page_limit, self._may_collect, self.metrics)
        self.workers += [
            self._worker("collecting", {"feed": collecting}),
            self._worker("watching", {"deliver": delivering, "watch": looking}),
        ]

    def _worker(self, what: str, duties: "dict[JobKind, Duty]") -> Worker:
        return Worker(self.store, f"{self.name}:{what}", duties, self._now, self._lease, self.metrics)

    def stop(self) -> None:
        """Have every part end after the unit in hand."""
        self._stop.set()

    @property
    def is_stopping(self) -> bool:
        """Return whether it was asked to stop."""
        return self._stop.is_set()

    def beat(self) -> None:
        """Say that the workers of this process live."""
        for worker in self.workers:
            self.store.jobs.beat(worker.name, self._now(), self._lease)
        self._beaten = time.monotonic()

    def bury(self) -> None:
        """Strike off the workers that have died on this machine: what they were doing is due at once."""
        for name in dead((one.name for one in self.store.jobs.workers(self.reader)), self.name):
            log.info("a worker died; what it was doing is due again", extra={"worker": name})
            self.store.jobs.leave(name)

    def round(self) -> None:
        """One round of the scheduler."""
        if not self.reads_only:
            self.scheduler.round()

    def drain(self) -> int:
        """Do all that is due in this thread, as if no time passed; return how many units that were."""
        number = 0
        while not self.is_stopping:
            if not self.reads_only:
                self.scheduler.round(eager=True)
            done = [worker.once() for worker in self.workers]
            if not any(done):
                return number
            number += sum(one is not None for one in done)
        return number

    def run(self) -> None:
        """Work until asked to stop; the reading is done in this thread, where too slow reports can be struck."""
        self.bury()
        self.beat()
        complete(self.store, self.reader)
        others = [threading.Thread(target=self._keep_at, args=(one,), name=one.name) for one in self.workers[1:]]
        others.append(threading.Thread(target=self._beat_and_schedule, name=f"{self.name}:scheduling"))
        for thread in others:
            thread.start()
        log.info("began", extra={"worker": self.name, "reads_only": self.reads_only})
        try:
            self._keep_at(self.workers[0])
        finally:
            self.stop()
            for thread in others:
                thread.join()
            for worker in self.workers:
                self._try(lambda name=worker.name: self.store.jobs.leave(name), worker.name)  # type: ignore[misc]
            log.info("stopped", extra={"worker": self.name})

    def health(self) -> Health:
        """Return how the service fares."""
        lease, now = self._lease.total_seconds(), time.monotonic()
        wrong = []
        if now - self._beaten > DEAD_AFTER * lease:
            wrong.append(f"the scheduler has not moved for {now - self._beaten:.0f} seconds")
        for worker in self.workers:
            since = worker.busy_since
            longest = max(DEAD_AFTER * lease, DEAD_AFTER * self._settings.seconds_per_report)
            if since is not None and now - since > longest:
                wrong.append(f"{worker.name} has been at one unit for {now - since:.0f} seconds")
        waits = []
        if self.is_stopping:
            waits.append("it is stopping")
        for part, (said, _) in sorted(self._failing.copy().items()):
            waits.append(f"{part} cannot go on at the moment: {said}")
        if not self.reads_only and self.scheduler.rounds == 0:
            waits.append("the first round of the scheduler is not done")
        return Health(is_alive=not wrong, is_ready=not wrong and not waits, because=(*wrong, *waits))

    def _may_collect(self) -> bool:
        return not self.is_stopping and self.scheduler.may_collect()

    def _keep_at(self, worker: Worker) -> None:
        """Do unit after unit; when nothing is due or the database is away, look again after a moment."""
        while not self.is_stopping:
            did: list[object] = []
            self._try(lambda worker=worker, did=did: did.append(worker.once()), worker.name)  # type: ignore[misc]
            if not did or did[0] is None:
                self._stop.wait(TICK)

    def _beat_and_schedule(self) -> None:
        last = -self._lease.total_seconds()
        while not self.is_stopping:
            if time.monotonic() - last >= self._lease.total_seconds() / 4:
                last = time.monotonic() if self._try(self.beat, "the sign of life") else last
            self._try(self.round, "scheduling")
            self._stop.wait(TICK)

    def _try(self, work: Callable[[], object], part: str) -> bool:
        """Do something of a part; what goes wrong is logged and tried again, and we are not ready meanwhile."""
        try:
            work()
        except WatchfloorError as error:
            if self._is_news(part, str(error)):
                log.error("cannot go on at the moment", extra={"part": part, "error": str(error)})
            return False
        except Exception as error:
            if self._is_news(part, type(error).__name__):
                log.exception("unforeseen", extra={"part": part})
            return False
        if self._failing.pop(part, None) is not None:
            log.info("goes on", extra={"part": part})
        return True

    def _is_news(self, part: str, said: str) -> bool:
        """Note that a part failed; return whether that is to be logged: a full disk must not be filled by the log."""
        before, at = self._failing.get(part, ("", 0.0))
        is_news = said != before or time.monotonic() - at >= SAID_AGAIN
        self._failing[part] = (said, time.monotonic() if is_news else at)
        return is_news

    def _count(self) -> None:
        """Set the numbers that are asked of the database."""
        try:
            counts = self.store.jobs.counts(self.reader)
            self.metrics.replace(
                "watchfloor_jobs",
                {(("kind", kind), ("state", state)): float(number) for (kind, state), number in counts.items()},
            )
            self.metrics.set("watchfloor_workers", len(self.store.jobs.workers(self.reader)))
            self.metrics.set("watchfloor_alerts_open", self.store.alerts.count(self.reader)["open"])
        except WatchfloorError as error:
            log.error("numbers cannot be asked for", extra={"error": str(error)})
        self.metrics.set("watchfloor_up", int(self.health().is_alive))


@contextmanager
def stopping_on_signals(service: Service) -> Iterator[None]:
    """Have the service stop gracefully when the process is told to end; a second signal ends it at once."""

    def told(number: int, _frame: FrameType | None) -> None:
        if service.is_stopping:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(signal.Signals(number))
        service.stop()

    before = {number: signal.signal(number, told) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
