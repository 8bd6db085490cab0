"""How the node is: its database, its feeds, its last backup, and to which hosts it may speak."""

import platform
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from msgspec import Struct

from watchfloor import __version__
from watchfloor.core.egress import Egress
from watchfloor.core.errors import ReleaseDenied
from watchfloor.core.feed import Feed, FeedState
from watchfloor.flow import clock
from watchfloor.flow.egress import host_of
from watchfloor.flow.situation import Situation
from watchfloor.store.checking import Finding
from watchfloor.store.schema import HEAD
from watchfloor.store.upkeep import Info, info

ASKED = timedelta(hours=24)  # of which the egress log is shown
FAILING = 3  # runs in a row after which a feed is said to fail (assumed: one may be an accident)


class Host(Struct, frozen=True, kw_only=True):
    """A host that the node speaks to, and what for."""

    name: str
    because: tuple[str, ...]


class Failing(Struct, frozen=True, kw_only=True):
    """A feed that failed several times in a row, with what was said last."""

    feed: str
    failures: int
    outcome: str
    detail: str
    good: datetime | None


class Health(Struct, frozen=True, kw_only=True):
    """How a node is.

    database: None when it is not for this reader to know; then `closed` says why. backup: when the last one was made
    and what the log says of it, None for never. failing, hosts: as far as the reader may see the feeds.
    asked: to which hosts the node spoke in the last day.
    """

    version: str
    python: str
    system: str
    shape: str
    database: Info | None
    closed: str
    backup: tuple[datetime, str] | None
    failing: tuple[Failing, ...]
    feeds: int
    hosts: tuple[Host, ...]
    asked: tuple[Egress, ...]
    entries: int


def health(opened: Situation) -> Health:
    """Return how the node is; what is kept is counted for those who may see everything."""
    by, store = opened.by, opened.store
    by.require("audit")
    database, closed = None, ""
    try:
        database = info(store, by.reader)
    except ReleaseDenied as denied:
        closed = str(denied)
    sees = "see" in by.may
    feeds = store.feeds(by.reader) if sees else ()
    states = store.feed_states(by.reader) if sees else {}
    number, _ = store.audit.last(by.reader)
    return Health(
        version=__version__,
        python=sys.version.split()[0],
        system=f"{platform.system()} {platform.release()}",
        shape=HEAD,
        database=database,
        closed=closed,
        backup=_backup(opened),
        failing=tuple(_failing(feeds, states)),
        feeds=len(feeds),
        hosts=tuple(hosts(opened, feeds)) if sees else (),
        asked=store.egress.since(by.reader, clock.now() - ASKED) if sees else (),
        entries=number,
    )


def checked(opened: Situation) -> tuple[Finding, ...]:
    """Return all that does not hold together in the database: reads everything, which takes its time."""
    opened.by.require("audit")
    return opened.store.check(opened.reader)


def hosts(opened: Situation, feeds: Iterable[Feed]) -> Iterable[Host]:
    """Yield the hosts that the node is set to speak to; where nobody set any it speaks to nobody."""
    found: dict[str, list[str]] = {}
    for feed in feeds:
        name = urlsplit(feed.address).hostname if "://" in feed.address else None
        if name and not feed.paused:
            found.setdefault(name, []).append(f"feed {feed.name}")
    if opened.settings.translate and (name := urlsplit(opened.settings.translate).hostname):
        found.setdefault(name, []).append("translation")
    alerts = opened.settings.alerts
    if alerts.mail is not None:
        found.setdefault(alerts.mail.host, []).append("mail")
    for channel, one in alerts.channels.items():
        if one.address and (name := host_of(one.address)):
            found.setdefault(name, []).append(f"webhook {channel}")
    if opened.settings.issuer is not None and (name := host_of(opened.settings.issuer.address)):
        found.setdefault(name, []).append("sign-in")
    for name in sorted(found):
        yield Host(name=name, because=tuple(found[name]))


def _failing(feeds: Iterable[Feed], states: dict[str, FeedState]) -> Iterable[Failing]:
    for feed in feeds:
        state = states.get(feed.name)
        if state is not None and state.failures >= FAILING and not feed.paused:
            yield Failing(
                feed=feed.name,
                failures=state.failures,
                outcome=state.outcome or "",
                detail=state.detail,
                good=state.good,
            )


def _backup(opened: Situation) -> tuple[datetime, str] | None:
    last = None
    for entry in opened.store.audit.entries(opened.by.reader, verb="audit"):
        if entry.note.what == "db backup" and entry.note.outcome == "done":
            last = (entry.note.at, entry.note.detail.get("file", ""))
    return last
