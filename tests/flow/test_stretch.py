"""What a picture is put together of when there are more reports than are counted at once."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import Marking, Reader
from watchfloor.flow.picture import picture
from watchfloor.flow.situation import Situation, situation

STAFF = Reader(name="ann", partner=None, clearance="RED")
DAYS = ("2024-10-18", "2024-10-20", "2024-10-20", "2024-10-21", "2024-10-22")


def _filled(folder: Path) -> None:
    for number, day in enumerate(DAYS):
        text = f"Item {number}\n\n{day}\n\nMayor Ann Lee said {number + 3} bridges were shut.\n"
        (folder / f"{number}.txt").write_text(text, "utf-8")


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Situation]:
    """Five reports of four days; nothing is added to them."""
    folder = tmp_path_factory.mktemp("stretch")
    _filled(folder)
    with situation(folder / "s.db", create=True) as opened:
        opened.add([str(folder)])
        yield opened


@pytest.fixture
def growing(tmp_path: Path) -> Iterator[Situation]:
    """One report, to which others are added."""
    with situation(tmp_path / "s.db", create=True) as opened:
        _add(opened, "first.txt", 4)
        yield opened


@pytest.mark.parametrize(
    ("most", "since", "earlier"),
    [
        (5, None, 0),
        (4, date(2024, 10, 20), 1),
        (3, date(2024, 10, 21), 3),
        (2, date(2024, 10, 21), 3),
        (1, date(2024, 10, 22), 4),
    ],
)
def test_a_picture_is_put_together_of_the_newest_days_that_fit(
    opened: Situation, most: int, since: date | None, earlier: int
) -> None:
    made = picture(opened.store, STAFF, most=most)

    assert (made.since, made.earlier, len(made.reports)) == (since, earlier, 5 - earlier)


def test_the_newest_day_is_whole_however_much_it_brought(opened: Situation) -> None:
    assert len(picture(opened.store, STAFF, date(2024, 10, 20), most=1).reports) == 2


def test_another_first_day_or_everything_can_be_asked_for(opened: Situation) -> None:
    from_the_20th = picture(opened.store, STAFF, since=date(2024, 10, 20), most=1)

    assert (len(from_the_20th.reports), from_the_20th.earlier) == (4, 1)
    assert len(picture(opened.store, STAFF, since="all", most=1).reports) == 5


def test_what_a_partner_may_not_see_moves_neither_their_first_day_nor_their_count(tmp_path: Path) -> None:
    theirs = Reader(name="b", partner="B", clearance="RED")
    with situation(tmp_path / "s.db", create=True) as opened:
        for number, day in enumerate(DAYS):
            path = tmp_path / f"{number}.txt"
            path.write_text(f"Item {number}\n\n{day}\n\nThe bridges were shut.\n", "utf-8")
            shown = Marking(level="GREEN", releasable_to=frozenset("B")) if number in (0, 3) else None
            opened.add([str(path)], outlet=f"Outlet {number}", marking=shown)

        assert (picture(opened.store, theirs, most=2).since, picture(opened.store, theirs, most=2).earlier) == (None, 0)
        assert picture(opened.store, theirs, most=1).earlier == 1


def test_changes_rest_on_the_same_first_day_before_and_after(opened: Situation) -> None:
    first = opened.first_day(date(2024, 10, 21))

    assert first == "all"  # all five fit


def test_fewer_than_one_report_at_once_is_no_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "watchfloor.toml").write_text("reports_at_once = 0\n", "utf-8")

    with pytest.raises(ConfigError, match="reports_at_once"), situation(tmp_path / "s.db", create=True):
        pass


def _add(opened: Situation, name: str, bridges: int) -> None:
    path = Path(str(opened.store.name)).parent / name
    path.write_text(f"Late\n\n2024-10-22\n\nMayor Ann Lee said {bridges} bridges were open.\n", "utf-8")
    opened.add([str(path)])
