import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.collect.http_message import read_message, recorded_url


@pytest.mark.parametrize(
    ("block", "status", "body"),
    [
        (b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody", 200, b"body"),
        (b"HTTP/1.0 404\r\n\r\n", 404, b""),
        (b"HTTP/2 200\r\nA: b\r\n\r\nbody", 200, b"body"),
        (b"HTTP/1.1 200 OK\nA: b\n\nbody\r\n\r\n", 200, b"body\r\n\r\n"),
        (b"HTTP/1.1 200 OK", 200, b""),
        (b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n", 0, b""),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nbod\r\n1\r\ny\r\n0\r\n\r\n", 200, b"body"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nbod\r\n", 200, b"bod"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nbody", 200, b"body"),
    ],
)
def test_a_message_is_taken_apart(block: bytes, status: int, body: bytes) -> None:
    message = read_message(block)

    assert message is not None
    assert (message.status, message.body) == (status, body)


def test_headers_keep_their_order_and_their_bytes() -> None:
    message = read_message(
        b"HTTP/1.1 200 OK\r\nSet-Cookie: a\r\nX: caf\xe9\r\n more\r\nno colon\r\nset-cookie: b\r\n\r\n"
    )

    assert message is not None
    assert message.headers == (("Set-Cookie", "a"), ("X", "café more"), ("set-cookie", "b"))
    assert message.header("set-cookie") == "a, b"


@pytest.mark.parametrize("block", [b"", b"\r\n\r\n", b"<html>", b"HTTP/1.1 two hundred\r\n\r\n"])
def test_what_is_no_message_is_none(block: bytes) -> None:
    assert read_message(block) is None


@given(st.binary(max_size=300))
def test_any_bytes_are_a_message_or_none(block: bytes) -> None:
    read_message(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + block)
    read_message(block)


@given(st.text(max_size=50))
def test_a_recorded_address_has_no_character_that_ends_a_line(url: str) -> None:
    made = recorded_url(url)

    assert made.isascii()
    assert not any(letter.isspace() or letter in "<>\0" for letter in made)
    assert recorded_url(made) == made
