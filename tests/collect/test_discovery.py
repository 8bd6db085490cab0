import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.collect.discovery import candidates, links

HERE = "https://courier.example/world/"


def sure(page: str, robots: str | None = None) -> list[tuple[str, str, str]]:
    found = candidates(page.encode(), HERE, robots)
    return [(one.kind, one.address, one.certainty) for one in found if one.certainty != "guessed"]


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ('<link rel="alternate" type="application/rss+xml" href="/feed">', "https://courier.example/feed"),
        (
            '<link rel="Alternate home" type="application/atom+xml; x=1" href="a.xml">',
            "https://courier.example/world/a.xml",
        ),
        ('<link rel="alternate" type="application/feed+json" href="//x.example/f.json">', "https://x.example/f.json"),
        ('<link rel="alternate" type="text/xml" href="/rss.xml">', "https://courier.example/rss.xml"),
        ('<link rel="feed" href="/news">', "https://courier.example/news"),
        ('<base href="https://b.example/"><link rel=alternate type=application/rss+xml href=f>', "https://b.example/f"),
    ],
)
def test_a_feed_that_a_page_names_is_found(link: str, address: str) -> None:
    assert sure(f"<html><head>{link}</head></html>") == [("feed", address, "named")]


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="alternate" hreflang="ko" href="/ko/">',
        '<link rel="alternate" type="application/json" href="/wp-json/posts/1">',
        '<link rel="stylesheet" type="application/rss+xml" href="/feed.css">',
        '<link rel="alternate" type="application/rss+xml" href="feed://x">',
        '<link rel="alternate" type="application/rss+xml">',
    ],
)
def test_another_link_is_no_feed(link: str) -> None:
    assert sure(link) == []


def test_what_is_named_comes_before_what_is_linked_and_each_address_once() -> None:
    page = (
        '<a href="/rss/world">World</a><a href="/feed">All</a><link rel=alternate type=application/rss+xml href=/feed>'
    )

    assert sure(page) == [
        ("feed", "https://courier.example/feed", "named"),
        ("feed", "https://courier.example/rss/world", "linked"),
    ]


def test_the_sitemaps_of_robots_are_found_whoever_they_are_for() -> None:
    robots = (
        "User-agent: *\nDisallow: /x\n  SITEMAP : https://courier.example/s.xml \nsitemap: /news.xml # ours\nsitemap:\n"
    )

    assert sure("", robots) == [
        ("sitemap", "https://courier.example/s.xml", "named"),
        ("sitemap", "https://courier.example/news.xml", "named"),
    ]


def test_usual_paths_are_guesses_and_say_so() -> None:
    guesses = [one for one in candidates(b"", HERE) if one.certainty == "guessed"]

    assert "https://courier.example/feed" in {one.address for one in guesses}
    assert all("not looked at yet" in one.reason for one in guesses)


def test_the_reports_that_a_listing_page_links_are_found_once_and_on_its_host_only() -> None:
    page = (
        '<a href="/2024/10/ships-arrive">Ships <b>arrive</b></a><a href="/2024/10/ships-arrive#comments">12</a>'
        '<a href="https://www.courier.example/grain-prices-rise-again">Grain</a><a href="/about">About</a>'
        '<a href="https://other.example/2024/10/elsewhere">Elsewhere</a><a href="mailto:a@courier.example">Mail</a>'
    )

    found = links(page.encode(), HERE)

    assert [(entry.url, entry.title) for entry in found] == [
        ("https://courier.example/2024/10/ships-arrive", "Ships arrive"),
        ("https://www.courier.example/grain-prices-rise-again", "Grain"),
    ]


def test_a_hostile_page_is_read_in_little_time() -> None:
    page = b"<div>" * 50_000 + b"".join(b'<a href="/%s">x</a>' % (b"a" * 2_000) for _ in range(500))
    began = time.process_time()

    links(page, HERE)
    candidates(page, HERE)

    assert time.process_time() - began < 5


@given(st.binary(max_size=300), st.text(max_size=100))
def test_any_page_and_robots_give_candidates_with_absolute_addresses(page: bytes, robots: str) -> None:
    for one in candidates(page, HERE, robots):
        assert one.address.startswith(("http://", "https://"))
    for entry in links(page, HERE):
        assert entry.url
