"""Feeds that are not well-formed, or of rare kinds such as CDF: feedparser makes what it can of them."""

from io import BytesIO
from typing import Any

from watchfloor.collect.entries import Channel, Entry, absolute
from watchfloor.collect.feed_xml import MOST_ENTRIES, plain
from watchfloor.core.errors import SourceError

MOST_BYTES = 3_000_000
MOST_TAGS = 50_000
"""What feedparser is given at most: it reads some 3 MB or 30,000 tags a second (measured, 2 busy cores)."""


def read(document: bytes, address: str) -> Channel:
    """Return the feed that feedparser finds in a harmless document in UTF-8; raises SourceError when it finds none."""
    import feedparser  # slow to load, and seldom needed

    if len(document) > MOST_BYTES or document.count(b"<") > MOST_TAGS:
        raise SourceError(f"the feed is damaged, and with {len(document):,} bytes too large or too deep to be mended")
    headers = {"content-location": address, "content-type": "application/xml; charset=utf-8"}
    try:
        found = feedparser.parse(BytesIO(document), response_headers=headers, sanitize_html=False)
        version = feedparser.api.SUPPORTED_VERSIONS.get(found.get("version") or "", "")
        entries = tuple(_entry(entry, address) for entry in found.entries[:MOST_ENTRIES])
    except Exception as error:  # noqa: BLE001 - a mender of broken feeds breaks on some of them, in many ways
        raise SourceError(f"the feed is damaged beyond reading ({type(error).__name__}: {error})") from None
    if not entries:
        what = f"a damaged feed ({version})" if version else "XML or something like it"
        raise SourceError(f"found {what} without a single entry that can be read, expected RSS, Atom or a JSON feed")
    return Channel(
        form=version or "a feed of no known version",
        read_by="feedparser",
        title=_line(found.feed.get("title")),
        language=found.feed.get("language") or None,
        entries=entries,
    )


def _entry(entry: Any, address: str) -> Entry:
    contents = [part.get("value") for part in entry.get("content", ()) if part.get("value")]
    updated = entry.get("updated") if "updated" in entry else None
    return Entry(
        id=entry.get("id") or None,
        url=absolute(address, entry.get("link")),
        title=_line(entry.get("title")),
        published=entry.get("published") or entry.get("created") or None,
        updated=updated or None,
        author=entry.get("author") or None,
        summary=entry.get("summary") or None,
        content=contents[0] if contents else None,
        outlet=_line(entry.get("source", {}).get("title")) or _line(entry.get("publisher")),
        language=entry.get("title_detail", {}).get("language") or None,
    )


def _line(said: Any) -> str | None:
    return (plain(said) or None) if isinstance(said, str) else None
