"""Feeds: how many typical ones a second of CPU time, and whether their entries are those that feedparser reads.

The feeds are written by a program (feed_samples.py), 20 to 50 entries and some 30 to 120 KB each. Beside ours, in the
same run, feedparser and, when it is there, fastfeedparser.
"""

import argparse
import json
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import feedparser

from feed_samples import ADDRESS, FORMS, json_feed
from watchfloor.collect.entries import Entry
from watchfloor.collect.feed_xml import plain
from watchfloor.collect.syndication import parse

EACH = 40  # feeds of each form
REPEATS = 5  # the fastest of so many counts: the machine has other work
FOR_FEEDPARSER = 3  # feeds of each form that feedparser is timed with: it takes its time


def main() -> None:
    """Print the table, or with --json one line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", action="store_true", help="one line of metrics, flat, numbers only")
    arguments.add_argument("--data", help="not needed; every bench takes it")
    given = arguments.parse_args()
    found = measured()
    if given.json:
        print(json.dumps({name: round(value, 4) for name, value in found.items()}))
        return
    for name, value in found.items():
        print(f"{name:<28} {value:>10,.3f}")


def measured() -> dict[str, float]:
    """Return feeds a second and shares of equal entries."""
    samples = {form: [make(seed) for seed in range(EACH)] for form, make in FORMS.items()}
    every = [feed for feeds in samples.values() for feed in feeds]
    some = [feed for feeds in samples.values() for feed in feeds[:FOR_FEEDPARSER]]
    jsons = [json_feed(seed) for seed in range(EACH)]
    ours = _each(lambda feed: parse(feed, ADDRESS), every)
    theirs = _each(_by_feedparser, some, repeats=1)
    found = {
        "feeds_per_s": ours,
        "feedparser_per_s": theirs,
        "times_feedparser": ours / theirs,
        "json_feeds_per_s": _each(lambda feed: parse(feed, ADDRESS), jsons),
        "mean_kb": sum(map(len, every)) / len(every) / 1_000,
        "equal_entries": _equal(some),
    }
    found.update((f"per_s {form}", _each(lambda feed: parse(feed, ADDRESS), feeds)) for form, feeds in samples.items())
    if (fast := _fastfeedparser()) is not None:
        found["fastfeedparser_per_s"] = _each(fast, every)
    return found


def comparable(entry: Entry) -> tuple[str | None, ...]:
    """Return what must be equal of an entry: id, address, title, date as given."""
    return entry.id, entry.url, entry.title, entry.published or entry.updated


def comparable_to(entry: Any) -> tuple[str | None, ...]:
    """Return the same of an entry of feedparser, its title as plain text as ours is."""
    title = entry.get("title")
    kind = entry.get("title_detail", {}).get("type")
    said = (plain(title) if kind != "text/plain" else " ".join(plain(title).split())) if title else None
    date = entry.get("published") or (entry.get("updated") if "updated" in entry else None)
    return entry.get("id"), entry.get("link"), said, date


def _by_feedparser(feed: bytes) -> Any:
    headers = {"content-location": ADDRESS, "content-type": "application/xml"}
    return feedparser.parse(BytesIO(feed), response_headers=headers)


def _equal(feeds: Sequence[bytes]) -> float:
    """Return the share of entries that are equal, of all that either reads."""
    good = every = 0
    for feed in feeds:
        ours = [comparable(entry) for entry in parse(feed, ADDRESS).entries]
        theirs = [comparable_to(entry) for entry in _by_feedparser(feed).entries]
        good += sum(one == other for one, other in zip(ours, theirs, strict=False))
        every += max(len(ours), len(theirs))
    return good / every


def _each(read: Callable[[bytes], Any], feeds: Sequence[bytes], repeats: int = REPEATS) -> float:
    """Return how many feeds are read in a second of CPU time."""
    best = float("inf")
    for _ in range(repeats):
        began = time.process_time()
        for feed in feeds:
            read(feed)
        best = min(best, time.process_time() - began)
    return len(feeds) / best


def _fastfeedparser() -> Callable[[bytes], Any] | None:
    try:
        from fastfeedparser import parse as read
    except ImportError:
        return None
    made: Callable[[bytes], Any] = read
    return made


if __name__ == "__main__":
    main()
