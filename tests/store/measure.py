"""Measure the store: how fast 5,000 short reports are kept, and how fast they are searched.

python tests/store/measure.py [DIRECTORY]
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from watchfloor.core.annotation import Annotation, Mention
from watchfloor.core.capture import Capture
from watchfloor.core.identity import content_id
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Passage, Report
from watchfloor.core.span import Span
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store

REPORTS = 5_000
BATCH = 100
HOME = Reader(name="us", partner=None, clearance="RED")
PARTNER = Reader(name="them", partner="a", clearance="AMBER")
WORDS = [f"{a}{b}" for a in "ba ce di fo gu la me ni po ru".split() for b in "ton rel mik sad von par lus".split()]
HANGUL = ["북한군은", "파병을", "대통령이", "사무총장은", "러시아에", "정상회담"]
QUERIES = [
    "baton",
    "baton cerel",
    '"baton cerel"',
    "ba* -dimik",
    "대통령",
    "파병 북한",
    "rulus pon*",
    "사무총장",
    "laton",
]


def made(n: int, chance: random.Random) -> tuple[Capture, Report, list[Annotation]]:
    """Return the n-th item: about 150 words, 30 mentions, half of them released to a partner."""
    words = [chance.choice(HANGUL) if n % 5 == 0 and k % 3 == 0 else chance.choice(WORDS) for k in range(150)]
    text = f"Report {n}. " + " ".join(words)
    data = text.encode()
    digest = sha256(data).hexdigest()
    day = date(2024, 1, 1) + timedelta(days=n % 365)
    at = datetime(2024, 11, 1, tzinfo=UTC) + timedelta(seconds=n)
    marking = Marking(level="GREEN", releasable_to=frozenset({"a", "b"})) if n % 2 else None
    capture = Capture(
        id=content_id("cap", n, digest),
        locator=f"{n}.txt",
        feed="speed",
        sha256=digest,
        media_type="text/plain",
        collected=at,
        data=data,
        outlet=f"Outlet {n % 40}",
        marking=marking,
    )
    report = Report(
        id=content_id("rep", n, text),
        capture=capture.id,
        address=capture.locator,
        url=None,
        outlet=capture.outlet,
        outlet_how="given",
        headline=" ".join(words[:6]),
        published=PartialDate(value=day.isoformat(), low=day, high=day, precision="day", how="made up"),
        language="en",
        text=text,
        passages=(Passage(start=0, end=len(text), kind="body"),),
        collected=at,
        marking=marking,
        generated_by="speed@1",
    )
    spans = (Span(report=report.id, start=k, end=k + 5) for k in range(30))
    return capture, report, [Mention(span=s, type="other", name="baton", generated_by="speed@1") for s in spans]


def keep(path: Path, items: list[tuple[Capture, Report, list[Annotation]]], size: int) -> float:
    """Return reports kept a second, captures and reports in batches of a size."""
    with open_store(path, create=True) as store:
        begun = time.perf_counter()
        for at in range(0, len(items), size):
            some = items[at : at + size]
            store.keep_captures(capture for capture, _, _ in some)
            store.keep_reports([(report, annotations) for _, report, annotations in some], "1")
        return len(items) / (time.perf_counter() - begun)


def timed(ask: Callable[[], object], times: int) -> list[float]:
    """Return how many milliseconds each of the calls took."""
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        ask()
        took.append(1_000 * (time.perf_counter() - begun))
    return took


def searched(store: Store, reader: Reader) -> list[float]:
    """Return how many milliseconds each search took."""
    return [ms for query in QUERIES for ms in timed(lambda query=query: store.search(reader, query), 10)]  # type: ignore[misc]


def main(directory: str | None) -> None:
    """Print the numbers."""
    items = [made(n, random.Random(n)) for n in range(REPORTS)]
    lines = []
    with tempfile.TemporaryDirectory(dir=directory) as folder:
        for size in (1, BATCH):
            lines.append(f"kept {keep(Path(folder) / f'{size}.db', items, size):8.0f} reports/s in batches of {size}")
        path = Path(folder) / f"{BATCH}.db"
        lines.append(f"size {path.stat().st_size / 2**20:8.1f} MiB")
        with open_store(path, create=False) as store:
            for who, reader in (("home", HOME), ("partner", PARTNER)):
                took = sorted(searched(store, reader))
                middle, slow = statistics.median(took), took[len(took) * 95 // 100]
                lines.append(f"search, {who}: median {middle:.1f} ms, p95 {slow:.1f} ms")
                for name, ask in (
                    ("reports", lambda reader=reader: store.reports(reader)),
                    ("reports as of a day", lambda reader=reader: store.reports(reader, as_of=date(2024, 6, 30))),
                    ("counts", lambda reader=reader: store.counts(reader)),
                ):
                    lines.append(f"{name}, {who}: {statistics.median(timed(ask, 5)):.1f} ms")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
