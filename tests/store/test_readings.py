from collections.abc import Callable
from typing import Any

import pytest

from watchfloor.core.errors import StoreError
from watchfloor.core.marking import Reader
from watchfloor.store.readings import Readings
from watchfloor.store.store import Store


@pytest.fixture
def keep_with(store: Store, item: Callable[..., Any]) -> Callable[..., None]:
    """Keep a report, and readings beside it."""

    def keep(text: str, version: str, bodies: dict[str, bytes]) -> None:
        capture, report, annotations = item(text, locator=text)
        store.keep_capture(capture)
        store.keep_report(report, annotations, "1", Readings(version, bodies))

    return keep


def rows(store: Store) -> int:
    with store._transaction(writes=False) as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM readings").scalar_one())


def test_a_reading_is_found_again_by_its_key(store: Store, keep_with: Callable[..., None], home: Reader) -> None:
    keep_with("Troops.", "v1", {"a": b"1", "b": b"2"})

    assert store.readings(home, "v1", ["b", "c"]) == {"b": b"2"}


def test_more_keys_than_one_statement_takes_are_all_found(
    store: Store, keep_with: Callable[..., None], home: Reader
) -> None:
    many = {f"{n:04}": b"x" for n in range(1_234)}
    keep_with("Troops.", "v1", many)

    assert store.readings(home, "v1", many) == many


def test_a_partner_finds_none(store: Store, keep_with: Callable[..., None], partner: Callable[..., Reader]) -> None:
    keep_with("Troops.", "v1", {"a": b"1"})

    assert store.readings(partner("a"), "v1", ["a"]) == {}


@pytest.mark.parametrize(("before", "after"), [("v1", "v2"), ("v2", "v1")])
def test_a_version_that_writes_throws_the_readings_of_others_away(
    store: Store, keep_with: Callable[..., None], home: Reader, before: str, after: str
) -> None:
    keep_with("Troops.", before, {"a": b"1", "b": b"2"})
    keep_with("Ships.", after, {"c": b"3"})

    assert rows(store) == 1
    assert store.readings(home, after, "c") == {"c": b"3"}


def test_a_report_that_brings_no_reading_throws_none_away(
    store: Store, keep_with: Callable[..., None], home: Reader
) -> None:
    keep_with("Troops.", "v1", {"a": b"1"})
    keep_with("Ships.", "v2", {})

    assert store.readings(home, "v1", "a") == {"a": b"1"}


def test_a_reading_made_again_takes_the_place_of_the_one_before(
    store: Store, keep_with: Callable[..., None], home: Reader
) -> None:
    keep_with("Troops.", "v1", {"a": b"damaged"})
    keep_with("Ships.", "v1", {"a": b"1"})

    assert store.readings(home, "v1", "a") == {"a": b"1"}


def test_a_report_that_is_refused_leaves_no_reading(store: Store, item: Callable[..., Any]) -> None:
    _, report, annotations = item("Troops.")

    with pytest.raises(StoreError):
        store.keep_report(report, annotations, "1", Readings("v1", {"a": b"1"}))

    assert rows(store) == 0


def test_a_dump_is_the_same_with_readings_and_without(
    store: Store, keep_with: Callable[..., None], home: Reader
) -> None:
    keep_with("Troops.", "v1", {})
    before = store.dump(home)
    keep_with("Troops.", "v1", {"a": b"1"})

    assert rows(store) == 1
    assert store.dump(home) == before
