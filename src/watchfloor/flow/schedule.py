"""When a feed is run again, and when a page is tried again that could not be had. No clock: the time is handed in."""

from datetime import datetime, timedelta
from hashlib import sha256

from msgspec import structs

from watchfloor.core.exchange import Fetch, Outcome
from watchfloor.core.feed import Feed, FeedState
from watchfloor.store.feeds import Awaited

DAY = timedelta(days=1)
MANY_FAILURES = 30
"""Failures in a row after which a feed is asked seldom (Media Cloud's rss-fetcher)."""

SLOWEST = timedelta(days=30)  # between two tries of a feed that fails for long (Media Cloud's rss-fetcher)
FULL_AFTER = DAY
"""A full answer at least so often: some sources say "nothing new" when there is (Media Cloud's rss-fetcher)."""

SLACK = timedelta(minutes=1)
"""A feed due within it, or a tenth of its own pause, is run: a timer that is a second early skips nothing."""

JITTER = 0.1  # of the time to wait after a failure, more or less, so that not all that failed come back at once
GOOD: frozenset[Outcome] = frozenset({"got", "not-modified"})
PASSING: frozenset[Outcome] = frozenset({"busy", "failed"})  # outcomes of a page that may well be others in an hour

_STEP = timedelta(
    minutes=30
)  # a page that was busy: after the first try so long, then twice, three times ... (assumed)
_LASTING = (DAY, 7 * DAY, 30 * DAY)  # a page that is gone or closed to us: after the first, second, third try (assumed)
_MOST_TRIES = 30  # of a page that is busy (assumed: a month of days)


def is_due(feed: Feed, state: FeedState, now: datetime) -> bool:
    """Return whether a feed is to be run now: also when it was run in what is the future, so the clock was set back."""
    if feed.paused:
        return False
    slack = min(SLACK, timedelta(seconds=feed.every) / 10)
    was_set_back = state.tried is not None and state.tried > now + SLACK
    return state.next_try is None or state.next_try <= now + slack or was_set_back


def conditions(state: FeedState, now: datetime) -> tuple[str | None, str | None]:
    """Return etag and last modification to ask with, nothing when a full answer is due."""
    if state.full is None or now - state.full >= FULL_AFTER:
        return None, None
    return state.etag, state.modified


def after(
    feed: Feed, state: FeedState, outcome: Outcome, detail: str, now: datetime, answer: Fetch | None = None
) -> FeedState:
    """Return how a feed fares after a run that ended so; a success ends all back-off.

    answer: of the source, for what it wants to be sent next time, and when.
    """
    is_good = outcome in GOOD
    failures = 0 if is_good else state.failures + 1
    wait = timedelta(seconds=feed.every) if is_good else _back_off(feed, failures)
    if answer is not None and answer.retry:
        wait = max(wait, min(timedelta(seconds=answer.retry), DAY))
    is_full = outcome == "got"
    return structs.replace(
        state,
        tried=now,
        good=now if is_good else state.good,
        full=now if is_full else state.full,
        failures=failures,
        next_try=now + wait,
        outcome=outcome,
        detail=detail,
        new=0,
        etag=answer.etag if is_full and answer else state.etag,
        modified=answer.modified if is_full and answer else state.modified,
    )


def _back_off(feed: Feed, failures: int) -> timedelta:
    """Return how long a failing feed is left alone: linear, up to a day, and after very many failures up to a month."""
    every = timedelta(seconds=feed.every)
    if failures >= MANY_FAILURES:
        wait = min((failures - MANY_FAILURES + 1) * DAY, SLOWEST)
    else:
        wait = min(every * (failures + 1), DAY)
    return max(every, wait * (1 + JITTER * _dice(feed.name, failures)))


def _dice(name: str, failures: int) -> float:
    """Return a number from -1 to 1 that looks like chance and is the same each time."""
    return int.from_bytes(sha256(f"{failures} {name}".encode("utf-8", "replace")).digest()[:4]) / 0x7FFFFFFF - 1


def again(page: Awaited, is_passing: bool, why: str, now: datetime, retry: float | None = None) -> Awaited | None:
    """Return when a page that could not be had is tried again, None when it is given up."""
    tries = page.tries + 1
    if is_passing:
        wait = None if tries >= _MOST_TRIES else min(tries * _STEP, DAY)
    else:
        wait = _LASTING[tries - 1] if tries <= len(_LASTING) else None
    if wait is None:
        return None
    if retry:
        wait = max(wait, min(timedelta(seconds=retry), DAY))
    return structs.replace(page, tries=tries, next_try=now + wait, why=why)
