"""Drift of the whole path: what a new page costs in a store of 1,000 reports and in one of 200,000, in turns.

    python bench/load.py --reports 200000 --statements 2000000 --db large.db --parts fill     # hours, once
    python bench/speed_drift.py --large large.db [--pages 500] [--json]

The large store is filled by `load.py`, which keeps all but two things: readings of paragraphs and lines of hosts. Those
are written here, as many as so many reports would have left (25 and 20 each), up to what the program keeps of them. The
small store is made here. Pages of `made_pages` that no run before has brought are made once (clean, annotate: they know
nothing of the size), then kept in either store, ten at a time in turns, so that other people's load falls on both; what
cleaning and annotating ask of the store is asked of each. CPU seconds; the making is counted once for both. The large
store keeps what is added: it grows by the pages of each run.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import mean
from typing import Any

import load_reports as world
import made_pages
from load_filling import HOME, fill
from watchfloor.annotate import reading
from watchfloor.flow.made import Made, make
from watchfloor.flow.parts import parts
from watchfloor.flow.pipeline import Line
from watchfloor.store import readings
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store

SMALL = 1_000
TURN = 10  # pages kept in one store before it is the other's turn
READINGS, LINES = 25, 20  # of one report
_ROWS = 20_000  # in one statement


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--large", required=True, help="a store filled by load.py")
    arguments.add_argument("--pages", type=int, default=500)
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        small = stack.enter_context(open_store(Path(folder) / "small.db", create=True))
        large = stack.enter_context(open_store(given.large, create=False))
        fill(small, SMALL, 10)
        for store in (small, large):
            _as_if_read(store)
        found = measure(small, large, given.pages)
    if given.json:
        print(json.dumps({name: round(value, 4) for name, value in found.items()}))
        return
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")
    for name, value in found.items():
        print(f"{name:<32} {value:>12,.2f}")


def measure(small: Store, large: Store, pages: int) -> dict[str, float]:
    """Return what a page costs in either store, and how much more in the large one, of the whole and of keeping."""
    count = large.counts(HOME)["reports"]
    first = 1_000_000 + count
    lines = [Line(store, HOME, parts(), 600.0) for store in (small, large)]
    made = 0.0
    spent: tuple[list[float], list[float]] = [], []
    for start in range(first, first + pages, TURN):
        began = time.process_time()
        captures = [made_pages.capture(n) for n in range(start, start + TURN)]
        before = time.process_time()
        things = [make(lines[0]._order(capture), lines[0]._parts, lines[0]._asked) for capture in captures]
        made += time.process_time() - before
        del began
        order = (0, 1) if start // TURN % 2 else (1, 0)
        for which in order:
            line, store = lines[which], (small, large)[which]
            begun = time.process_time()
            for capture, thing in zip(captures, things, strict=True):
                if not isinstance(thing, Made):
                    raise SystemExit(f"{capture.locator}: {thing}")
                store.keep_new(capture)
                line._asked.readings(reading.version(), reading.keys(thing.report))
                if thing.printed is not None:
                    line._asked.host(thing.printed.host, capture.url or "", tuple(thing.printed.lines))
                line._kept(capture, thing)
            spent[which].append((time.process_time() - begun) / TURN)
    each = made / pages
    kept = [mean(some) for some in spent]  # not the median: now and then the index of words puts its parts together
    return {
        "reports_in_large_store": float(count),
        "made_ms": 1000 * each,
        "kept_small_ms": 1000 * kept[0],
        "kept_large_ms": 1000 * kept[1],
        "drift_of_keeping_percent": 100 * (kept[1] / kept[0] - 1),
        "drift_percent": 100 * ((each + kept[1]) / (each + kept[0]) - 1),
    }


def _as_if_read(store: Store) -> None:
    """Write readings and lines of hosts as so many reports would have left them, unless they are there."""
    count = store.counts(HOME)["reports"]
    with store._transaction(writes=True) as connection:
        there = connection.exec_driver_sql("SELECT count(*) FROM readings").scalar_one()
        wanted = min(count * READINGS, readings.MOST)
        if there < wanted // 2:
            rows = sorted((_key(n), reading.version(), os.urandom(180)) for n in range(wanted))
            for some in _chunks(rows):
                connection.exec_driver_sql("INSERT OR IGNORE INTO readings (key, version, body) VALUES (?, ?, ?)", some)
        if connection.exec_driver_sql("SELECT count(*) FROM host_lines").scalar_one() < count * LINES // 2:
            names = [world.outlet(n).replace(" ", "-").lower() + ".example" for n in range(made_pages.OUTLETS)]
            hosts = sorted(set(names))
            for host in hosts:
                connection.exec_driver_sql(
                    "INSERT OR REPLACE INTO hosts (host, pages) VALUES (?, ?)", (host, count // len(hosts))
                )
                keys = sorted(os.urandom(8) for _ in range(count * LINES // len(hosts)))
                lines = [(host, key, 1, "2024-01-01", "2024-01-01") for key in keys]
                for some in _chunks(lines):
                    connection.exec_driver_sql("INSERT OR IGNORE INTO host_lines VALUES (?, ?, ?, ?, ?)", some)


def _key(number: int) -> str:
    from base64 import urlsafe_b64encode
    from hashlib import sha256

    return urlsafe_b64encode(sha256(str(number).encode()).digest()[:18]).decode()


def _chunks(rows: Sequence[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    return (list(rows[start : start + _ROWS]) for start in range(0, len(rows), _ROWS))


if __name__ == "__main__":
    main()
