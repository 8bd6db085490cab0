"""One request and what came of it, redirects not followed."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from time import monotonic

import httpcore2
from msgspec import Struct

from watchfloor.collect.allowed import Allowed
from watchfloor.collect.decompression import Unpacker
from watchfloor.collect.fetch_settings import FetchSettings
from watchfloor.collect.guard import Clocked, Guard, Watch, check_host
from watchfloor.collect.proxies import Proxy
from watchfloor.collect.resolving import Resolve
from watchfloor.collect.web_address import WebAddress
from watchfloor.core.errors import SetAside
from watchfloor.core.exchange import Exchange, Outcome

Headers = tuple[tuple[str, str], ...]

_NO_BODY = frozenset({204, 304})
CUT = "cut off: "


class Answer(Struct, frozen=True, kw_only=True):
    """An answer that came. content: the body unpacked, as far as it came. fault: why it cannot be used, or None."""

    exchange: Exchange
    content: bytes
    fault: str | None = None

    @property
    def cut(self) -> bool:
        """Return whether the fault is that it was cut off on its way; another time it may come whole."""
        return self.fault is not None and self.fault.startswith(CUT)

    @property
    def status(self) -> int:
        """Return the status code."""
        return self.exchange.status

    def header(self, name: str) -> str | None:
        """Return the value of a header, several joined by commas, None without it."""
        return joined(self.exchange.headers, name)


class NoAnswer(Struct, frozen=True, kw_only=True):
    """No answer came, or none that is HTTP. again: another try may help."""

    outcome: Outcome
    detail: str
    again: bool


class Door(Struct, frozen=True, kw_only=True):
    """What every request of a fetcher has in common."""

    settings: FetchSettings
    allowed: Allowed
    resolve: Resolve
    trust: ssl.SSLContext
    proxy: Proxy | None
    watch: Watch
    now: Callable[[], datetime]


def joined(headers: Headers, name: str) -> str | None:
    """Return the value of a header, several joined by commas, None without it."""
    values = [value for key, value in headers if key.lower() == name]
    return ", ".join(values) if values else None


def ask(address: WebAddress, headers: Headers, door: Door, *, seconds: float, most: int) -> Answer | NoAnswer:
    """Return the answer to one GET request, read up to `most` bytes, within so many seconds.

    Raise SetAside, reason "refused", when the guard does not let it out.
    """
    settings = door.settings
    clocked = Clocked(until=monotonic() + seconds, connect=settings.connect_seconds, read=settings.read_seconds)
    trusted = door.proxy.endpoint if door.proxy else None
    guard = Guard(door.allowed, door.resolve, clocked, settings.head_bytes, door.watch, trusted)
    try:
        if door.proxy:
            check_host(address.host, address.port, door.allowed, door.resolve, clocked.left(clocked.connect))
        with _pool(guard, door) as pool:
            return _exchange(pool, guard, address, headers, door, most)
    except OSError as error:
        return NoAnswer(outcome="failed", detail=f"the name {address.host} has no address: {_words(error)}", again=True)
    except httpcore2.RemoteProtocolError as error:
        if guard.received.began:
            return NoAnswer(outcome="broken", detail=f"no answer that is HTTP: {error}", again=False)
        return NoAnswer(outcome="failed", detail="the connection was closed without an answer", again=True)
    except httpcore2.TimeoutException as error:
        return NoAnswer(outcome="failed", detail=f"time ran out: {_words(error)}", again=True)
    except httpcore2.ProxyError as error:
        return NoAnswer(outcome="failed", detail=f"the proxy will not: {error}", again=False)
    except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        return NoAnswer(outcome="failed", detail=_words(error), again=not _distrusted(error))


def _pool(guard: Guard, door: Door) -> httpcore2.ConnectionPool:
    """A pool for one request: connections are not kept, a host is asked again after seconds at the earliest."""
    proxy = None
    if door.proxy:
        proxy = httpcore2.Proxy(
            door.proxy.url,
            auth=door.proxy.credentials,
            ssl_context=door.trust if door.proxy.url.startswith("https:") else None,
        )
    return httpcore2.ConnectionPool(
        ssl_context=door.trust, proxy=proxy, max_connections=1, max_keepalive_connections=0, network_backend=guard
    )


def _exchange(
    pool: httpcore2.ConnectionPool, guard: Guard, address: WebAddress, headers: Headers, door: Door, most: int
) -> Answer:
    url = httpcore2.URL(
        scheme=address.scheme.encode(),
        host=address.host.encode(),
        port=address.port_said,
        target=address.target.encode(),
    )
    asked, began = door.now(), monotonic()
    sent = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    with pool.stream("GET", url, headers=sent) as response:
        received = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers)
        raw, content, fault = _read(response, received, door.settings, most)
        fault = fault or _surplus(guard, response.status, received)
        exchange = Exchange(
            url=address.url,
            asked=asked,
            seconds=monotonic() - began,
            method="GET",
            request=headers,
            status=response.status,
            reason=bytes(response.extensions.get("reason_phrase", b"")).decode("latin-1"),
            headers=received,
            body=raw,
            ip=guard.ip,
            cut=fault is not None,
        )
    return Answer(exchange=exchange, content=content, fault=fault)


def _read(
    response: httpcore2.Response, headers: Headers, settings: FetchSettings, most: int
) -> tuple[bytes, bytes, str | None]:
    """The body as it came, unpacked, and why it is not whole."""
    raw: list[bytes] = []
    content: list[bytes] = []
    declared = _declared(headers)
    if response.status in _NO_BODY:
        return b"", b"", None
    try:
        if declared is not None and declared > settings.body_bytes and most >= settings.body_bytes:
            raise SetAside("broken", f"{declared} bytes by its own word; at most {settings.body_bytes} are read")
        unpacker = Unpacker(joined(headers, "content-encoding") or "", most, settings.ratio, settings.ratio_from)
        came = 0
        for chunk in _chunks(response):
            raw.append(chunk)
            came += len(chunk)
            if came > most:  # rubbish after the end of a packed stream unpacks to nothing
                raise SetAside("broken", f"more than {most} bytes")
            content.extend(unpacker.add(chunk))
        fault = None if unpacker.whole else f"{CUT}the packed stream does not come to its end"
    except SetAside as limit:
        fault = limit.detail
    except httpcore2.TimeoutException:
        fault = f"{CUT}it came too slowly"
    except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        fault = f"{CUT}{_words(error)}"
    return b"".join(raw), b"".join(content), fault


def _chunks(response: httpcore2.Response) -> Iterator[bytes]:
    with closing(response.iter_stream()) as chunks:  # type: ignore[type-var]  # a generator, annotated as an iterator
        yield from chunks


def _declared(headers: Headers) -> int | None:
    value = joined(headers, "content-length")
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 20 else None


def _surplus(guard: Guard, status: int, headers: Headers) -> str | None:
    """More bytes than declared: what was read is not the whole."""
    declared = _declared(headers)
    if declared is None or status in _NO_BODY or joined(headers, "transfer-encoding") is not None:
        return None
    came = guard.received.after_head
    return f"{came} bytes or more came; {declared} were declared" if came > declared else None


def _words(error: BaseException) -> str:
    """What went wrong, in the words of the cause."""
    inner = _cause(error)
    return (inner.strerror if isinstance(inner, OSError) else None) or str(inner) or type(error).__name__


def _distrusted(error: BaseException) -> bool:
    """A certificate that nobody vouches for is no better a second later."""
    return isinstance(_cause(error), ssl.SSLCertVerificationError)


def _cause(error: BaseException) -> BaseException:
    """The error of the system that the network library has wrapped."""
    return error.args[0] if error.args and isinstance(error.args[0], BaseException) else error
