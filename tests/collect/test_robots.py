from collections.abc import Callable
from datetime import timedelta
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.collect.conftest import NOW
from tests.collect.site import Page, Site, redirect

from watchfloor.collect.allowed import Allowed
from watchfloor.collect.fetching import Fetcher
from watchfloor.collect.introduction import PRODUCT
from watchfloor.collect.robots import READ_BYTES, parse
from watchfloor.collect.web_address import read_address

Making = Callable[..., Fetcher]


def robots(text: str | bytes, status: int = 200) -> Page:
    return lambda visit: visit.say(status, text.encode() if isinstance(text, str) else text, "text/plain")


def test_what_robots_txt_forbids_is_not_asked_for(site: Site, fetcher: Making) -> None:
    site.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /story")

    fetch = fetcher(robots=True).fetch(site.url())

    assert (fetch.outcome, site.paths()) == ("denied", ["/robots.txt"])
    assert fetch.detail == f"robots.txt of http://news.example:{site.server_port} forbids /story"
    assert fetch.exchanges[0].url.endswith("/robots.txt")


def test_what_robots_txt_allows_is_got_and_the_file_asked_for_once(site: Site, fetcher: Making) -> None:
    site.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /private")
    made = fetcher(robots=True)

    outcomes = [made.fetch(site.url(path)).outcome for path in ("/story", "/private/x", "/story")]

    assert (outcomes, site.paths().count("/robots.txt")) == (["got", "denied", "got"], 1)


def test_a_group_for_us_wins_over_the_group_for_all(site: Site, fetcher: Making) -> None:
    site.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /\n\nUser-agent: watchfloor\nAllow: /")

    assert fetcher(robots=True).fetch(site.url()).outcome == "got"


def test_a_redirect_to_a_forbidden_page_is_not_followed(site: Site, fetcher: Making) -> None:
    site.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /story")

    fetch = fetcher(robots=True).fetch(site.url("/moved"))

    assert (fetch.outcome, site.paths()) == ("denied", ["/robots.txt", "/moved"])


def test_robots_txt_is_asked_for_again_after_a_day(site: Site, fetcher: Making) -> None:
    at = [NOW]
    made = fetcher(robots=True, now=lambda: at[0])
    for hours in (0, 23, 2):
        at[0] += timedelta(hours=hours)
        made.fetch(site.url())

    assert site.paths().count("/robots.txt") == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_host_without_robots_txt_allows_everything(site: Site, fetcher: Making, status: int) -> None:
    site.pages["/robots.txt"] = robots("no", status)

    assert fetcher(robots=True).fetch(site.url()).outcome == "got"


@pytest.mark.parametrize(
    ("page", "outcome"),
    [
        (robots("oops", 500), "failed"),
        (lambda visit: visit.say(503, b"", Retry_After="600"), "busy"),
        (lambda visit: visit.say(429), "busy"),
        (lambda visit: None, "failed"),
        (lambda visit: visit.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\nUser-agent"), "failed"),
        (lambda visit: visit.raw(b"garbage\r\n"), "denied"),
    ],
)
def test_a_host_whose_robots_txt_cannot_be_read_is_not_fetched_from(
    site: Site, fetcher: Making, page: Page, outcome: str
) -> None:
    site.pages["/robots.txt"] = page
    made = fetcher(robots=True)

    fetches = [made.fetch(site.url()) for _ in range(2)]

    assert {fetch.outcome for fetch in fetches} == {outcome}
    assert "robots.txt" in fetches[0].detail
    assert site.paths() == ["/robots.txt"]
    assert fetches[0].retry is not None


def test_a_robots_txt_that_was_broken_off_is_not_held_against_the_host(site: Site, fetcher: Making) -> None:
    made = fetcher(robots=True)
    with made.broken_off():
        stopped = made.fetch(site.url())

    assert (stopped.outcome, stopped.detail) == ("failed", "stopped")
    assert made.fetch(site.url()).outcome == "got"


def test_a_robots_txt_that_leads_in_circles_is_none(site: Site, fetcher: Making) -> None:
    site.pages["/robots.txt"] = redirect("/robots.txt")

    assert fetcher(robots=True).fetch(site.url()).outcome == "got"


def test_a_page_in_place_of_robots_txt_forbids_nothing(site: Site, fetcher: Making) -> None:
    site.pages["/robots.txt"] = lambda visit: visit.say(200, b"<!doctype html><p>Welcome", "text/html")

    assert fetcher(robots=True).fetch(site.url()).outcome == "got"


def test_a_long_robots_txt_is_read_as_far_as_the_standard_asks(site: Site, fetcher: Making) -> None:
    rule = b"User-agent: *\nDisallow: /story\n"
    made = fetcher(robots=True)

    site.pages["/robots.txt"] = robots(rule + b"# padding\n" * 100_000)
    early = made.fetch(site.url())
    site.pages["/robots.txt"] = robots(b"# padding\n" * 100_000 + rule)
    late = made.fetch(site.url("/story", "other.example"))

    assert (early.outcome, late.outcome) == ("denied", "got")


def test_a_crawl_delay_slows_down_the_requests_to_that_host(site: Site, fetcher: Making) -> None:
    site.pages["/robots.txt"] = robots("User-agent: *\nCrawl-delay: 7\n")
    at = [0.0]

    def sleep(seconds: float) -> None:
        at[0] += seconds

    made = fetcher(robots=True, gap=5.0, timer=lambda: at[0], sleep=sleep)
    made.fetch(site.url())
    made.fetch(site.url())

    assert at[0] == 5.0 + 7.0


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: somebot\nDisallow: /", True),
        ("User-agent: a\nUser-agent: watchfloor\nUser-agent: b\nDisallow: /", False),
        ("User-agent: a\nUser-agent: *\nDisallow: /", False),
        ("user agent: WatchFloor\ndisallow: /s*y$", False),
        ("User-agent: *\r\nDisallow: /\r\nAllow: /story\r\n", True),
        ("\ufeffUser-agent: *\nDisallow: /", False),
        ("User-agent: * # all\nDisallow: /", False),
        ("User-agent: watch*\nDisallow: /", False),
        ("User-agent\nUser-agent: *\nDisallow: /", False),
    ],
)
def test_groups_are_read_as_the_standard_says(text: str, allowed: bool) -> None:
    assert parse(text.encode()).can_fetch("http://news.example/story", PRODUCT) is allowed


def test_many_agents_with_many_rules_do_not_keep_us_busy() -> None:
    agents = "".join(f"User-agent: bot{number}\n" for number in range(14_000))
    rules = "".join(f"Disallow: /{number}\n" for number in range(14_000))
    begun = monotonic()

    assert parse((agents + rules).encode()).can_fetch("http://news.example/story", PRODUCT)

    assert monotonic() - begun < 5


@given(st.one_of(st.binary(), st.text().map(str.encode)), st.text(alphabet="/*$%aé?#", max_size=20))
def test_any_bytes_are_a_robots_txt(content: bytes, path: str) -> None:
    address = read_address("http://news.example/" + path, Allowed())

    assert parse(b"User-agent: *\nDisallow: " + content).can_fetch(address.url, PRODUCT) in {True, False}
    delay = parse(b"User-agent: *\nCrawl-delay: " + content).crawl_delay(PRODUCT)
    assert delay is None or isinstance(delay, float)


def test_what_is_read_is_at_least_500_kibibytes() -> None:
    assert READ_BYTES >= 500 * 1024
