from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from watchfloor.core.feed import Feed, FeedState, Grade
from watchfloor.core.marking import Marking, Reader
from watchfloor.store import migrate
from watchfloor.store.connection import open_store
from watchfloor.store.feeds import RUNS_KEPT, Awaited, Run
from watchfloor.store.migrations import v0003_feeds
from watchfloor.store.store import Store

NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)


def feed(name: str = "courier", **fields: Any) -> Feed:
    values: dict[str, Any] = {
        "name": name,
        "kind": "feed",
        "address": "https://courier.example/feed",
        "every": 1_800,
        "added": NOW,
    }
    return Feed(**(values | fields))


def page(number: int, **fields: Any) -> Awaited:
    values: dict[str, Any] = {"address": f"https://courier.example/{number}", "named": NOW, "next_try": NOW}
    return Awaited(**(values | fields))


def test_a_feed_comes_back_as_it_was_given(store: Store, home: Reader) -> None:
    given = feed(
        outlet="Norddal Courier",
        language="en",
        marking=Marking(level="GREEN", releasable_to=frozenset({"a"})),
        grades=(Grade(reliability="B", by="us", at=NOW, reason="It corrects itself."),),
    )

    assert store.keep_feed(given) == "new"
    assert store.feeds(home) == (given,)


def test_a_name_is_given_once(store: Store, home: Reader) -> None:
    store.keep_feed(feed())

    assert store.keep_feed(feed(address="https://other.example/")) == "known"
    assert store.feeds(home)[0].address == "https://courier.example/feed"


def test_a_feed_that_changes_keeps_its_grades_and_its_beginning(store: Store, home: Reader) -> None:
    store.keep_feed(feed(grades=(Grade(reliability="C", by="us", at=NOW),)))

    assert store.change_feed(feed(paused=True, every=60, added=NOW + timedelta(days=1)))
    (found,) = store.feeds(home)
    assert (found.paused, found.every, found.added, found.reliability) == (True, 60, NOW, "C")
    assert not store.change_feed(feed("nobody"))


def test_the_last_grade_holds_and_those_before_stay(store: Store, home: Reader) -> None:
    store.keep_feed(feed())
    store.keep_grade("courier", Grade(reliability="B", by="us", at=NOW, reason="first"))
    store.keep_grade("courier", Grade(reliability="D", by="us", at=NOW, reason="second"))

    (found,) = store.feeds(home)
    assert found.reliability == "D"
    assert [grade.reason for grade in found.grades] == ["first", "second"]
    assert not store.keep_grade("nobody", Grade(reliability="A", by="us", at=NOW))


def test_how_a_feed_fares_is_kept_with_its_runs_the_latest_first(store: Store, home: Reader) -> None:
    store.keep_feed(feed())
    state = FeedState(tried=NOW, failures=2, next_try=NOW + timedelta(hours=1), outcome="busy", etag='"a"', full=NOW)
    store.keep_feed_state("courier", FeedState(), Run(at=NOW, outcome="got", new=3))
    store.keep_feed_state("courier", state, Run(at=NOW + timedelta(hours=1), outcome="busy", detail="429"))

    assert store.feed_states(home) == {"courier": state}
    assert [(run.outcome, run.detail, run.new) for run in store.runs(home, "courier")] == [
        ("busy", "429", 0),
        ("got", "", 3),
    ]


def test_old_runs_are_forgotten(store: Store, home: Reader) -> None:
    store.keep_feed(feed())
    for number in range(RUNS_KEPT + 3):
        store.keep_feed_state("courier", FeedState(), Run(at=NOW, outcome="got", new=number))

    kept = store.runs(home, "courier", most=1_000)
    assert (len(kept), kept[0].new) == (RUNS_KEPT, RUNS_KEPT + 2)


def test_pages_are_awaited_in_the_order_of_the_feed_and_those_of_the_latest_run_first(
    store: Store, home: Reader
) -> None:
    store.keep_feed(feed())
    later = NOW + timedelta(hours=1)
    store.keep_feed_state("courier", FeedState(), awaited=[page(1), page(2)])
    store.keep_feed_state(
        "courier", FeedState(), awaited=[page(3, named=later), page(1, named=later), page(4, named=later)]
    )

    found = [one.address[-1] for one in store.awaited(home, "courier", later, 10)]
    assert found == ["3", "4", "1", "2"]
    assert [one.address[-1] for one in store.awaited(home, "courier", later, 1)] == ["3"]
    assert store.count_awaited(home) == {"courier": 4}


def test_a_page_that_is_to_be_tried_later_is_not_given_before(store: Store, home: Reader) -> None:
    store.keep_feed(feed())
    store.keep_feed_state("courier", FeedState(), awaited=[page(1), page(2)])
    later = page(1, next_try=NOW + timedelta(hours=1), tries=1, why="busy")
    store.keep_awaited("courier", later)

    assert store.awaited(home, "courier", NOW, 10) == (page(2),)
    assert later in store.awaited(home, "courier", NOW + timedelta(hours=1), 10)


def test_a_page_that_is_struck_off_is_awaited_no_more(store: Store, home: Reader) -> None:
    store.keep_feed(feed())
    store.keep_feed_state("courier", FeedState(), awaited=[page(1)])
    store.forget_awaited("courier", page(1).address)

    assert store.count_awaited(home) == {}


def test_when_something_was_last_collected_is_found_by_its_locator(
    store: Store, home: Reader, item: Callable[..., Any]
) -> None:
    store.keep_capture(item("One.", locator="a")[0])
    store.keep_capture(item("Two.", locator="a", collected="2024-11-03")[0])
    store.keep_capture(item("One.", locator="b", collected="2024-11-02")[0])

    found = store.last_seen(home, ["a", "b", "c"])

    assert {name: at.day for name, at in found.items()} == {"a": 3, "b": 2}


def test_what_was_collected_or_named_in_what_is_the_future_waits_for_nothing(
    store: Store, home: Reader, item: Callable[..., Any]
) -> None:
    later = NOW + timedelta(days=400)
    store.keep_capture(item("One.", locator="a")[0])
    store.keep_capture(item("Two.", locator="a", collected=later.date().isoformat())[0])
    store.keep_capture(item("Two.", locator="b", collected=later.date().isoformat())[0])
    store.keep_feed(feed())
    store.keep_feed_state("courier", FeedState(), awaited=[page(1, named=later, next_try=later)])
    now = NOW + timedelta(days=30)

    found = store.last_seen(home, ["a", "b"], now)

    assert found["a"] <= now < found["b"]
    assert len(store.awaited(home, "courier", now, 10)) == 1


def test_a_partner_sees_nothing_of_feeds(
    store: Store, partner: Callable[..., Reader], item: Callable[..., Any]
) -> None:
    them = partner("a")
    store.keep_feed(feed(marking=Marking(level="CLEAR", releasable_to=frozenset({"a"}))))
    store.keep_feed_state("courier", FeedState(), Run(at=NOW, outcome="got"), [page(1)])
    store.keep_capture(item("One.", locator="a")[0])

    assert store.feeds(them) == ()
    assert store.feed_states(them) == {}
    assert store.runs(them, "courier") == ()
    assert store.awaited(them, "courier", NOW, 10) == ()
    assert store.count_awaited(them) == {}
    assert store.last_seen(them, ["a"]) == {}


def test_a_feed_marked_above_a_clearance_is_not_seen_with_it(store: Store) -> None:
    store.keep_feed(feed(marking=Marking(level="RED")))
    store.keep_feed_state("courier", FeedState(), Run(at=NOW, outcome="got"), [page(1)])
    low = Reader(name="us", partner=None, clearance="GREEN")

    assert store.feeds(low) == ()
    assert store.feed_states(low) == {}
    assert store.count_awaited(low) == {}


def test_names_and_addresses_that_are_half_characters_are_kept_as_far_as_they_can_be(
    store: Store, home: Reader
) -> None:
    store.keep_feed(feed("x\udcff", address="a\x00b"))

    assert (store.feeds(home)[0].name, store.feeds(home)[0].address) == ("x\ufffd", "a\ufffdb")


@pytest.mark.parametrize("table", ["feeds", "grades", "feed_states", "runs", "awaited"])
def test_the_migration_goes_down_and_up_again(store: Store, table: str) -> None:
    with store._transaction(writes=True) as connection, Operations.context(MigrationContext.configure(connection)):
        v0003_feeds.downgrade()
        assert not inspect(connection).has_table(table)
        v0003_feeds.upgrade()
        assert inspect(connection).has_table(table)


def test_a_database_of_the_second_shape_is_brought_up_to_date(store: Store, home: Reader) -> None:
    with store._transaction(writes=True, changes="nothing") as connection:
        migrate.downgrade(connection, "0002")
    store.close()

    with open_store(store.name, create=False) as opened:
        assert opened.feeds(home) == ()
