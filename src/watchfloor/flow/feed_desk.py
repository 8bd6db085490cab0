"""Feeds as a person looks after them: what they are and how they fare, adding, pausing, asking one now."""

import re
from datetime import datetime
from typing import get_args

from msgspec import Struct, structs

from watchfloor.core.audit import Note
from watchfloor.core.errors import ConfigError
from watchfloor.core.feed import Feed, FeedKind, FeedState
from watchfloor.core.marking import Marking, Reader
from watchfloor.flow.admission import Admitted
from watchfloor.flow.looking import guessed, is_web
from watchfloor.flow.schedule import GOOD, MANY_FAILURES
from watchfloor.store.feeds import Run
from watchfloor.store.store import Store

SHORTEST = 60  # seconds between two visits of a feed
LONGEST_NAME, LONGEST_ADDRESS = 80, 2_000  # characters
_EVERY = re.compile(r"([1-9][0-9]{0,5})(s|m|h|d)")
_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


class Fares(Struct, frozen=True, kw_only=True):
    """A feed and how it fares. health: "new" (never asked), "good", "failing", "given up" (asked seldom), "paused"."""

    feed: Feed
    state: FeedState
    health: str
    awaited: int


def fares(store: Store, reader: Reader) -> list[Fares]:
    """Return every feed with how it fares: those that fail first, then by name."""
    states, waiting = store.feed_states(reader), store.count_awaited(reader)
    found = [
        Fares(
            feed=feed,
            state=(state := states.get(feed.name, FeedState())),
            health=health(feed, state),
            awaited=waiting.get(feed.name, 0),
        )
        for feed in store.feeds(reader)
    ]
    order = ("given up", "failing", "new", "good", "paused")
    return sorted(found, key=lambda one: (order.index(one.health), one.feed.name))


def health(feed: Feed, state: FeedState) -> str:
    """Return in a word how a feed fares."""
    if feed.paused:
        return "paused"
    if state.tried is None:
        return "new"
    if state.outcome in GOOD:
        return "good"
    return "given up" if state.failures >= MANY_FAILURES else "failing"


def runs(store: Store, reader: Reader, name: str, most: int = 20) -> tuple[Run, ...]:
    """Return the last runs of a feed, the latest first."""
    return store.runs(reader, named(store, reader, name).name, most)


def named(store: Store, reader: Reader, name: str) -> Feed:
    """Return the feed of a name. Raises ConfigError."""
    found = next((one for one in store.feeds(reader) if one.name == name), None)
    if found is None:
        raise ConfigError(f"there is no feed {name[:LONGEST_NAME]!r}")
    return found


def add(
    store: Store,
    by: Admitted,
    name: str,
    address: str,
    now: datetime,
    *,
    kind: str = "",
    every: str = "1h",
    outlet: str = "",
    marking: Marking | None = None,
) -> Feed:
    """Keep a new feed of the web, which is asked by the next run; return it. Nothing is asked here.

    kind: "" to guess. Paths of this machine are added on the command line only: who may collect from the web may not
    therefore read this machine's files. Raises ConfigError, AccessDenied.
    """
    by.require("collect")
    called, where = name.strip(), address.strip()
    if not called or not called.isprintable() or len(called) > LONGEST_NAME:
        raise ConfigError(f"found a name of {len(called)} characters; expected 1 to {LONGEST_NAME} that can be printed")
    if not is_web(where) or len(where) > LONGEST_ADDRESS or not where.isprintable() or " " in where:
        raise ConfigError(
            f"found {where[:80]!r}, expected a web address such as https://...; folders and files of this machine are "
            "added with: watchfloor feed add"
        )
    known: dict[str, FeedKind] = {one: one for one in get_args(FeedKind) if one not in ("file", "folder")}
    if kind and kind not in known:
        raise ConfigError(f"found the kind {kind[:40]!r}; expected one of {', '.join(known)}")
    made = Feed(
        name=called,
        kind=known[kind] if kind else guessed(where),
        address=where,
        every=seconds(every),
        added=now,
        outlet=outlet.strip() or None,
        marking=marking,
    )
    if store.keep_feed(made) == "known":
        raise ConfigError(f"there is a feed {called!r} already; choose another name")
    _note(store, by, called, now, "added")
    return made


def pause(store: Store, by: Admitted, name: str, now: datetime, *, paused: bool) -> Feed:
    """Ask a feed no more, or again; what came from it stays."""
    by.require("collect")
    changed = structs.replace(named(store, by.reader, name), paused=paused)
    store.change_feed(changed)
    _note(store, by, name, now, "paused" if paused else "resumed")
    return changed


def ask_now(store: Store, by: Admitted, name: str, now: datetime) -> Feed:
    """Make a feed due at once: the running service, or the next `watchfloor feed run`, asks it; return the feed.

    Nothing is asked here, so nobody waits for another site. Raises ConfigError for a paused feed.
    """
    by.require("collect")
    feed = named(store, by.reader, name)
    if feed.paused:
        raise ConfigError(f"{name!r} is paused; resume it first")
    state = store.feed_states(by.reader).get(name, FeedState())
    store.keep_feed_state(name, structs.replace(state, next_try=now))
    _note(store, by, name, now, "asked for")
    return feed


def seconds(text: str) -> int:
    """Return the seconds that a time such as 30m, 6h or 1d names. Raises ConfigError.

    >>> seconds("6h")
    21600
    """
    found = _EVERY.fullmatch(text.strip().lower())
    total = int(found[1]) * _UNITS[found[2]] if found else 0
    if total < SHORTEST:
        raise ConfigError(f"found the time {text[:20]!r}; expected one such as 30m, 6h or 1d, at least {SHORTEST}s")
    return total


def _note(store: Store, by: Admitted, name: str, now: datetime, change: str) -> None:
    store.audit.keep_note(Note(at=now, who=by.name, verb="collect", what=f"feed {name}", detail={"change": change}))
