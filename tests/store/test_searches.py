"""Corrections and saved searches in both kinds of database."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec import structs

from watchfloor.core.audit import Note
from watchfloor.core.correction import Correction
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.saved_search import SavedSearch
from watchfloor.store.store import Store

NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)
OPEN = Marking(level="GREEN", releasable_to=frozenset({"a"}))


def note() -> Note:
    return Note(at=NOW, who="ann", verb="judge", what="x")


def entry(report: Any, n: int, marking: Marking | None = None) -> Correction:
    return Correction(
        id=f"cor_{n}",
        verb="reject",
        report=report.id,
        address=report.address,
        text="t",
        by="ann",
        at=NOW + timedelta(minutes=n),
        reason="why\u0000\ud800",
        marking=marking,
    )


def test_entries_are_kept_once_in_order_and_each_with_its_note(
    store: Store, kept: Callable[..., Any], home: Reader
) -> None:
    report = kept("Troops.")
    second, first = entry(report, 2), entry(report, 1)

    assert store.corrections.keep_correction(second, note())
    assert store.corrections.keep_correction(first, note())
    assert not store.corrections.keep_correction(first, note())
    found = store.corrections.corrections(home)
    assert [one.id for one in found] == ["cor_1", "cor_2"]
    assert found == store.corrections.corrections_at(home, [report.address, "elsewhere"])
    assert store.corrections.corrections_at(home, ["elsewhere"]) == ()
    assert store.audit.last(home)[0] == 2


def test_an_entry_is_seen_where_it_and_its_report_may_be(
    store: Store, kept: Callable[..., Any], partner: Callable[..., Reader], home: Reader
) -> None:
    theirs, ours = kept("Theirs.", locator="a", marking=OPEN), kept("Ours.", locator="b")
    for n, (report, marking) in enumerate([(theirs, OPEN), (theirs, None), (ours, OPEN)]):
        store.corrections.keep_correction(entry(report, n, marking), note())

    (seen,) = store.corrections.corrections(partner("a"))
    assert (seen.id, seen.by, seen.reason) == ("cor_0", "", None)
    assert store.corrections.corrections(partner("b")) == ()
    assert len(store.corrections.corrections(home)) == 3
    assert [id for id, _ in store.marks.find(home, "cor_")] == ["cor_0", "cor_1", "cor_2"]
    store.marks.keep_marking("cor_1", OPEN, note())
    assert len(store.corrections.corrections(partner("a"))) == 2


def test_a_search_is_changed_in_place_visited_and_removed_with_its_feeds(store: Store, home: Reader) -> None:
    kept = SavedSearch(id="sch_1", owner=home.name, name="Ships", query="ships", made=NOW)
    store.searches.keep_search(kept, note())
    store.searches.keep_search(structs.replace(kept, query="boats"), note())
    store.searches.keep_visit("sch_1", home.name, NOW)
    store.searches.keep_visit("sch_1", home.name, NOW + timedelta(hours=1))
    store.searches.keep_feed_secret("sch_1", home.name, "one", note())
    store.searches.keep_feed_secret("sch_1", home.name, "two", note())

    (found,) = store.searches.searches(home)
    assert (found.query, found.seen) == ("boats", NOW + timedelta(hours=1))
    assert store.searches.search(home, "sch_1") == found
    assert store.searches.feed_of(home, "one") is None
    assert store.searches.feed_of(home, "two") == ("sch_1", home.name)
    store.searches.remove_search("sch_1", note())
    assert store.searches.searches(home) == ()
    assert store.searches.feed_of(home, "two") is None


def test_what_came_in_since_is_found_newest_first_and_counted_by_what_it_is(
    store: Store, kept: Callable[..., Any], home: Reader
) -> None:
    for n, (outlet, day) in enumerate(
        [("Port Post", "2024-10-30"), ("The Port Post", "2024-10-31"), ("Else", "2024-11-02")]
    ):
        kept(f"Ships {n}.", locator=str(n), outlet=outlet, collected=day, published="2024-10-0" + str(9 - n))

    newest = store.search(home, "ships", newest=True)
    since = store.search(home, "ships", since=datetime(2024, 10, 30, 12, tzinfo=UTC), limit=0)
    spread = store.tally(home, "ships")

    assert [hit.report.text for hit in newest.hits] == ["Ships 2.", "Ships 1.", "Ships 0."]
    assert (since.total, since.hits) == (2, ())
    assert dict(spread.outlets) == {"Else": 1, "Port Post": 2, "The Port Post": 1}
    assert spread.months == (("2024-10", 3),)
    assert spread.levels == (("", 3),)
    assert store.tally(home, "").outlets == ()
