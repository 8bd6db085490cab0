from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.flow.bulk.runs import FIRST, header, page, record

from watchfloor.core.aside import Aside
from watchfloor.flow.bulk.part_file import Item, PartFile, Refused, TornError, path_of, write
from watchfloor.flow.bulk.reading import by_week, read
from watchfloor.flow.bulk.work import Read, monday
from watchfloor.flow.parts import parts

PIECE = "piece_aa"


@pytest.fixture(scope="module")
def part(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a piece of three pages."""
    folder = tmp_path_factory.mktemp("run")
    archive = folder / "a.warc.gz"
    at = header(folder, folder).now
    archive.write_bytes(
        b"".join(
            record(n, f"https://a.example/{n}", page(f"News {n}", ["The harbour counted 40 soldiers."] * 3, FIRST), at)
            for n in range(3)
        )
    )
    made = header(folder, folder)
    read(
        Read(id=PIECE, files=(str(archive),), part=(0, archive.stat().st_size)),
        made,
        parts(made.parts),
        lambda _n: None,
    )
    return path_of(folder, PIECE)


def all_of(path: Path) -> list[object]:
    found = PartFile(path, PIECE)
    return [
        found.weeks(),
        [found.lights(week) for week in found.weeks()],
        found.all_items(),
        found.refused(),
        found.ids(),
    ]


def test_a_piece_gives_back_what_was_read(part: Path) -> None:
    found = PartFile(part, PIECE)

    assert found.weeks() == ("2024-09-02",)
    assert [item.number for item in found.all_items()] == [0, 1, 2]
    assert [light.id for light in found.lights("2024-09-02")] == [
        item.report.id for item in found.items("2024-09-02", 0)
    ]
    assert all(item.capture.data == b"" and item.capture.evidence for item in found.all_items())


@given(st.data())
def test_a_file_that_was_cut_off_or_changed_is_known_to_be(part: Path, data: st.DataObject) -> None:
    content = bytearray(part.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        del content[place:]
    else:
        content[place] ^= data.draw(st.integers(1, 255))
    torn = part.with_name("torn.part")
    torn.write_bytes(content)

    with pytest.raises(TornError):
        all_of(torn)


def test_the_file_of_another_piece_is_not_taken_for_it(part: Path) -> None:
    with pytest.raises(TornError, match="another piece"):
        PartFile(part, "piece_bb")


def test_half_a_character_is_written_as_the_store_writes_it(part: Path, tmp_path: Path) -> None:
    (item, *_) = PartFile(part, PIECE).all_items()
    at = item.report.collected
    aside = Aside(id="a", locator="a\ud800b", capture=None, room="clean", reason="empty", detail="\udcff", at=at)
    weeks = by_week([Item(0, item.capture, item.report, item.found, item.hashes)])
    write(tmp_path / "a.part", PIECE, weeks, [Refused(1, aside, None)])

    found = PartFile(tmp_path / "a.part", PIECE)

    assert found.refused()[0].aside.locator == "a\ufffdb"
    assert found.all_items() == [item]


@given(st.dates())
def test_a_week_begins_on_a_monday(day: date) -> None:
    first = date.fromisoformat(monday(day))

    assert 0 <= (day - first).days < 7
    assert first.weekday() == 0
