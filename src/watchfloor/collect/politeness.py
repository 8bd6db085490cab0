"""When a host may be asked again: one request at a time, and a pause between two."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from watchfloor.core.errors import SetAside

_HOSTS_KEPT = 10_000  # hosts remembered before those whose pause is over are forgotten; assumed


class _Host:
    """One host: its turn, from when on it is free, how long its pause is."""

    def __init__(self, gap: float) -> None:
        self.turn = Lock()
        self.free_at = 0.0
        self.gap = gap
        self.waiting = 0


class Politeness:
    """The turns of every host.

    gap: seconds from the end of one request to the beginning of the next; a host may ask for more, never for less.
    patience: seconds after which waiting for a turn makes no sense. timer: seconds that only go forward. sleep: waits
    so many seconds, returns early when waiting is pointless.
    """

    def __init__(
        self, gap: float, patience: float, timer: Callable[[], float], sleep: Callable[[float], object]
    ) -> None:
        self._gap, self._patience, self._timer, self._sleep = gap, patience, timer, sleep
        self._hosts: dict[str, _Host] = {}
        self._lock = Lock()

    @contextmanager
    def turn(self, host: str, stopped: Callable[[], bool] = lambda: False) -> Iterator[None]:
        """Wait until it is our turn with a host, and keep the turn for the block: for one request and its answer.

        Raise SetAside, reason "busy", when the host wants to be left alone for longer than our patience lasts.
        """
        entry = self._entry(host)
        try:
            with entry.turn:
                while (left := entry.free_at - self._timer()) > 0 and not stopped():
                    if left > self._patience:
                        raise SetAside("busy", f"{host} wants to be left alone for another {left:.0f} s; not asked")
                    self._sleep(left)
                try:
                    yield
                finally:
                    self._free(entry, entry.gap)
        finally:
            with self._lock:
                entry.waiting -= 1

    def hold(self, host: str, seconds: float) -> None:
        """Leave a host alone for so long, as it asks (Retry-After)."""
        entry = self._entry(host)
        self._free(entry, max(seconds, entry.gap))
        with self._lock:
            entry.waiting -= 1

    def slow_down(self, host: str, gap: float) -> None:
        """Pause so long between two requests, as the host asks (Crawl-delay), where that is longer than our own."""
        entry = self._entry(host)
        with self._lock:
            entry.gap = max(self._gap, gap)
            entry.waiting -= 1

    def wait(self, host: str) -> float:
        """Return the seconds until a host may be asked again, 0 for now."""
        with self._lock:
            entry = self._hosts.get(host)
            return max(0.0, entry.free_at - self._timer()) if entry else 0.0

    def _entry(self, host: str) -> _Host:
        with self._lock:
            if host not in self._hosts and len(self._hosts) >= _HOSTS_KEPT:
                self._forget()
            entry = self._hosts.setdefault(host, _Host(self._gap))
            entry.waiting += 1
            return entry

    def _forget(self) -> None:
        now = self._timer()
        self._hosts = {name: host for name, host in self._hosts.items() if host.waiting or host.free_at > now}

    def _free(self, entry: _Host, seconds: float) -> None:
        with self._lock:
            entry.free_at = max(entry.free_at, self._timer() + seconds)
