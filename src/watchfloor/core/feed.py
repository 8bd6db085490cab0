"""Where reporting comes from again and again, how far it is trusted, and how it fares."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from watchfloor.core.exchange import Outcome
from watchfloor.core.marking import Marking

FeedKind = Literal["file", "folder", "page", "feed", "sitemap", "warc", "partner"]
"""page: an address, or one whose links are followed once. feed: RSS, Atom, JSON Feed. sitemap: also news sitemaps and
indexes of them. warc: web archives, CC-NEWS among them. partner: a TAXII collection."""

Reliability = Literal["A", "B", "C", "D", "E", "F"]
"""The source's grade in the NATO system (STANAG 2511): A completely reliable … E unreliable, F cannot be judged."""


class Grade(Struct, frozen=True, kw_only=True):
    """One grading of a feed or an outlet; the latest holds, the earlier ones stay."""

    reliability: Reliability
    by: str
    at: datetime
    reason: str | None = None


class Feed(Struct, frozen=True, kw_only=True):
    """One source that is collected from on a schedule.

    name: short, unique, for people. address: a web address or a path. outlet: of all its items, but those that the feed
    says are somebody else's; None to believe the items. language (BCP 47): of items too short to tell. every: seconds
    between runs; the run may choose a longer time for a feed that fails or seldom changes.
    marking: laid on everything collected from it. paused: kept, not run.
    """

    name: str
    kind: FeedKind
    address: str
    every: int
    added: datetime
    outlet: str | None = None
    language: str | None = None
    marking: Marking | None = None
    paused: bool = False
    grades: tuple[Grade, ...] = ()

    @property
    def reliability(self) -> Reliability:
        """Return the grade that holds, "F" while nobody has judged it."""
        return self.grades[-1].reliability if self.grades else "F"


class FeedState(Struct, frozen=True, kw_only=True):
    """How a feed fared.

    tried, good: when it was run last, and last with success. failures: runs since then that failed. next_try: not
    before. outcome, detail: of the last run. new: items new in the last run. etag, modified: for conditional requests.
    full: when the source last answered in full, not by "nothing new".
    """

    tried: datetime | None = None
    good: datetime | None = None
    failures: int = 0
    next_try: datetime | None = None
    outcome: Outcome | None = None
    detail: str = ""
    new: int = 0
    etag: str | None = None
    modified: str | None = None
    full: datetime | None = None
