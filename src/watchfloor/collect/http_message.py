"""HTTP messages as bytes, as web archives record them, and back."""

import re
from urllib.parse import quote, urlsplit

from msgspec import Struct

from watchfloor.core.exchange import Exchange

ORIGINAL = "X-Crawl-"
"""Put before the name of a header that is true of what was sent and not of what is recorded; as Common Crawl does."""

_ONLY_ON_THE_WAY = frozenset({"transfer-encoding"})  # a chunked body is recorded in one piece
_BREAKS = re.compile(r"[\r\n\0]+")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})(?: +(.*))?")
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1024})?\r?\n")
_SAFE_IN_URL = "!#$%&'()*+,/:;=?@[]~"


class Message(Struct, frozen=True, kw_only=True):
    """A recorded HTTP message.

    start: the request or status line. status: of a response, 0 of a request or of something else. headers: as recorded,
    names as sent. body: as recorded, not yet decoded.
    """

    start: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """Return the values of a header, joined as RFC 9110 says; empty when there is none."""
        return ", ".join(value for named, value in self.headers if named.lower() == name)


def recorded_url(url: str) -> str:
    """Return the address in the characters that a record's header may hold.

    >>> recorded_url("https://a.example/naïve page")
    'https://a.example/na%C3%AFve%20page'
    """
    return quote(url.encode("utf-8", "surrogatepass"), safe=_SAFE_IN_URL)


def request_head(exchange: Exchange) -> bytes:
    """Return the request as it was sent, up to the empty line and with it."""
    parts = urlsplit(recorded_url(exchange.url))
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return _head(f"{exchange.method} {target} HTTP/1.1", exchange.request)


def response_head(exchange: Exchange) -> bytes:
    """Return status line and headers of the response, up to the empty line and with it."""
    headers = tuple(
        (ORIGINAL + name if name.lower() in _ONLY_ON_THE_WAY else name, value) for name, value in exchange.headers
    )
    return _head(f"HTTP/1.1 {exchange.status:03d} {exchange.reason}", headers)


def read_message(block: bytes) -> Message | None:
    """Return the message that a block holds; None when it is none.

    A body that is chunked is put together; one that is only said to be chunked is left as it is.
    """
    end = _END_OF_HEAD.search(block)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    start, *lines = head.replace(b"\r\n", b"\n").split(b"\n")
    status = _STATUS.match(start)
    if status is None and not re.match(rb"[A-Z]{3,20} \S", start):
        return None
    headers = _headers(lines)
    made = Message(
        start=start.decode("latin-1"), status=int(status[1]) if status else 0, headers=tuple(headers), body=body
    )
    if "chunked" in made.header("transfer-encoding").lower():
        made = Message(start=made.start, status=made.status, headers=made.headers, body=_put_together(body))
    return made


def _headers(lines: list[bytes]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for line in lines:
        if line[:1] in (b" ", b"\t") and found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip().decode('latin-1')}")
            continue
        name, colon, value = line.partition(b":")
        if colon:
            found.append((name.decode("latin-1").strip(), value.decode("latin-1").strip(" \t")))
    return found


def _head(start: str, headers: tuple[tuple[str, str], ...]) -> bytes:
    lines = [start, *(f"{_name(name)}: {value}" for name, value in headers)]
    return b"".join(_bytes(line) + b"\r\n" for line in lines) + b"\r\n"


def _name(name: str) -> str:
    return name.replace(":", "_")


def _bytes(line: str) -> bytes:
    """A line as it was sent: HTTP libraries read bytes as Latin-1, one for one; what cannot have come so is UTF-8."""
    flat = _BREAKS.sub(" ", line)
    try:
        return flat.encode("latin-1")
    except UnicodeEncodeError:
        return flat.encode("utf-8", "replace")


def _put_together(body: bytes) -> bytes:
    pieces: list[bytes] = []
    place = 0
    while (size := _CHUNK.match(body, place)) is not None:
        length = int(size[1], 16)
        if length == 0:
            return b"".join(pieces)
        pieces.append(body[size.end() : size.end() + length])
        place = size.end() + length
        place += 2 if body[place : place + 2] == b"\r\n" else body[place : place + 1] == b"\n"
    return b"".join(pieces) if pieces and place >= len(body) else body
