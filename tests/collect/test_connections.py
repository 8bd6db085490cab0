"""TLS, names, proxies: what is between us and a site."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from time import monotonic

import httpcore2
import pytest
from tests.collect.site import TLS, Site, names, open_site

from watchfloor.collect.allowed import Allowed
from watchfloor.collect.fetching import Fetcher
from watchfloor.collect.guard import Clocked, Guard
from watchfloor.collect.introduction import user_agent
from watchfloor.collect.proxies import read_proxy
from watchfloor.collect.streams import Streams
from watchfloor.core.errors import ConfigError, SetAside

Making = Callable[..., Fetcher]
AUTHORITY = str(TLS / "authority.pem")


@pytest.fixture
def secure() -> Iterator[Site]:
    with open_site(tls=True) as opened:
        yield opened


def https(site: Site, host: str) -> str:
    return site.url("/story", host).replace("http:", "https:")


def test_a_site_is_reached_by_its_address_and_known_by_its_name(secure: Site, fetcher: Making) -> None:
    fetch = fetcher(ports=(secure.server_port,), ca_file=AUTHORITY).fetch(https(secure, "secure.example"))

    assert (fetch.outcome, fetch.exchanges[0].ip) == ("got", "127.0.0.1")
    assert secure.requests[0].host == "secure.example"


def test_a_certificate_for_another_name_fails(secure: Site, fetcher: Making) -> None:
    fetch = fetcher(ports=(secure.server_port,), ca_file=AUTHORITY).fetch(https(secure, "other.example"))

    assert (fetch.outcome, "Hostname mismatch" in fetch.detail) == ("failed", True)
    assert secure.requests == []


def test_a_certificate_that_nobody_vouches_for_fails_and_is_not_tried_again(secure: Site, fetcher: Making) -> None:
    slept: list[float] = []
    made = fetcher(ports=(secure.server_port,), retries=2, sleep=slept.append)

    fetch = made.fetch(https(secure, "secure.example"))

    assert (fetch.outcome, "certificate verify failed" in fetch.detail) == ("failed", True)
    assert (secure.requests, slept) == ([], [])


def test_a_plain_request_to_a_tls_port_is_no_http(secure: Site, fetcher: Making) -> None:
    fetch = fetcher(ports=(secure.server_port,)).fetch(secure.url())

    assert fetch.outcome in {"broken", "failed"}


def test_a_handshake_that_only_drips_ends_in_time(site: Site, fetcher: Making) -> None:
    record = b"\x16\x03\x03\x40\x00" + bytes(16_384)
    over = Event()

    def drip(listener: socket.socket) -> None:
        wire, _ = listener.accept()
        with wire, suppress(OSError):
            for at in range(len(record)):
                wire.sendall(record[at : at + 1])
                if over.wait(0.01):
                    return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        thread = Thread(target=drip, args=(listener,))
        thread.start()
        begun = monotonic()
        fetch = fetcher(ports=(port,), connect_seconds=0.3).fetch(f"https://news.example:{port}/")
        over.set()
        thread.join()

    assert fetch.outcome == "failed"
    assert monotonic() - begun < 3


class _Asked(BaseHTTPRequestHandler):
    """A proxy that answers everything itself, and refuses tunnels."""

    server: "_Proxy"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("Proxy-Authorization")))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<p>By way of the proxy.</p>")

    def do_CONNECT(self) -> None:
        self.server.asked.append((self.path, self.headers.get("Proxy-Authorization")))
        self.send_error(403)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Proxy(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.asked: list[tuple[str, str | None]] = []


@contextmanager
def _running(proxy: _Proxy) -> Iterator[_Proxy]:
    thread = Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        thread.join()
        proxy.server_close()


@pytest.fixture
def proxy() -> Iterator[_Proxy]:
    with ExitStack() as stack:
        yield stack.enter_context(_running(_Proxy()))


def by_proxy(fetcher: Making, proxy: _Proxy) -> Fetcher:
    inside = {"inside.test": ["10.0.0.5"], "news.test": ["93.184.215.14"], "proxy.corp": ["127.0.0.1"]}
    setting = f"http://user:secret@proxy.corp:{proxy.server_port}"
    return fetcher(allow=(), ports=(), proxy=setting, resolve=names(beside=inside))


def test_a_set_proxy_is_used_even_when_it_lies_inside(proxy: _Proxy, fetcher: Making) -> None:
    fetch = by_proxy(fetcher, proxy).fetch("http://news.test/story")

    assert (fetch.outcome, fetch.content) == ("got", b"<p>By way of the proxy.</p>")
    assert proxy.asked == [("http://news.test/story", "Basic dXNlcjpzZWNyZXQ=")]
    assert "secret" not in str(fetch)
    assert "dXNlcjpzZWNyZXQ=" not in str(fetch)


@pytest.mark.parametrize(
    "address", ["http://inside.test/", "https://inside.test/", "http://10.0.0.5/", "http://[::1]/"]
)
def test_a_proxy_is_not_asked_for_what_lies_inside(proxy: _Proxy, fetcher: Making, address: str) -> None:
    fetch = by_proxy(fetcher, proxy).fetch(address)

    assert (fetch.outcome, proxy.asked) == ("refused", [])


def test_a_proxy_itself_is_not_a_way_inside(proxy: _Proxy, fetcher: Making) -> None:
    fetch = by_proxy(fetcher, proxy).fetch(f"http://proxy.corp:{proxy.server_port}/")

    assert (fetch.outcome, proxy.asked) == ("refused", [])


def test_a_proxy_that_refuses_a_tunnel_is_said(proxy: _Proxy, fetcher: Making) -> None:
    fetch = by_proxy(fetcher, proxy).fetch("https://news.test/")

    assert (fetch.outcome, "the proxy will not: 403" in fetch.detail) == ("failed", True)
    assert proxy.asked[0][0] == "news.test:443"


@pytest.mark.parametrize(
    "setting", ["", "proxy.corp:3128", "socks5://proxy.corp:1080", "http://", "http://p:x/", "http://p/q"]
)
def test_a_proxy_that_cannot_be_read_stops(setting: str) -> None:
    with pytest.raises(ConfigError, match="proxy"):
        read_proxy(setting)


@pytest.mark.parametrize("contact", ["", " ", "a\r\nX-Evil: 1", "Jürgen", "a (b)"])
def test_a_contact_that_cannot_stand_in_a_header_stops(contact: str) -> None:
    with pytest.raises(ConfigError, match="contact"):
        user_agent(contact)


def test_a_file_of_certificates_that_cannot_be_read_stops(fetcher: Making) -> None:
    with pytest.raises(ConfigError, match="ca_file"):
        fetcher(ca_file="/nowhere.pem")


def test_certificates_are_always_checked(fetcher: Making) -> None:
    context = fetcher()._door.trust

    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2


def test_the_guard_opens_no_socket_files() -> None:
    clocked = Clocked(until=0.0, connect=1.0, read=1.0)
    guard = Guard(Allowed(), names(), clocked, 1_000, Streams(Event()))

    with pytest.raises(SetAside, match="socket file"):
        guard.connect_unix_socket("/var/run/docker.sock")
    with pytest.raises(httpcore2.ReadTimeout):
        guard.connect_tcp("news.example", 80)
