import os
from collections import Counter
from pathlib import Path
from typing import Any

import polars
import pytest
from tests.flow.bulk.runs import Here, archives, held, left, run

from watchfloor.core.errors import ConfigError
from watchfloor.core.report import Report
from watchfloor.flow.bulk.part_file import path_of
from watchfloor.flow.bulk.run import Run
from watchfloor.flow.bulk.work import Week
from watchfloor.flow.copying import earliest_first
from watchfloor.fuse.copies import copies
from watchfloor.store.text import read_report

pytest.importorskip("arro3.io", reason="comes with the extra dask")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archives(tmp_path_factory.mktemp("input"))


@pytest.fixture(scope="module")
def whole(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one run leaves that nothing disturbed."""
    to = tmp_path_factory.mktemp("whole") / "data"
    run(pages, to)
    return to


def rows(to: Path, table: str) -> list[dict[str, Any]]:
    return polars.read_parquet(to / table / "**" / "*.parquet", hive_partitioning=True).to_dicts()


def reports(to: Path) -> list[Report]:
    return sorted((read_report(row["document"]) for row in rows(to, "reports")), key=earliest_first)


def test_the_order_in_which_pieces_are_done_changes_nothing(pages: Path, whole: Path, tmp_path: Path) -> None:
    run(pages, tmp_path / "data", seed=1)

    assert left(tmp_path / "data") == left(whole)


def test_how_the_work_is_cut_changes_no_report_and_no_copy(pages: Path, whole: Path, tmp_path: Path) -> None:
    run(pages, tmp_path / "data", pages=3)

    found, expected = left(tmp_path / "data"), left(whole)
    assert {name for name in found if not name.startswith("asides")} == {
        n for n in expected if not n.startswith("asides")
    }
    assert all(found[name] == expected[name] for name in found if not name.startswith("asides"))


def test_copies_are_those_of_all_reports_together(whole: Path) -> None:
    everything = reports(whole)
    found = {(row["child"], row["parent"], row["kind"], row["score"]) for row in rows(whole, "copies")}

    assert found == {(one.child, one.parent, one.kind, one.score) for one in copies(everything)}
    assert len(found) >= 4


def test_copies_out_of_the_week_before_are_found(whole: Path) -> None:
    week = {row["id"]: row["week"] for row in rows(whole, "reports")}

    assert any(week[row["child"]] != week[row["parent"]] for row in rows(whole, "copies"))


def test_every_page_ends_once_as_a_report_or_set_aside(whole: Path) -> None:
    found = Counter(row["id"] for row in rows(whole, "reports"))

    assert len(found) == 19
    assert set(found.values()) == {1}
    assert [row["reason"] for row in rows(whole, "asides")] == ["not-a-page"]


def test_a_page_that_comes_again_in_another_week_stands_in_the_first(whole: Path) -> None:
    (about,) = (row for row in rows(whole, "reports") if row["url"] == "https://paper9.example/about")

    assert str(about["week"]) == "2024-09-02"


def test_a_report_leads_to_its_record(pages: Path, whole: Path) -> None:
    row = rows(whole, "reports")[0]
    content = Path(row["archive"]).read_bytes()

    assert content[row["archive_offset"] :].startswith(b"\x1f\x8b")
    assert row["archive_offset"] + row["archive_length"] <= len(content)


def test_annotations_point_into_their_report(whole: Path) -> None:
    text = {row["id"]: row["text"] for row in rows(whole, "reports")}
    quantities = [row for row in rows(whole, "annotations") if row["annotation"] == "quantity"]

    assert quantities
    assert all("soldiers" in text[row["report"]][row["start"] : row["end"]] for row in quantities)


@pytest.mark.parametrize("after", [1, 5, 9])
def test_a_run_that_is_broken_off_goes_on_where_it_was(pages: Path, whole: Path, tmp_path: Path, after: int) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(pages, tmp_path / "data", most=after)
    with held(tmp_path / "data", resume=True) as manifest:
        done = set(manifest.parts)

    _, workers = run(pages, tmp_path / "data", resume=True, seed=3)

    assert done.isdisjoint(workers.read)
    assert left(tmp_path / "data") == left(whole)


def test_a_finished_run_does_nothing_when_it_is_resumed(pages: Path, tmp_path: Path) -> None:
    first, _ = run(pages, tmp_path / "data")
    before = left(tmp_path / "data")
    again, workers = run(pages, tmp_path / "data", resume=True)

    assert workers.done == []
    assert left(tmp_path / "data") == before
    assert (again.reports, again.copies, again.set_aside) == (first.reports, first.copies, first.set_aside)


def test_a_torn_file_of_a_piece_is_read_again(pages: Path, whole: Path, tmp_path: Path) -> None:
    to = tmp_path / "data"

    def tear(unit: object) -> None:
        if isinstance(unit, Week) and not torn:
            path = path_of(to / "_work", next(iter(manifest.parts)))
            torn.append(path)
            os.truncate(path, path.stat().st_size - 20)

    torn: list[Path] = []
    with held(to) as manifest:
        workers = Here(manifest.header, before=tear)
        receipt = Run(manifest, workers, None, lambda _progress: None).run([str(pages)], 5, [])

    assert receipt.read_again == 1
    assert left(to) == left(whole)


def test_a_piece_that_is_given_up_is_told_and_tried_again(pages: Path, whole: Path, tmp_path: Path) -> None:
    to = tmp_path / "data"
    with pytest.raises(KeyboardInterrupt):
        run(pages, to, most=2)  # both archives are cut, nothing is read
    with held(to, resume=True) as manifest:
        workers = Here(manifest.header)
        workers.gives_up = {next(iter(manifest.pieces))} if manifest.pieces else set()
        first = Run(manifest, workers, None, lambda _progress: None).run([str(pages)], 5, [])
    told = [row["reason"] for row in rows(to, "asides")]
    second, _ = run(pages, to, resume=True)

    assert ([one.reason for one in first.given_up], sorted(told)) == (["poison"], ["not-a-page", "poison"])
    assert second.given_up == ()
    assert left(to) == left(whole)


def test_a_file_of_a_piece_that_is_gone_is_made_again(pages: Path, whole: Path, tmp_path: Path) -> None:
    run(pages, tmp_path / "data")
    with held(tmp_path / "data", resume=True) as manifest:
        path_of(tmp_path / "data" / "_work", next(iter(manifest.parts))).unlink()

    receipt, workers = run(pages, tmp_path / "data", resume=True)

    assert (receipt.read_again, len(workers.read)) == (1, 1)
    assert left(tmp_path / "data") == left(whole)


def test_a_torn_line_of_the_manifest_is_as_if_it_had_not_begun(pages: Path, whole: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(pages, tmp_path / "data", most=5)
    lines = tmp_path / "data" / "_work" / "manifest.jsonl"
    os.truncate(lines, lines.stat().st_size - 7)

    run(pages, tmp_path / "data", resume=True)

    assert left(tmp_path / "data") == left(whole)


def test_a_run_is_given_more(pages: Path, whole: Path, tmp_path: Path) -> None:
    first, second = sorted(pages.glob("*.gz"))
    run(first, tmp_path / "data")
    _, workers = run(second, tmp_path / "data", resume=True)

    assert all(str(second) in unit.files for unit in workers.done if hasattr(unit, "files"))
    found, expected = left(tmp_path / "data"), left(whole)
    assert {n: b for n, b in found.items() if "asides" not in n} == {
        n: b for n, b in expected.items() if "asides" not in n
    }


def test_a_run_is_not_begun_over_another(pages: Path, tmp_path: Path) -> None:
    run(pages, tmp_path / "data")

    with pytest.raises(ConfigError, match="--resume"):
        run(pages, tmp_path / "data")


def test_a_run_is_not_resumed_with_other_annotators(pages: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(pages, tmp_path / "data", most=4)

    with (
        pytest.raises(ConfigError, match="began with recipe test; found other"),
        held(tmp_path / "data", resume=True, recipe="other"),
    ):
        pass


def test_two_runs_do_not_work_in_one_folder(tmp_path: Path) -> None:
    with held(tmp_path / "data"), pytest.raises(ConfigError, match="at work"), held(tmp_path / "data", resume=True):
        pass


def test_files_of_a_folder_and_of_a_list_are_read_too(tmp_path: Path) -> None:
    folder = tmp_path / "some"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(f"Harbour news {number}\n\nThe council counted {number + 20} soldiers.\n")
    (tmp_path / "list.txt").write_text("some/1.txt\nsome/2.txt\n")
    everything, _ = run(folder, tmp_path / "all", pages=2)
    listed, _ = run(Path(f"@{tmp_path}/list.txt"), tmp_path / "two")

    assert (everything.pieces, everything.reports) == (3, 5)
    assert (listed.pieces, listed.reports) == (1, 2)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no file, folder or match"):
        run(tmp_path / "nothing", tmp_path / "data")
