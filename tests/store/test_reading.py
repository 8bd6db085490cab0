from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from watchfloor.core.aside import Aside
from watchfloor.core.judgement import Judgement
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.report import Report
from watchfloor.store.store import Store


def aside(locator: str, capture: str | None = None, at: str = "2024-11-01", id: str = "aside_1") -> Aside:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    return Aside(id=id, locator=locator, capture=capture, room="clean", reason="empty", detail="no text", at=moment)


def test_a_capture_that_nothing_became_of_is_pending(store: Store, item: Callable[..., Any], home: Reader) -> None:
    captures = [item(f"Text {n}.", locator=str(n))[0] for n in range(3)]
    store.keep_captures(captures)
    _, report, annotations = item("Text 0.", locator="0")
    store.keep_report(report, annotations, "1")
    store.keep_aside(aside("1", captures[1].id))

    assert list(store.pending(home)) == [captures[2]]


def test_pending_captures_come_in_the_order_of_keeping_beyond_one_page(
    store: Store, item: Callable[..., Any], home: Reader
) -> None:
    captures = [item(f"Text {n}.", locator=str(n))[0] for n in range(205)]
    store.keep_captures(captures)

    assert list(store.pending(home)) == captures


def test_reported_and_set_aside_and_pending_are_all_that_was_captured(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    keep(store, item("One.", locator="1"))
    other = item("Two.", locator="2")[0]
    store.keep_captures([other, item("Three.", locator="3")[0]])
    store.keep_aside(aside("2", other.id))
    store.keep_aside(aside("gone.pdf", id="aside_2"))

    assert store.counts(home) == {
        "captures": 3,
        "reported": 1,
        "set_aside": 1,
        "pending": 1,
        "unreadable": 1,
        "sightings": 0,
        "reports": 1,
        "versions": 1,
        "outlets": 0,
        "judgements": 0,
    }


def test_an_aside_is_kept_once_and_comes_back(store: Store, home: Reader) -> None:
    one = aside("gone.pdf")

    assert [store.keep_aside(one), store.keep_aside(one)] == ["new", "known"]

    assert store.asides(home) == (one,)


def test_an_aside_is_done_with_when_its_capture_gives_a_report(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    made = item("Troops.")
    store.keep_capture(made[0])
    store.keep_aside(aside("a.txt", made[0].id))

    keep(store, made)

    assert store.asides(home) == ()
    assert store.counts(home)["set_aside"] == 0


def test_an_unreadable_file_is_done_with_when_it_can_be_read_later(
    store: Store, item: Callable[..., Any], home: Reader
) -> None:
    store.keep_aside(aside("a.txt", at="2024-11-01"))

    store.keep_capture(item("Troops.", collected="2024-11-02")[0])

    assert store.asides(home) == ()


def test_a_file_that_has_become_unreadable_stays_on_the_list(
    store: Store, item: Callable[..., Any], home: Reader
) -> None:
    store.keep_capture(item("Troops.", collected="2024-11-01")[0])

    store.keep_aside(aside("a.txt", at="2024-11-02"))

    assert len(store.asides(home)) == 1


def test_an_aside_of_a_capture_above_the_clearance_is_not_shown(store: Store, item: Callable[..., Any]) -> None:
    capture = item("Troops.", marking=Marking(level="RED"))[0]
    store.keep_capture(capture)
    store.keep_aside(aside("a.txt", capture.id))

    assert store.asides(Reader(name="us", partner=None, clearance="GREEN")) == ()


def test_a_judgement_is_kept_once_and_comes_back(store: Store, home: Reader) -> None:
    at = datetime(2024, 11, 1, 12, tzinfo=UTC)
    one = Judgement(id="j_1", left="Yoon", right="Yon", verdict="same", by="desk", at=at, reason="a slip")

    assert [store.keep_judgement(one), store.keep_judgement(one)] == ["new", "known"]

    assert store.judgements(home) == (one,)


def test_reports_come_earliest_known_first(kept: Callable[..., Report], store: Store, home: Reader) -> None:
    late = kept("Late.", locator="1", published="2024-10-25")
    early = kept("Early.", locator="2", published="2024-10-21")

    assert store.reports(home) == (early, late)


def test_a_short_id_finds_what_begins_so(kept: Callable[..., Report], store: Store, home: Reader) -> None:
    report = kept("Troops.")

    assert store.resolve(home, report.id[:9]) == (report.id,)
    assert store.resolve(home, "rep_") == (report.id,)
    assert store.resolve(home, "%") == ()


def test_half_characters_in_a_question_find_nothing(store: Store, home: Reader) -> None:
    assert store.report(home, "\ud800") is None
    assert store.resolve(home, "\ud800") == ()
    assert store.versions(home, "\ud800") == ()
    assert store.annotations(home, ["\ud800"]) == {}


def test_annotations_of_many_reports_come_at_once(store: Store, item: Callable[..., Any], home: Reader) -> None:
    made = [item(f"Text {n}.", locator=str(n)) for n in range(510)]
    store.keep_captures(capture for capture, _, _ in made)
    store.keep_reports([(report, annotations) for _, report, annotations in made], "1")

    found = store.annotations(home, [report.id for _, report, _ in made])

    assert list(found) == [report.id for _, report, _ in made]


def test_a_file_that_is_unreadable_again_shows_again(store: Store, item: Callable[..., Any], home: Reader) -> None:
    store.keep_aside(aside("a.txt", at="2024-11-01"))
    store.keep_capture(item("Troops.", collected="2024-11-02")[0])

    assert store.keep_aside(aside("a.txt", at="2024-11-03")) == "known"

    assert store.asides(home) == (aside("a.txt", at="2024-11-03"),)


def test_the_same_bytes_again_close_what_was_unreadable_in_between(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    keep(store, item("Troops.", collected="2024-11-01"))
    store.keep_aside(aside("a.txt", at="2024-11-02"))

    assert store.keep_capture(item("Troops.", collected="2024-11-03")[0]) == "known"
    before = store.dump(home)
    assert store.keep_capture(item("Troops.", collected="2024-11-04")[0]) == "known"

    assert store.asides(home) == ()
    assert store.dump(home) == before


def test_a_file_that_was_read_in_the_moment_it_was_set_aside_stays_on_the_list(
    store: Store, item: Callable[..., Any], home: Reader
) -> None:
    store.keep_capture(item("Troops.", collected="2024-11-01")[0])

    store.keep_aside(aside("a.txt", at="2024-11-01"))

    assert len(store.asides(home)) == 1


def test_an_aside_that_is_still_open_keeps_the_time_at_which_it_came_up(store: Store, home: Reader) -> None:
    for at in ("2024-11-01", "2024-11-02"):
        store.keep_aside(aside("a.txt", at=at))

    assert store.asides(home) == (aside("a.txt", at="2024-11-01"),)


def test_another_reason_takes_the_place_of_the_one_before(store: Store, item: Callable[..., Any], home: Reader) -> None:
    capture = item("Troops.")[0]
    store.keep_capture(capture)
    store.keep_asides([aside("a.txt", capture.id, id="aside_1"), aside("a.txt", capture.id, id="aside_2")])

    assert [one.id for one in store.asides(home)] == ["aside_2"]


def test_the_aside_of_a_kept_capture_is_found_by_it_and_by_its_copy(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader, partner: Callable[..., Reader]
) -> None:
    made = item("Troops.", marking=Marking(level="AMBER", releasable_to=frozenset({"a"})))
    copy = item("Troops.", locator="b.txt")[0]
    store.keep_captures([made[0], copy])
    one = aside("a.txt", made[0].id)
    store.keep_aside(one)

    assert store.aside_of(home, made[0].id) == store.aside_of(home, copy.id) == one
    assert store.aside_of(home, "cap_x") is None
    assert store.aside_of(partner("a"), made[0].id) is None
    assert store.aside_of(Reader(name="us", partner=None, clearance="GREEN"), made[0].id) is None
    keep(store, made)
    assert store.aside_of(home, made[0].id) is None
