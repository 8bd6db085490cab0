"""What a site sent, fetched or recorded, becomes a capture, or the reason why it is no report."""

from hashlib import sha256
from urllib.parse import unquote, urlsplit

from watchfloor.collect import media_type
from watchfloor.collect.captured import Told
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside
from watchfloor.core.exchange import Fetch
from watchfloor.core.identity import content_id

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_LOOKED_AT = frozenset(
    {
        "",
        "text/plain",
        "text/markdown",
        "application/pdf",
        "application/octet-stream",
        "application/x-pdf",
        "unknown/unknown",
    }
)


def fetched(fetch: Fetch, told: Told) -> Capture | SetAside:
    """Return the capture of a page that was got; its locator is the address that was asked for."""
    url = fetch.url or fetch.address
    return sent(fetch.content, locator=fetch.address, url=url, content_type=fetch.content_type or "", told=told)


def sent(data: bytes, *, locator: str, url: str, content_type: str, told: Told) -> Capture | SetAside:
    """Return the capture of unpacked content; SetAside "empty" or "not-a-page".

    locator: where it was found, the address itself when it was fetched. content_type: as declared, "" when not.
    """
    if not data.strip():
        return SetAside("empty", "the site sent nothing", locator)
    media = page_type(data, content_type, url)
    if media is None:
        found = media_type.signature(data) or content_type.partition(";")[0].strip()[:80] or "something unknown"
        return SetAside("not-a-page", f"found {found}; expected HTML, text or PDF", locator)
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
        url=url,
        published=told.published,
        marking=told.marking,
    )


def page_type(data: bytes, content_type: str, url: str) -> str | None:
    """Return what a report that came over the web is: HTML, text or PDF; None for everything else.

    What is declared decides what may be there, the bytes decide what is: a page that is sent as text is a page.
    """
    declared = content_type.partition(";")[0].strip().lower()
    if declared in _PAGES:
        found = media_type.sniff(data, "")
        return media_type.HTML if found in (media_type.PLAIN, media_type.MAIL) else _report(found)
    if declared not in _LOOKED_AT:
        return None
    return _report(media_type.sniff(data, unquote(urlsplit(url).path).rsplit("/", 1)[-1]))


def _report(found: str | None) -> str | None:
    return None if found == media_type.ZIP else found
