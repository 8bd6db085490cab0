"""What becomes of a fetch when a site behaves, and when it does not; nothing here may hang."""

from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.collect.site import STORY, Site, open_site, packed

from watchfloor.clean.reports import clean
from watchfloor.collect.fetching import Fetcher
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside
from watchfloor.core.exchange import Fetch, Outcome

Making = Callable[..., Fetcher]
HEADS = (
    b"HTTP/1.1 200 OK\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08",
    b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: ",
    b"HTTP/1.1 503 Busy\r\nRetry-After: ",
    b"HTTP/1.1 ",
)


def test_a_page_is_got_with_what_passed(site: Site, fetcher: Making) -> None:
    fetch = fetcher(contact="https://watch.example/about").fetch(site.url())

    (exchange,) = fetch.exchanges
    assert (fetch.outcome, fetch.content, fetch.content_type) == ("got", STORY, "text/html; charset=utf-8")
    assert (exchange.status, exchange.body, exchange.ip, exchange.cut) == (200, STORY, "127.0.0.1", False)
    assert dict(exchange.request)["User-Agent"].endswith("(+https://watch.example/about)")
    assert site.requests[0].headers == dict(exchange.request)
    assert site.requests[0].host == "news.example"


@pytest.mark.parametrize(
    ("path", "outcome", "detail"),
    [
        ("/slow-trickle", "failed", "too slowly"),
        ("/slow-head", "failed", "time ran out"),
        ("/silent", "failed", "time ran out"),
        ("/truncated", "failed", "cut off"),
        ("/too-long", "broken", "10 were declared"),
        ("/broken-chunk", "failed", "cut off"),
        ("/missing-chunk", "failed", "cut off"),
        ("/bomb", "broken", "bomb"),
        ("/torn-gzip", "failed", "does not come to its end"),
        ("/damaged-gzip", "broken", "cannot be unpacked"),
        ("/gzip-lie", "broken", "cannot be unpacked"),
        ("/brotli", "broken", "asked for gzip"),
        ("/tiny-gzip-then-rubbish", "broken", "more than 10000000"),
        ("/endless", "refused", "more than 5 redirects"),
        ("/circle", "refused", "circle"),
        ("/nowhere", "broken", "302"),
        ("/charset-lie", "got", "200"),
        ("/always-304", "broken", "304"),
        ("/busy", "busy", "429"),
        ("/overloaded", "busy", "503"),
        ("/error", "failed", "500"),
        ("/gone", "gone", "410"),
        ("/nothing-here", "gone", "404"),
        ("/forbidden", "blocked", "403"),
        ("/for-members", "blocked", "401"),
        ("/for-legal-reasons", "blocked", "451"),
        ("/challenge", "blocked", "Cloudflare"),
        ("/challenge-by-header", "blocked", "Cloudflare"),
        ("/one-line", "got", "200"),
        ("/over-the-limit", "broken", "10000001 bytes by its own word"),
        ("/over-the-limit-unsaid", "broken", "more than 10000000 bytes"),
        ("/nested", "got", "200"),
        ("/huge-head", "broken", "head of more than 65536"),
        ("/many-interim", "broken", "head of more than 65536"),
        ("/interim", "got", "200"),
        ("/closed-at-once", "failed", "closed without an answer"),
        ("/garbage", "broken", "no answer that is HTTP"),
        ("/binary-garbage", "broken", "no answer that is HTTP"),
        ("/no-type", "got", "200"),
        ("/no-type-binary", "broken", "no text"),
        ("/picture", "broken", "image/png"),
        ("/picture-as-page", "broken", "PNG image, declared as text/html"),
        ("/feed", "got", "200"),
        ("/pdf", "got", "200"),
        ("/empty", "broken", "empty"),
        ("/no-content", "broken", "204"),
    ],
)
def test_whatever_a_site_does_the_outcome_is_said_in_time(
    site: Site, fetcher: Making, path: str, outcome: str, detail: str
) -> None:
    quick = {"seconds": 0.3} if path.startswith(("/slow", "/silent")) else {}
    begun = monotonic()

    fetch = fetcher(**quick).fetch(site.url(path))

    assert (fetch.outcome, detail in fetch.detail) == (outcome, True), fetch.detail
    assert monotonic() - begun < 10
    assert bool(fetch.content) == (outcome == "got")


@pytest.mark.parametrize("path", ["/truncated", "/too-long", "/slow-trickle", "/bomb", "/missing-chunk"])
def test_what_came_of_a_broken_answer_is_kept_and_marked_as_cut(site: Site, fetcher: Making, path: str) -> None:
    fetch = fetcher(seconds=0.4).fetch(site.url(path))

    (exchange,) = fetch.exchanges
    assert exchange.cut
    assert exchange.body


@pytest.mark.parametrize("path", ["/gzip", "/deflate", "/raw-deflate"])
def test_packed_answers_are_unpacked_and_kept_as_they_came(site: Site, fetcher: Making, path: str) -> None:
    fetch = fetcher().fetch(site.url(path))

    assert fetch.content == STORY
    assert fetch.exchanges[0].body != STORY


def test_redirects_are_followed_and_kept(site: Site, fetcher: Making) -> None:
    fetch = fetcher().fetch(site.url("/moved"))

    assert fetch.url == site.url("/story")
    assert [each.status for each in fetch.exchanges] == [301, 200]


def test_a_redirect_to_another_host_goes_by_its_name(site: Site, fetcher: Making) -> None:
    site.pages["/away"] = lambda visit: visit.say(302, Location=site.url("/story", "other.example"))

    fetch = fetcher().fetch(site.url("/away"))

    assert fetch.url == site.url("/story", "other.example")
    assert [seen.host for seen in site.requests] == ["news.example", "other.example"]


def test_a_redirect_with_raw_utf_8_is_understood(site: Site, fetcher: Making) -> None:
    site.pages["/umlaut"] = lambda visit: visit.raw(
        b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /k\xc3\xbcste und hafen\r\n\r\n"
    )
    site.pages["/k%C3%BCste%20und%20hafen"] = site.pages["/story"]

    assert fetcher().fetch(site.url("/umlaut")).outcome == "got"


def test_what_we_have_is_said_and_a_304_is_heard(site: Site, fetcher: Making) -> None:
    made = fetcher()
    first = made.fetch(site.url("/conditional"))

    again = made.fetch(site.url("/conditional"), etag=first.etag, modified=first.modified)

    assert (first.outcome, first.etag, first.modified) == ("got", '"v1"', "Mon, 05 Jan 2026 08:00:00 GMT")
    assert (again.outcome, again.etag, again.modified) == ("not-modified", first.etag, first.modified)
    assert again.content == b""


def test_a_stored_tag_with_a_line_break_is_not_sent(site: Site, fetcher: Making) -> None:
    fetch = fetcher().fetch(site.url(), etag='"v1"\r\nX-Evil: 1', modified="yesterday\n")

    assert fetch.outcome == "got"
    assert not {"If-None-Match", "If-Modified-Since", "X-Evil"} & set(site.requests[0].headers)


@pytest.mark.parametrize(
    ("path", "seconds"), [("/busy", 120), ("/busy-until", 300), ("/busy-for-a-year", 86_400), ("/overloaded", None)]
)
def test_when_a_source_wants_to_be_asked_again_is_kept(
    site: Site, fetcher: Making, path: str, seconds: float | None
) -> None:
    fetch = fetcher().fetch(site.url(path))

    assert (fetch.outcome, fetch.retry) == ("busy", seconds)


def test_a_host_that_wants_to_be_left_alone_is_left_alone(site: Site, fetcher: Making) -> None:
    made = fetcher(patience=60)
    made.fetch(site.url("/busy"))

    fetch = made.fetch(site.url("/story"))

    assert (fetch.outcome, site.paths()) == ("busy", ["/busy"])
    assert fetch.retry == pytest.approx(120, abs=5)


def test_a_passing_failure_is_tried_again_later_and_later(site: Site, fetcher: Making) -> None:
    answers = iter([500, 502, 200])
    site.pages["/wavering"] = lambda visit: visit.say(next(answers), STORY)
    slept: list[float] = []

    fetch = fetcher(retries=2, back_off=1.0, sleep=slept.append).fetch(site.url("/wavering"))

    assert (fetch.outcome, [each.status for each in fetch.exchanges]) == ("got", [500, 502, 200])
    assert slept == [1.0, 2.0]


def test_a_host_that_never_answers_is_tried_a_few_times_only(site: Site, fetcher: Making) -> None:
    fetch = fetcher(retries=2).fetch(site.url("/closed-at-once"))

    assert (fetch.outcome, len(site.requests), fetch.exchanges) == ("failed", 3, ())


def test_a_page_that_is_gone_is_asked_for_once(site: Site, fetcher: Making) -> None:
    fetcher(retries=2).fetch(site.url("/gone"))

    assert site.paths() == ["/gone"]


def test_a_name_without_an_address_fails(site: Site, fetcher: Making) -> None:
    fetch = fetcher(allow=()).fetch("http://nowhere.invalid/")

    assert (fetch.outcome, "no such name" in fetch.detail) == ("failed", True)


def test_a_name_that_takes_too_long_fails(site: Site, fetcher: Making) -> None:
    def resolve(host: str, port: int, seconds: float) -> list[str]:
        raise TimeoutError(f"no answer within {seconds:.1f} s")

    fetch = fetcher(resolve=resolve).fetch(site.url())

    assert (fetch.outcome, "no answer within" in fetch.detail) == ("failed", True)


def test_a_port_where_nobody_listens_fails(site: Site, fetcher: Making) -> None:
    with open_site() as closed:
        port = closed.server_port

    fetch = fetcher(ports=(port,)).fetch(f"http://news.example:{port}/")

    assert (fetch.outcome, fetch.detail) == ("failed", "Connection refused")


def test_tls_on_a_plain_port_fails(site: Site, fetcher: Making) -> None:
    fetch = fetcher().fetch(site.url().replace("http:", "https:"))

    assert (fetch.outcome, "SSL" in fetch.detail) == ("failed", True)


@pytest.mark.parametrize("path", ["/nested", "/one-line"])
def test_a_page_made_to_choke_on_goes_through_the_cleaner_or_is_set_aside_in_time(
    site: Site, fetcher: Making, path: str
) -> None:
    fetch = fetcher().fetch(site.url(path))
    begun = monotonic()

    with suppress(SetAside):
        clean(
            Capture(
                id="cap_1",
                locator=fetch.address,
                feed="test",
                sha256="0",
                media_type="text/html",
                collected=fetch.exchanges[0].asked,
                data=fetch.content,
            )
        )

    assert monotonic() - begun < 60


def test_a_site_is_read_only_as_far_as_the_limit(site: Site, fetcher: Making) -> None:
    fetch = fetcher(body_bytes=1_000).fetch(site.url("/over-the-limit-unsaid"))

    assert len(fetch.exchanges[0].body) < 200_000


def test_many_members_of_a_packed_answer_are_read_and_too_many_are_not(site: Site, fetcher: Making) -> None:
    site.pages["/members"] = lambda visit: visit.say(200, packed(b"ab") * 900, Content_Encoding="gzip")
    site.pages["/too-many"] = lambda visit: visit.say(200, packed(b"") * 200_000, Content_Encoding="gzip")
    made = fetcher()

    assert made.fetch(site.url("/members")).content == b"ab" * 900
    assert made.fetch(site.url("/too-many")).outcome == "broken"


def test_only_the_types_asked_for_are_taken(site: Site, fetcher: Making) -> None:
    fetch = fetcher().fetch(site.url("/story"), accept=("application/rss+xml",))

    assert (fetch.outcome, site.requests[0].headers["Accept"]) == ("broken", "application/rss+xml, */*;q=0.1")


def test_a_closed_fetcher_fetches_no_more(site: Site, fetcher: Making) -> None:
    made = fetcher()
    made.close()

    fetch: Fetch = made.fetch(site.url())

    assert (fetch.outcome, fetch.detail, site.requests) == ("failed", "stopped", [])


@given(st.one_of(st.binary(), st.text().map(str.encode)), st.sampled_from([b"", *HEADS]))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_for_an_answer_come_to_an_outcome(site: Site, fetcher: Making, body: bytes, head: bytes) -> None:
    site.pages["/any"] = lambda visit: visit.raw(head + body)

    fetch = fetcher().fetch(site.url("/any"))

    assert fetch.outcome in get_args(Outcome)
    assert fetch.detail
