import pytest

from watchfloor.collect.fetched import page_type
from watchfloor.collect.media_type import is_web_archive


@pytest.mark.parametrize(
    ("data", "declared", "url", "expected"),
    [
        (b"<html><p>x", "text/html; charset=utf-8", "https://a.example/x.pdf", "text/html"),
        (b"Words only.", "text/html", "https://a.example/", "text/html"),
        (b"%PDF-1.7", "text/html", "https://a.example/", "application/pdf"),
        (b"<html><p>x", "application/pdf", "https://a.example/x.pdf", "text/html"),
        (b"Words only.", "text/plain", "https://a.example/x.txt?y=z.css", "text/plain"),
        (b"# Words", "", "https://a.example/x.md", "text/markdown"),
        (b"var a = 1", "", "https://a.example/x.js", None),
        (b"a { b: c }", "text/css", "https://a.example/x.html", None),
        (b"<?xml version='1.0'?><rss></rss>", "text/html", "https://a.example/", None),
        (b"\x89PNG\r\n\x1a\n", "text/html", "https://a.example/", None),
        (b"PK\x03\x04rest", "application/octet-stream", "https://a.example/x.zip", None),
    ],
)
def test_what_is_declared_decides_what_may_be_there_and_the_bytes_what_is(
    data: bytes, declared: str, url: str, expected: str | None
) -> None:
    assert page_type(data, declared, url) == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [(b"WARC/1.1\r\n", True), (b"WARD", False), (b"\x1f\x8b\x08\x00", False), (b"\x1f\x8bxx", False), (b"", False)],
)
def test_a_web_archive_is_told_by_its_first_bytes(start: bytes, expected: bool) -> None:
    assert is_web_archive(start) == expected
