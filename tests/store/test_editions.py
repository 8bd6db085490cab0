from collections.abc import Callable
from datetime import date, datetime
from itertools import permutations
from typing import Any

import pytest
from msgspec import structs

from watchfloor.core.evidence import Evidence
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


OWN = "watchfloor-20241101T000000Z-00000.warc.gz"


def recorded(made: Any, offset: int, file: str = OWN, asked: str | None = None) -> Any:
    """The item with the record of its fetch, that was asked for when it was collected."""
    capture, report, found = made
    evidence = Evidence(
        capture=capture.id,
        file=file,
        start=offset,
        offset=offset,
        length=1,
        kind="response",
        record=f"urn:{offset}",
        digest=capture.sha256,
        url="https://a.example/",
        date=datetime.fromisoformat(asked + "+00:00") if asked else capture.collected,
    )
    return structs.replace(capture, evidence=evidence), report, found


@pytest.mark.parametrize("published", [None, "2024-10-31"])
@pytest.mark.parametrize(
    ("first", "second"), [("2024-11-03T09:00", "2024-11-01T12:00"), ("2024-11-01T12", "2024-10-31T20")]
)
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_what_was_fetched_later_is_current_though_the_clock_was_set_back_in_between(
    store: Store,
    item: Callable[..., Any],
    keep: Callable[..., str],
    home: Reader,
    first: str,
    second: str,
    published: str | None,
    order: tuple[int, int],
) -> None:
    made = [
        recorded(item("Some 3,000.", collected=first, published=published), 10),
        recorded(item("Some 5,000.", collected=second, published=published), 20),
    ]
    for n in order:
        keep(store, made[n])

    assert [report.text for report in store.reports(home)] == ["Some 5,000."]
    assert texts(store, home) == ["Some 3,000.", "Some 5,000."]
    assert all(one.known_from <= date.fromisoformat(second[:10]) for one in store.versions(home, "a.txt"))
    assert store.check(home) == ()


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ("2024-11-03", "2024-11-01", "2024-11-02"),
        ("2024-11-03", "2024-11-01", "2024-11-04"),
        ("2024-11-01", "2024-11-03", "2024-11-02"),
        ("2024-11-03", "2024-11-02", "2024-11-01"),
    ],
)
def test_a_text_that_comes_back_is_current_again_though_the_clock_was_set_back_in_between(
    store: Store,
    item: Callable[..., Any],
    keep: Callable[..., str],
    home: Reader,
    first: str,
    second: str,
    third: str,
) -> None:
    keep(store, recorded(item("Some 3,000.", collected=first), 10))
    keep(store, recorded(item("Some 5,000.", collected=second), 20))
    again = recorded(item("Some 3,000.", collected=third), 30)[0]

    assert [store.keep_capture(again), store.keep_capture(again)] == ["back", "known"]

    assert texts(store, home) == ["Some 3,000.", "Some 5,000.", "Some 3,000."]
    assert [report.text for report in store.reports(home)] == ["Some 3,000."]
    assert store.check(home) == ()


def test_a_record_of_the_first_instant_that_there_is_is_kept_like_any_other(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    for offset, text in ((10, "Some 3,000."), (20, "Some 5,000."), (30, "Some 7,000.")):
        keep(store, recorded(item(text, collected="0001-01-02" if offset == 10 else "0001-01-01"), offset))

    assert sorted(texts(store, home)) == ["Some 3,000.", "Some 5,000.", "Some 7,000."]
    assert store.check(home) == ()


def test_in_the_archives_of_others_times_decide_and_not_where_records_stand(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    keep(store, recorded(item("Some 5,000.", collected="2024-11-03"), 10, "crawl.warc.gz"))
    keep(store, recorded(item("Some 3,000.", collected="2024-11-01"), 20, "crawl.warc.gz"))

    assert texts(store, home) == ["Some 3,000.", "Some 5,000."]


def test_bytes_that_were_fetched_once_more_keep_the_time_at_which_they_were_first_collected(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    keep(store, item("Some 3,000.", collected="2020-11-01"))
    keep(store, recorded(item("Some 5,000.", collected="2024-11-02"), 10))
    store.keep_capture(recorded(item("Some 3,000.", locator="old/a.txt", collected="2024-11-03"), 20)[0])

    assert texts(store, home) == ["Some 3,000.", "Some 5,000."]
    assert store.check(home) == ()
