"""What was collected, byte for byte."""

from datetime import datetime

from msgspec import Struct

from watchfloor.core.evidence import Evidence
from watchfloor.core.marking import Marking


class Capture(Struct, frozen=True, kw_only=True):
    """The bytes of one item as received (WARC record, PROV entity).

    id: content id of locator and sha256.
    locator: where it was found: a path, an address, or "archive.zip!member" inside an archive.
    feed: name of the feed or the argument that led to it.
    sha256: hexadecimal digest of `data`.
    media_type: what the bytes are, as found by looking at them and at the name ("text/html").
    collected: when it was received, aware, UTC.
    outlet, url, published: what the collector was told about the item by feed, headers or the user; None when nothing.
    marking: what the person who added it laid down; None is unmarked, and unmarked is unseen by partners.
    evidence: where its record lies, when it was just read from a web archive or written to one; the store keeps it
        beside the capture and gives it back on its own.
    """

    id: str
    locator: str
    feed: str
    sha256: str
    media_type: str
    collected: datetime
    data: bytes
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    marking: Marking | None = None
    evidence: Evidence | None = None
