"""What passed between this node and a source: one request, one response, and what a whole fetch came to."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

Outcome = Literal[
    "got",  # there is content
    "not-modified",  # the source says that what we have still holds (304)
    "gone",  # 404, 410: nothing there
    "denied",  # robots.txt forbids it
    "refused",  # our own rules forbid it: a private address, an odd scheme or port, too many redirects
    "blocked",  # the source will not serve us: 401, 403, 451, a challenge page
    "busy",  # 429, 503: come back later
    "broken",  # an answer that cannot be used: too large, a bomb, another kind of content than asked for
    "failed",  # no answer, or one cut off: no such host, no connection, TLS, time ran out, another 4xx or 5xx
]


class Exchange(Struct, frozen=True, kw_only=True):
    """One HTTP request and the response to it, as sent and received (WARC request and response records).

    url: as requested. asked: when the request was begun, aware, UTC. seconds: until the last byte that was read.
    request, headers: in order, as sent and received. body: the bytes of the response before any content decoding.
    ip: the address that was connected to. cut: the body is not whole (a limit, a broken connection).
    """

    url: str
    asked: datetime
    seconds: float
    method: str
    request: tuple[tuple[str, str], ...]
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    ip: str | None = None
    cut: bool = False


class Fetch(Struct, frozen=True, kw_only=True):
    """What came of fetching an address.

    address: as asked for. outcome, detail: what became of it, and why, for a person. exchanges: redirects first, the
    last one is the answer; empty when nothing was sent. content: the decoded body, empty unless `outcome` is "got".
    content_type: as the source declares it, lower case, with its parameters. url: where the content lay in the end.
    etag, modified: what to send next time (If-None-Match, If-Modified-Since). retry: seconds after which the source
    wants to be asked again, None when it does not say.
    """

    address: str
    outcome: Outcome
    detail: str = ""
    exchanges: tuple[Exchange, ...] = ()
    content: bytes = b""
    content_type: str | None = None
    url: str | None = None
    etag: str | None = None
    modified: str | None = None
    retry: float | None = None
