"""An Atom 1.0 feed (RFC 4287): plain text only, so that nothing of a report can act in whoever reads it."""

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct

from watchfloor.share.harmless import on_one_line
from watchfloor.share.instants import seconds

MEDIA_TYPE = "application/atom+xml; charset=utf-8"

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+", re.ASCII | re.IGNORECASE)


class AtomEntry(Struct, frozen=True, kw_only=True):
    """One entry. key: what makes its id, the same for ever. link: where it is read, None when nowhere.

    rights: its marking, in words.
    """

    key: str
    title: str
    updated: datetime
    link: str | None = None
    author: str | None = None
    summary: str = ""
    rights: str = ""


class AtomFeed(Struct, frozen=True, kw_only=True):
    """A feed. key: what makes its id. own: its own address; page: the page of which it is the feed; None for none."""

    key: str
    title: str
    subtitle: str
    updated: datetime
    entries: Sequence[AtomEntry]
    own: str | None = None
    page: str | None = None
    rights: str = ""


def id_of(key: str) -> str:
    """Return the id that a key has in every feed, for ever and on every machine (RFC 4122, version 5).

    >>> id_of("rep_1")
    'urn:uuid:028b8302-1e98-5f48-a736-978ef2f40c9d'
    """
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'https://watchfloor.example/{key}')}"


def written(feed: AtomFeed) -> str:
    """Return the feed as XML."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        f"  <id>{id_of(feed.key)}</id>",
        f"  <title>{_text(feed.title)}</title>",
        f"  <subtitle>{_text(feed.subtitle)}</subtitle>",
        f"  <updated>{seconds(feed.updated)}</updated>",
        "  <author><name>Watchfloor</name></author>",
        *_link("self", feed.own, ' type="application/atom+xml"'),
        *_link("alternate", feed.page, ' type="text/html"'),
        *_element("rights", feed.rights, 1),
    ]
    for entry in feed.entries:
        lines += _entry(entry)
    return "\n".join([*lines, "</feed>", ""])


def _entry(entry: AtomEntry) -> list[str]:
    author = f"    <author><name>{_text(entry.author)}</name></author>"
    body = "summary" if entry.link else "content"  # an entry without a link must have content
    link = [] if entry.link is None else [f"  {line}" for line in _link("alternate", entry.link, ' type="text/html"')]
    return [
        "  <entry>",
        f"    <id>{id_of(entry.key)}</id>",
        f"    <title>{_text(entry.title)}</title>",
        f"    <updated>{seconds(entry.updated)}</updated>",
        *([author] if entry.author else []),
        *link,
        f"    <{body}>{_text(entry.summary)}</{body}>",
        *_element("rights", entry.rights, 2),
        "  </entry>",
    ]


def _link(relation: str, address: str | None, kind: str) -> list[str]:
    if address is None or not _WEB.fullmatch(address):
        return []
    return [f'  <link rel="{relation}"{kind} href={quoteattr(address)}/>']


def _element(name: str, text: str, depth: int) -> list[str]:
    return [f"{'  ' * depth}<{name}>{_text(text)}</{name}>"] if text else []


def _text(text: str | None) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", on_one_line(text or "")))
