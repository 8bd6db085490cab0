"""Where a site offers its news: the feeds and sitemaps that a page and robots.txt name, and paths worth trying."""

import re
from collections.abc import Iterator
from typing import Any, Literal
from urllib.parse import urlsplit

from lxml import etree
from msgspec import Struct

from watchfloor.collect.entries import Entry, absolute
from watchfloor.collect.feed_xml import plain

FEED_TYPES = {
    "application/rss+xml": "RSS",
    "application/atom+xml": "Atom",
    "application/feed+json": "JSON Feed",
    "application/rdf+xml": "RSS 1.0",
    "application/xml": "XML",
    "text/xml": "XML",
    "application/json": "JSON",
}
FEED_PATHS = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json")
SITEMAP_PATHS = ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml", "/sitemap-news.xml")
"""Where publishing systems put them (WordPress, Hugo, Jekyll, Ghost, Drupal); a guess until something answers there."""

MOST_CANDIDATES = 200  # of one page (assumed: more is a directory of other people's feeds)
MOST_LINKS = 500  # of one page (assumed: a front page has some hundreds)
_SURE = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
_FEEDLIKE = re.compile(r"(?:^|[/._-])(?:rss|atom|feeds?)(?:[/._?-]|$)|\.(?:rss|atom|rdf)$", re.IGNORECASE)
_ARTICLE = re.compile(
    r"\d{4}[/-]\d{2}|\d{5,}|(?:[^/-]+-){3,}[^/-]+|/(?:article|story|news|artikel|articulo)s?/.*[\w-]{6}"
)
_SITEMAP_LINE = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)


class Candidate(Struct, frozen=True, kw_only=True):
    """A feed or sitemap that may be collected from.

    certainty: "named" by the site itself, "linked" on the page, "guessed" from a path. reason: in words.
    """

    kind: Literal["feed", "sitemap"]
    address: str
    certainty: Literal["named", "linked", "guessed"]
    reason: str
    title: str | None = None


def candidates(page: bytes, address: str, robots: str | None = None) -> tuple[Candidate, ...]:
    """Return what a page and the robots.txt of its host offer, the surest first; each address once.

    page: bytes of an HTML page, or none at all. robots: the text of robots.txt, None when there is none.
    """
    root = _tree(page)
    base = _base(root, address)
    found: dict[str, Candidate] = {}
    for candidate in (*_named(root, base), *_in_robots(robots, address), *_linked(root, base), *_guessed(address)):
        if len(found) < MOST_CANDIDATES:
            found.setdefault(candidate.address, candidate)
    return tuple(found.values())


def links(page: bytes, address: str) -> tuple[Entry, ...]:
    """Return the links of a listing page that look like reports of the same host, in page order; each once."""
    root = _tree(page)
    base = _base(root, address)
    here = _host(address)
    found: dict[str, Entry] = {}
    for link in _iterated(root, "a"):
        url = absolute(base, link.get("href"))
        if url is None or _host(url) != here or len(found) >= MOST_LINKS:
            continue
        url = url.partition("#")[0]
        if _ARTICLE.search(urlsplit(url).path[:300]) and url not in found and url != address:
            found[url] = Entry(url=url, title=plain(" ".join(link.itertext())) or None)
    return tuple(found.values())


def _named(root: Any, base: str) -> Iterator[Candidate]:
    for link in _iterated(root, "link"):
        rel = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").lower().partition(";")[0].strip()
        url = absolute(base, link.get("href"))
        if url is None:
            continue
        title = plain(link.get("title") or "") or None
        if "sitemap" in rel:
            yield Candidate(kind="sitemap", address=url, certainty="named", reason="the page's link rel=sitemap")
        elif "feed" in rel or ("alternate" in rel and (kind in _SURE or (kind in FEED_TYPES and _is_feedlike(url)))):
            form = FEED_TYPES.get(kind, "a feed")
            reason = f"the page's link rel={'alternate' if 'alternate' in rel else 'feed'} says {form}"
            yield Candidate(kind="feed", address=url, certainty="named", reason=reason, title=title)


def _in_robots(robots: str | None, address: str) -> Iterator[Candidate]:
    for line in _SITEMAP_LINE.finditer((robots or "")[:500_000]):  # RFC 9309: what is beyond need not be read
        if url := absolute(address, line[1]):
            yield Candidate(kind="sitemap", address=url, certainty="named", reason="named in robots.txt")


def _linked(root: Any, base: str) -> Iterator[Candidate]:
    for link in _iterated(root, "a"):
        url = absolute(base, link.get("href"))
        if url and _is_feedlike(url):
            title = plain(" ".join(link.itertext())) or None
            yield Candidate(
                kind="feed", address=url, certainty="linked", reason="a link whose address looks like a feed's",
                title=title,
            )  # fmt: skip


def _guessed(address: str) -> Iterator[Candidate]:
    for paths, kind in ((FEED_PATHS, "feed"), (SITEMAP_PATHS, "sitemap")):
        for path in paths:
            if url := absolute(address, path):
                reason = f"many sites have one at {path}; not looked at yet"
                yield Candidate(kind=kind, address=url, certainty="guessed", reason=reason)  # type: ignore[arg-type]


def _is_feedlike(url: str) -> bool:
    parts = urlsplit(url)
    return bool(_FEEDLIKE.search(parts.path)) or "feed=" in parts.query or "format=rss" in parts.query.lower()


def _tree(page: bytes) -> Any:
    """Return the page as a tree, None when it is none."""
    if not page.strip():
        return None
    try:
        return etree.fromstring(page, etree.HTMLParser(no_network=True, huge_tree=False, recover=True))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _iterated(root: Any, name: str) -> Iterator[Any]:
    if root is not None:
        yield from root.iter(name)


def _base(root: Any, address: str) -> str:
    for base in _iterated(root, "base"):
        if found := absolute(address, base.get("href")):
            return found
    return address


def _host(address: str) -> str | None:
    try:
        found = urlsplit(address).hostname
    except ValueError:
        return None
    return found.removeprefix("www.") if found else None
