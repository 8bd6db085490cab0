import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.collect import sitemaps
from watchfloor.collect.sitemaps import MOST_ENTRIES, Sitemap, parse
from watchfloor.core.errors import SourceError

HERE = "https://courier.example/maps/sitemap.xml"
SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)


def sitemap(*urls: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {SPACES}>{"".join(urls)}</urlset>'.encode()


def url(loc: str, more: str = "") -> str:
    return f"<url><loc>{loc}</loc>{more}</url>"


NEWS = (
    "<news:news><news:publication><news:name>Norddal Courier</news:name><news:language>en</news:language>"
    "</news:publication><news:publication_date>2024-10-22T00:30:00+09:00</news:publication_date>"
    "<news:title>Ships &amp; grain</news:title></news:news>"
)


def test_a_page_is_named_with_its_last_change() -> None:
    found = parse(
        sitemap(url(" https://courier.example/1?a=1&amp;b=2 ", "<lastmod>2024-10-21</lastmod>"), url("/2")), HERE
    )

    assert found.form == "sitemap"
    assert [entry.url for entry in found.entries] == ["https://courier.example/1?a=1&b=2", "https://courier.example/2"]
    assert [entry.updated for entry in found.entries] == ["2024-10-21", None]


def test_news_come_with_title_date_language_and_outlet() -> None:
    found = parse(sitemap(url("https://courier.example/1", NEWS)), HERE)

    (entry,) = found.entries
    assert found.form == "news sitemap"
    assert (entry.title, entry.published) == ("Ships & grain", "2024-10-22T00:30:00+09:00")
    assert (entry.language, entry.outlet) == ("en", "Norddal Courier")


def test_an_index_names_sitemaps_and_no_pages() -> None:
    data = b"<sitemapindex><sitemap><loc>/a.xml</loc><lastmod>2024-10-01</lastmod></sitemap></sitemapindex>"

    found = parse(data, HERE)

    assert (found.form, found.entries) == ("sitemap index", ())
    assert [(entry.url, entry.updated) for entry in found.sitemaps] == [("https://courier.example/a.xml", "2024-10-01")]


def test_an_image_has_no_page_of_its_own() -> None:
    image = '<image:image xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><image:loc>/x.jpg</image:loc></image:image>'

    assert len(parse(sitemap(url("/1", image)), HERE).entries) == 1


def test_a_text_with_an_address_a_line_is_a_sitemap() -> None:
    found = parse(b"\xef\xbb\xbfhttps://courier.example/1\r\nhttps://courier.example/2\n\n", HERE)

    assert (found.form, len(found.entries)) == ("text sitemap", 2)


def test_a_packed_sitemap_is_unpacked() -> None:
    assert len(parse(gzip.compress(sitemap(url("/1"))), HERE).entries) == 1


def test_a_bomb_is_not_unpacked_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MOST_BYTES", 1_000_000)
    bomb = gzip.compress(b"<urlset>" + b" " * 50_000_000)

    with pytest.raises(SourceError, match="at most 1,000,000"):
        parse(bomb, HERE)


def test_no_more_entries_are_read_than_the_protocol_allows() -> None:
    found = parse(sitemap(url("/1") * (MOST_ENTRIES + 1)), HERE)

    assert len(found.entries) == MOST_ENTRIES
    assert found.note == "only the first 50,000 entries were read"


def test_a_sitemap_that_is_cut_off_is_read_as_far_as_it_goes_and_says_so() -> None:
    found = parse(sitemap(url("/1"), url("/2"))[:-20], HERE)

    assert [entry.url for entry in found.entries] == ["https://courier.example/1"]
    assert found.note is not None
    assert found.note.startswith("damaged")


def test_a_packed_sitemap_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    whole = gzip.compress(sitemap(*(url(f"/{number}") for number in range(5_000))))

    found = parse(whole[: len(whole) // 2], HERE)

    assert 1_000 < len(found.entries) < 5_000


def test_an_entity_is_not_expanded() -> None:
    data = b'<!DOCTYPE urlset [<!ENTITY a "https://evil.example/">]><urlset><url><loc>&a;</loc></url></urlset>'

    with pytest.raises(SourceError):
        parse(data, HERE)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "nothing"),
        (b"<rss/>", "begins with <rss>"),
        (b"<html><body>", "begins with <html>"),
        (b"Hello there.", "no XML"),
        (b"http is a word and so are these", "one address a line"),
        (b"\x1f\x8b\x08nothing", "cannot be unpacked|nothing"),
        (b"\xff\xfe\x00", "no XML"),
    ],
)
def test_what_is_no_sitemap_is_a_source_error_that_says_what_it_is(data: bytes, found: str) -> None:
    with pytest.raises(SourceError, match=found):
        parse(data, HERE)


def test_a_sitemap_without_pages_is_one() -> None:
    assert parse(b"<urlset/>", HERE) == Sitemap(form="sitemap")


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_give_a_sitemap_or_a_source_error(data: bytes, packed: bool) -> None:
    try:
        assert isinstance(parse(gzip.compress(data, mtime=0) if packed else data, HERE), Sitemap)
    except SourceError:
        return  # it says that it is none


@given(st.integers(0, 400), st.integers(0, 255))
def test_a_damaged_byte_anywhere_gives_a_sitemap_or_a_source_error(at: int, byte: int) -> None:
    data = bytearray(sitemap(url("/1", NEWS)))
    data[at % len(data)] = byte
    try:
        assert isinstance(parse(bytes(data), HERE), Sitemap)
    except SourceError:
        return  # it says that it is none
