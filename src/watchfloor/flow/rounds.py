"""What this node works through: the rounds of its feeds, what waits to be fetched or read, what was set aside."""

from collections import Counter
from datetime import datetime

from msgspec import Struct

from watchfloor.core.feed import Feed, FeedState
from watchfloor.flow.situation import Situation
from watchfloor.store.feeds import Run

MOST_RUNS = 40  # rounds shown over all feeds (assumed: a screen)


class Round(Struct, frozen=True, kw_only=True):
    """One round of a feed that has run."""

    feed: str
    run: Run


class Next(Struct, frozen=True, kw_only=True):
    """A feed and when it is due; due is None for one that is paused. waits: pages of it that are not fetched yet."""

    feed: Feed
    state: FeedState
    due: datetime | None
    waits: int


class Rounds(Struct, frozen=True, kw_only=True):
    """What ran, what is due, and what waits. aside: items set aside by their reason. counts: as `Store.counts`."""

    ran: tuple[Round, ...]
    due: tuple[Next, ...]
    aside: dict[str, int]
    counts: dict[str, int]


def rounds(opened: Situation) -> Rounds:
    """Return what the node works through, as far as the reader may see its feeds."""
    opened.by.require("see")
    store, reader = opened.store, opened.reader
    feeds, states, waits = store.feeds(reader), store.feed_states(reader), store.count_awaited(reader)
    ran = [Round(feed=feed.name, run=run) for feed in feeds for run in store.runs(reader, feed.name, MOST_RUNS)]
    due = [
        Next(
            feed=feed,
            state=states.get(feed.name, FeedState()),
            due=None if feed.paused else states.get(feed.name, FeedState()).next_try or feed.added,
            waits=waits.get(feed.name, 0),
        )
        for feed in feeds
    ]
    return Rounds(
        ran=tuple(sorted(ran, key=lambda one: one.run.at, reverse=True)[:MOST_RUNS]),
        due=tuple(sorted(due, key=lambda one: (one.due is None, one.due or one.feed.added))),
        aside=dict(Counter(one.reason for one in store.asides(reader)).most_common()),
        counts=store.counts(reader, ("captures", "versions", "pending")),
    )
