from collections.abc import Callable
from typing import Any

import pytest
from msgspec import structs

from watchfloor.core.errors import StoreError
from watchfloor.core.marking import Marking, Reader
from watchfloor.store.store import Store


def test_a_capture_comes_back_byte_for_byte(store: Store, item: Callable[..., Any], home: Reader) -> None:
    capture, _, _ = item("Troops.", page=b"\x00\xff" + b"long " * 1_000, outlet="Daily", marking=Marking(level="GREEN"))

    store.keep_capture(capture)

    assert store.capture(home, capture.id) == capture


def test_keeping_a_capture_twice_changes_nothing(store: Store, item: Callable[..., Any], home: Reader) -> None:
    capture, _, _ = item("Troops.")

    assert store.keep_capture(capture) == "new"
    before = store.dump(home)
    assert store.keep_capture(capture) == "known"

    assert store.dump(home) == before


def test_the_same_bytes_at_another_locator_are_a_sighting(store: Store, item: Callable[..., Any], home: Reader) -> None:
    first, again = item("Troops.", locator="a.txt")[0], item("Troops.", locator="b.txt")[0]

    assert store.keep_captures([first, again, again]) == ["new", "known", "known"]

    (seen,) = store.sightings(home, first.id)
    assert seen.locator == "b.txt"
    assert store.counts(home)["captures"] == 1


def test_the_same_bytes_of_another_outlet_are_a_capture_of_their_own(store: Store, item: Callable[..., Any]) -> None:
    first = item("Troops.", locator="a.txt", outlet="Daily")[0]
    other = item("Troops.", locator="b.txt", outlet="Herald")[0]

    assert store.keep_captures([first, other]) == ["new", "new"]


def test_a_stricter_marking_laid_down_later_holds_for_capture_and_report(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], partner: Callable[..., Reader]
) -> None:
    made = item("Troops.", marking=Marking(level="CLEAR", releasable_to=frozenset({"a", "b"})))
    keep(store, made)

    store.keep_capture(structs.replace(made[0], marking=Marking(level="CLEAR", releasable_to=frozenset({"b"}))))

    assert store.report(partner("a"), made[1].id) is None
    assert store.capture(partner("a"), made[0].id) is None
    assert store.report(partner("b"), made[1].id) is not None


def test_collecting_again_never_loosens_a_marking(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], partner: Callable[..., Reader]
) -> None:
    made = item("Troops.")
    keep(store, made)
    free = Marking(level="CLEAR", releasable_to=frozenset({"a"}))

    store.keep_capture(structs.replace(made[0], marking=free))
    store.keep_capture(item("Troops.", locator="b.txt", marking=free)[0])
    store.keep_report(structs.replace(made[1], marking=free), made[2], "2")

    assert store.reports(partner("a")) == ()


def test_a_time_without_a_zone_is_refused(store: Store, item: Callable[..., Any]) -> None:
    capture = item("Troops.")[0]

    with pytest.raises(StoreError, match="without a zone"):
        store.keep_capture(structs.replace(capture, collected=capture.collected.replace(tzinfo=None)))


def test_a_locator_that_is_not_text_is_kept_readable(store: Store, item: Callable[..., Any], home: Reader) -> None:
    capture, _, _ = item("Troops.", locator="caf\udce9\x00.txt")

    store.keep_capture(capture)

    (found,) = store.pending(home)
    assert found.locator == "caf\ufffd\ufffd.txt"


def test_a_batch_is_kept_whole_or_not_at_all(store: Store, item: Callable[..., Any], home: Reader) -> None:
    good, bad = item("One.", locator="1")[0], item("Two.", locator="2")[0]

    with pytest.raises(StoreError):
        store.keep_captures([good, structs.replace(bad, collected=bad.collected.replace(tzinfo=None))])

    assert store.counts(home)["captures"] == 0
