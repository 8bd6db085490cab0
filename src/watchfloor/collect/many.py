"""Many addresses at once: hosts beside each other, each in its own time."""

from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from queue import Empty, SimpleQueue
from time import sleep

from msgspec import Struct

from watchfloor.collect.fetching import Fetcher
from watchfloor.collect.wanted_types import READABLE
from watchfloor.core.exchange import Fetch, Outcome

MOST_LOST = 3
"""Requests in a row that a host left unanswered, or answered with "later", after which it is not asked again: others
wait for the end of the run meanwhile, and each such request may take a minute (assumed)."""

AHEAD = 1_000  # addresses read before the first result, to find hosts that can be asked meanwhile; assumed

LOST: frozenset[Outcome] = frozenset({"failed", "busy"})


class Wanted(Struct, frozen=True, kw_only=True):
    """An address to be fetched, with what we have of it already; see Fetcher.fetch."""

    address: str
    etag: str | None = None
    modified: str | None = None
    accept: Sequence[str] = READABLE


def fetch_all(
    addresses: Iterable[str | Wanted], fetcher: Fetcher, *, ahead: int = AHEAD
) -> Generator[Fetch, None, None]:
    """Yield what came of each address, as it comes, several hosts at a time (`FetchSettings.hosts_at_once`).

    At most one request per host is under way, with the pause between two that politeness asks for. Memory does not
    grow with the number of addresses: at most `ahead` are read in advance, in the caller's thread, and at most
    `hosts_at_once` results wait to be taken. A host that is down or slow holds nobody up: after MOST_LOST in a row what
    else waits of it is given back unasked, with the outcome of the last one. When the caller stops early, or the user
    interrupts, everything that the fetcher has under way is broken off; it can be used again.
    """
    at_once = max(1, fetcher.settings.hosts_at_once)
    line, lost = _Line(fetcher), Counter[str]()
    source = iter(addresses)
    running: dict[Future[Fetch], str] = {}
    done: SimpleQueue[Future[Fetch]] = SimpleQueue()
    pool = ThreadPoolExecutor(at_once, thread_name_prefix="fetch")
    try:
        while True:
            line.fill(source, ahead)
            pause = _start(pool, fetcher, line, running, done, at_once)
            if not running and not line.length:
                return
            future = _next(done, pause, running)
            if future is not None:
                host, fetch = running.pop(future), future.result()
                line.free(host)
                yield fetch
                lost[host] = lost[host] + 1 if fetch.outcome in LOST else 0
                if lost[host] >= MOST_LOST:
                    yield from (_unasked(job, host, fetch) for job in line.drop(host))
    finally:
        with fetcher.broken_off() if running else nullcontext():
            pool.shutdown(wait=True, cancel_futures=True)


def _unasked(job: Wanted, host: str, last: Fetch) -> Fetch:
    detail = f"not asked: the last {MOST_LOST} requests to {host} came to nothing ({last.detail})"
    return Fetch(address=job.address, outcome=last.outcome, detail=detail, retry=last.retry)


def _start(
    pool: ThreadPoolExecutor,
    fetcher: Fetcher,
    line: "_Line",
    running: dict[Future[Fetch], str],
    done: "SimpleQueue[Future[Fetch]]",
    at_once: int,
) -> float | None:
    """Start what can be started; the seconds until more can be, None when that hangs on what is running."""
    while len(running) < at_once:
        found = line.next()
        if found is None:
            return None
        host, wait = found
        if wait > 0:
            return wait
        job = line.take(host)
        future = pool.submit(fetcher.fetch, job.address, etag=job.etag, modified=job.modified, accept=job.accept)
        running[future] = host
        future.add_done_callback(done.put)
    return None


def _next(
    done: "SimpleQueue[Future[Fetch]]", pause: float | None, running: dict[Future[Fetch], str]
) -> Future[Fetch] | None:
    if not running:
        sleep(pause or 0.0)
        return None
    try:
        return done.get(timeout=pause)
    except Empty:
        return None


class _Line:
    """Addresses that wait, by host."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._hosts: dict[str, deque[Wanted]] = {}
        self._busy: set[str] = set()
        self.length = 0

    def fill(self, source: Iterator[str | Wanted], most: int) -> None:
        """Read addresses until so many wait."""
        while self.length < most:
            found = next(source, None)
            if found is None:
                return
            job = Wanted(address=found) if isinstance(found, str) else found
            self._hosts.setdefault(self._fetcher.host_of(job.address) or "", deque()).append(job)
            self.length += 1

    def next(self) -> tuple[str, float] | None:
        """The host that can be asked soonest, and in how many seconds; None when every waiting host is being asked."""
        free = (host for host in self._hosts if host not in self._busy)
        waits: Callable[[str], float] = self._fetcher.wait
        best: tuple[str, float] | None = None
        for host in free:
            wait = waits(host)
            if best is None or wait < best[1]:
                best = (host, wait)
            if wait <= 0:
                break
        return best

    def take(self, host: str) -> Wanted:
        """The address of a host that has waited longest; the host is busy from now on."""
        self._busy.add(host)
        waiting = self._hosts[host]
        job = waiting.popleft()
        if not waiting:
            del self._hosts[host]
        self.length -= 1
        return job

    def drop(self, host: str) -> Sequence[Wanted]:
        """Take all that waits of a host."""
        waiting = self._hosts.pop(host, ())
        self.length -= len(waiting)
        return tuple(waiting)

    def free(self, host: str) -> None:
        """Note that a host is no longer being asked; it goes to the end of the line."""
        self._busy.discard(host)
        if host in self._hosts:
            self._hosts[host] = self._hosts.pop(host)
