"""What was fetched becomes a capture, or the reason why it is no report."""

from urllib.parse import unquote, urlsplit

from msgspec import structs

from watchfloor.collect import media_type
from watchfloor.collect.captured import Told, capture
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside
from watchfloor.core.exchange import Fetch
from watchfloor.core.identity import content_id

_PAGES = ("text/html", "application/xhtml+xml")


def fetched(fetch: Fetch, told: Told) -> Capture | SetAside:
    """Return the capture of a page that was got; its locator is the address that was asked for.

    Content that is sent as HTML and is text by its looks is HTML.
    """
    path = urlsplit(fetch.url or fetch.address).path
    found = capture(fetch.content, unquote(path.rsplit("/", 1)[-1]), told)
    if isinstance(found, SetAside):
        return SetAside(found.reason, found.detail, fetch.address)
    declared = (fetch.content_type or "").partition(";")[0].strip().lower()
    is_page = declared in _PAGES and found.media_type in (media_type.PLAIN, media_type.MAIL)
    return structs.replace(
        found,
        id=content_id("cap", fetch.address, found.sha256),
        locator=fetch.address,
        url=fetch.url or fetch.address,
        media_type=media_type.HTML if is_page else found.media_type,
    )
