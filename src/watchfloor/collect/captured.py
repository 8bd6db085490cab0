"""One item's bytes become a capture, or the reason why they cannot."""

from datetime import datetime
from hashlib import sha256

from msgspec import Struct

from watchfloor.collect import media_type
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside
from watchfloor.core.identity import content_id
from watchfloor.core.marking import Marking


class Told(Struct, frozen=True, kw_only=True):
    """What the one who adds items says about all of them."""

    now: datetime
    feed: str
    outlet: str | None
    published: str | None
    marking: Marking | None


def capture(data: bytes, locator: str, told: Told) -> Capture | SetAside:
    """Return the capture of one item's bytes, or why they are no report. ZIP archives are not for this function."""
    if not data:
        return SetAside("empty", "the file has no bytes", locator)
    media = media_type.sniff(data, locator)
    if media is None:
        return _refusal(data, locator)
    digest = sha256(data).hexdigest()
    return Capture(
        id=content_id("cap", locator, digest),
        locator=locator,
        feed=told.feed,
        sha256=digest,
        media_type=media,
        collected=told.now,
        data=data,
        outlet=told.outlet,
        published=told.published,
        marking=told.marking,
    )


def _refusal(data: bytes, locator: str) -> SetAside:
    expected = "expected text, Markdown, HTML, mail (.eml), PDF, or a ZIP archive of these"
    found = media_type.signature(data)
    if found:
        return SetAside("unsupported-type", f"found {found}; {expected}", locator)
    if not media_type.looks_like_text(data):
        return SetAside("not-text", f"found bytes that are no text and no known kind of file; {expected}", locator)
    return SetAside("unsupported-type", f"found data or program text by its name or its start; {expected}", locator)
