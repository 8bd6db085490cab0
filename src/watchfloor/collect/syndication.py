"""Feeds: RSS 0.9x, 1.0, 2.0, Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1, become entries.

lxml reads what is well-formed, feedparser what is not. fastfeedparser is about as fast (bench/feeds.py), but it turns
every date into UTC, by which an item of the night gets another day, and makes a date of today out of some ids: we need
the words as the feed gives them.
"""

import re

from lxml import etree

from watchfloor.collect import feed_json, feed_loose, feed_xml
from watchfloor.collect.entries import Channel
from watchfloor.collect.harmless_xml import declares, decoded, harmless, parser
from watchfloor.core.errors import SourceError

_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_C1_REFERENCE = re.compile(rb"&#(?:0*1(?:2[89]|[345]\d)\b|[xX]0*[89][0-9a-fA-F]\b)")
_C1_BYTES = bytes(range(0x80, 0xA0))
MOST_BYTES = 20_000_000
"""A feed larger than this is not read (assumed: twice what is fetched of anything)."""


def parse(data: bytes, address: str, content_type: str | None = None) -> Channel:
    """Return the feed that the bytes hold, with absolute addresses and everything else as given.

    address: where it was found. content_type: as the server declares it; its charset counts where the document names
    none. Raises SourceError, and nothing else, for what is no feed; a feed without entries is one.
    """
    if not data.strip():
        raise SourceError("found nothing, expected a feed: the answer is empty")
    if len(data) > MOST_BYTES:
        raise SourceError(f"found {len(data):,} bytes, at most {MOST_BYTES:,} of a feed are read")
    start = data[:100].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"{", b"[")):
        return feed_json.read(data.removeprefix(b"\xef\xbb\xbf"), address)
    document = harmless(data)
    charset = _charset(content_type)
    try:
        return _strict(document if charset is None or declares(document) else decoded(document, charset)[0], address)
    except etree.XMLSyntaxError as error:
        return _mended(document, address, charset, str(error))


def _strict(document: bytes, address: str) -> Channel:
    root = etree.fromstring(document, parser(), base_url=address)
    if isinstance(root.tag, str) and root.tag.lower() == "channel":  # CDF, of 1997
        return feed_loose.read(document, address)
    return feed_xml.read(root, address, has_c1=_may_have_c1(document))


def _may_have_c1(document: bytes) -> bool:
    """Return whether characters from U+0080 to U+009F may be in a document; looked for once, not in every text."""
    if b"#" in document and _C1_REFERENCE.search(document):
        return True
    if document.isascii():
        return False
    head = document[:200].lower()
    if b"encoding" not in head or b"utf-8" in head:
        return b"\xc2" in document and _C1.search(document) is not None
    return len(document.translate(None, _C1_BYTES)) != len(document)


def _mended(document: bytes, address: str, charset: str | None, why: str) -> Channel:
    """Return what can be made of a feed that is not well-formed: in its true encoding, else by feedparser."""
    text, encoding = decoded(document, charset)
    try:
        read = _strict(text, address)
        note = f"not in the encoding it declares ({why[:120]}); read as {encoding}"
    except etree.XMLSyntaxError as error:
        read = feed_loose.read(text, address)
        note = f"not well-formed ({str(error)[:120]}); what could be read was"
    return Channel(
        form=read.form, read_by=read.read_by, title=read.title, language=read.language, entries=read.entries, note=note
    )


def _charset(content_type: str | None) -> str | None:
    """Return the charset parameter of a content type, None without one."""
    for part in (content_type or "").split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'").lower() or None
    return None
