"""What is posted is signed, carries its time and key, and goes nowhere else."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.core.errors import ConfigError, SourceError
from watchfloor.share.webhook import Hook, check, is_genuine, post, signature

NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)
SECRET = "a secret of some length"


class Listener(HTTPServer):
    """Takes what is posted; answers what `status` says."""

    def __init__(self) -> None:
        self.status, self.got = 200, []  # type: ignore[var-annotated]
        super().__init__(("127.0.0.1", 0), Taking)


class Taking(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def hook(listener: Listener, path: str = "/in?desk=1") -> Hook:
    return Hook(address=f"http://127.0.0.1:{listener.server_port}{path}", secret=SECRET)


def test_a_body_is_posted_once_signed_with_its_time_and_a_key(listener: Listener) -> None:
    post(hook(listener), b'{"a":1}', key="dlv_1", at=NOW)

    ((path, headers, body),) = listener.got
    assert (path, body, headers["Idempotency-Key"]) == ("/in?desk=1", b'{"a":1}', "dlv_1")
    assert is_genuine(SECRET, headers, body, NOW)
    assert not is_genuine("another secret", headers, body, NOW)
    assert not is_genuine(SECRET, headers, b'{"a":2}', NOW)
    assert not is_genuine(SECRET, headers, body, NOW + timedelta(minutes=6))


@pytest.mark.parametrize("status", [302, 307, 404, 500])
def test_whatever_is_not_taken_is_an_error_to_try_again_and_no_redirect_is_followed(
    listener: Listener, status: int
) -> None:
    listener.status = status

    with pytest.raises(SourceError, match=f"answered {status}"):
        post(hook(listener), b"{}", key="k", at=NOW)
    assert len(listener.got) == 1


def test_nobody_there_is_an_error_to_try_again() -> None:
    with pytest.raises(SourceError, match="could not be told"):
        post(Hook(address="http://127.0.0.1:1/", secret=SECRET), b"{}", key="k", at=NOW)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://desk.example/", "without TLS"),
        ("ftp://desk.example/", "expected https"),
        ("https://ann:pw@desk.example/", "expected https"),
        ("desk.example", "expected https"),
    ],
)
def test_addresses_that_are_not_safe_are_refused_without_their_secrets(address: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said) as error:
        check(Hook(address=address, secret=SECRET))
    assert "pw" not in str(error.value)


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ConfigError, match="too short"):
        check(Hook(address="https://desk.example/", secret="short"))


HEADERS = st.sampled_from(["Watchfloor-Timestamp", "Watchfloor-Signature"])


@given(st.binary(max_size=50), st.dictionaries(HEADERS, st.text(max_size=20)))
def test_nothing_that_is_made_up_is_genuine(body: bytes, headers: dict[str, str]) -> None:
    assert not is_genuine(SECRET, headers, body, NOW)


def test_the_signature_is_that_of_the_documentation() -> None:
    assert (
        signature(SECRET, 1730462400, b"{}")
        == "v1=" + __import__("hmac").new(SECRET.encode(), b"1730462400.{}", "sha256").hexdigest()
    )
