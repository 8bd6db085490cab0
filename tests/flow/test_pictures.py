"""Pictures that are kept: when they are shown, when they are put together anew, and by how many at once."""

import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from watchfloor.core.audit import Note
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.picture import Picture
from watchfloor.flow import pictures
from watchfloor.flow.picture import picture as put_together
from watchfloor.flow.pictures import AT_ONCE, Pictures
from watchfloor.flow.remembered import Remembered
from watchfloor.flow.situation import Situation, situation

STAFF = Reader(name="ann", partner=None, clearance="RED")
CLEARED = Reader(name="ben", partner=None, clearance="AMBER")
NOW = datetime(2024, 11, 1, tzinfo=UTC)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Situation]:
    """Two reports of two days, marked GREEN."""
    with situation(tmp_path / "s.db", create=True) as made:
        add(made, "first.txt", "2024-10-20", "GREEN")
        add(made, "second.txt", "2024-10-22", "GREEN")
        yield made


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every picture is one of many reports, which nobody waits for."""
    monkeypatch.setattr(pictures, "FEW", 0)


def add(made: Situation, name: str, day: str, level: str = "GREEN") -> None:
    path = Path(str(made.store.name)).parent / name
    path.write_text(f"Bridges\n\n{day}\n\nMayor Ann Lee said {len(name)} bridges of {name} were shut.\n", "utf-8")
    made.add([str(path)], outlet=name, marking=Marking(level=level))  # type: ignore[arg-type]


def mark(made: Situation, report: str, level: str) -> None:
    note = Note(at=NOW, who="ann", verb="mark", what=report)
    made.store.marks.keep_marking(report, Marking(level=level), note)  # type: ignore[arg-type]


def kept_by(made: Situation, waiting: list[Callable[[], None]]) -> Pictures:
    return Pictures(made.store, beside=waiting.append, pause=lambda _: None)


def test_a_picture_of_few_reports_is_never_old(opened: Situation) -> None:
    kept = Pictures(opened.store, beside=lambda renew: pytest.fail("nothing was to be renewed beside"))
    before = kept.picture(STAFF)
    add(opened, "late.txt", "2024-10-22")

    assert len(kept.picture(STAFF).reports) == len(before.reports) + 1
    assert kept.behind(STAFF) is None


@pytest.mark.usefixtures("many")
def test_a_picture_of_many_reports_is_renewed_once_beside_and_says_of_when_it_is(opened: Situation) -> None:
    waiting: list[Callable[[], None]] = []
    kept = kept_by(opened, waiting)
    before = kept.picture(STAFF)
    add(opened, "late.txt", "2024-10-22")

    assert kept.picture(STAFF).reports == kept.picture(STAFF).reports == before.reports
    assert kept.behind(STAFF) is not None
    (renew,) = waiting  # whoever asks meanwhile
    renew()
    assert len(kept.picture(STAFF).reports) == len(before.reports) + 1
    assert kept.behind(STAFF) is None


@pytest.mark.usefixtures("many")
def test_what_was_marked_out_of_sight_is_never_shown_again(opened: Situation) -> None:
    waiting: list[Callable[[], None]] = []
    kept = kept_by(opened, waiting)
    hidden = kept.picture(CLEARED).reports[0].id
    mark(opened, hidden, "RED")

    assert hidden not in {report.id for report in kept.picture(CLEARED).reports}
    assert not waiting


@pytest.mark.usefixtures("many")
def test_two_markings_that_change_places_are_two_changes(opened: Situation) -> None:
    kept = kept_by(opened, [])
    one, other = (report.id for report in kept.picture(CLEARED).reports)
    mark(opened, one, "RED")
    kept.picture(CLEARED)
    mark(opened, other, "RED")
    mark(opened, one, "GREEN")

    assert [report.id for report in kept.picture(CLEARED).reports] == [one]


@pytest.mark.usefixtures("many")
def test_a_picture_of_before_is_compared_with_no_longer_once_something_in_it_was_marked(opened: Situation) -> None:
    kept = kept_by(opened, [])
    (hidden,) = (report.id for report in kept.picture(CLEARED, date(2024, 10, 21)).reports)
    mark(opened, hidden, "RED")

    assert not kept.picture(CLEARED, date(2024, 10, 21)).reports


def test_what_comes_in_later_leaves_the_picture_of_an_earlier_day_as_it_was(opened: Situation) -> None:
    kept = Pictures(opened.store)
    before = kept.picture(STAFF, date(2024, 10, 21))
    add(opened, "late.txt", "2024-10-22")

    assert kept.picture(STAFF, date(2024, 10, 21)).claims is before.claims


def test_a_judgement_makes_the_picture_of_an_earlier_day_another_one(opened: Situation) -> None:
    kept = Pictures(opened.store)
    before = kept.picture(STAFF, date(2024, 10, 21))
    one, other = (report.id for report in kept.picture(STAFF).reports)
    opened.judge_route(one, other, "different", by="ann")

    assert kept.picture(STAFF, date(2024, 10, 21)).claims is not before.claims


def test_fifty_who_ask_for_a_new_picture_have_it_put_together_once(
    opened: Situation, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def counted(*given: Any) -> Picture:
        calls.append(1)
        return put_together(*given)

    monkeypatch.setattr(pictures, "picture", counted)
    kept = Pictures(opened.store)
    start = threading.Barrier(50)

    def ask(_: int) -> Picture:
        start.wait()
        return kept.picture(STAFF)

    with ThreadPoolExecutor(50) as pool:
        found = list(pool.map(ask, range(50)))

    assert len(calls) == 1
    assert len({id(one.claims) for one in found}) == 1


def test_only_so_many_pictures_are_put_together_at_once(opened: Situation, monkeypatch: pytest.MonkeyPatch) -> None:
    running, most = [0], [0]
    counting = threading.Lock()

    def counted(*given: Any) -> Picture:
        with counting:
            running[0] += 1
            most[0] = max(most[0], running[0])
        try:
            return put_together(*given)
        finally:
            with counting:
                running[0] -= 1

    monkeypatch.setattr(pictures, "picture", counted)
    kept = Pictures(opened.store)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda day: kept.picture(STAFF, date(2024, 10, day)), range(20, 28)))

    assert most[0] <= AT_ONCE


def test_a_picture_of_very_many_reports_is_not_waited_for(opened: Situation) -> None:
    waiting: list[Callable[[], None]] = []
    kept = kept_by(opened, waiting)

    assert kept.awaited(STAFF, most=1) == 2
    assert kept.awaited(STAFF, most=2) == 0
    waiting.pop()()
    assert kept.awaited(STAFF, most=1) == 0


def test_what_is_made_of_a_picture_is_made_before_it_is_shown_and_once(opened: Situation) -> None:
    calls: list[Picture] = []
    seen = Remembered(calls.append)
    kept = Pictures(opened.store, ready=[lambda _store, made: seen(made)])
    for _ in range(3):
        seen(kept.picture(STAFF))

    assert len(calls) == 1


def test_of_a_picture_that_is_shown_no_longer_nothing_is_held(opened: Situation) -> None:
    class Made:
        """Something that can be seen to be gone."""

    seen = Remembered(lambda _picture: Made())
    kept = Pictures(opened.store)
    former, earlier = weakref.ref(seen(kept.picture(STAFF))), weakref.ref(seen(kept.picture(STAFF, date(2024, 10, 21))))
    add(opened, "late.txt", "2024-10-22")
    now = weakref.ref(seen(kept.picture(STAFF)))
    gc.collect()

    assert former() is None
    assert earlier() is not None
    assert now() is not None


def test_pictures_that_were_not_asked_for_lately_leave_nothing_behind(opened: Situation) -> None:
    class Made:
        """Something that can be seen to be gone."""

    seen = Remembered(lambda _picture: Made())
    kept = Pictures(opened.store)
    made = [weakref.ref(seen(kept.picture(STAFF, date(2024, 10, 21 + day)))) for day in range(pictures.MOST + 2)]
    gc.collect()

    assert [one() is not None for one in made] == [False, False, *[True] * pictures.MOST]
