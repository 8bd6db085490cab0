"""A web site on the loopback that behaves in every way in which sites misbehave."""

import ssl
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic

TLS = Path(__file__).parent / "tls"
STORY = b"<!doctype html><title>Harbour</title><p>The harbour of Oldport was closed on Monday, the mayor said.</p>"


class Seen:
    """One request that reached the site. answered: when its answer was begun, which the asker sees later."""

    def __init__(self, host: str, path: str, headers: dict[str, str], begun: float) -> None:
        self.host, self.path, self.headers, self.begun = host, path, headers, begun
        self.answered = begun


class Visit(BaseHTTPRequestHandler):
    """One request under way: pages write to it, whole answers or bare bytes."""

    protocol_version = "HTTP/1.1"
    server: "Site"
    seen: Seen

    def do_GET(self) -> None:
        begun = monotonic()
        host = (self.headers.get("Host") or "").rpartition(":")[0] or self.headers.get("Host", "")
        page = self.server.pages.get(self.path.partition("?")[0], self.server.otherwise)
        self.seen = Seen(host, self.path, dict(self.headers.items()), begun)
        self.server.note(self.seen)
        with suppress(ConnectionError, ssl.SSLError):
            page(self)
        self.close_connection = True

    def say(self, status: int, body: bytes = b"", kind: str | None = "text/html", **headers: str) -> None:
        """Send a whole answer; the names of headers are written with underscores."""
        self.seen.answered = monotonic()
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def raw(self, *pieces: bytes) -> None:
        """Send bare bytes, head and all."""
        for piece in pieces:
            self.wfile.write(piece)
            self.wfile.flush()

    def drip(self, data: bytes, start: bytes = b"") -> None:
        """Send bytes one by one, with pauses, until the site closes or the other side has gone."""
        self.raw(start)
        for at in range(len(data)):
            if self.server.over.wait(0.01):
                return
            self.raw(data[at : at + 1])

    def late(self, seconds: float) -> bytes:
        """Wait before saying nothing."""
        self.server.over.wait(seconds)
        return b""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


Page = Callable[[Visit], None]


class Site(ThreadingHTTPServer):
    """The site. pages: by path. requests: what reached it. over: set when it closes."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self.pages: dict[str, Page] = dict(PAGES)
        self.otherwise: Page = lambda visit: visit.say(404, b"<p>Nothing here.</p>")
        self.requests: list[Seen] = []
        self.over = Event()
        self._lock = Lock()

    def note(self, seen: Seen) -> None:
        with self._lock:
            self.requests.append(seen)

    def url(self, path: str = "/story", host: str = "news.example") -> str:
        return f"http://{host}:{self.server_port}{path}"

    def paths(self) -> list[str]:
        return [seen.path for seen in self.requests]

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: connections are meant to break here."""


@contextmanager
def open_site(tls: bool = False) -> Iterator[Site]:
    """Give a running site, with a certificate for secure.example or without."""
    site = Site()
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(TLS / "secure.example.pem")
        site.socket = context.wrap_socket(site.socket, server_side=True, do_handshake_on_connect=False)
    thread = Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        site.over.set()
        site.shutdown()
        thread.join()
        site.server_close()


def names(*, beside: Mapping[str, Sequence[str]] | None = None) -> Callable[[str, int, float], Sequence[str]]:
    """Return a resolver that knows every name under .example as the loopback, and others as told."""

    def resolve(host: str, port: int, seconds: float) -> Sequence[str]:
        if beside and host in beside:
            return beside[host]
        if host.endswith(".example"):
            return ["127.0.0.1"]
        raise OSError(f"no such name: {host}")

    return resolve


def redirect(target: str, status: int = 302) -> Page:
    return lambda visit: visit.say(status, b"", Location=target)


def packed(data: bytes, bits: int = 31) -> bytes:
    packer = zlib.compressobj(9, wbits=bits)
    return packer.compress(data) + packer.flush()


def _bomb() -> bytes:
    """A hundred million zeros in some 100 KB."""
    packer = zlib.compressobj(9, wbits=31)
    million = bytes(1_000_000)
    return b"".join(packer.compress(million) for _ in range(100)) + packer.flush()


def _lazily(make: Callable[[], bytes]) -> Callable[[], bytes]:
    made: list[bytes] = []

    def give() -> bytes:
        if not made:
            made.append(make())
        return made[0]

    return give


bomb = _lazily(_bomb)


def _count_up(visit: Visit) -> None:
    number = int(visit.path.partition("?")[2] or "0")
    visit.say(302, b"", Location=f"/endless?{number + 1}")


def _conditional(visit: Visit) -> None:
    same = visit.headers.get("If-None-Match") == '"v1"' or "If-Modified-Since" in visit.headers
    if same:
        visit.raw(b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\n\r\n')
    else:
        visit.say(200, STORY, ETag='"v1"', Last_Modified="Mon, 05 Jan 2026 08:00:00 GMT")


PAGES: dict[str, Page] = {
    "/story": lambda visit: visit.say(200, STORY, "text/html; charset=utf-8"),
    "/slow-trickle": lambda visit: visit.drip(
        b"x" * 5000, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n"
    ),
    "/slow-head": lambda visit: visit.drip(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 5000),
    "/silent": lambda visit: visit.drip(b"", visit.late(5)),
    "/truncated": lambda visit: visit.raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 500\r\n\r\n<p>The harbour of"
    ),
    "/too-long": lambda visit: visit.raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 10\r\n\r\n<p>The harbour was closed.</p>"
    ),
    "/broken-chunk": lambda visit: visit.raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>Th\r\nzz\r\ne harbour"
    ),
    "/missing-chunk": lambda visit: visit.raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>Th\r\n"
    ),
    "/gzip": lambda visit: visit.say(200, packed(STORY), Content_Encoding="gzip"),
    "/deflate": lambda visit: visit.say(200, packed(STORY, 15), Content_Encoding="deflate"),
    "/raw-deflate": lambda visit: visit.say(200, packed(STORY, -15), Content_Encoding="deflate"),
    "/bomb": lambda visit: visit.say(200, bomb(), Content_Encoding="gzip"),
    "/torn-gzip": lambda visit: visit.say(200, packed(STORY)[:-12], Content_Encoding="gzip"),
    "/damaged-gzip": lambda visit: visit.say(200, packed(STORY)[:-8] + bytes(8), Content_Encoding="gzip"),
    "/gzip-lie": lambda visit: visit.say(200, STORY, Content_Encoding="gzip"),
    "/brotli": lambda visit: visit.say(200, b"\x0b\x02\x80abc\x03", Content_Encoding="br"),
    "/endless": _count_up,
    "/circle": redirect("/circle-back"),
    "/circle-back": redirect("/circle"),
    "/nowhere": lambda visit: visit.say(302),
    "/moved": redirect("/story", 301),
    "/charset-lie": lambda visit: visit.say(200, "<p>Küste – Hafen</p>".encode(), "text/html; charset=iso-8859-1"),
    "/conditional": _conditional,
    "/always-304": lambda visit: visit.raw(b"HTTP/1.1 304 Not Modified\r\n\r\n"),
    "/busy": lambda visit: visit.say(429, b"slow down", Retry_After="120"),
    "/busy-until": lambda visit: visit.say(429, b"", Retry_After="Mon, 05 Jan 2026 12:05:00 GMT"),
    "/busy-for-a-year": lambda visit: visit.say(503, b"", Retry_After="31536000"),
    "/overloaded": lambda visit: visit.say(503, b""),
    "/error": lambda visit: visit.say(500, b"oops"),
    "/gone": lambda visit: visit.say(410),
    "/forbidden": lambda visit: visit.say(403, b"<p>No.</p>"),
    "/for-members": lambda visit: visit.say(401),
    "/for-legal-reasons": lambda visit: visit.say(451),
    "/challenge": lambda visit: visit.say(
        200, b"<title>Just a moment...</title><script>window._cf_chl_opt={}</script>", "text/html"
    ),
    "/challenge-by-header": lambda visit: visit.say(503, b"<p>wait</p>", "text/html", cf_mitigated="challenge"),
    "/one-line": lambda visit: visit.say(200, b"<p>" + b"word " * 1_999_998 + b"w</p>"),
    "/over-the-limit": lambda visit: visit.say(200, b"x" * 10_000_001, "text/plain"),
    "/over-the-limit-unsaid": lambda visit: visit.raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n",
        b"x" * 10_000_001,
    ),
    "/nested": lambda visit: visit.say(200, nested_tables()),
    "/huge-head": lambda visit: visit.raw(b"HTTP/1.1 200 OK\r\n" + b"X-Pad: " + b"x" * 90_000 + b"\r\n\r\nhello"),
    "/many-interim": lambda visit: visit.raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 10_000),
    "/interim": lambda visit: visit.raw(
        b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
        b"Content-Length: %d\r\n\r\n%s" % (len(STORY), STORY)
    ),
    "/closed-at-once": lambda visit: None,
    "/garbage": lambda visit: visit.raw(b"<html><p>This is HTTP/0.9, which has no head.</p></html>"),
    "/binary-garbage": lambda visit: visit.raw(bytes(range(256)) * 4),
    "/no-type": lambda visit: visit.say(200, STORY, None),
    "/no-type-binary": lambda visit: visit.say(200, bytes(range(256)) * 10, None),
    "/picture": lambda visit: visit.say(200, b"\x89PNG\r\n\x1a\n" + bytes(100), "image/png"),
    "/picture-as-page": lambda visit: visit.say(200, b"\x89PNG\r\n\x1a\n" + bytes(100), "text/html"),
    "/feed": lambda visit: visit.say(200, b"<?xml version='1.0'?><rss/>", "application/rss+xml"),
    "/pdf": lambda visit: visit.say(200, b"%PDF-1.7\n" + bytes(range(256)), "application/pdf"),
    "/empty": lambda visit: visit.say(200),
    "/no-content": lambda visit: visit.raw(b"HTTP/1.1 204 No Content\r\n\r\n"),
    "/tiny-gzip-then-rubbish": lambda visit: visit.raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + packed(STORY),
        bytes(11_000_000),
    ),
}


def nested_tables() -> bytes:
    """Ten thousand tables in one another, and a story at the bottom."""
    return (
        b"<!doctype html><title>Deep</title>"
        + b"<table><tr><td>" * 10_000
        + b"<p>The harbour of Oldport was closed on Monday, the mayor said.</p>"
        + b"</td></tr></table>" * 10_000
    )
