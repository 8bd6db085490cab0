"""What is to be found after a soak, held against what is there: pages, versions, alerts, the queue."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from soak_site import Published, number
from watchfloor.core.marking import Reader
from watchfloor.store.connection import open_store
from watchfloor.store.packed import unpack

HOME = Reader(name="soak", partner=None, clearance="RED")


class Found(Struct, frozen=True, kw_only=True):
    """What came of a soak; each list is empty when all is well.

    lost: latest versions of pages that are in no report. doubled: versions that stand in more than one report of an
    address, or whose address has more than one current report. unexplained: set aside without a fault that explains it.
    """

    pages: int
    versions: int
    reports: int
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    unexplained: tuple[str, ...]
    gone: int
    stuck: tuple[str, ...]
    stories: int
    alerted: int
    alerts_doubled: tuple[str, ...]


def latest(published: Sequence[Published]) -> dict[tuple[str, str], Published]:
    """Return the last version of each page."""
    return {(one.host, one.path): one for one in published}


def address(one: Published, port: int) -> str:
    """Return where a page is."""
    return f"http://{one.host}:{port}{one.path}"


def missing(database: Path, published: Sequence[Published], port: int) -> int:
    """Return how many pages are not read yet in their last version; asked of the file, beside the service."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10)) as connection:
            rows = connection.execute("select address, document from reports").fetchall()
    except sqlite3.Error:
        return len(published)
    there: dict[str, str] = defaultdict(str)
    for where, document in rows:
        there[where] += unpack(document)
    due = [one for one in latest(published).values() if not one.gone]
    return sum(one.token not in there.get(address(one, port), "") for one in due)


def waiting(database: Path, published: Sequence[Published]) -> int:
    """Return how many pages wait to be fetched and are there; asked of the file, beside the service."""
    gone = {one.path for one in latest(published).values() if one.gone}
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10)) as connection:
            rows = connection.execute("select address from awaited").fetchall()
    except sqlite3.Error:
        return len(published)
    return sum(not any(where.endswith(path) for path in gone) for (where,) in rows)


def found(database: Path, published: Sequence[Published], port: int) -> Found:
    """Return what came of it; the service must have ended."""
    last = latest(published)
    with open_store(database, create=False) as store:
        reports = store.reports(HOME)
        asides = store.asides(HOME)
        alerts = [one.alert for one in store.alerts.alerts(HOME, most=100_000)]
        jobs = store.jobs.jobs(HOME, most=100_000)
        waiting = store.count_awaited(HOME)
        counts = store.counts(HOME)
    with closing(sqlite3.connect(database)) as connection:
        documents = connection.execute("select address, document from reports").fetchall()
    texts: dict[str, list[str]] = defaultdict(list)
    for where, document in documents:
        texts[where].append(unpack(document))
    current = Counter(report.url or report.id for report in reports)
    lost, doubled = [], []
    for one in published:
        where = address(one, port)
        times = sum(one.token in document for document in texts.get(where, ()))
        if times > 1:
            doubled.append(f"{where} version {one.version}: {times} reports")
        if times == 0 and last[one.host, one.path] is one and not one.gone:
            lost.append(f"{where} version {one.version}, published at {one.when:%H:%M:%S}")
    doubled += [f"{where}: {times} current reports" for where, times in current.items() if times > 1]
    gone = {address(one, port) for one in last.values() if one.gone}
    unexplained = [f"{one.locator}: {one.reason}: {one.detail[:120]}" for one in asides
                   if one.locator not in gone and one.reason != "torn-archive"]  # fmt: skip
    stuck = [
        f"{one.kind} {one.unit} {one.state}: {one.reason or ''}" for one in jobs if one.state in ("running", "aside")
    ]
    stuck += [f"{counts['pending']} captures wait"] if counts["pending"] else []
    stuck += [f"{name}: {many} pages wait" for name, many in waiting.items()
              if many > sum(one.host.partition(".")[0] == name and one.gone for one in last.values())]  # fmt: skip
    told: Counter[int] = Counter()
    stories = {one.story for one in last.values() if not one.gone}
    for alert in alerts:
        if alert.trigger == "first seen":
            told.update(story for story in stories if f"{number(story):,} " in alert.sentence)
    twice = [f"story {story} ({number(story):,}): {times} alerts" for story, times in told.items() if times > 1]
    return Found(
        pages=len(last) - len(gone), versions=len(published), reports=len(documents), lost=tuple(lost),
        doubled=tuple(doubled), unexplained=tuple(unexplained), gone=len(gone), stuck=tuple(stuck),
        stories=len(stories), alerted=len(told), alerts_doubled=tuple(twice),
    )  # fmt: skip
