"""Sitemaps (sitemaps.org 0.9): lists of pages, indexes of lists, Google's news extension, plain text, gzip'd or not."""

import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree
from msgspec import Struct

from watchfloor.collect.entries import Entry, absolute
from watchfloor.collect.feed_xml import plain
from watchfloor.collect.harmless_xml import harmless
from watchfloor.core.errors import SourceError

MOST_ENTRIES = 50_000  # the protocol's own limit
MOST_BYTES = 52_428_800  # the protocol's own limit, unpacked
_GZIP = b"\x1f\x8b"
_STEP = 1_048_576  # bytes unpacked at once
_FED = 65_536  # bytes parsed at once
_TEXT_SHARE = 0.5  # of the first lines that must be addresses for a text to be a sitemap (assumed)


class Sitemap(Struct, frozen=True, kw_only=True):
    """A sitemap as it was read.

    form: "sitemap", "news sitemap", "sitemap index" or "text sitemap". entries: pages; `updated` is their lastmod.
    sitemaps: of an index, the sitemaps it names, as entries with url and updated. note: why it was not read to its end.
    """

    form: str
    entries: tuple[Entry, ...] = ()
    sitemaps: tuple[Entry, ...] = ()
    note: str | None = None


def parse(data: bytes, address: str) -> Sitemap:
    """Return the sitemap that the bytes hold; raises SourceError, and nothing else, for what is none.

    address: where it was found. What is damaged is read up to the damage, and the note says so.
    """
    if data.startswith(_GZIP):
        data = _unpacked(data)
    if not data.strip():
        raise SourceError("found nothing, expected a sitemap: the answer is empty")
    if len(data) > MOST_BYTES:
        raise SourceError(f"found {len(data):,} bytes, a sitemap has at most {MOST_BYTES:,}")
    if data[:512].removeprefix(b"\xef\xbb\xbf").lstrip()[:4] in (b"http", b"HTTP"):
        return _text(data, address)
    return _xml(harmless(data), address)


def _unpacked(data: bytes) -> bytes:
    """Return what is packed, up to a byte over the limit: a bomb does no harm."""
    unpack = zlib.decompressobj(wbits=31)
    found: list[bytes] = []
    size = 0
    try:
        while size <= MOST_BYTES and not unpack.eof:
            piece = unpack.decompress(data, _STEP)
            data = unpack.unconsumed_tail
            if not piece and not data:
                break  # cut off: what there is may be read
            found.append(piece)
            size += len(piece)
    except zlib.error as error:
        if not found:
            raise SourceError(f"found gzip that cannot be unpacked ({error}), expected a sitemap") from None
    return b"".join(found)


def _text(data: bytes, address: str) -> Sitemap:
    lines = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").split()
    found = [url for line in lines[: MOST_ENTRIES + 1] if (url := absolute(address, line)) and line == url]
    if len(found) < _TEXT_SHARE * min(len(lines), MOST_ENTRIES):
        raise SourceError("found text, expected a sitemap: one address a line")
    return Sitemap(
        form="text sitemap",
        entries=tuple(Entry(url=url) for url in found[:MOST_ENTRIES]),
        note=_cut(len(lines)),
    )


def _xml(document: bytes, address: str) -> Sitemap:
    entries: list[Entry] = []
    sitemaps: list[Entry] = []
    is_news = False
    note = None
    root: str | None = None
    try:
        for root, element in _elements(document):
            entry, has_news = _entry(element, address)
            is_news |= has_news
            if entry is not None:
                (sitemaps if root == "sitemapindex" else entries).append(entry)
            if len(entries) + len(sitemaps) >= MOST_ENTRIES:
                note = _cut(MOST_ENTRIES + 1)
                break
    except etree.XMLSyntaxError as error:
        if not entries and not sitemaps:
            raise SourceError(f"found XML that cannot be read ({str(error)[:160]}), expected a sitemap") from None
        note = f"damaged ({str(error)[:120]}); read up to there"
    form = "sitemap index" if root == "sitemapindex" else "news sitemap" if is_news else "sitemap"
    return Sitemap(form=form, entries=tuple(entries), sitemaps=tuple(sitemaps), note=note)


def _elements(document: bytes) -> Iterator[tuple[str, Any]]:
    """Yield the local name of the root with each page and sitemap in it, and forget each at once; at the end with ().

    Raises SourceError for another root than a sitemap's, XMLSyntaxError where it is damaged, after what came before.
    """
    root: Any = None
    name = ""
    for event, element in _events(document):
        if root is None:
            root, name = element, _local(element)
            if name not in ("urlset", "sitemapindex"):
                raise SourceError(f"found XML that begins with <{name[:40]}>, expected a sitemap")
        elif event == "end" and element.getparent() is root:
            yield name, element
            element.clear(keep_tail=False)
            while element.getprevious() is not None:
                del root[0]
    yield name, ()  # so that a sitemap without pages is known for what it is


def _events(document: bytes) -> Iterator[tuple[str, Any]]:
    pull = etree.XMLPullParser(
        events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        collect_ids=False,
    )  # fmt: skip
    for start in range(0, len(document), _FED):
        try:
            pull.feed(document[start : start + _FED])
        except etree.XMLSyntaxError:
            yield from pull.read_events()
            raise
        yield from pull.read_events()
    pull.close()


def _entry(element: Any, address: str) -> tuple[Entry | None, bool]:
    """Return the page or sitemap that an element names, None when it names none; and whether it is news."""
    words: dict[str, str] = {}
    has_news = False
    for child in element:
        name = _local(child)
        if name == "news":
            has_news = True
            words.update((f"news {part}", said) for part, said in _leaves(child))
        elif name in ("loc", "lastmod") and child.text:
            words.setdefault(name, child.text.strip())
    url = absolute(address, words.get("loc"))
    if url is None:
        return None, has_news
    title = words.get("news title")
    return Entry(
        url=url,
        title=(plain(title) or None) if title else None,
        published=words.get("news publication_date"),
        updated=words.get("lastmod"),
        outlet=words.get("news name"),
        language=words.get("news language"),
    ), has_news


def _leaves(element: Any) -> Iterator[tuple[str, str]]:
    for part in element.iter():
        if isinstance(part.tag, str) and not len(part) and part.text and (said := part.text.strip()):
            yield _local(part), said


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _cut(count: int) -> str | None:
    return f"only the first {MOST_ENTRIES:,} entries were read" if count > MOST_ENTRIES else None
