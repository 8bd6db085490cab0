from collections.abc import Callable
from typing import Any

import pytest
from msgspec import structs

from watchfloor.core.errors import StoreError
from watchfloor.core.marking import Marking, Reader
from watchfloor.store.store import Store


def test_a_report_comes_back_as_it_was_kept(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    marking = Marking(level="AMBER", releasable_to=frozenset({"a"}), caveats=("desk only",))
    made = item("Troops \x00 北.", published="2024-10-21", headline="Head", outlet="Daily", marking=marking)

    assert keep(store, made) == "new"

    assert store.report(home, made[1].id) == made[1]
    assert store.reports(home) == (made[1],)
    assert store.annotations(home, [made[1].id]) == {made[1].id: made[2]}


def test_keeping_a_report_twice_changes_nothing(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    made = item("Troops.")
    keep(store, made)
    before = store.dump(home)

    assert keep(store, made) == "unchanged"

    assert store.dump(home) == before


def test_a_report_without_its_capture_is_refused(store: Store, item: Callable[..., Any]) -> None:
    _, report, annotations = item("Troops.")

    with pytest.raises(StoreError, match="keep that one first"):
        store.keep_report(report, annotations, "1")


def test_another_recipe_replaces_the_annotations_and_the_reading(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    capture, report, annotations = item("Troops.", headline="Old")
    keep(store, (capture, report, annotations))

    assert store.stale(home, "2") == (report.id,)
    assert store.keep_report(structs.replace(report, headline="New"), (), "2") == "renewed"

    assert store.stale(home, "2") == ()
    assert store.annotations(home, [report.id]) == {report.id: ()}
    assert store.search(home, "new").total == 1
    assert store.search(home, "old").total == 0


def test_two_pages_with_the_same_text_are_one_report(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    first = item("Troops.", page=b"<p>Troops.</p> advert 1")
    second = item("Troops.", page=b"<p>Troops.</p> advert 2", collected="2024-11-02")

    assert [keep(store, first), keep(store, second)] == ["new", "unchanged"]

    assert store.reports(home) == (first[1],)
    assert list(store.pending(home)) == []


def test_a_capture_that_is_read_otherwise_by_a_new_recipe_is_no_new_version_by_the_outlet(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    before, after = item("Share this! Troops.", page=b"page"), item("Troops.", page=b"page")
    keep(store, before)

    assert keep(store, after, "2") == "renewed"

    assert store.reports(home) == (after[1],)
    assert [version.report.id for version in store.versions(home, "a.txt")] == [after[1].id]
    assert store.report(home, before[1].id) == before[1]
    assert store.stale(home, "2") == ()


def test_an_id_that_stands_for_another_text_is_refused(
    store: Store, item: Callable[..., Any], keep: Callable[..., str]
) -> None:
    capture, report, annotations = item("Troops.")
    keep(store, (capture, report, annotations))

    with pytest.raises(StoreError, match="kept with another text"):
        store.keep_report(structs.replace(report, text="Tanks."), annotations, "2")


def test_half_characters_in_a_text_are_replaced_one_for_one(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    made = item("Tro\ud83dops.", headline="H\udcff")
    keep(store, made)

    found = store.report(home, made[1].id)

    assert found is not None
    assert (found.text, found.headline) == ("Tro\ufffdops.", "H\ufffd")
    assert keep(store, made, "2") == "renewed"


def test_a_text_of_five_megabytes_is_kept_and_found(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    text = "Troops moved. " * 360_000 + "Zebra."
    keep(store, item(text))

    (hit,) = store.search(home, "zebra").hits

    assert hit.report.text == text
    assert text[hit.hits[0].start : hit.hits[0].end] == "Zebra"
