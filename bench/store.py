"""A large store: how long questions take on SQLite and on PostgreSQL, over the same generated reports.

    python bench/store.py                                                     # 2,000 reports, both kinds where they are
    python bench/store.py --reports 100000 --at build/store.db                # one database, which is kept and goes on
    python bench/store.py --reports 100000 --at postgresql://me@/watchfloor

Every report has ten statements, so 100,000 of them are a million. Words follow Zipf's law over 30,000 forms; half of
the reports are released to a partner; one in ten is a later version of another. Interrupted, it goes on where it was:
report n is always the same. Times are of the wall in milliseconds, as whoever asks waits: p50 and p95 of 100 questions
of each kind, with 50 different words; `readers` asks the same from eight threads while one writes.
"""

import argparse
import importlib.util
import random
import statistics
import sys
import time
from bisect import bisect
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

from watchfloor.core.annotation import Attribution
from watchfloor.core.capture import Capture
from watchfloor.core.identity import content_id
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.store.connection import is_address, open_store
from watchfloor.store.store import Store

REPORTS = 2_000
STATEMENTS = 10  # of one report
WORDS = 180  # of one report, headline included
FORMS = 30_000  # different words
BATCH = 200  # reports of one transaction
ROUNDS = 100
READERS = 8
HOME = Reader(name="bench", partner=None, clearance="RED")
PARTNER = Reader(name="bench", partner="p", clearance="RED")
FIRST = date(2020, 1, 1)

_WEIGHTS = list(accumulate(1 / (rank + 2) for rank in range(FORMS)))
_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er")]


def form(rank: int) -> str:
    """Return the word of a rank: every rank has one of its own."""
    out = ""
    while rank or not out:
        rank, part = divmod(rank, len(_SYLLABLES))
        out += _SYLLABLES[part]
    return out


def words(chance: random.Random, count: int) -> list[str]:
    """Return words as they stand in running text: few are common, most are rare."""
    return [form(bisect(_WEIGHTS, chance.random() * _WEIGHTS[-1])) for _ in range(count)]


def made(n: int) -> tuple[Capture, Report, tuple[Attribution, ...]]:
    """Return the n-th report with its capture and its statements; always the same."""
    chance = random.Random(n)
    sentences = [" ".join(words(chance, WORDS // STATEMENTS - 1)) for _ in range(STATEMENTS)]
    text = " ".join(f"{sentence.capitalize()} said {form(chance.randrange(200)).title()}." for sentence in sentences)
    data = text.encode()
    digest = sha256(data).hexdigest()
    address = f"https://{form(n % 97)}.example/{n - n % 10 if n % 10 == 1 else n}"
    day = FIRST + timedelta(days=n // 60)
    collected = datetime(day.year, day.month, day.day, 12, n % 60, tzinfo=UTC)
    marking = Marking(level="GREEN", releasable_to=frozenset({"p"})) if n % 2 else None
    capture = Capture(
        id=content_id("cap", address, digest),
        locator=address,
        feed="bench",
        sha256=digest,
        media_type="text/plain",
        collected=collected,
        data=data,
        outlet=form(n % 97),
        url=address,
        marking=marking,
    )
    report = Report(
        id=content_id("rep", capture.outlet, address, text),
        capture=capture.id,
        address=address,
        url=address,
        outlet=capture.outlet,
        outlet_how="given",
        headline=" ".join(words(chance, 8)).capitalize(),
        published=PartialDate(value=day.isoformat(), low=day, high=day, precision="day", how="given"),
        language="en",
        text=text,
        passages=(),
        collected=collected,
        marking=marking,
        generated_by="bench@1",
    )
    return capture, report, tuple(_statements(report, sentences))


def _statements(report: Report, sentences: list[str]) -> Iterator[Attribution]:
    start = 0
    for sentence in sentences:
        end = report.text.index(".", start)
        cue = start + len(sentence) + 1
        yield Attribution(
            span=Span(report=report.id, start=start, end=end),
            source=(Span(report=report.id, start=cue + 5, end=end),),
            cue=(Span(report=report.id, start=cue, end=cue + 4),),
            content=(Span(report=report.id, start=start, end=cue - 1),),
            speaker=report.text[cue + 5 : end],
            speaker_type="person",
            kind="indirect",
            act="assert",
            generated_by="bench@1",
        )
        start = end + 2


def fill(store: Store, count: int) -> tuple[int, float]:
    """Keep reports until there are so many; return how many were added and in how many seconds."""
    there = store.counts(HOME)["reported"]
    start = time.perf_counter()
    for first in range(there, count, BATCH):
        some = [made(n) for n in range(first, min(first + BATCH, count))]
        store.keep_captures(capture for capture, _, _ in some)
        store.keep_reports([(report, found) for _, report, found in some], "1")
        if first // BATCH % 50 == 0:
            print(f"  {first:,} of {count:,}", file=sys.stderr, flush=True)
    return max(count - there, 0), time.perf_counter() - start


def questions(store: Store, count: int) -> dict[str, Callable[[int], object]]:
    """Return what is asked, by name; each takes the number of the round."""
    chance = random.Random(0)
    rare, middle, common = (
        [form(chance.randrange(low, high)) for _ in range(50)] for low, high in ((3_000, 9_000), (300, 1_000), (20, 60))
    )
    some = [made(chance.randrange(count)) for _ in range(50)]
    phrases = [" ".join(report.text.split()[3:5]) for _, report, _ in some]

    def page(n: int) -> object:
        report = some[n % 50][1]
        return (
            store.report(HOME, report.id),
            store.annotations(HOME, [report.id]),
            store.versions(HOME, report.address),
            store.sightings(HOME, report.capture),
            store.translations(HOME, [report.id]),
        )

    return {
        "search, rare word": lambda n: store.search(HOME, rare[n % 50]),
        "search, usual word": lambda n: store.search(HOME, middle[n % 50]),
        "search, common word": lambda n: store.search(HOME, common[n % 50]),
        "search, two words": lambda n: store.search(HOME, f"{middle[n % 50]} {common[n % 49]}"),
        "search, word without": lambda n: store.search(HOME, f"{middle[n % 50]} -{common[n % 49]}"),
        "search, phrase": lambda n: store.search(HOME, f'"{phrases[n % 50]}"'),
        "search, beginning": lambda n: store.search(HOME, f"{rare[n % 50][:5]}*"),
        "search, partner": lambda n: store.search(PARTNER, middle[n % 50]),
        "report page": page,
        "fifty reports' statements": lambda n: store.annotations(HOME, [report.id for _, report, _ in some]),
    }


def timed(ask: Callable[[int], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """Return the median and the 95th percentile of the milliseconds of many askings; the first is not counted."""
    ask(0)
    took = []
    for n in range(rounds):
        start = time.perf_counter()
        ask(n)
        took.append(1000 * (time.perf_counter() - start))
    return statistics.median(took), statistics.quantiles(took, n=20)[-1]


def while_writing(store: Store, count: int) -> tuple[float, float, int]:
    """Return p50 and p95 of a search in eight threads while one writes, and how many reports were kept meanwhile."""
    ask = questions(store, count)["search, usual word"]
    done = Event()

    def write() -> int:
        written = 0
        while not done.is_set():
            capture, report, found = made(count + written)
            store.keep_capture(capture)
            store.keep_report(report, found, "1")
            written += 1
        return written

    def read(shift: int) -> list[float]:
        took = []
        for n in range(ROUNDS // 4):
            start = time.perf_counter()
            ask(shift + n)
            took.append(1000 * (time.perf_counter() - start))
        return took

    with ThreadPoolExecutor(READERS + 1) as threads:
        writing = threads.submit(write)
        took = [one for some in threads.map(read, range(READERS)) for one in some]
        done.set()
    return statistics.median(took), statistics.quantiles(took, n=20)[-1], writing.result()


def measure(where: str, count: int) -> dict[str, str]:
    """Fill a database and ask it everything; return a line by name."""
    with open_store(where, create=True) as store:
        added, seconds = fill(store, count)
        if is_address(where):
            with store._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("SET default_transaction_read_only = off")
                connection.exec_driver_sql("VACUUM ANALYZE")
                connection.exec_driver_sql("SET default_transaction_read_only = on")
        rows = {"kept, 200 to a transaction": f"{added / seconds:,.0f} reports/s" if added else "were there"}
        for name, ask in questions(store, count).items():
            p50, p95 = timed(ask)
            rows[name] = f"{p50:.1f} / {p95:.1f}"
        p50, p95, written = while_writing(store, count)
        rows[f"search, {READERS} threads, one writes"] = f"{p50:.1f} / {p95:.1f} ({written} kept)"
    return rows


def main() -> None:
    """Measure the databases that were asked for, or both kinds, and print one table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--reports", type=int, default=REPORTS)
    asked.add_argument("--at", action="append", help="a file or an address; kept, and filled up when it is there")
    given = asked.parse_args()
    results: dict[str, dict[str, str]] = {}
    if given.at:
        for where in given.at:
            results["postgresql" if is_address(where) else "sqlite"] = measure(where, given.reports)
    else:
        with TemporaryDirectory() as folder:
            results["sqlite"] = measure(f"{folder}/store.db", given.reports)
        results |= _on_a_server(given.reports)
    print(f"{given.reports:,} reports, {given.reports * STATEMENTS:,} statements; ms, p50 / p95\n")
    print(f"| | {' | '.join(results)} |\n{'|---' * (len(results) + 1)}|")
    for name in next(iter(results.values())):
        print(f"| {name} | " + " | ".join(rows[name] for rows in results.values()) + " |")


def _on_a_server(count: int) -> dict[str, dict[str, str]]:
    with server_of_the_tests() as server:
        return {} if server is None else {"postgresql": measure(server.make(), count)}


@contextmanager
def server_of_the_tests() -> Iterator[Any]:
    """Start a server of the tests' own for the block, where PostgreSQL and its driver are installed; None elsewhere."""
    path = Path(__file__).parents[1] / "tests" / "postgresql_server.py"
    spec = importlib.util.spec_from_file_location("postgresql_server", path)
    if spec is None or spec.loader is None or importlib.util.find_spec("psycopg") is None:
        yield None
        return
    servers = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(servers)
    if (programs := servers.programs()) is None:
        yield None
        return
    with servers.running(programs, safe=True) as server:
        yield server


if __name__ == "__main__":
    main()
