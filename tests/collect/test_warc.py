"""Web archives that others made become captures."""

import gzip
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from watchfloor.collect.captured import Told
from watchfloor.collect.files import collect
from watchfloor.collect.limits import Limits
from watchfloor.collect.warc import captures
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside
from watchfloor.core.marking import Marking

NOW = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
TOLD = Told(now=NOW, feed="news", outlet=None, published=None, marking=Marking(level="GREEN"))
PAGE = b"<html><title>Flood</title><body><p>The river rose.</p></body></html>"
Make = Callable[..., Path]


def record(
    kind: str, url: str, block: bytes, *, id: str = "1", date: str = "2024-11-01T12:00:00Z", more: str = ""
) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: {date}\r\n{more}Content-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0)


def response(
    url: str = "https://a.example/flood",
    body: bytes = PAGE,
    *,
    status: str = "200 OK",
    headers: str = "Content-Type: text/html\r\n",
    **named: str,
) -> bytes:
    return record("response", url, f"HTTP/1.1 {status}\r\n{headers}\r\n".encode("latin-1") + body, **named)


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def write(*records: bytes, name: str = "news.warc.gz") -> Path:
        path = tmp_path / name
        path.write_bytes(b"".join(records))
        return path

    return write


def resident() -> int:
    """Return the bytes of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def found(path: Path, limits: Limits | None = None, *others: Path) -> list[Capture]:
    return [one for one in captures(path, TOLD, limits=limits or Limits(), others=others) if isinstance(one, Capture)]


def asides(path: Path, limits: Limits | None = None, *others: Path) -> list[SetAside]:
    return [one for one in captures(path, TOLD, limits=limits or Limits(), others=others) if isinstance(one, SetAside)]


def test_a_page_becomes_a_capture_with_its_address_and_the_time_of_its_record(make: Make) -> None:
    path = make(response(id="7", date="2024-11-01T12:00:00.123456789Z"))

    (page,) = found(path)

    assert (page.url, page.data, page.media_type) == ("https://a.example/flood", PAGE, "text/html")
    assert page.collected == datetime(2024, 11, 1, 12, 0, 0, 123456, tzinfo=UTC)
    assert (page.feed, page.outlet, page.marking) == ("news", None, TOLD.marking)
    assert page.locator == f"{path.as_posix()}!https://a.example/flood"
    assert page.evidence is not None
    assert (page.evidence.record, page.evidence.offset, page.evidence.capture) == ("urn:uuid:7", 0, page.id)
    assert page.evidence.length == path.stat().st_size


def test_the_request_before_a_page_belongs_to_it(make: Make) -> None:
    ask = record("request", "https://a.example/flood", b"GET /flood HTTP/1.1\r\nHost: a.example\r\n\r\n", id="2")
    other = record("request", "https://a.example/other", b"GET /other HTTP/1.1\r\n\r\n", id="3")

    (page,) = found(make(other, ask, response()))

    assert page.evidence is not None
    assert (page.evidence.start, page.evidence.offset) == (len(other), len(other) + len(ask))


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Content-Type: text/html\r\nContent-Encoding: gzip\r\n", gzip.compress(PAGE, mtime=0)),
        ("Content-Type: text/html\r\nContent-Encoding: gzip\r\n", PAGE),  # unpacked by the crawler, as in CC-NEWS
        (
            "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n",
            b"5\r\n" + PAGE[:5] + b"\r\n%x\r\n" % (len(PAGE) - 5) + PAGE[5:] + b"\r\n0\r\n\r\n",
        ),
        ("Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n", PAGE),
        ("", PAGE),
    ],
)
def test_a_page_is_read_however_it_was_sent(make: Make, headers: str, body: bytes) -> None:
    (page,) = found(make(response(body=body, headers=headers)))

    assert page.data == PAGE


@pytest.mark.parametrize(
    ("headers", "body", "media"),
    [
        ("Content-Type: application/pdf\r\n", b"%PDF-1.7 x", "application/pdf"),
        ("Content-Type: text/plain; charset=utf-8\r\n", b"The river rose.", "text/plain"),
        ("Content-Type: text/plain\r\n", PAGE, "text/html"),
        ("Content-Type: text/html\r\n", b"Only words, no markup.", "text/html"),
    ],
)
def test_text_and_pdf_are_taken_and_the_bytes_say_what_they_are(
    make: Make, headers: str, body: bytes, media: str
) -> None:
    (page,) = found(make(response(body=body, headers=headers)))

    assert page.media_type == media


def test_what_is_no_page_is_counted_in_one_place(make: Make) -> None:
    path = make(
        response(body=b"\x89PNG\r\n", headers="Content-Type: image/png\r\n"),
        response(body=b"\x89PNG\r\n", headers="Content-Type: image/png\r\n"),
        response(body=b"{}", headers="Content-Type: application/json\r\n"),
        response(status="404 Not Found"),
        response("dns:a.example", b"192.0.2.1"),
        record("metadata", "https://a.example/flood", b"a: b\r\n"),
        response(),
    )

    (counted,) = asides(path)

    assert len(found(path)) == 1
    assert (counted.reason, counted.locator) == ("not-a-page", path.as_posix())
    assert counted.detail.startswith("5 records are no pages: 2 image/png, ")
    assert "1 with status 404" in counted.detail


def test_a_resource_is_taken_as_it_is(make: Make) -> None:
    block = record("resource", "https://a.example/x.html", PAGE, more="Content-Type: text/html\r\n")

    (page,) = found(make(block))

    assert page.evidence is not None
    assert (page.data, page.evidence.kind) == (PAGE, "resource")


def test_damage_is_told_with_its_place_and_the_rest_is_read(make: Make) -> None:
    middle = bytearray(response("https://a.example/2", id="2"))
    middle[60] ^= 0x10
    first = response("https://a.example/1")
    path = make(first, bytes(middle), response("https://a.example/3", id="3"))

    (damage,) = asides(path)

    assert [page.url for page in found(path)] == ["https://a.example/1", "https://a.example/3"]
    assert (damage.reason, damage.locator) == ("damaged", f"{path.as_posix()}!@{len(first)}")


@pytest.mark.parametrize(
    "broken",
    [
        response(date="yesterday"),
        response(date="2024-13-45T99:00:00Z"),
        record("response", "https://a.example/flood", b"no message"),
    ],
)
def test_a_record_that_says_no_time_or_holds_no_response_is_damaged(make: Make, broken: bytes) -> None:
    assert [one.reason for one in asides(make(broken))] == ["damaged"]


def test_a_page_that_is_packed_like_a_bomb_or_in_an_unknown_way_is_set_aside(make: Make) -> None:
    bomb = gzip.compress(b"a" * 30_000_000)
    headers = "Content-Type: text/html\r\nContent-Encoding: "
    path = make(
        response(body=bomb, headers=headers + "gzip\r\n"),
        response(body=b"x", headers=headers + "odd\r\n"),
        response(body=gzip.compress(PAGE, mtime=0)[:-9], headers=headers + "gzip\r\n"),
    )

    assert [one.reason for one in asides(path)] == ["archive-limit", "undecodable", "undecodable"]


def test_a_record_over_the_limit_is_too_large_and_not_held(make: Make) -> None:
    path = make(response(body=PAGE * 100), response("https://a.example/2"))

    assert [one.reason for one in asides(path, Limits(file_bytes=1000))] == ["too-large"]
    assert len(found(path, Limits(file_bytes=1000))) == 1


def test_an_archive_without_end_is_given_up(make: Make) -> None:
    path = make(*(response(f"https://a.example/{n}") for n in range(20)))

    assert [one.reason for one in asides(path, Limits(warc_bytes=1000))] == ["archive-limit"]


def revisit(digest: str, **named: str) -> bytes:
    more = (
        "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\n"
        f"WARC-Payload-Digest: {digest}\r\n"
    )
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    return record("revisit", "https://a.example/flood", block, date="2024-11-02T12:00:00Z", more=more, **named)


DIGEST = "sha1:FAKEDIGESTBUTTHESAMEFORBOTHOFTHE"


def test_a_revisit_gives_the_bytes_of_the_record_that_it_refers_to(make: Make) -> None:
    first = record(
        "response",
        "https://a.example/flood",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE,
        more=f"WARC-Payload-Digest: {DIGEST}\r\n",
    )

    before, again = found(make(first, revisit(DIGEST, id="2")))

    assert (again.data, again.id) == (before.data, before.id)
    assert again.collected == datetime(2024, 11, 2, 12, tzinfo=UTC)
    assert again.evidence is not None
    assert again.evidence.kind == "revisit"


def test_a_revisit_finds_its_original_in_another_file_of_the_set(make: Make) -> None:
    first = record(
        "response",
        "https://a.example/flood",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE,
        more=f"WARC-Payload-Digest: {DIGEST}\r\n",
    )
    original, later = make(first, name="a.warc.gz"), make(revisit(DIGEST, id="2"), name="b.warc.gz")

    assert [one.reason for one in asides(later)] == ["no-original"]
    assert [one.data for one in found(later, None, original)] == [PAGE]
    both = [one for one in collect([later, original], now=NOW) if isinstance(one, Capture)]
    assert [one.data for one in both] == [PAGE, PAGE]


def test_a_web_archive_is_added_like_any_file_also_from_an_archive_and_not_packed(make: Make, tmp_path: Path) -> None:
    import zipfile

    path = make(response())
    plain = make(gzip.decompress(response()), name="plain.warc")
    with zipfile.ZipFile(tmp_path / "crawl.wacz", "w") as wacz:
        wacz.writestr("archive/data.warc.gz", response())

    for each in (path, plain, tmp_path / "crawl.wacz"):
        (page,) = collect([each], now=NOW)
        assert isinstance(page, Capture)
        assert page.data == PAGE


def test_another_gzip_file_is_refused_as_before(make: Make) -> None:
    (aside,) = collect([make(gzip.compress(b"The river rose.", mtime=0), name="note.txt.gz")], now=NOW)

    assert isinstance(aside, SetAside)
    assert (aside.reason, "gzip" in aside.detail) == ("unsupported-type", True)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is looked up in /proc")
def test_twenty_thousand_records_are_read_with_flat_memory(tmp_path: Path) -> None:
    path = tmp_path / "big.warc.gz"
    with path.open("wb") as out:
        for n in range(20_000):
            block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE + str(n).encode() * 200
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:n:{n}>\r\nWARC-Date: 2024-11-01T12:00:00Z\r\n"
                f"WARC-Target-URI: https://a.example/{n}\r\nContent-Length: {len(block)}\r\n\r\n"
            )
            out.write(gzip.compress(head.encode() + block + b"\r\n\r\n", compresslevel=1, mtime=0))
    held = []
    for number, one in enumerate(captures(path, TOLD), 1):
        assert isinstance(one, Capture)
        if number % 4_000 == 0:
            held.append(resident())

    assert number == 20_000
    assert held[-1] - held[0] < 4_000_000
