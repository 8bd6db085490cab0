from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from watchfloor.core.marking import Marking, Reader
from watchfloor.store.fingerprints import Fingerprint, weeks
from watchfloor.store.migrations import v0010_fingerprints_whole
from watchfloor.store.store import Store

DAY = date(2024, 10, 21)


def found(store: Store, reader: Reader, day: date | None = DAY) -> dict[str, bytes]:
    return {one.report: one.hashes for one in store.fingerprints_since(reader, weeks(day, 14), -1)}


def test_fingerprints_are_given_back_as_they_were_kept(store: Store, kept: Callable[..., Any], home: Reader) -> None:
    a, b = kept("a.", locator="a.txt", published="2024-10-21"), kept("b.", locator="b.txt")
    store.keep_fingerprints([Fingerprint(a.id, DAY, b"\x00a"), Fingerprint(b.id, None, b"b")])

    one, other = store.fingerprints_since(home, weeks(DAY, 14), -1)

    assert (one.report, one.day, one.time, one.address, one.hashes) == (a.id, DAY, "2024-10-21", a.address, b"\x00a")
    assert (other.report, other.time, other.hashes) == (b.id, b.collected.isoformat(), b"b")


def test_weeks_that_are_too_far_are_not_looked_into(store: Store, kept: Callable[..., Any], home: Reader) -> None:
    a, b, c = (kept(f"{n}.", locator=f"{n}.txt") for n in range(3))
    far = Fingerprint(b.id, DAY + timedelta(days=60), b"b")
    store.keep_fingerprints([Fingerprint(a.id, DAY, b"a"), far, Fingerprint(c.id, None, b"c")])

    assert found(store, home).keys() == {a.id, c.id}
    assert found(store, home, None).keys() == {c.id}


def test_only_what_was_kept_since_is_given_back(store: Store, kept: Callable[..., Any], home: Reader) -> None:
    a, b = (kept(f"{n}.", locator=f"{n}.txt") for n in range(2))
    store.keep_fingerprints([Fingerprint(one.id, DAY, b"x") for one in (a, b)])
    first, second = store.fingerprints_since(home, weeks(DAY, 14), -1)

    assert store.fingerprints_since(home, weeks(DAY, 14), first.number) == (second,)
    assert store.fingerprints_since(home, weeks(DAY, 14), second.number) == ()


def test_keeping_twice_changes_nothing_and_an_unknown_report_is_left_out(
    store: Store, kept: Callable[..., Any], home: Reader
) -> None:
    a = kept("a.", locator="a.txt")
    for _ in range(2):
        store.keep_fingerprints([Fingerprint(one, DAY, b"x") for one in (a.id, "rep_unknown")])

    assert found(store, home) == {a.id: b"x"}


def test_another_fingerprint_of_a_report_takes_the_place_of_the_one_before(
    store: Store, kept: Callable[..., Any], home: Reader
) -> None:
    a = kept("a.", locator="a.txt")
    store.keep_fingerprints([Fingerprint(a.id, DAY, b"x")])
    store.keep_fingerprints([Fingerprint(a.id, DAY + timedelta(days=90), b"y")])

    assert found(store, home) == {}
    assert found(store, home, DAY + timedelta(days=90)) == {a.id: b"y"}


def test_reports_without_a_fingerprint_are_told(store: Store, kept: Callable[..., Any], home: Reader) -> None:
    a, b, c = (kept(f"{n}.", locator=f"{n}.txt") for n in range(3))
    store.keep_fingerprints([Fingerprint(b.id, DAY, b"x")])

    assert store.without_fingerprint(home) == (c.id, a.id)
    store.keep_fingerprints([Fingerprint(one.id, DAY, b"x") for one in (a, c)])
    assert store.without_fingerprint(home) == ()


def test_a_report_that_is_not_theirs_is_not_found_by_a_partner(
    store: Store, kept: Callable[..., Any], partner: Callable[..., Reader]
) -> None:
    free = Marking(level="CLEAR", releasable_to=frozenset({"a"}))
    a, b, c = kept("a.", locator="a.txt", marking=free), kept("b.", locator="b.txt"), kept("c.", locator="c.txt")
    store.keep_fingerprints([Fingerprint(one.id, DAY, b"x") for one in (a, b)])

    assert found(store, partner("a")) == {a.id: b"x"}
    assert store.without_fingerprint(partner("a")) == ()
    assert store.reports_named(partner("a"), [a.id, b.id, c.id]).keys() == {a.id}


def test_the_migration_goes_down_and_up_again_and_leaves_the_fingerprints_to_be_computed(
    store: Store, kept: Callable[..., Any], home: Reader
) -> None:
    a = kept("a.", locator="a.txt")
    store.keep_fingerprints([Fingerprint(a.id, DAY, b"x")])
    with store._transaction(writes=True) as connection, Operations.context(MigrationContext.configure(connection)):
        v0010_fingerprints_whole.downgrade()
        assert {column["name"] for column in inspect(connection).get_columns("fingerprints")} == {
            "week",
            "hash",
            "report",
        }
        v0010_fingerprints_whole.upgrade()

    assert store.without_fingerprint(home) == (a.id,)


@pytest.mark.parametrize("count", [1, 3])
def test_a_week_holds_the_days_that_are_in_it(count: int) -> None:
    assert len(weeks(DAY, 7 * count)) == 2 * count + 2
