"""Capture forty pages from a list of fetches, saying each one that is acknowledged: a process for a test to kill.

Everything is decided by its number. What the database has is not fetched again, as a feed would not.
"""

import gzip
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from watchfloor.collect.captured import Told
from watchfloor.core.capture import Capture
from watchfloor.core.exchange import Exchange, Fetch
from watchfloor.core.marking import Marking
from watchfloor.flow.keeping import OWN, captured, keeping
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store

PAGES = 40
NOW = datetime(2024, 11, 1, 12, 0, tzinfo=UTC)
SAID = Told(now=NOW, feed="desk", outlet=None, published=None, marking=Marking(level="GREEN"))


def fetched(n: int) -> Fetch:
    """Return the n-th fetch; every fifth sends what the one before it sent, each of some ten kilobytes."""
    chance = random.Random(n - (n % 5 == 4))
    words = " ".join(f"river{chance.randrange(10**6)}" for _ in range(2_000))
    page = f"<html><title>Flood</title><p>{words}</p></html>".encode()
    answer = Exchange(
        url=f"https://a.example/{n}",
        asked=NOW + timedelta(seconds=n),
        seconds=0.1,
        method="GET",
        request=(("Host", "a.example"),),
        status=200,
        reason="OK",
        headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip")),
        body=gzip.compress(page, mtime=0),
        ip="192.0.2.7",
    )
    return Fetch(
        address=answer.url, outcome="got", exchanges=(answer,), content=page, content_type="text/html", url=answer.url
    )


def wanted(store: Store) -> Iterator[tuple[Fetch, Told]]:
    """Yield the fetches whose pages are not kept."""
    for n in range(PAGES):
        if not store.evidence_of_url(OWN, f"https://a.example/{n}"):
            yield fetched(n), SAID


def main(folder: Path) -> None:
    """Capture what is not kept yet."""
    with (
        open_store(folder / "a.db", create=True) as store,
        keeping(store, folder / "w", now=NOW, most=150_000) as keeper,
    ):
        for item in captured(keeper, wanted(store)):
            if isinstance(item, Capture):
                store.keep_capture(item)
                print(item.url, flush=True)  # noqa: T201 - the test reads what was acknowledged


if __name__ == "__main__":
    main(Path(sys.argv[1]))
