from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec import structs

from watchfloor.core.exchange import Fetch, Outcome
from watchfloor.core.feed import Feed, FeedState
from watchfloor.flow.schedule import DAY, MANY_FAILURES, SLOWEST, after, again, conditions, is_due
from watchfloor.store.feeds import Awaited

NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)
FEED = Feed(name="courier", kind="feed", address="https://courier.example/feed", every=1_800, added=NOW)
HALF_HOUR = timedelta(minutes=30)


def failed(times: int, feed: Feed = FEED, **fields: Any) -> FeedState:
    state = FeedState(failures=times - 1)
    return after(feed, state, "failed", "no answer", NOW, Fetch(address=feed.address, outcome="failed", **fields))


def wait(state: FeedState) -> timedelta:
    assert state.next_try is not None
    return state.next_try - NOW


@pytest.mark.parametrize(
    ("state", "due"),
    [
        (FeedState(), True),
        (FeedState(next_try=NOW), True),
        (FeedState(next_try=NOW + timedelta(seconds=30)), True),
        (FeedState(next_try=NOW + timedelta(minutes=5)), False),
        (FeedState(next_try=NOW + timedelta(hours=3), tried=NOW + timedelta(hours=2)), True),  # the clock was set back
    ],
)
def test_a_feed_is_due_when_its_time_has_come(state: FeedState, due: bool) -> None:
    assert is_due(FEED, state, NOW) is due


def test_a_feed_that_is_asked_each_minute_is_not_asked_all_the_time() -> None:
    quick = structs.replace(FEED, every=60)

    assert not is_due(quick, FeedState(next_try=NOW + timedelta(seconds=50)), NOW)
    assert is_due(quick, FeedState(next_try=NOW + timedelta(seconds=5)), NOW)


def test_a_paused_feed_is_never_due() -> None:
    assert not is_due(structs.replace(FEED, paused=True), FeedState(), NOW)


@pytest.mark.parametrize("outcome", ["got", "not-modified"])
def test_a_success_ends_all_back_off(outcome: Outcome) -> None:
    state = after(FEED, FeedState(failures=7), outcome, "", NOW)

    assert (state.failures, state.good, wait(state)) == (0, NOW, HALF_HOUR)


def test_failures_back_off_in_equal_steps_up_to_a_day() -> None:
    waits = [wait(failed(times)) for times in (1, 2, 3)]

    for nth, found in enumerate(waits, start=2):
        assert abs(found - nth * HALF_HOUR) <= nth * HALF_HOUR / 10
    hourly = structs.replace(FEED, every=4 * 3_600)
    assert 0.9 * DAY <= wait(failed(20, hourly)) <= 1.1 * DAY


def test_not_all_that_failed_come_back_at_once() -> None:
    names = [structs.replace(FEED, name=f"feed {number}") for number in range(20)]

    assert len({wait(failed(1, one)) for one in names}) == 20
    assert wait(failed(1)) == wait(failed(1))


def test_a_feed_that_fails_for_long_is_asked_seldom() -> None:
    assert 0.9 * DAY <= wait(failed(MANY_FAILURES)) <= 1.1 * DAY
    assert 0.9 * SLOWEST <= wait(failed(10_000)) <= 1.1 * SLOWEST


def test_a_failing_feed_is_never_asked_more_often_than_a_good_one() -> None:
    weekly = structs.replace(FEED, every=7 * 86_400)

    assert wait(failed(1, weekly)) >= 7 * DAY


def test_what_the_source_asks_for_is_kept_up_to_a_day() -> None:
    assert wait(failed(1, retry=7_200.0)) == timedelta(hours=2)
    assert wait(failed(1, retry=1e9)) == DAY


def test_a_full_answer_is_asked_for_at_least_once_a_day() -> None:
    state = FeedState(etag='"a"', modified="yesterday", full=NOW)

    assert conditions(state, NOW + timedelta(hours=23)) == ('"a"', "yesterday")
    assert conditions(state, NOW + DAY) == (None, None)
    assert conditions(FeedState(etag='"a"'), NOW) == (None, None)


def test_nothing_new_does_not_count_as_a_full_answer() -> None:
    got = after(FEED, FeedState(), "got", "", NOW, Fetch(address="x", outcome="got", etag='"a"'))
    later = after(FEED, got, "not-modified", "", NOW + HALF_HOUR, Fetch(address="x", outcome="not-modified"))

    assert (later.full, later.good, later.etag) == (NOW, NOW + HALF_HOUR, '"a"')


def test_a_broken_answer_leaves_no_condition_behind_by_which_it_would_be_believed() -> None:
    state = after(FEED, FeedState(), "broken", "", NOW, Fetch(address="x", outcome="got", etag='"broken"'))

    assert (state.etag, state.full) == (None, None)


PAGE = Awaited(address="https://courier.example/1", named=NOW, next_try=NOW)


def test_a_busy_page_is_tried_again_soon_then_later_then_given_up() -> None:
    page: Awaited | None = PAGE
    waits: list[timedelta | None] = []
    while page is not None and len(waits) < 100:
        page = again(page, True, "busy", NOW)
        waits.append(page.next_try - NOW if page else None)

    assert waits[:2] == [HALF_HOUR, 2 * HALF_HOUR]
    assert waits[-1] is None
    assert max(found for found in waits if found) <= DAY


def test_a_page_that_is_gone_is_tried_three_times_in_a_month_and_given_up() -> None:
    page: Awaited | None = PAGE
    waits: list[timedelta | None] = []
    while page is not None:
        page = again(page, False, "gone", NOW)
        waits.append(page.next_try - NOW if page else None)

    assert waits == [DAY, 7 * DAY, 30 * DAY, None]
