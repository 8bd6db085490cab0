from collections.abc import Callable
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from msgspec import structs

from watchfloor.core.marking import Marking, Reader
from watchfloor.core.report import Flag, Report
from watchfloor.store.store import Store


def test_another_text_at_the_same_address_is_a_new_version(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    old, new = item("Some 10,000."), item("Some 12,000.", collected="2024-11-03")

    assert [keep(store, old), keep(store, new)] == ["new", "new-version"]

    assert store.reports(home) == (new[1],)
    assert store.reports(home, current_only=False) == (old[1], new[1])
    assert [(v.report.text, v.current) for v in store.versions(home, "a.txt")] == [
        ("Some 10,000.", False),
        ("Some 12,000.", True),
    ]


@pytest.mark.parametrize(
    ("as_of", "text"),
    [
        ("2024-10-20", None),
        ("2024-10-21", "Some 10,000."),
        ("2024-10-24", "Some 10,000."),
        ("2024-10-25", "Some 12,000."),
    ],
)
def test_a_day_in_the_past_shows_the_version_of_that_day(
    kept: Callable[..., Report], store: Store, home: Reader, as_of: str, text: str | None
) -> None:
    kept("Some 10,000.", published="2024-10-21", collected="2024-10-21")
    kept("Some 12,000.", published="2024-10-21", collected="2024-10-25")

    found = store.reports(home, as_of=date.fromisoformat(as_of))

    assert [report.text for report in found] == ([text] if text else [])
    assert store.search(home, "some", as_of=date.fromisoformat(as_of)).total == len(found)


def test_a_report_collected_late_is_known_from_the_day_it_was_published(
    kept: Callable[..., Report], store: Store, home: Reader
) -> None:
    kept("Troops.", published="2024-10-21", collected="2026-11-01")

    assert len(store.reports(home, as_of=date(2024, 10, 21))) == 1


def test_a_report_without_a_date_is_known_from_the_day_it_was_collected(
    kept: Callable[..., Report], store: Store, home: Reader
) -> None:
    kept("Troops.", collected="2024-11-01")

    assert store.reports(home, as_of=date(2024, 10, 31)) == ()
    assert len(store.reports(home, as_of=date(2024, 11, 1))) == 1


def test_a_correction_taken_back_makes_the_old_text_current_again(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    first = item("Some 10,000.", page=b"1", collected="2024-11-01")
    second = item("Some 12,000.", page=b"2", collected="2024-11-02")
    third = item("Some 10,000.", page=b"3", collected="2024-11-03")
    for made in (first, second, third):
        keep(store, made)

    assert [report.text for report in store.reports(home)] == ["Some 10,000."]
    assert [report.text for report in store.reports(home, as_of=date(2024, 11, 2))] == ["Some 12,000."]
    assert len(store.versions(home, "a.txt")) == 3


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_keeping_does_not_decide_what_is_current(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader, order: tuple[int, ...]
) -> None:
    made = [item(f"Version {n}.", published="2024-10-21", collected=f"2024-11-0{n + 1}") for n in range(3)]

    for n in order:
        keep(store, made[n])

    assert [version.report.text for version in store.versions(home, "a.txt")] == [
        "Version 0.",
        "Version 1.",
        "Version 2.",
    ]


def test_a_partner_sees_the_last_version_that_is_theirs(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], partner: Callable[..., Reader]
) -> None:
    old = item("Some 10,000.", marking=Marking(level="CLEAR", releasable_to=frozenset({"a"})))
    keep(store, old)
    keep(store, item("Some 12,000.", collected="2024-11-03"))

    (version,) = store.versions(partner("a"), "a.txt")

    assert version.current
    assert store.reports(partner("a")) == (structs.replace(old[1]),)


def test_of_two_texts_collected_in_one_go_the_corrected_one_is_the_later(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    for text, flags in (
        ("As corrected.", (Flag(name="corrected", certainty="disclosed", detail="says so"),)),
        ("As first told.", ()),
    ):
        capture, report, found = item(text, published="2024-10-23")
        keep(store, (capture, structs.replace(report, flags=flags), found))

    (current,) = store.reports(home)

    assert current.text == "As corrected."


def told(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], *texts: str, published: tuple[str | None, ...]
) -> list[Any]:
    """Keep texts at one address, a day apart; return the items."""
    made = [
        item(text, collected=f"2024-11-0{n}", published=day)
        for n, (text, day) in enumerate(zip(texts, published, strict=True), 1)
    ]
    for one in made:
        keep(store, one)
    return made


def texts(store: Store, home: Reader) -> list[str]:
    return [version.report.text for version in store.versions(home, "a.txt")]


@pytest.mark.parametrize("published", [(None, None), ("2024-10-21", "2024-10-21"), ("2024-10-21", "2024-10-25")])
def test_the_same_bytes_again_after_a_correction_are_current_again(
    store: Store,
    item: Callable[..., Any],
    keep: Callable[..., str],
    home: Reader,
    published: tuple[str | None, ...],
) -> None:
    told(store, item, keep, "Some 3,000.", "Some 5,000.", published=published)
    again = item("Some 3,000.", collected="2024-11-03", published=published[0])[0]

    assert store.keep_capture(again) == "back"

    assert [report.text for report in store.reports(home)] == ["Some 3,000."]
    assert [report.text for report in store.reports(home, as_of=date(2024, 11, 2))] == ["Some 5,000."]
    assert texts(store, home) == ["Some 3,000.", "Some 5,000.", "Some 3,000."]


def test_a_text_that_came_back_and_comes_again_changes_nothing(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    first, second = told(store, item, keep, "Some 3,000.", "Some 5,000.", published=(None, None))
    store.keep_capture(item("Some 3,000.", collected="2024-11-03")[0])
    before = store.dump(home)

    again = item("Some 3,000.", collected="2024-11-04")[0]
    assert store.keep_captures([again, first[0], second[0]]) == ["known"] * 3

    assert store.dump(home) == before


def test_a_correction_may_come_and_go_more_than_once(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    told(store, item, keep, "3,000.", "5,000.", published=("2024-10-21", "2024-10-22"))
    for day, text in ((3, "3,000."), (4, "5,000."), (5, "3,000.")):
        assert store.keep_capture(item(text, collected=f"2024-11-0{day}")[0]) == "back"
    keep(store, item("7,000.", published="2024-10-22", collected="2024-11-06"))

    assert texts(store, home) == ["3,000.", "5,000.", "3,000.", "5,000.", "3,000.", "7,000."]


def test_an_old_copy_at_another_locator_takes_no_correction_back(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    told(store, item, keep, "Some 3,000.", "Some 5,000.", published=(None, None))

    assert store.keep_capture(item("Some 3,000.", locator="old/a.txt", collected="2024-11-03")[0]) == "known"

    assert texts(store, home) == ["Some 3,000.", "Some 5,000."]


def test_a_page_that_turned_back_with_the_same_text_is_no_version(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    keep(store, item("Some 3,000.", page=b"1"))
    keep(store, item("Some 3,000.", page=b"2", collected="2024-11-02"))

    assert store.keep_capture(item("Some 3,000.", page=b"1", collected="2024-11-03")[0]) == "known"

    assert texts(store, home) == ["Some 3,000."]


def test_what_came_back_is_kept_in_order_when_its_reports_are_made_later(
    store: Store, item: Callable[..., Any], home: Reader
) -> None:
    first, second = item("Some 3,000."), item("Some 5,000.", collected="2024-11-02")
    store.keep_captures([first[0], second[0], item("Some 3,000.", collected="2024-11-03")[0]])

    for made in (second, first):
        store.keep_report(made[1], made[2], "1")

    assert texts(store, home) == ["Some 3,000.", "Some 5,000.", "Some 3,000."]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_texts_that_collide_in_time_stand_in_the_order_of_their_locators(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader, order: tuple[int, ...]
) -> None:
    made = []
    for n in range(3):
        capture, report, _ = item(f"Version {n}.", locator=f"{n}.txt")
        made.append((capture, structs.replace(report, address="a.txt"), ()))

    for n in order:
        keep(store, made[n])
    store.keep_captures([made[n][0] for n in order])

    assert texts(store, home) == ["Version 0.", "Version 1.", "Version 2."]


def test_a_text_that_comes_back_as_another_one_is_collected_keeps_the_order_of_locators(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    told(store, item, keep, "3,000.", "5,000.", published=(None, None))
    capture, report, _ = item("9,000.", locator="b.txt", collected="2024-11-02")
    store.keep_capture(capture)
    store.keep_report(structs.replace(report, address="a.txt"), (), "1")

    assert texts(store, home) == ["3,000.", "5,000.", "9,000."]
