"""A worker: takes a unit of work from the queue, does it, writes down how it ended, and goes on.

Whatever happens to it, the unit is finished by somebody: what a worker holds when it dies is due again when its lease
has run out, and what ends its worker again and again is set aside. Doing a unit twice changes nothing.
"""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from watchfloor.core.errors import WatchfloorError
from watchfloor.core.job import Job, JobKind, JobState
from watchfloor.flow.metrics import Metrics
from watchfloor.store.store import Store

AGAIN = timedelta(minutes=1)
"""After a failure a unit waits so long, times the number of its tries (assumed)."""

log = logging.getLogger("watchfloor.work")


class Duty(Protocol):
    """One kind of work."""

    def do(self, job: Job) -> str:
        """Do a unit; return in a word what became of it. A WatchfloorError means: try again later."""
        ...

    def give_up(self, job: Job) -> str:
        """Set a unit aside that was begun too often; return why, in words."""
        ...


class Worker:
    """Does units of some kinds, one after the other. now: the clock; lease: how long a unit is its own at first."""

    def __init__(
        self,
        store: Store,
        name: str,
        duties: Mapping[JobKind, Duty],
        now: Callable[[], datetime],
        lease: timedelta,
        metrics: Metrics | None = None,
    ) -> None:
        self._store, self.name, self._duties, self._now, self._lease = store, name, duties, now, lease
        self._metrics = metrics or Metrics()
        describe(self._metrics)
        self.busy_since: float | None = None

    @property
    def kinds(self) -> Sequence[JobKind]:
        """Return the kinds of work that it does, the most pressing first."""
        return tuple(self._duties)

    def once(self) -> Job | None:
        """Take the unit that is due longest and do it; return it, None when nothing is due."""
        job, may = self._store.jobs.take(self.name, self.kinds, self._now(), self._lease)
        if job is None:
            return None
        self.busy_since = began = time.monotonic()
        try:
            state, reason = self._done(job) if may else self._given_up(job)
        finally:
            self.busy_since = None
        took = time.monotonic() - began
        due = self._now() + AGAIN * job.tries if state == "waiting" else None
        if not self._store.jobs.finish(job, self._now(), state, reason=reason, due=due):
            log.warning("finished after the lease had run out; somebody else does it too", extra=_about(job))
        self._metrics.add("watchfloor_jobs_total", kind=job.kind, outcome=state)
        self._metrics.add("watchfloor_job_seconds_total", took, kind=job.kind)
        if state != "done":
            log.warning("not done", extra={**_about(job), "state": state, "reason": reason})
        else:
            log.debug("done", extra={**_about(job), "outcome": reason, "seconds": round(took, 3)})
        return job

    def _done(self, job: Job) -> tuple[JobState, str]:
        try:
            return "done", self._duties[job.kind].do(job)
        except WatchfloorError as error:
            return "waiting", str(error)
        except Exception as error:
            log.exception("unforeseen", extra=_about(job))
            return "waiting", f"{type(error).__name__}: {error}"

    def _given_up(self, job: Job) -> tuple[JobState, str]:
        try:
            return "aside", self._duties[job.kind].give_up(job)
        except WatchfloorError as error:
            return "waiting", str(error)


def describe(metrics: Metrics) -> None:
    """Say what the numbers of workers mean."""
    metrics.describe("watchfloor_jobs_total", "counter", "Units of work that ended, by kind and outcome.")
    metrics.describe("watchfloor_job_seconds_total", "counter", "Seconds that units of work took, by kind.")


def _about(job: Job) -> dict[str, object]:
    return {"job": job.id, "kind": job.kind, "unit": job.unit, "tries": job.tries}
