"""Run a feed of ten pages of a web in memory, and strike this process dead at a moment that is given.

python feed_run.py DATABASE FETCHES MOMENT: after so many fetches, "fetched" as one is answered, "recorded" before its
capture is kept; MOMENT "never" lets it live.
"""

import os
import signal
import sys
from collections.abc import Iterable, Iterator

from watchfloor.core.capture import Capture
from watchfloor.core.exchange import Fetch
from watchfloor.core.feed import Feed
from watchfloor.core.marking import Reader
from watchfloor.flow import clock
from watchfloor.flow.asks import Ask
from watchfloor.flow.feeding import Feeding
from watchfloor.flow.pipeline import Line
from watchfloor.store.connection import open_store

SITE = "https://courier.example"
PAGES = 10
_ITEMS = "".join(f"<item><link>{SITE}/{number}</link></item>" for number in range(PAGES))
_WORDS = "<p>Ships left the port of Lund on Monday, the ministry said, report {}.</p>"


def main(database: str, fetches: int, moment: str) -> None:
    """Run the feed."""
    done = 0

    def strike(now: str) -> None:
        if now == moment and done >= fetches:
            os.kill(os.getpid(), signal.SIGKILL)

    def fetch_all(asks: Iterable[Ask]) -> Iterator[Fetch]:
        nonlocal done
        for ask in asks:
            strike("fetched")
            done += 1
            yield _answer(ask)

    def record(_fetch: Fetch, capture: Capture) -> Capture:
        strike("recorded")
        return capture

    reader = Reader(name="us", partner=None, clearance="RED")
    with open_store(database, create=True) as store:
        feed = Feed(name="courier", kind="feed", address=f"{SITE}/feed", every=1_800, added=clock.now())
        store.keep_feed(feed)
        feeding = Feeding(store, reader, Line(store, reader, (), 30.0), fetch_all, clock.now)
        feeding.keep(record, lambda _fetch: None, ())
        feeding.run(store.feeds(reader))


def _answer(ask: Ask) -> Fetch:
    if ask.etag:
        return Fetch(address=ask.address, outcome="not-modified", etag=ask.etag)
    if ask.address.endswith("/feed"):
        body = f"<rss version='2.0'><channel>{_ITEMS}</channel></rss>"
        return Fetch(address=ask.address, outcome="got", content=body.encode(), etag='"a"')
    number = ask.address.rpartition("/")[2]
    body = f"<html><body><article><h1>Report {number}</h1>{_WORDS.format(number) * 6}</article></body></html>"
    return Fetch(address=ask.address, outcome="got", content=body.encode(), content_type="text/html")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
