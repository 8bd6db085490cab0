"""What feeds and sitemaps name: entries as they are given there, with absolute addresses."""

import re
from urllib.parse import urljoin, urlsplit

from msgspec import Struct

_PLAIN = re.compile(r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:[/?#][!-~]*)?")
"""An absolute address that has nothing unusual in it: most have not, and need no taking apart."""

_STEPS = r"(?:[\w~%+=,-]+(?:\.[\w~%+=,-]+)*/)*"
_NAME = r"(?:[\w~%+=,-]+(?:\.[\w~%+=,-]+)*)?"
_PLAIN_BASE = re.compile(
    rf"(https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d+)?)(?:(/{_STEPS}){_NAME}(?:[?#].*)?)?", re.ASCII
)
_PLAIN_REFERENCE = re.compile(rf"/{_STEPS}{_NAME}(?:\?[!-~]*)?|(?=\w){_STEPS}{_NAME}(?:\?[!-~]*)?", re.ASCII)
"""A base, as host and folder, and a reference: nothing but joining to be done, no dots or empty steps to take out."""


class Entry(Struct, frozen=True, kw_only=True, gc=False):
    """One item that a feed or a sitemap names; None is what it does not say.

    id: as given there, to be compared and nothing else. url: absolute, http or https. title: plain text on one line.
    published, updated: the words as given, in the zone as given. summary, content: as given, mostly HTML.
    outlet: who published it, where the feed says that it is somebody else. language: BCP 47 as given.
    """

    id: str | None = None
    url: str | None = None
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    author: str | None = None
    summary: str | None = None
    content: str | None = None
    outlet: str | None = None
    language: str | None = None


class Channel(Struct, frozen=True, kw_only=True):
    """A feed as it was read.

    form: what it is, e.g. "RSS 2.0". title, language: of the whole. read_by: "lxml", "feedparser" or "msgspec".
    note: what was wrong with it and how it was read all the same, in words; None when it was as it should be.
    """

    form: str
    read_by: str
    title: str | None = None
    language: str | None = None
    entries: tuple[Entry, ...] = ()
    note: str | None = None


def absolute(base: str, reference: str | None) -> str | None:
    """Return the web address that a reference means at an address, None when it is none.

    Nothing is taken out of it: what looks like tracking may be what makes it work.

    >>> absolute("https://courier.example/feeds/world.xml", " ../news/7?utm_source=rss ")
    'https://courier.example/news/7?utm_source=rss'
    >>> absolute("https://courier.example/", "javascript:void(0)") is None
    True
    """
    if reference is None or _PLAIN.fullmatch(reference):
        return reference
    trimmed = "".join(reference.split()) if "\n" in reference else reference.strip()
    if not trimmed:
        return None
    if _PLAIN_REFERENCE.fullmatch(trimmed) and (plain := _PLAIN_BASE.fullmatch(base)):
        return plain[1] + (trimmed if trimmed.startswith("/") else (plain[2] or "/") + trimmed)
    try:
        joined = trimmed if trimmed.startswith(("https://", "http://")) else urljoin(base, trimmed)
        parts = urlsplit(joined)
        found = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return joined if found else None
