"""A partner's collection as a feed: its reports and notes become captures, with the partner as their outlet.

A sender's marking is kept and never widened: the level is the higher of the sender's and the feed's, what names none is
RED, and nobody is named to whom it may go on, since that is the originator's to say.
"""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from watchfloor.collect.taxii import Ask, pull
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside
from watchfloor.core.feed import Feed
from watchfloor.core.identity import content_id
from watchfloor.core.marking import LEVELS, Marking
from watchfloor.share.import_stix import Item, items


class PartnerRun:
    """One run over a partner's collection.

    last: when the newest object that was taken was added there, as its server writes it. detail: how the run ended.
    """

    def __init__(self, feed: Feed, ask: Ask, after: str | None, now: datetime) -> None:
        self._feed, self._ask, self._now = feed, ask, now
        self.last = after
        self.detail = "nothing was asked"

    def captures(self) -> Iterator[Capture | SetAside]:
        """Yield what the partner added since; raises SourceError when the server does not answer."""
        definitions: dict[str, dict[str, Any]] = {}
        count = 0
        for page in pull(self._ask, self._feed.address, self.last):
            definitions |= {str(one.get("id")): one for one in page.objects if one.get("type") == "marking-definition"}
            for item in items(page.objects, definitions):
                yield captured(item, self._feed, self._now)
            count += len(page.objects)
            self.last = page.last
            self.detail = f"{count} objects; {page.ended or 'more'}"


def captured(item: Item, feed: Feed, now: datetime) -> Capture:
    """Return the capture of a partner's report or note; where the partner had it from stands in its last line."""
    credit = f"\n\nSource: {item.outlet}" if item.outlet else ""
    data = (item.text + credit + "\n").encode("utf-8", "replace")
    digest = sha256(data).hexdigest()
    locator = f"{feed.address.rstrip('/')}/objects/{item.id}/"
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
        published=_day(item.published),
        marking=_marking(item, feed),
    )


def _day(told: str | None) -> str | None:
    """Return a time as it is told; midnight to the millisecond is how a day alone is written in STIX."""
    return told[:10] if told and told[10:] == "T00:00:00.000Z" else told


def _marking(item: Item, feed: Feed) -> Marking:
    level = max(item.level, feed.marking.level, key=LEVELS.index) if feed.marking else item.level
    caveats = feed.marking.caveats if feed.marking else ()
    return Marking(level=level, caveats=tuple(dict.fromkeys((*caveats, f"originator: {feed.outlet or feed.name}"))))
