"""The queue: each unit once, its worker's own for as long as that lives; on both databases."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from watchfloor.core.marking import Reader
from watchfloor.store.jobs import MOST_TRIES
from watchfloor.store.store import Store

NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)
LEASE = timedelta(minutes=2)
HOME = Reader(name="us", partner=None, clearance="RED")


def later(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def test_a_unit_is_in_the_queue_once_and_again_when_it_is_done(store: Store) -> None:
    assert store.jobs.enqueue("watch", [""], NOW) == 1
    assert store.jobs.enqueue("watch", [""], NOW) == 0
    job, may = store.jobs.take("w", ["watch"], NOW, LEASE)
    assert may
    assert job is not None
    assert store.jobs.enqueue("watch", [""], NOW) == 0
    assert store.jobs.finish(job, NOW, "done", reason="fine")

    assert store.jobs.enqueue("watch", [""], later(1)) == 1
    (kept,) = store.jobs.jobs(HOME)
    assert (kept.state, kept.tries, kept.due) == ("waiting", 0, later(1))


def test_what_is_taken_is_nobody_elses_until_its_lease_has_run_out(store: Store) -> None:
    store.jobs.enqueue("read", ["cap_1"], NOW)
    first, _ = store.jobs.take("a", ["read"], NOW, LEASE)

    assert store.jobs.take("b", ["read"], later(1), LEASE) == (None, False)
    second, may = store.jobs.take("b", ["read"], later(3), LEASE)
    assert first is not None
    assert second is not None
    assert may
    assert (second.id, second.worker, second.tries) == (first.id, "b", 2)
    assert not store.jobs.finish(first, later(3), "done")
    assert store.jobs.finish(second, later(3), "done")


def test_who_says_that_it_lives_keeps_what_it_holds(store: Store) -> None:
    store.jobs.enqueue("read", ["cap_1"], NOW)
    store.jobs.beat("a", NOW, LEASE)
    store.jobs.take("a", ["read"], NOW, LEASE)
    store.jobs.beat("a", later(2), LEASE)

    assert store.jobs.take("b", ["read"], later(3), LEASE) == (None, False)
    (worker,) = store.jobs.workers(HOME)
    assert (worker.name, worker.seen, worker.doing) == ("a", later(2), store.jobs.jobs(HOME)[0].id)


def test_who_leaves_gives_back_what_it_holds_at_once(store: Store) -> None:
    store.jobs.enqueue("read", ["cap_1"], NOW)
    store.jobs.beat("a", NOW, LEASE)
    store.jobs.take("a", ["read"], NOW, LEASE)
    store.jobs.leave("a")

    job, _ = store.jobs.take("b", ["read"], NOW, LEASE)
    assert job is not None
    assert store.jobs.workers(HOME) == ()


def test_after_three_tries_a_unit_may_not_be_tried_and_a_person_has_it_tried_again(store: Store) -> None:
    store.jobs.enqueue("read", ["cap_1"], NOW)
    tried = [store.jobs.take("a", ["read"], later(5 * n), LEASE)[1] for n in range(MOST_TRIES + 1)]
    assert tried == [True] * MOST_TRIES + [False]
    (job,) = store.jobs.jobs(HOME)
    store.jobs.finish(job, later(30), "aside", reason="it kills")

    assert store.jobs.take("a", ["read"], later(60), LEASE) == (None, False)
    assert store.jobs.replay(HOME, [], later(60)) == 1
    assert store.jobs.take("a", ["read"], later(60), LEASE)[1]


def test_a_unit_that_waits_again_is_not_due_before_its_time(store: Store) -> None:
    store.jobs.enqueue("read", ["cap_1"], NOW)
    job, _ = store.jobs.take("a", ["read"], NOW, LEASE)
    assert job is not None
    store.jobs.finish(job, NOW, "waiting", reason="away", due=later(10))

    assert store.jobs.take("a", ["read"], later(9), LEASE) == (None, False)
    assert store.jobs.take("a", ["read"], later(10), LEASE)[0] is not None


def test_the_kinds_are_taken_in_the_order_in_which_they_press(store: Store) -> None:
    store.jobs.enqueue("watch", [""], NOW)
    store.jobs.enqueue("deliver", [""], later(1))

    taken = [store.jobs.take("a", ["deliver", "watch"], later(2), LEASE)[0] for _ in range(2)]
    assert [job.kind for job in taken if job] == ["deliver", "watch"]


def test_captures_that_wait_come_into_the_queue_once_the_oldest_first(
    store: Store, kept: Callable[..., Any], item: Any
) -> None:
    kept("Ships left the port.", locator="done.txt")
    for number in range(3):
        store.keep_capture(item(f"Troops came, {number}.", locator=f"{number}.txt")[0])

    number, last = store.jobs.enqueue_pending(NOW, 2)
    more, last = store.jobs.enqueue_pending(NOW, 2, last)

    assert (number, more) == (2, 1)
    assert store.jobs.enqueue_pending(NOW, 2, last) == (0, last)
    assert store.jobs.enqueue_pending(NOW, 2) == (0, last)
    assert store.jobs.counts(HOME) == {("read", "waiting"): 3}


def test_what_was_done_long_ago_and_workers_long_unseen_are_forgotten(store: Store) -> None:
    store.jobs.beat("a", NOW, LEASE)
    store.jobs.enqueue("watch", [""], NOW)
    job, _ = store.jobs.take("a", ["watch"], NOW, LEASE)
    assert job is not None
    store.jobs.finish(job, NOW, "done")

    assert store.jobs.forget(NOW) == 0
    assert store.jobs.forget(later(1)) == 1
    assert store.jobs.workers(HOME) == ()


def test_workers_that_take_at_once_share_the_queue_and_none_waits_for_who_writes(store: Store) -> None:
    units = [f"cap_{number}" for number in range(24)]
    store.jobs.enqueue("read", units, NOW)
    taken: list[str] = []

    def work(name: str) -> None:
        while (job := store.jobs.take(name, ["read"], NOW, LEASE)[0]) is not None:
            taken.append(job.unit)
            store.jobs.finish(job, NOW, "done")

    threads = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == sorted(units)
