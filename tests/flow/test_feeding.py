import gzip
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from watchfloor.core.capture import Capture
from watchfloor.core.exchange import Exchange, Fetch
from watchfloor.core.feed import Feed
from watchfloor.core.marking import Marking, Reader
from watchfloor.flow.asks import Ask, one_by_one
from watchfloor.flow.feed_runs import FeedsReceipt
from watchfloor.flow.feeding import Feeding
from watchfloor.flow.keeping import keeping
from watchfloor.flow.pipeline import Line
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store

HOME = Reader(name="us", partner=None, clearance="RED")
BEGAN = datetime(2024, 11, 1, 12, tzinfo=UTC)
SITE = "https://courier.example"


class Web:
    """A web in memory with a clock: what lies where, and what was asked for."""

    def __init__(self) -> None:
        self.at: dict[str, Fetch] = {}
        self.asked: list[Ask] = []
        self.now = BEGAN
        self.breaks_after: int | None = None

    def put(self, path: str, content: str | bytes, **fields: Any) -> None:
        address = f"{SITE}{path}"
        body = content.encode() if isinstance(content, str) else content
        values: dict[str, Any] = {"address": address, "outcome": "got", "content": body, "content_type": "text/html"}
        self.at[address] = Fetch(**(values | fields))

    def fail(self, path: str, outcome: Any, **fields: Any) -> None:
        self.at[f"{SITE}{path}"] = Fetch(address=f"{SITE}{path}", outcome=outcome, detail="told so", **fields)

    def article(self, number: int, words: str = "Ships left the port of Lund on Monday, the ministry said.") -> None:
        body = f"<p>{words} Report {number}.</p>" * 6
        self.put(
            f"/{number}",
            f"<html><head><title>Report {number}</title></head><body><article>{body}</article></body></html>",
        )

    def feed(self, *numbers: int, **fields: Any) -> None:
        items = "".join(
            f"<item><title>Report {n}</title><link>/{n}</link><pubDate>Tue, 22 Oct 2024 00:30:00 +0900</pubDate></item>"
            for n in numbers
        )
        self.put("/feed", f"<rss version='2.0'><channel><title>Courier</title>{items}</channel></rss>", **fields)

    def fetch_all(self, asks: Iterable[Ask]) -> Iterator[Fetch]:
        for ask in asks:
            if self.breaks_after is not None and len(self.asked) >= self.breaks_after:
                raise KeyboardInterrupt
            self.asked.append(ask)
            found = self.at.get(ask.address) or Fetch(address=ask.address, outcome="gone", detail="404")
            if ask.etag and ask.etag == found.etag:
                found = Fetch(address=ask.address, outcome="not-modified", etag=ask.etag)
            yield found

    def addresses(self) -> list[str]:
        return [ask.address.removeprefix(SITE) for ask in self.asked]


@pytest.fixture
def web() -> Web:
    made = Web()
    for number in range(1, 6):
        made.article(number)
    return made


@pytest.fixture
def store(database: Path | str) -> Iterator[Store]:
    with open_store(database, create=True) as opened:
        yield opened


def feed(name: str = "courier", **fields: Any) -> Feed:
    values: dict[str, Any] = {"name": name, "kind": "feed", "address": f"{SITE}/feed", "every": 1_800, "added": BEGAN}
    return Feed(**(values | fields))


@pytest.fixture
def run(store: Store, web: Web, monkeypatch: pytest.MonkeyPatch) -> Callable[..., FeedsReceipt]:
    def run_with(*feeds: Feed, **given: Any) -> FeedsReceipt:
        monkeypatch.setenv("WATCHFLOOR_NOW", web.now.isoformat())
        for one in feeds:
            store.keep_feed(one)
        record = given.pop("record", None)
        line = Line(store, HOME, (), 30.0)
        feeding = Feeding(store, HOME, line, web.fetch_all, lambda: web.now)
        if record is not None:
            feeding.keep(record, lambda _fetch: None, ())
        return feeding.run(store.feeds(HOME), **given)

    return run_with


def test_the_pages_that_a_feed_names_become_reports_with_what_the_feed_says(
    web: Web, store: Store, run: Callable[..., FeedsReceipt]
) -> None:
    web.feed(1, 2)
    mark = Marking(level="GREEN", releasable_to=frozenset({"a"}))

    receipt = run(feed(outlet="Norddal Courier", marking=mark))

    (ran,) = receipt.ran
    assert (ran.outcome, ran.named, ran.new, ran.waiting) == ("got", 2, 2, 0)
    found = {report.url: report for report in store.reports(HOME)}
    assert set(found) == {f"{SITE}/1", f"{SITE}/2"}
    report = found[f"{SITE}/1"]
    assert (report.outlet, report.marking) == ("Norddal Courier", mark)
    assert report.published is not None
    assert report.published.value == "2024-10-22T00:30"
    capture = store.capture(HOME, report.capture)
    assert capture is not None
    assert (capture.feed, capture.locator) == ("courier", f"{SITE}/1")


def test_a_second_run_fetches_only_what_is_new(web: Web, run: Callable[..., FeedsReceipt]) -> None:
    web.feed(1, 2)
    run(feed())
    web.asked.clear()
    web.feed(3, 1, 2)
    web.now += timedelta(minutes=30)

    (ran,) = run().ran

    assert web.addresses() == ["/feed", "/3"]
    assert (ran.named, ran.new) == (1, 1)


def test_a_feed_that_is_not_due_is_not_asked(web: Web, run: Callable[..., FeedsReceipt]) -> None:
    web.feed(1)
    run(feed())
    web.asked.clear()
    web.now += timedelta(minutes=5)

    assert run().ran == ()
    assert web.asked == []
    assert len(run(all_of_them=True).ran) == 1


def test_a_paused_feed_is_left_alone(web: Web, store: Store, run: Callable[..., FeedsReceipt]) -> None:
    web.feed(1)

    assert run(feed(paused=True)).ran == ()
    assert web.asked == []


def test_nothing_new_is_a_success_and_asked_for_by_condition_for_a_day(
    web: Web, store: Store, run: Callable[..., FeedsReceipt]
) -> None:
    web.feed(1, etag='"a"')
    run(feed())
    web.now += timedelta(minutes=30)
    (ran,) = run().ran
    assert (ran.outcome, web.asked[-1].etag) == ("not-modified", '"a"')

    web.now += timedelta(days=1)
    (ran,) = run().ran

    assert (ran.outcome, web.asked[-1].etag) == ("got", None)


def test_one_bad_feed_stops_no_other_and_its_reason_is_written_down(
    web: Web, store: Store, run: Callable[..., FeedsReceipt]
) -> None:
    web.feed(1)
    web.put("/html", "<html><body>Not a feed</body></html>")
    web.fail("/busy", "busy", retry=7_200.0)

    receipt = run(
        feed("a", address=f"{SITE}/html"), feed("b", address=f"{SITE}/busy"), feed("c", kind="partner"), feed("good")
    )

    outcomes = {ran.feed: ran.outcome for ran in receipt.ran}
    assert outcomes == {"a": "broken", "b": "busy", "c": "failed", "good": "got"}
    states = store.feed_states(HOME)
    assert "web page" in states["a"].detail
    assert states["b"].next_try == BEGAN + timedelta(hours=2)
    assert "TAXII" in states["c"].detail
    assert (states["a"].failures, states["good"].failures) == (1, 0)
    assert store.runs(HOME, "a")[0].outcome == "broken"


def test_a_page_that_cannot_be_had_is_set_aside_and_tried_again_though_the_feed_has_nothing_new(
    web: Web, store: Store, run: Callable[..., FeedsReceipt]
) -> None:
    web.feed(1, 2, etag='"a"')
    web.fail("/2", "busy")
    receipt = run(feed())
    assert [(aside.reason, aside.locator) for aside in receipt.set_aside] == [("busy", f"{SITE}/2")]
    assert receipt.ran[0].waiting == 1

    web.article(2)
    web.now += timedelta(minutes=31)
    (ran,) = run().ran

    assert (ran.outcome, ran.new, ran.waiting) == ("not-modified", 1, 0)
    assert store.asides(HOME) == ()


def test_no_page_is_asked_for_of_a_feed_that_has_just_given_no_answer_and_none_is_lost(
    web: Web, store: Store, run: Callable[..., FeedsReceipt]
) -> None:
    web.feed(1, 2, 3)
    run(feed(), most=1)
    web.asked.clear()
    web.fail("/feed", "failed")
    web.now += timedelta(minutes=31)
    run()
    asked = web.addresses()
    web.feed(1, 2, 3)
    web.now += timedelta(hours=2)
    run()

    assert asked == ["/feed"]
    assert len(store.reports(HOME)) == 3
    assert store.count_awaited(HOME) == {}


def test_a_page_that_is_gone_is_not_asked_again_the_same_day(web: Web, run: Callable[..., FeedsReceipt]) -> None:
    web.feed(1, 9)
    run(feed())
    web.asked.clear()
    web.now += timedelta(minutes=31)

    run()

    assert web.addresses() == ["/feed"]


def test_stopped_in_the_middle_a_run_goes_on_with_what_is_left(
    web: Web, store: Store, run: Callable[..., FeedsReceipt]
) -> None:
    web.feed(1, 2, 3, 4, etag='"a"')
    web.breaks_after = 3
    with pytest.raises(KeyboardInterrupt):
        run(feed())
    assert len(store.reports(HOME)) == 2
    web.breaks_after = None
    web.asked.clear()

    (ran,) = run().ran

    assert web.addresses() == ["/3", "/4"]
    assert ran.detail == "pages that were left from an earlier run"
    assert len(store.reports(HOME)) == 4
    assert run().ran == ()


def test_no_more_pages_are_fetched_than_asked_for_and_the_rest_waits(
    web: Web, store: Store, run: Callable[..., FeedsReceipt]
) -> None:
    web.feed(1, 2, 3, 4, 5)

    (ran,) = run(feed(), most=2).ran
    assert (ran.named, ran.new, ran.waiting) == (5, 2, 3)

    (ran,) = run(most=10).ran
    assert (ran.new, ran.waiting) == (3, 0)


def test_a_page_that_two_feeds_name_is_fetched_once(web: Web, store: Store, run: Callable[..., FeedsReceipt]) -> None:
    web.feed(1, etag='"a"')
    receipt = run(feed("a"), feed("b"))

    assert web.addresses() == ["/feed", "/1"]
    assert sum(ran.new for ran in receipt.ran) == 1
    assert store.count_awaited(HOME) == {}


def test_a_page_that_its_feed_says_has_changed_is_fetched_again_and_is_a_new_version(
    web: Web, store: Store, run: Callable[..., FeedsReceipt]
) -> None:
    entry = f"<entry><link href='{SITE}/1'/><updated>%s</updated></entry>"
    atom = "<feed xmlns='http://www.w3.org/2005/Atom'>%s</feed>"
    web.put("/feed", atom % entry % "2024-11-01T11:00:00Z")
    run(feed())
    web.article(1, "Ships left the port of Lund on Tuesday, the ministry corrected.")
    web.put("/feed", atom % entry % "2024-11-01T14:00:00Z")
    web.now += timedelta(hours=3)

    (ran,) = run().ran

    assert (ran.named, ran.new) == (1, 1)
    (report,) = store.reports(HOME)
    assert len(store.versions(HOME, report.address)) == 2
    web.now += timedelta(hours=3)
    assert run().ran[0].named == 0


def test_a_news_sitemap_is_collected_the_latest_first(web: Web, run: Callable[..., FeedsReceipt]) -> None:
    urls = "".join(f"<url><loc>{SITE}/{n}</loc><lastmod>2024-10-2{n}</lastmod></url>" for n in (1, 2, 3))
    web.put("/sitemap.xml.gz", gzip.compress(f"<urlset>{urls}</urlset>".encode()))

    (ran,) = run(feed(kind="sitemap", address=f"{SITE}/sitemap.xml.gz"), most=2).ran

    assert web.addresses() == ["/sitemap.xml.gz", "/3", "/2"]
    assert (ran.new, ran.waiting) == (2, 1)


INDEX = "<sitemapindex>{}</sitemapindex>"
INNER = f"<sitemap><loc>{SITE}/%s</loc><lastmod>%s</lastmod></sitemap>"


def test_of_an_index_only_the_sitemaps_that_changed_are_asked(web: Web, run: Callable[..., FeedsReceipt]) -> None:
    web.put("/map", INDEX.format(INNER % ("a", "2024-10-01T00:00:00Z") + INNER % ("b", "2024-10-02T00:00:00Z")))
    web.put("/a", f"<urlset><url><loc>{SITE}/1</loc></url></urlset>")
    web.put("/b", f"<urlset><url><loc>{SITE}/2</loc></url></urlset>")
    run(feed(kind="sitemap", address=f"{SITE}/map"))
    assert sorted(web.addresses()) == ["/1", "/2", "/a", "/b", "/map"]
    web.asked.clear()
    web.put("/map", INDEX.format(INNER % ("a", "2024-10-01T00:00:00Z") + INNER % ("b", "2024-11-01T13:00:00Z")))
    web.now += timedelta(hours=2)

    run()

    assert web.addresses() == ["/map", "/b"]


def test_a_sitemap_of_an_index_that_fails_is_asked_again(
    web: Web, store: Store, run: Callable[..., FeedsReceipt]
) -> None:
    web.put("/map", INDEX.format(INNER % ("a", "2024-10-01T00:00:00Z")), etag='"m"')
    web.fail("/a", "busy")
    (ran,) = run(feed(kind="sitemap", address=f"{SITE}/map")).ran
    assert "/a could not be read: busy" in ran.detail
    web.put("/a", f"<urlset><url><loc>{SITE}/1</loc></url></urlset>")
    web.now += timedelta(hours=1)

    run()

    assert len(store.reports(HOME)) == 1


def test_a_page_is_collected_itself(web: Web, store: Store, run: Callable[..., FeedsReceipt]) -> None:
    (ran,) = run(feed(kind="page", address=f"{SITE}/1")).ran

    assert (ran.outcome, ran.new) == ("got", 1)
    web.now += timedelta(hours=1)
    assert run().ran[0].unchanged == 1


def test_the_reports_that_a_listing_page_links_are_collected(
    web: Web, store: Store, run: Callable[..., FeedsReceipt]
) -> None:
    names = [
        f"2024/10/{word}-ships-left-the-port" for word in ("many", "some", "few", "no", "all", "old", "new", "big")
    ]
    rows = "".join(
        f'<li><h3><a href="/{name}">Ships left the port, {name[8:12]}</a></h3><span>{hours} hours ago</span></li>'
        for hours, name in enumerate(names, start=2)
    )
    web.put("/world", f"<html><head><title>World</title></head><body><ul>{rows}</ul></body></html>")
    body = "<p>Ships left the port of Lund on Monday, the ministry said in a statement.</p>" * 6
    web.put(f"/{names[0]}", f"<html><body><article><h1>Ships</h1>{body}</article></body></html>")

    (ran,) = run(feed(kind="page", address=f"{SITE}/world")).ran

    assert ran.named == len(names)
    assert ran.new == 1


def test_a_folder_is_read_through_the_same_line(tmp_path: Path, store: Store, run: Callable[..., FeedsReceipt]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Ships left the port of Lund on Monday, the ministry said.\n" * 3)

    (ran,) = run(feed(kind="folder", address=str(folder), outlet="Norddal Courier")).ran
    assert (ran.outcome, ran.new) == ("got", 1)
    assert store.reports(HOME)[0].outlet == "Norddal Courier"

    (ran,) = run(all_of_them=True).ran
    assert (ran.new, ran.unchanged) == (0, 1)


def test_a_folder_that_is_not_there_is_a_failure_of_the_feed(tmp_path: Path, run: Callable[..., FeedsReceipt]) -> None:
    (ran,) = run(feed(kind="folder", address=str(tmp_path / "none"))).ran

    assert ran.outcome == "failed"
    assert "no file or folder" in ran.detail


def test_what_was_fetched_can_be_recorded_before_it_is_kept(
    web: Web, store: Store, run: Callable[..., FeedsReceipt]
) -> None:
    web.feed(1)
    seen: list[tuple[str, str, int]] = []

    def record(fetch: Fetch, capture: Capture) -> Capture:
        seen.append((fetch.address, capture.id, len(store.reports(HOME))))
        return capture

    run(feed(), record=record)

    (report,) = store.reports(HOME)
    assert seen == [(f"{SITE}/1", report.capture, 0)]


def test_a_page_fetched_after_the_clock_was_set_back_is_the_current_version(
    tmp_path: Path, web: Web, store: Store, run: Callable[..., FeedsReceipt]
) -> None:
    entry = f"<entry><link href='{SITE}/1'/><updated>%s</updated></entry>"
    atom = "<feed xmlns='http://www.w3.org/2005/Atom'>%s</feed>"
    with keeping(store, tmp_path / "evidence", now=BEGAN) as keeper:
        for ahead, words in ((5, "Ships left Lund on Monday."), (1, "Ships left Lund on Tuesday, as corrected.")):
            web.now = BEGAN + timedelta(hours=ahead)
            web.article(1, words)
            page = web.at[f"{SITE}/1"]
            sent = Exchange(
                url=page.address,
                asked=web.now - timedelta(seconds=1),
                seconds=0.5,
                method="GET",
                request=(),
                status=200,
                reason="OK",
                headers=(("Content-Type", "text/html"),),
                body=page.content,
                ip=None,
            )
            web.at[page.address] = structs.replace(page, exchanges=(sent,))
            web.put("/feed", atom % entry % web.now.isoformat())
            assert run(feed(), record=keeper.record, all_of_them=True).ran[0].new == 1

    (report,) = store.reports(HOME)
    assert "Tuesday" in report.text
    assert ["Tuesday" in one.report.text for one in store.versions(HOME, report.address)] == [False, True]


def test_a_redirected_page_is_known_by_the_address_that_the_feed_named(
    web: Web, store: Store, run: Callable[..., FeedsReceipt]
) -> None:
    web.feed(1)
    page = web.at[f"{SITE}/1"]
    web.at[f"{SITE}/1"] = structs.replace(page, url=f"{SITE}/moved/1")
    run(feed())
    web.asked.clear()
    web.now += timedelta(hours=1)

    run()

    assert web.addresses() == ["/feed"]
    assert store.reports(HOME)[0].url == f"{SITE}/moved/1"


def test_many_addresses_are_fetched_by_whoever_fetches_one() -> None:
    class One:
        def fetch(self, address: str, *, etag: str | None = None, modified: str | None = None) -> Fetch:
            return Fetch(address=address, outcome="got", etag=etag, modified=modified)

    found = list(one_by_one(One())([Ask(address="a", etag="e"), Ask(address="b", modified="m")]))

    assert [(fetch.address, fetch.etag, fetch.modified) for fetch in found] == [("a", "e", None), ("b", None, "m")]


def test_the_language_of_a_feed_holds_for_items_too_short_to_tell(
    web: Web, store: Store, run: Callable[..., FeedsReceipt], tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Vert vegen stengd?\n\nJa, i dag.\n", encoding="utf-8")
    (folder / "b.txt").write_text(
        "The river rose by two metres on Sunday night, the water board said in a statement.\n", encoding="utf-8"
    )

    run(feed(kind="folder", address=str(folder), language="no-NO"))

    told = {report.text[:4]: report.language for report in store.reports(HOME)}
    assert told == {"Vert": "no", "The ": "en"}
