"""The only door to the network: a name is resolved once, checked, and the very address that was checked is called.

A check before and a second resolution after it can be played against each other (DNS rebinding); a check after the
connection has already touched the inside. So resolving, checking and connecting are one step here, below everything
else, and a redirect or a retry goes through it again.
"""

import ssl
from collections.abc import Iterable, Sequence
from ipaddress import ip_address
from time import monotonic
from typing import Any, Protocol

import httpcore2
from msgspec import Struct

from watchfloor.collect.allowed import Allowed, why_not_connect
from watchfloor.collect.resolving import Resolve
from watchfloor.core.errors import SetAside

_SWITCHED = (b"HTTP/1.1 101", b"HTTP/1.0 101")


class Clocked(Struct, frozen=True, kw_only=True):
    """How long one request may take, in seconds of the monotonic clock.

    until: when everything must be over. connect: for one connection. read: between two pieces.
    """

    until: float
    connect: float
    read: float

    def left(self, most: float) -> float:
        """Return how many seconds an operation may take; raise the read timeout when time is up."""
        seconds = min(most, self.until - monotonic())
        if seconds <= 0:
            raise httpcore2.ReadTimeout("the time for one request is up")
        return seconds


class Watch(Protocol):
    """Told of each stream, so that it can be broken off from another thread."""

    def opened(self, stream: httpcore2.NetworkStream) -> None:
        """Note a stream that is in use from now on."""

    def closed(self, stream: httpcore2.NetworkStream) -> None:
        """Forget it."""


def check_host(host: str, port: int, allowed: Allowed, resolve: Resolve, seconds: float) -> tuple[str, ...]:
    """Return every address of a host, each of which may be connected to.

    Raise SetAside, reason "refused", when even one may not: a mixed answer is how the inside is smuggled in. Raise
    OSError when the host has none.
    """
    found = _resolved(host, port, resolve, seconds)
    for address in found:
        why = why_not_connect(address, host, port, allowed)
        if why:
            raise SetAside("refused", f"{host} is {address}: {why}" if address != host else f"{host}: {why}")
    return found


def _resolved(host: str, port: int, resolve: Resolve, seconds: float) -> tuple[str, ...]:
    """Every address of a host; one that is an address already stands for itself."""
    try:
        ip_address(host)
    except ValueError:
        found = tuple(resolve(host, port, seconds))
    else:
        found = (host,)
    if not found:
        raise OSError("no address for this name")
    return found


class Guard(httpcore2.NetworkBackend):
    """The network for one request, to be used once.

    trusted: host and port of the proxy that the user has set, which may lie inside.
    After the request: ip, the address that was connected to; received, how much came.
    """

    def __init__(
        self,
        allowed: Allowed,
        resolve: Resolve,
        clocked: Clocked,
        head_most: int,
        watch: Watch,
        trusted: tuple[str, int] | None = None,
    ) -> None:
        self._allowed, self._resolve, self._clocked, self._watch = allowed, resolve, clocked, watch
        self._trusted = trusted
        self._inner = httpcore2.SyncBackend()
        self.received = Received(head_most)
        self.ip: str | None = None

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Return a stream to the first checked address that answers."""
        failed: Exception | None = None
        for address in self._addresses(host, port):
            self.ip = address
            try:
                seconds = self._clocked.left(self._clocked.connect)
                stream = self._inner.connect_tcp(address, port, seconds, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
                continue
            return Stream(stream, self._clocked, self.received, self._watch)
        raise failed or httpcore2.ConnectError(f"no address of {host} answers")

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        seconds = self._clocked.left(self._clocked.connect)
        try:
            if (host, port) == self._trusted:
                return _resolved(host, port, self._resolve, seconds)
            return check_host(host, port, self._allowed, self._resolve, seconds)
        except TimeoutError as error:
            raise httpcore2.ConnectTimeout(str(error)) from error
        except OSError as error:
            raise httpcore2.ConnectError(f"the name {host} has no address: {error.strerror or error}") from error

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore2.NetworkStream:
        """Refuse: nothing of the web lies behind a socket file."""
        raise SetAside("refused", f"a socket file ({path})")

    def sleep(self, seconds: float) -> None:
        """Refuse: waiting is not for this floor."""
        raise SetAside("refused", "the network does not wait")


class Received:
    """How long the head of the answer was, and how much came after it.

    The parser above reads exactly the declared length and drops the rest; only here can one see that more came.
    """

    def __init__(self, head_most: int) -> None:
        self._head_most = head_most
        self._head = bytearray()
        self._head_bytes = 0
        self._in_head = True
        self.after_head = 0

    def add(self, data: bytes) -> None:
        """Count what came. Raise RemoteProtocolError when the head is longer than allowed."""
        if not self._in_head:
            self.after_head += len(data)
            return
        seen = len(self._head)
        self._head += data
        while self._in_head and (end := _end_of_head(self._head, max(0, seen - 3))):
            seen = 0
            self._head_bytes += end
            if self._head[:10].endswith(b" 1") and not self._head.startswith(_SWITCHED):
                del self._head[:end]  # "100 Continue" and the like: the answer is still to come
            else:
                self._in_head = False
                self.after_head = len(self._head) - end
        if self._head_bytes + (len(self._head) if self._in_head else 0) > self._head_most:
            raise httpcore2.RemoteProtocolError(f"a head of more than {self._head_most} bytes")

    @property
    def began(self) -> bool:
        """Return whether anything came at all."""
        return bool(self._head or self._head_bytes)

    def restart(self) -> None:
        """Forget a head: what a proxy answers to CONNECT is not the answer."""
        self._head, self._head_bytes, self._in_head, self.after_head = bytearray(), 0, True, 0


def _end_of_head(data: bytearray, start: int) -> int:
    """Where the body begins; 0 while the blank line has not come. Lines may end without a carriage return."""
    blanks = (b"\r\n\r\n", b"\n\n", b"\n\r\n")
    ends = [place + len(blank) for blank in blanks if (place := data.find(blank, start)) >= 0]
    return min(ends, default=0)


class Stream(httpcore2.NetworkStream):
    """A connection whose every operation ends in time, and which can be broken off from outside."""

    def __init__(self, inner: httpcore2.NetworkStream, clocked: Clocked, received: Received, watch: Watch) -> None:
        self._inner, self._clocked, self._received, self._watch = inner, clocked, received, watch
        watch.opened(self)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what came, at most so many bytes; empty at the end."""
        data = self._inner.read(max_bytes, self._clocked.left(self._clocked.read))
        self._received.add(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it."""
        self._inner.write(buffer, self._clocked.left(self._clocked.read))

    def close(self) -> None:
        """Close the connection."""
        self._watch.closed(self)
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """Return the same connection under TLS, its certificate checked against the name."""
        try:
            inner = self._inner.start_tls(ssl_context, server_hostname, self._clocked.left(self._clocked.connect))
        except BaseException:
            self.close()
            raise
        self._watch.closed(self)
        self._received.restart()
        return Stream(inner, self._clocked, self._received, self._watch)

    def get_extra_info(self, info: str) -> Any:
        """Return what is known of the connection, e.g. its socket."""
        return self._inner.get_extra_info(info)
