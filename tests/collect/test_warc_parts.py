import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.collect.captured import Told
from watchfloor.collect.warc import captures, captures_in
from watchfloor.collect.warc_parts import parts
from watchfloor.core.capture import Capture

TOLD = Told(now=datetime(2024, 11, 1, tzinfo=UTC), feed="t", outlet=None, published=None, marking=None)


def record(number: int, kind: str, block: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:t:{kind}:{number}>\r\n"
        f"WARC-Date: 2024-11-01T12:00:00Z\r\nWARC-Target-URI: https://a.example/{number}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def response(number: int, body: bytes) -> bytes:
    return record(number, "response", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body)


def page(number: int) -> bytes:
    return f"<html><title>News {number}</title><p>Ships wait outside the harbour {number}.</p></html>".encode()


def items(path: Path, part: tuple[int, int] | None = None) -> list[Capture]:
    found = captures_in(lambda: path.open("rb"), "a.warc", TOLD, file="a.warc", part=part)
    return [item for item in found if isinstance(item, Capture)]


@given(
    kinds=st.lists(st.sampled_from(["request", "response", "metadata", "damage"]), max_size=14),
    packed=st.booleans(),
    pages=st.integers(1, 6),
)
def test_parts_hold_together_what_the_archive_holds(
    tmp_path_factory: pytest.TempPathFactory, kinds: list[str], packed: bool, pages: int
) -> None:
    content = []
    for number, kind in enumerate(kinds):
        if kind == "damage":
            content.append(b"\x1f\x8b\x08 no member at all" if packed else b"nothing that is a record\r\n")
            continue
        one = response(number, page(number)) if kind == "response" else record(number // 2, kind, b"a: b")
        content.append(gzip.compress(one, mtime=0) if packed else one)
    path = tmp_path_factory.mktemp("warc") / "a.warc"
    path.write_bytes(b"".join(content))

    cut = list(parts(path, pages))

    assert [start for start, _ in cut[1:]] == [end for _, end in cut[:-1]]
    assert (cut[0][0], cut[-1][1]) == (0, path.stat().st_size) if content else cut == []
    assert [item for part in cut for item in items(path, part)] == items(path)


def test_no_part_begins_at_what_only_looks_like_a_record(tmp_path: Path) -> None:
    forged = gzip.compress(response(666, page(666)), mtime=0)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(
        b"".join(
            gzip.compress(response(number, page(number) + forged), compresslevel=0, mtime=0) for number in range(6)
        )
    )

    cut = list(parts(path, 1))

    assert forged in path.read_bytes()
    assert len(cut) == 6
    assert "https://a.example/666" not in {item.url for part in cut for item in items(path, part)}


def test_a_page_keeps_the_request_before_it(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(
        b"".join(
            gzip.compress(one, mtime=0)
            for n in range(4)
            for one in (record(n, "request", b"GET / HTTP/1.1\r\n\r\n"), response(n, page(n)))
        )
    )

    found = [item.evidence for part in parts(path, 1) for item in items(path, part)]

    assert len(found) == 4
    assert all(one is not None and one.start < one.offset for one in found)


def test_an_archive_packed_as_one_is_one_part(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(b"".join(response(n, page(n)) for n in range(5)), mtime=0))

    assert list(parts(path, 1)) == [(0, path.stat().st_size)]
    assert len(items(path, (0, path.stat().st_size))) == 5


def test_what_a_part_passes_over_is_told_of_the_part(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(record(1, "response", b"HTTP/1.1 404 Not Found\r\n\r\nno"))
    end = path.stat().st_size

    (aside,) = captures_in(lambda: path.open("rb"), "a.warc", TOLD, part=(0, end))
    (whole,) = captures(path, TOLD)

    assert not isinstance(aside, Capture)
    assert aside.locator == f"a.warc@0-{end}"
    assert whole.locator == path.as_posix()
