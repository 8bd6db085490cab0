"""What a feed names: from the answer of its source to the pages that are to be fetched."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

from msgspec import Struct

from watchfloor.collect import discovery, files, sitemaps, syndication
from watchfloor.collect.entries import Entry
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside, SourceError
from watchfloor.core.exchange import Fetch
from watchfloor.core.feed import Feed, FeedState
from watchfloor.flow.deadline import deadline
from watchfloor.store.feeds import Awaited

PARSE_SECONDS = 20.0
"""After this long a feed or sitemap is too slow to read (assumed: the largest allowed takes a tenth of it)."""

MOST_SITEMAPS = 50  # of an index, asked in one run, those changed last first (assumed)
AGAIN_AFTER = timedelta(hours=1)
"""A page is fetched again for a change that its feed tells when it was fetched at least so long before (assumed)."""


class Named(Struct, frozen=True, kw_only=True):
    """What one answer names: entries, in the order in which they are to be fetched; sitemaps to be asked as well.

    tells_changes: whether `updated` of the entries may be believed; the lastmod of many sitemaps is always now.
    """

    detail: str
    entries: tuple[Entry, ...] = ()
    sitemaps: tuple[str, ...] = ()
    tells_changes: bool = False


def local(feed: Feed, now: datetime, own: Collection[Path] = ()) -> Iterator[Capture | SetAside]:
    """Return the items of a file, folder or archive; raises SourceError, before the first, when it is not there.

    own: as in files.collect.
    """
    if not Path(feed.address).exists():
        raise SourceError(f"there is no file or folder {feed.address}; it may be on a disk that is not connected")
    return files.collect([feed.address], now=now, feed=feed.name, outlet=feed.outlet, marking=feed.marking, own=own)


def named(feed: Feed, fetch: Fetch, state: FeedState) -> Named:
    """Return what the answer of a feed, sitemap or page names; raises SourceError when it cannot be read."""
    address = fetch.url or fetch.address
    if feed.kind == "page":
        return Named(detail="a page")
    try:
        with deadline(PARSE_SECONDS):
            if feed.kind == "sitemap":
                return _in_sitemap(sitemaps.parse(fetch.content, address), state)
            channel = syndication.parse(fetch.content, address, fetch.content_type)
    except SetAside as late:
        raise SourceError(late.detail) from None
    without = sum(entry.url is None for entry in channel.entries)
    told = [f"{channel.form}, {len(channel.entries)} entries"]
    told += [f"{without} of them without an address"] if without else []
    told += [channel.note] if channel.note else []
    return Named(detail="; ".join(told), entries=channel.entries, tells_changes=True)


def linked(fetch: Fetch) -> Named:
    """Return the reports that a listing page links."""
    entries = discovery.links(fetch.content, fetch.url or fetch.address)
    links = f"a listing page with {len(entries)} links to what may be reports"
    return Named(detail=links if entries else "a page that is no report and links none", entries=entries)


def wanted(found: Named, seen: Mapping[str, datetime], now: datetime) -> list[Awaited]:
    """Return the pages to be fetched: those never collected, and those that the feed says have changed since.

    seen: when something was last collected at each address; after `now` where the clock has been set back since.
    """
    pages = []
    for entry in _once(found.entries):
        last = seen.get(entry.url or "")
        if last is not None and not (found.tells_changes and _has_changed(entry, last, now)):
            continue
        pages.append(
            Awaited(address=entry.url or "", next_try=now, named=now, published=entry.published, outlet=entry.outlet)
        )
    return pages


def _once(entries: Iterable[Entry]) -> Iterator[Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.url:
            found.setdefault(entry.url, entry)
    yield from found.values()


def _has_changed(entry: Entry, last: datetime, now: datetime) -> bool:
    changed = moment(entry.updated)
    if last > now:  # when it was collected is not known any more: once more, and it is
        return changed is not None and changed <= now
    return changed is not None and last < changed <= now and now - last >= AGAIN_AFTER


def _in_sitemap(found: sitemaps.Sitemap, state: FeedState) -> Named:
    """Return what a sitemap names, the latest first; of an index the sitemaps that changed since it was last read."""
    newest = sorted(found.entries, key=lambda entry: entry.published or entry.updated or "", reverse=True)
    inner = sorted(found.sitemaps, key=lambda entry: entry.updated or "~", reverse=True)
    since = state.full
    due = [entry for entry in inner if since is None or (moment(entry.updated) or since) >= since]
    count = len(found.entries) or len(found.sitemaps)
    told = [f"{found.form}, {count} {'sitemaps' if found.sitemaps else 'entries'}"]
    told += [f"{len(due) - MOST_SITEMAPS} of them not asked this time"] if len(due) > MOST_SITEMAPS else []
    told += [found.note] if found.note else []
    return Named(
        detail="; ".join(told),
        entries=tuple(newest),
        sitemaps=tuple(entry.url for entry in due[:MOST_SITEMAPS] if entry.url),
    )


def moment(told: str | None) -> datetime | None:
    """Return the instant that a feed's date names, None for a date without a time, without a zone, or none at all.

    >>> moment("Tue, 22 Oct 2024 00:30:00 +0900").isoformat()
    '2024-10-21T15:30:00+00:00'
    """
    if not told or len(told) > 60:
        return None
    try:
        found = datetime.fromisoformat(told) if told[:4].isdigit() else parsedate_to_datetime(told)
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
