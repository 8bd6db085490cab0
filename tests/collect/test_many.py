from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import count, pairwise
from threading import active_count
from time import monotonic, sleep

import pytest
from tests.collect.site import STORY, Seen, Site

from watchfloor.collect.fetching import Fetcher
from watchfloor.collect.many import Wanted, fetch_all

Making = Callable[..., Fetcher]
GAP = 0.02


def by_host(site: Site) -> dict[str, list[Seen]]:
    visits: dict[str, list[Seen]] = defaultdict(list)
    for seen in sorted(site.requests, key=lambda each: each.begun):
        visits[seen.host].append(seen)
    return visits


@pytest.mark.timeout(120)
def test_two_thousand_pages_of_fifty_hosts_are_collected_politely(site: Site, fetcher: Making) -> None:
    site.otherwise = lambda visit: visit.say(200, STORY)
    site.pages["/robots.txt"] = lambda visit: visit.say(200, b"User-agent: *\nDisallow: /9\n", "text/plain")
    addresses = [site.url(f"/{page}", f"host{host}.example") for page in range(40) for host in range(50)]
    made = fetcher(robots=True, gap=GAP, hosts_at_once=8, sleep=sleep)

    outcomes = defaultdict(list)
    for fetch in fetch_all(addresses, made):
        outcomes[fetch.outcome].append(fetch.address)

    assert {outcome: len(found) for outcome, found in outcomes.items()} == {"got": 1_950, "denied": 50}
    assert sorted(outcomes["got"] + outcomes["denied"]) == sorted(addresses)
    visits = by_host(site)
    assert (len(visits), {len(seen) for seen in visits.values()}) == (50, {40})
    for seen in visits.values():
        assert seen[0].path == "/robots.txt"
        for before, after in pairwise(seen):
            assert after.begun - before.answered >= GAP


def test_several_hosts_are_asked_at_once(site: Site, fetcher: Making) -> None:
    site.otherwise = lambda visit: visit.say(200, visit.late(0.2) + STORY)
    addresses = [site.url("/x", f"host{host}.example") for host in range(8)]
    begun = monotonic()

    fetched = list(fetch_all(addresses, fetcher(hosts_at_once=8)))

    assert [each.outcome for each in fetched] == ["got"] * 8
    assert monotonic() - begun < 8 * 0.2


def test_what_we_have_is_passed_on(site: Site, fetcher: Making) -> None:
    wanted: list[str | Wanted] = [Wanted(address=site.url("/conditional"), etag='"v1"'), site.url("/story")]

    assert {each.outcome for each in fetch_all(wanted, fetcher())} == {"not-modified", "got"}


def test_addresses_that_are_refused_do_not_hold_up_others(site: Site, fetcher: Making) -> None:
    addresses = ["file:///etc/passwd", "http://10.0.0.1/", site.url(), "nonsense"]

    outcomes = {each.address: each.outcome for each in fetch_all(addresses, fetcher())}

    assert sorted(outcomes.values()) == ["got", "refused", "refused", "refused"]


def test_a_host_that_wants_to_be_left_alone_for_long_does_not_hold_up_the_rest(site: Site, fetcher: Making) -> None:
    site.pages["/limit"] = lambda visit: visit.say(429, b"", Retry_After="3600")
    addresses = [site.url("/limit"), *(site.url(f"/{page}") for page in range(20)), site.url("/story", "b.example")]

    fetched = list(fetch_all(addresses, fetcher()))

    assert sorted(each.outcome for each in fetched) == ["busy"] * 21 + ["got"]
    assert len(site.requests) == 2


def test_a_host_that_answers_nothing_is_given_up_after_a_few_and_holds_nobody_up(site: Site, fetcher: Making) -> None:
    site.pages["/down"] = lambda visit: None
    down = [site.url(f"/down?{page}", "down.example") for page in range(50)]
    up = [site.url("/story", "up.example")] * 4

    fetched = list(fetch_all([*down, *up], fetcher()))
    unasked = [each for each in fetched if each.detail.startswith("not asked: the last 3 requests to down.example")]

    assert sorted(each.outcome for each in fetched) == ["failed"] * 50 + ["got"] * 4
    assert (len(unasked), {each.exchanges for each in unasked}) == (47, {()})
    assert len([seen for seen in site.requests if seen.host == "down.example"]) == 3


def test_a_host_that_fails_now_and_then_is_asked_for_everything(site: Site, fetcher: Making) -> None:
    site.pages["/down"] = lambda visit: visit.say(500)
    pages = ["/down", "/down", "/story"] * 4

    fetched = list(fetch_all([site.url(f"{page}?{nth}") for nth, page in enumerate(pages)], fetcher()))

    assert sorted(each.outcome for each in fetched) == ["failed"] * 8 + ["got"] * 4
    assert len(site.requests) == 12


def test_addresses_without_end_are_read_only_a_little_ahead(site: Site, fetcher: Making) -> None:
    read: list[int] = []

    def endless() -> Iterator[str]:
        for number in count():
            read.append(number)
            yield site.url("/story", f"host{number % 7}.example")

    running = fetch_all(endless(), fetcher(hosts_at_once=4), ahead=20)
    got = [next(running).outcome for _ in range(30)]
    running.close()

    assert got == ["got"] * 30
    assert len(read) <= 30 + 20 + 4 + 1


def test_stopping_early_breaks_off_what_is_under_way_and_leaves_no_threads(site: Site, fetcher: Making) -> None:
    made = fetcher(hosts_at_once=4, read_seconds=60.0, seconds=60.0)
    addresses = [site.url("/story", "a.example"), *(site.url("/silent", f"{host}.example") for host in "bcd")]
    threads, begun = active_count(), monotonic()

    running = fetch_all(addresses, made)
    first = next(running)
    running.close()

    assert first.outcome == "got"
    assert monotonic() - begun < 3
    assert active_count() <= threads + 4  # the site's own threads, which still wait
    assert made.fetch(site.url("/story", "e.example")).outcome == "got"


def test_an_interrupt_is_passed_on_at_once(site: Site, fetcher: Making) -> None:
    made = fetcher(hosts_at_once=2, read_seconds=60.0, seconds=60.0)

    def interrupted() -> Iterator[str]:
        yield site.url("/silent", "a.example")
        yield site.url("/story", "b.example")
        yield site.url("/story", "b.example")
        raise KeyboardInterrupt

    begun = monotonic()
    with pytest.raises(KeyboardInterrupt):
        list(fetch_all(interrupted(), made, ahead=2))

    assert monotonic() - begun < 3
