"""Whatever is thrown at add: each bad thing is handled or set aside with its reason, the rest goes through."""

import os
import zipfile
from pathlib import Path

import pytest

from watchfloor.flow.receipt import Receipt
from watchfloor.flow.situation import situation

GOOD = "Harbour closed\n\nBy Ann Lee\n2024-10-21\n\nThe harbour minister said on Monday that 300 troops had arrived.\n"


def added(folder: Path) -> Receipt:
    with situation(folder.parent / "s.db", create=True) as opened:
        receipt = opened.add([str(folder)])
        counts = opened.store.counts(opened.reader)
    assert receipt.new + receipt.unchanged + receipt.new_versions + len(receipt.set_aside) == receipt.captured
    assert counts["pending"] == 0
    return receipt


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    (made / "good.txt").write_text(GOOD, encoding="utf-8")
    return made


def reasons(receipt: Receipt) -> dict[str, str]:
    return {Path(aside.locator).name: aside.reason for aside in receipt.set_aside}


def test_an_empty_file_is_set_aside_and_the_rest_goes_through(folder: Path) -> None:
    (folder / "empty.txt").touch()

    receipt = added(folder)

    assert reasons(receipt) == {"empty.txt": "empty"}
    assert receipt.new == 1


def test_bytes_that_are_no_text_are_set_aside(folder: Path) -> None:
    (folder / "noise.txt").write_bytes(bytes(range(256)) * 40)

    assert list(reasons(added(folder))) == ["noise.txt"]


def test_a_text_in_another_encoding_is_read(folder: Path) -> None:
    (folder / "latin.txt").write_bytes((GOOD + "Übermäßig große Häuser für die Müllers in Köln.\n").encode("cp1252"))

    receipt = added(folder)

    assert not receipt.set_aside
    assert receipt.new == 2


def test_three_hundred_megabytes_are_set_aside_without_being_read(folder: Path) -> None:
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(300_000_000)

    assert reasons(added(folder)) == {"huge.txt": "too-large"}


def test_html_nested_a_hundred_thousand_deep_does_not_stop_the_batch(folder: Path) -> None:
    (folder / "deep.html").write_text("<div>" * 100_000 + "text" + "</div>" * 100_000, encoding="utf-8")

    assert added(folder).new >= 1


def test_a_zip_bomb_is_set_aside_and_the_rest_goes_through(folder: Path) -> None:
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.txt", bytes(40_000_000))

    receipt = added(folder)

    assert list(reasons(receipt).values()) == ["archive-limit"]
    assert receipt.new == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read every file")
def test_a_file_that_may_not_be_read_is_set_aside(folder: Path) -> None:
    (folder / "secret.txt").write_text(GOOD, encoding="utf-8")
    (folder / "secret.txt").chmod(0)

    assert reasons(added(folder)) == {"secret.txt": "unreadable"}


def test_the_same_bytes_under_two_names_are_one_report(folder: Path) -> None:
    (folder / "again.txt").write_text(GOOD, encoding="utf-8")

    receipt = added(folder)

    assert (receipt.captured, receipt.new, receipt.unchanged) == (2, 1, 1)


def test_a_date_in_the_year_9999_is_no_error(folder: Path) -> None:
    (folder / "future.txt").write_text(
        "Prophecy\n\n9999-12-31\n\nThe oracle said on December 31, 9999 that the harbour will close in 99999.\n",
        encoding="utf-8",
    )

    assert not added(folder).set_aside


def test_adding_twice_changes_nothing(folder: Path) -> None:
    with situation(folder.parent / "s.db", create=True) as opened:
        opened.add([str(folder)])
        before = opened.store.dump(opened.reader)
        receipt = opened.add([str(folder)])

        assert (receipt.new, receipt.unchanged) == (0, 1)
        assert opened.store.dump(opened.reader) == before


def test_another_text_at_the_same_place_is_a_new_version(folder: Path) -> None:
    with situation(folder.parent / "s.db", create=True) as opened:
        opened.add([str(folder)])
        (folder / "good.txt").write_text(GOOD.replace("300", "400"), encoding="utf-8")
        receipt = opened.add([str(folder)])

        assert (receipt.new, receipt.new_versions) == (0, 1)
        (current,) = opened.store.reports(opened.reader)
        assert "400" in current.text


def test_what_nobody_foresaw_is_set_aside_with_its_name_and_can_be_replayed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("seven")

    with situation(folder.parent / "s.db", create=True) as opened:
        with monkeypatch.context() as patch:
            patch.setattr("watchfloor.flow.made.annotated", broken)
            receipt = opened.add([str(folder)])
        (aside,) = receipt.set_aside
        assert aside.reason == "internal-error"
        assert "ZeroDivisionError: seven" in aside.detail

        assert opened.replay().new == 1
        assert opened.store.asides(opened.reader) == ()


def test_a_correction_taken_back_is_a_version_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with situation(folder.parent / "s.db", create=True) as opened:
        for hour, figure in enumerate(("300", "400", "300")):
            monkeypatch.setenv("WATCHFLOOR_NOW", f"2024-11-01T1{hour}:00:00Z")
            (folder / "good.txt").write_text(GOOD.replace("300", figure), encoding="utf-8")
            receipt = opened.add([str(folder)])

        assert receipt.new_versions == 1
        (current,) = opened.store.reports(opened.reader)
        assert "300" in current.text


def test_what_was_set_aside_is_set_aside_again_when_it_is_added_again(folder: Path) -> None:
    (folder / "noise.txt").write_bytes(bytes(range(256)) * 40)
    with situation(folder.parent / "s.db", create=True) as opened:
        opened.add([str(folder)])
        receipt = opened.add([str(folder)])

        assert receipt.unchanged == 1
        assert [Path(aside.locator).name for aside in receipt.set_aside] == ["noise.txt"]


def test_a_part_that_fails_on_a_kept_report_does_not_stop_what_comes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("boom")

    with situation(folder.parent / "s.db", create=True) as opened:
        opened.add([str(folder)])
        (folder / "second.txt").write_text(GOOD.replace("300", "500"), encoding="utf-8")
        with monkeypatch.context() as patch:
            patch.setattr("watchfloor.flow.pipeline.recipe", lambda *_: "another recipe")
            patch.setattr("watchfloor.flow.made.annotated", broken)
            receipt = opened.add([str(folder)])

        assert receipt.captured == 2
        assert receipt.renewed == 0
        assert len(opened.store.reports(opened.reader)) == 1
