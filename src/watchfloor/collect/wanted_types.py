"""Which kinds of content are asked for, and whether an answer is one of them."""

from collections.abc import Sequence

from watchfloor.collect import media_type

PAGES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")
FEEDS = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/json",
    "application/ld+json",
    "application/xml",
    "text/xml",
)
PACKED = ("application/gzip", "application/x-gzip")  # how sitemaps are packed beside Content-Encoding
READABLE = (*PAGES, *FEEDS)
_UNSAID = frozenset({"application/octet-stream", "binary/octet-stream", "unknown/unknown", "text/x-unknown"})


def accept_header(wanted: Sequence[str]) -> str:
    """Return the Accept header that asks for these, and takes others only where there is no choice."""
    return ", ".join((*wanted, "*/*;q=0.1"))


def essence(content_type: str | None) -> str | None:
    """Return the media type without parameters, lower case; None when nothing that means something is declared.

    >>> essence("Text/HTML; charset=utf-8"), essence("html")
    ('text/html', None)
    """
    kind = (content_type or "").partition(";")[0].partition(",")[0].strip().lower()
    return kind if "/" in kind and kind not in _UNSAID else None


def why_unwanted(content_type: str | None, content: bytes, wanted: Sequence[str]) -> str | None:
    """Return why this content is not what was asked for, None when it is.

    The declared type counts, and the bytes must not give it the lie; without one the bytes alone are looked at.
    """
    declared = essence(content_type)
    if declared is not None and declared not in wanted and not (declared.endswith("+xml") and _wants_xml(wanted)):
        return f"declared as {declared[:80]}; asked for {', '.join(wanted)}"
    if declared in PACKED or (declared is None and PACKED[0] in wanted and content.startswith(b"\x1f\x8b")):
        return None
    if b"%PDF-" in content[:1024]:
        return None if "application/pdf" in wanted else "found a PDF document"
    found = media_type.signature(content)
    if found:
        return f"found {found}{f', declared as {declared}' if declared else ''}"
    if declared == "application/pdf" or media_type.looks_like_text(content):
        return None
    return f"found bytes that are no text{f', declared as {declared}' if declared else ''}"


def _wants_xml(wanted: Sequence[str]) -> bool:
    return "application/xml" in wanted
