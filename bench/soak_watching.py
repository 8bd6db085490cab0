"""What is measured of a service while it runs: memory, handles, threads, sizes, answers; and whether that grows."""

import http.cookiejar
import statistics
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import psutil
from msgspec import Struct

WARM_UP = 90.0
"""Seconds of a life that do not count for growth: models are loaded, the first pictures are made (assumed)."""

LEAST = 2.0
"""Minutes after the warm-up in which a life must be seen to tell anything a minute (assumed)."""

PAGES = ("/", "/claims", "/search?q=containers", "/feeds", "/jobs")


class Sample(Struct, frozen=True, kw_only=True):
    """One look. at: seconds since the soak began; age: since this life began. readers: processes that read for it.

    mb, handles: of the service itself, in handles without the two by which it talks to each reader: readers come and go
    with the work. reader_mb, reader_handles: of the largest reader, 0 without any. threads: of the service. database,
    wal: bytes. backlog: None while it does not answer. page_ms: the time of one page, None where there was no answer;
    status of /healthz and /readyz likewise. asks_again: it said when to come again, as while the first picture is made.
    """

    at: float
    life: int
    age: float
    mb: float
    handles: int
    threads: int
    readers: int
    reader_mb: float
    reader_handles: int
    database: int
    wal: int
    healthy: int | None
    ready: int | None
    backlog: float | None
    page: str
    page_ms: float | None
    page_status: int | None
    asks_again: bool = False


def family(pid: int) -> list[psutil.Process]:
    """Return a process and all that descend from it, itself first; psutil.Error when it is gone."""
    first = psutil.Process(pid)
    return [first, *first.children(recursive=True)]


class Eye:
    """Looks. A browser of its own asks one page after the other."""

    def __init__(self, database: Path, ops: int) -> None:
        self._database, self._ops = database, ops
        self._nth = 0
        self._inside: str | None = None
        self._browser = urllib.request.build_opener()

    def look(self, began: float, life: int, born: float, pid: int, entrance: str | None) -> Sample | None:
        """Return a sample, None when the process is gone."""
        try:
            own, *readers = family(pid)
            mb, handles, threads = own.memory_info().rss / 1e6, own.num_fds() - 2 * len(readers), own.num_threads()
            reader_mb = max((one.memory_info().rss / 1e6 for one in readers), default=0.0)
            reader_handles = max((one.num_fds() for one in readers), default=0)
        except psutil.Error:
            return None
        healthy, _, _ = self._ask(f"http://127.0.0.1:{self._ops}/healthz")
        ready, _, _ = self._ask(f"http://127.0.0.1:{self._ops}/readyz")
        _, text, _ = self._ask(f"http://127.0.0.1:{self._ops}/metrics")
        page, status, took, again = self._page(entrance)
        now = time.monotonic()
        return Sample(
            at=round(now - began, 1), life=life, age=round(now - born, 1), mb=mb, handles=handles, threads=threads,
            readers=len(readers), reader_mb=reader_mb, reader_handles=reader_handles,
            database=_size(self._database), wal=_size(Path(f"{self._database}-wal")), healthy=healthy, ready=ready,
            backlog=_number(text, "watchfloor_backlog"), page=page, page_ms=took, page_status=status,
            asks_again=again,
        )  # fmt: skip

    def _page(self, entrance: str | None) -> tuple[str, int | None, float | None, bool]:
        page = PAGES[self._nth % len(PAGES)]
        self._nth += 1
        if entrance is None:
            return page, None, None, False
        if entrance != self._inside:
            self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
            status, _, _ = self._ask(entrance, self._browser)
            self._inside = entrance if status == 200 else None
        began = time.perf_counter()
        status, _, again = self._ask(entrance.partition("?")[0].rstrip("/") + page, self._browser)
        return page, status, None if status is None else 1000 * (time.perf_counter() - began), again

    def _ask(self, address: str, browser: urllib.request.OpenerDirector | None = None) -> tuple[int | None, str, bool]:
        try:
            with (browser or urllib.request.build_opener()).open(address, timeout=20) as answer:
                return answer.status, answer.read().decode("utf-8", "replace"), False
        except urllib.error.HTTPError as error:
            with error:
                return error.code, "", error.headers.get("Retry-After") is not None
        except OSError:
            return None, "", False


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _number(text: str, name: str) -> float | None:
    for line in text.splitlines():
        if line.startswith(name + " "):
            return float(line.split()[1])
    return None


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Return by how much the second grows with the first: the median of all pairs (Theil, Sen), so bursts count little.

    >>> slope([(0, 1.0), (1, 1.0), (2, 9.0), (3, 1.0)])
    0.0
    """
    steps = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in combinations(points, 2) if b[0] != a[0]]
    return statistics.median(steps) if steps else 0.0


def growth(samples: Sequence[Sample], field: str) -> dict[int, float]:
    """Return by life how much a number grew a minute, after the warm-up.

    Lives that were seen for less than LEAST are left out: two sockets more in their last minute would be a slope.
    """
    found = {}
    for life in sorted({one.life for one in samples}):
        mine = [
            (one.age / 60, float(getattr(one, field)))
            for one in samples
            if one.life == life and one.age >= WARM_UP and getattr(one, field)
        ]
        if mine and mine[-1][0] - mine[0][0] >= LEAST:
            found[life] = slope(mine)
    return found


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that so large a share of values does not pass; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
