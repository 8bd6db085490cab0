"""A partner's collection as a feed: its reports and notes become captures, with the partner as their outlet.

A sender's marking is kept and never widened: the level is the higher of the sender's and the feed's, what names none is
RED, and nobody is named to whom it may go on, since that is the originator's to say.

What a sender takes back stays here as evidence and is current no more: a notice stands in its place, with its marking,
so that everybody who may read the one reads the other. Whatever of it went on to others is then listed for recall.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from watchfloor.collect.taxii import Ask, pull
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside
from watchfloor.core.feed import Feed
from watchfloor.core.identity import content_id
from watchfloor.core.marking import LEVELS, Marking, Reader
from watchfloor.core.report import Report
from watchfloor.share.import_stix import Item, items
from watchfloor.store.store import Store

Kept = Callable[[str], Report | None]
"""Returns what stands at a locator, None when it may not be read; raises LookupError when nothing was kept of it."""


class PartnerRun:
    """One run over a partner's collection.

    kept: what this node has of a locator. last: when the newest object that was taken was added there, as its server
    writes it. detail: how the run ended.
    """

    def __init__(self, feed: Feed, ask: Ask, after: str | None, now: datetime, kept: Kept) -> None:
        self._feed, self._ask, self._now, self._kept = feed, ask, now, kept
        self._met: Counter[str] = Counter()
        self.last = after
        self.detail = "nothing was asked"

    def captures(self) -> Iterator[Capture | SetAside]:
        """Yield what the partner added since; raises SourceError when the server does not answer."""
        definitions: dict[str, dict[str, Any]] = {}
        count = withdrawn = 0
        for page in pull(self._ask, self._feed.address, self.last):
            definitions |= {str(one.get("id")): one for one in page.objects if one.get("type") == "marking-definition"}
            for item in items(page.objects, definitions):
                capture = self._capture(item)
                withdrawn += item.withdrawn and capture is not None
                if capture is not None:
                    yield capture
            count += len(page.objects)
            self.last = page.last
            taken_back = f", {withdrawn} withdrawn by the sender" if withdrawn else ""
            self.detail = f"{count} objects{taken_back}; {page.ended or 'more'}"

    def _capture(self, item: Item) -> Capture | None:
        """Return the capture of an item; None when it withdraws what was never here.

        Of two items of one place the later one must stand later, although one run is one moment.
        """
        place = located(item, self._feed)
        now = self._now + timedelta(microseconds=self._met[place])
        if not item.withdrawn:
            self._met[place] += 1
            return captured(item, self._feed, now)
        try:
            standing = self._kept(place)
        except LookupError:
            return None
        self._met[place] += 1
        return notice(item, self._feed, now, standing)


def kept_in(store: Store, reader: Reader) -> Kept:
    """Return how to learn what stands at a locator."""

    def kept(locator: str) -> Report | None:
        if not store.last_seen(reader, [locator]):
            raise LookupError(locator)
        return next((one.report for one in store.versions(reader, locator) if one.current), None)

    return kept


def located(item: Item, feed: Feed) -> str:
    """Return where an item lies at the partner: the address of the object as which it was first sent."""
    return f"{feed.address.rstrip('/')}/objects/{item.place}/"


def captured(item: Item, feed: Feed, now: datetime) -> Capture:
    """Return the capture of a partner's report or note; where the partner had it from stands in its last line."""
    credit = f"\n\nSource: {item.outlet}" if item.outlet else ""
    text = item.text + credit + "\n"
    return _made(item, feed, now, text, _day(item.published), _marking(item, feed))


def notice(item: Item, feed: Feed, now: datetime, standing: Report | None) -> Capture:
    """Return what stands from now on in the place of an item that its sender took back.

    standing: what stood there, as far as it may be read. The notice holds nothing of it and has its marking, so that
    exactly those who read the one read the other. Its day is that of its collection, when this node knew; the day of
    what it takes back where that lies ahead (a magazine of next month), since what stands is decided by days first.
    """
    sender = feed.outlet or feed.name
    text = (
        f"This report was withdrawn by {sender}, who had sent it. What it said no longer stands.\n\n"
        f"The object of {sender} was {item.place}.\n"  # names it, and makes the bytes those of this notice alone
    )
    marking = standing.marking if standing else None
    day = standing.published.low if standing and standing.published else None
    ahead = day.isoformat() if day and day > now.date() else None
    return _made(item, feed, now, text, ahead, marking or _marking(item, feed))


def _made(item: Item, feed: Feed, now: datetime, text: str, published: str | None, marking: Marking) -> Capture:
    data = text.encode("utf-8", "replace")
    digest = sha256(data).hexdigest()
    locator = located(item, feed)
    return Capture(
        id=content_id("cap", locator, digest),
        locator=locator,
        feed=feed.name,
        sha256=digest,
        media_type="text/plain",
        collected=now,
        data=data,
        outlet=feed.outlet or feed.name,
        url=None,
        published=published,
        marking=marking,
    )


def _day(told: str | None) -> str | None:
    """Return a time as it is told; midnight to the millisecond is how a day alone is written in STIX."""
    return told[:10] if told and told[10:] == "T00:00:00.000Z" else told


def _marking(item: Item, feed: Feed) -> Marking:
    level = max(item.level, feed.marking.level, key=LEVELS.index) if feed.marking else item.level
    caveats = feed.marking.caveats if feed.marking else ()
    return Marking(level=level, caveats=tuple(dict.fromkeys((*caveats, f"originator: {feed.outlet or feed.name}"))))
