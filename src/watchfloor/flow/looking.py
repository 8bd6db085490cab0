"""Look at an address or a feed and say what would be collected from it; nothing is kept."""

from collections.abc import Collection
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from watchfloor.collect import discovery, files, sitemaps, syndication
from watchfloor.collect.discovery import Candidate
from watchfloor.collect.entries import Entry
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SourceError
from watchfloor.core.exchange import Fetch
from watchfloor.core.feed import FeedKind
from watchfloor.flow import clock
from watchfloor.flow.asks import Ask, FetchAll

MOST_FILES = 1_000  # of a folder that are counted (assumed: enough to know that it is the right one)

_FEED_WORDS = ("rss", "atom", "feed")
_FEED_ENDINGS = (".rss", ".atom", ".rdf")

_EXCEPTIONS = "; for a host of your own: [fetch] allow = ['host:port'] in watchfloor.toml (docs/collect.md)"


class Look(Struct, frozen=True, kw_only=True):
    """What was found at an address.

    kind: as what it can be added, None when it cannot. form, detail: what it is, in words. entries: what it names.
    candidates: of a page, the feeds and sitemaps that it offers.
    """

    address: str
    kind: FeedKind | None
    form: str
    detail: str = ""
    title: str | None = None
    language: str | None = None
    entries: tuple[Entry, ...] = ()
    sitemaps: tuple[Entry, ...] = ()
    candidates: tuple[Candidate, ...] = ()


def guessed(address: str) -> FeedKind:
    """Return which kind of feed an address or path probably is; looking at it is surer.

    >>> guessed("https://courier.example/feed/"), guessed("https://courier.example/news-sitemap.xml.gz")
    ('feed', 'sitemap')
    """
    if not is_web(address):
        if address.endswith((".warc", ".warc.gz", ".warc.zst")):
            return "warc"
        return "folder" if Path(address).is_dir() else "file"
    parts = urlsplit(address)
    path = parts.path.lower()
    last = path.rstrip("/").rpartition("/")[2]
    if "sitemap" in last:
        return "sitemap"
    if path.endswith((".warc.gz", ".warc")):
        return "warc"
    if "taxii" in path:
        return "partner"
    words = {*path.replace(".", "/").replace("-", "/").replace("_", "/").split("/"), *parts.netloc.split(".")}
    has_word = any(word in words or f"{word}s" in words for word in _FEED_WORDS)
    named_xml = last in ("index.xml", "feed.json", "index.json")
    return "feed" if has_word or named_xml or path.endswith(_FEED_ENDINGS) or "feed=" in parts.query else "page"


def is_web(address: str) -> bool:
    """Return whether this is a web address, not a path."""
    return address.lower().startswith(("http://", "https://"))


def look(address: str, kind: FeedKind | None, fetch_all: FetchAll, own: Collection[Path] = ()) -> Look:
    """Return what is at an address; raises SourceError when nothing can be had there.

    kind: what it is known to be, None to find out. own: what belongs to the node itself and is not collected.
    """
    if not is_web(address):
        return _at_path(address, own)
    fetch = _fetched(address, fetch_all)
    where = fetch.url or address
    tries = [_as_sitemap, _as_feed] if (kind or guessed(address)) == "sitemap" else [_as_feed, _as_sitemap]
    for reading in [] if kind == "page" else tries:
        try:
            return reading(fetch, where)
        except SourceError as error:
            if kind in ("feed", "sitemap") and reading is tries[0]:
                raise SourceError(f"{address}: {error}") from None
    return _as_page(fetch, where, fetch_all)


def _fetched(address: str, fetch_all: FetchAll) -> Fetch:
    """Return what was got, whatever it is. Raises SourceError with the outcome when nothing was."""
    fetch = next(iter(fetch_all([Ask(address=address, wants="sitemap")])), None)
    if fetch is None or fetch.outcome != "got":
        told = f"{fetch.outcome}: {fetch.detail}" if fetch else "no answer"
        told += _EXCEPTIONS if fetch and fetch.outcome == "refused" else ""
        raise SourceError(f"{address} could not be had: {told}")
    return fetch


def _as_feed(fetch: Fetch, where: str) -> Look:
    found = syndication.parse(fetch.content, where, fetch.content_type)
    return Look(
        address=fetch.address,
        kind="feed",
        form=found.form,
        detail=found.note or "",
        title=found.title,
        language=found.language,
        entries=found.entries,
    )


def _as_sitemap(fetch: Fetch, where: str) -> Look:
    found = sitemaps.parse(fetch.content, where)
    return Look(
        address=fetch.address,
        kind="sitemap",
        form=found.form,
        detail=found.note or "",
        entries=found.entries,
        sitemaps=found.sitemaps,
    )


def _as_page(fetch: Fetch, where: str, fetch_all: FetchAll) -> Look:
    """Return what a page offers; robots.txt of its host is asked as well, and it is no matter when there is none."""
    parts = urlsplit(where)
    answers = fetch_all([Ask(address=f"{parts.scheme}://{parts.netloc}/robots.txt")])
    robots = next((answer.content.decode("utf-8", "replace") for answer in answers if answer.outcome == "got"), None)
    linked = discovery.links(fetch.content, where)
    return Look(
        address=fetch.address,
        kind="page",
        form="a web page",
        detail=f"as a listing page it links {len(linked)} addresses that may be reports",
        entries=linked,
        candidates=discovery.candidates(fetch.content, where, robots),
    )


def _at_path(address: str, own: Collection[Path]) -> Look:
    """Return what lies at a path, counted as far as is worth it."""
    path = Path(address)
    if not path.exists():
        raise SourceError(f"there is no file or folder {address}")
    if guessed(address) == "warc":
        return Look(address=address, kind="warc", form="a web archive", detail=f"{path.stat().st_size:,} bytes")
    good = bad = 0
    items = files.collect([address], now=clock.now(), feed="check", own=own)
    for item, _ in zip(items, range(MOST_FILES), strict=False):
        good += isinstance(item, Capture)
        bad += not isinstance(item, Capture)
    more = " or more" if good + bad == MOST_FILES else ""
    return Look(
        address=address,
        kind="folder" if path.is_dir() else "file",
        form="a folder" if path.is_dir() else "a file",
        detail=f"{good}{more} items that can be read, {bad} that would be set aside",
    )
