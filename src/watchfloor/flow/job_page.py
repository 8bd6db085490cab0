"""What the faces show of the service's work."""

from msgspec import Struct

from watchfloor.core.job import Job, JobKind, Worker
from watchfloor.core.marking import Reader
from watchfloor.store.store import Store


class JobPage(Struct, frozen=True, kw_only=True):
    """The work of the service: who works, what runs, what was set aside, what waits, what was done last.

    counts: by kind, and in it by state. backlog: captures that wait to be read. reread: reports in the queue to be read
    again, because another recipe annotated them.
    """

    workers: tuple[Worker, ...]
    jobs: tuple[Job, ...]
    counts: dict[JobKind, dict[str, int]]
    backlog: int
    reread: int = 0


def job_page(store: Store, reader: Reader, *, most: int = 200) -> JobPage:
    """Return the work of the service for the reader; a partner's finds none."""
    counts: dict[JobKind, dict[str, int]] = {}
    for (kind, state), number in sorted(store.jobs.counts(reader).items()):
        counts.setdefault(kind, {})[state] = number
    reading, again = counts.get("read", {}), counts.get("reread", {})
    return JobPage(
        workers=store.jobs.workers(reader),
        jobs=store.jobs.jobs(reader, most=most),
        counts=counts,
        backlog=reading.get("waiting", 0) + reading.get("running", 0),
        reread=again.get("waiting", 0) + again.get("running", 0),
    )
