"""Speed of copies over a long stream: reports a CPU-second early and late, with the index in the store, and its memory.

    python bench/copy_speed.py [--documents 200000] [--weeks 20] [--json]

The stream is made here: texts of 330 words, in phrases drawn from 30,000 ones and single words drawn from 60,000, both
with a Zipf law, so that common runs of words stand in many texts as in life; three reports in ten reprint, cut or embed
one of the last 2,000. Counted is `flow.copying.Copying.take`: from clean reports to kept fingerprints and edges with
their evidence, parents read from the store. Not counted: making texts up, and keeping captures and reports, which is
done without the index of words.
"""

import argparse
import json
import random
import resource
import sys
import time
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from sqlalchemy import insert

from watchfloor.core.marking import Reader
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Passage, Report
from watchfloor.flow.copying import Copying
from watchfloor.store import write_reports
from watchfloor.store.connection import open_store
from watchfloor.store.schema import captures
from watchfloor.store.schema import reports as reported
from watchfloor.store.store import Store

WORDS, PHRASES = 60_000, 30_000
COPIED = 0.3  # share of reports that copy
BATCH = 500
STEP = 10_000  # reports between two looks at the clock


def stream(count: int, weeks: int, seed: int = 7) -> Iterator[Report]:
    """Yield made-up reports over some weeks, the earliest first."""
    dice, many = random.Random(seed), np.random.default_rng(seed)
    words = ["".join(dice.choice("bdfgklmnprstvz") + dice.choice("aeiou") for _ in range(4)) for _ in range(WORDS)]
    phrases = [" ".join(words[place] for place in _drawn(many, WORDS, 2 + n % 4)) for n in range(PHRASES)]
    last: deque[str] = deque(maxlen=2000)
    start = datetime(2024, 1, 1, tzinfo=UTC)
    for number in range(count):
        some = [phrases[place] for place in _drawn(many, PHRASES, 65)] + [words[p] for p in _drawn(many, WORDS, 105)]
        dice.shuffle(some)
        if last and dice.random() < COPIED:
            taken = dice.choice(last).split()
            size = dice.choice((len(taken), len(taken), len(taken) // 2, 60))
            some = [*some[: dice.choice((0, 20, 80))], *taken[:size]]
        text = " ".join(some)
        last.append(text)
        yield _report(number, text, start + timedelta(days=7 * weeks * number / count))


def _drawn(many: np.random.Generator, size: int, count: int) -> list[int]:
    """Return places drawn with a Zipf law (exponent 1)."""
    places: list[int] = (size ** many.random(count)).astype(np.int64).tolist()
    return [place - 1 for place in places]


def _report(number: int, text: str, at: datetime) -> Report:
    return Report(
        id=f"rep_{number:020d}",
        capture=f"cap_{number}",
        address=f"{number:09d}",
        url=None,
        outlet=None,
        outlet_how=None,
        headline=None,
        published=PartialDate(value=at.isoformat(), low=at.date(), high=at.date(), precision="day", how="made up"),
        language="en",
        text=text,
        passages=(Passage(start=0, end=len(text), kind="body"),),
        collected=at,
        generated_by="bench@1",
    )


def _fill(store: Store, batch: list[Report]) -> None:
    """Keep what copies need of reports."""
    bare = {"locator": "", "feed": "", "sha256": "", "media_type": "", "collected": "", "size": 0, "packed": False}
    with store._transaction(writes=True) as connection:
        connection.execute(insert(captures), [{"id": report.capture, "data": b"", **bare} for report in batch])
        connection.execute(
            insert(reported),
            [{"id": one.id, "capture": one.capture, **write_reports.columns(one)} for one in batch],
        )


def measure(documents: int, weeks: int) -> dict[str, float]:
    """Return reports per CPU-second of the first and the last ten thousand, edges per report, memory, disk."""
    reader = Reader(name="bench", partner=None, clearance="RED")
    rates: list[float] = []
    spent, counted, edges = 0.0, 0, 0
    reports = stream(documents, weeks)
    with TemporaryDirectory() as folder, open_store(Path(folder) / "bench.db", create=True) as store:
        copying = Copying(store, reader)
        while batch := [report for _, report in zip(range(BATCH), reports, strict=False)]:
            _fill(store, batch)
            began = time.process_time()
            edges += len(copying.take(batch))
            spent, counted = spent + time.process_time() - began, counted + len(batch)
            if counted >= STEP or counted + STEP * len(rates) == documents:
                rates.append(counted / spent)
                print(f"{len(rates) * STEP:>9} reports: {rates[-1]:.0f} a CPU-second", file=sys.stderr, flush=True)
                spent, counted = 0.0, 0
    return {
        "first_docs_per_s": rates[0],
        "second_docs_per_s": rates[min(1, len(rates) - 1)],
        "last_docs_per_s": rates[-1],
        "slowest_docs_per_s": min(rates),
        "drift_percent": 100 * (1 - rates[-1] / rates[0]),
        "edges_per_doc": edges / documents,
        "documents": float(documents),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--documents", type=int, default=200_000)
    arguments.add_argument("--weeks", type=int, default=20)
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    figures = measure(given.documents, given.weeks)
    if given.json:
        print(json.dumps({name: round(value, 2) for name, value in figures.items()}))
        return
    for name, value in figures.items():
        print(f"{name:<28} {value:>12.1f}")


if __name__ == "__main__":
    main()
