"""A paragraph is read once: what was read for one report serves the next, also in another run."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from watchfloor.annotate import engine, reading
from watchfloor.annotate.engine import Engine, Scores
from watchfloor.core.report import Report
from watchfloor.flow import made
from watchfloor.flow.parts import Part
from watchfloor.flow.records import plain_report
from watchfloor.flow.situation import situation

PARAGRAPH = "The harbour minister said on Monday that around 300 troops had arrived in the old town of Port Lund."
OTHER = "Nobody at the ministry wanted to say where the ships had come from or when they would leave again."


class Counting(Engine):
    """The engine, and what it was shown."""

    def __init__(self) -> None:
        super().__init__(engine._model(), 1)
        self.shown: list[str] = []

    def run(self, forms: Sequence[str]) -> Scores:
        self.shown.append(" ".join(forms))
        return super().run(forms)


@pytest.fixture(scope="module")
def loaded() -> Counting:
    return Counting()


@pytest.fixture
def counting(loaded: Counting, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counting]:
    """The engine that every part uses from now on, in a process that has read nothing yet."""
    monkeypatch.setattr("watchfloor.annotate.reading.engine", lambda: loaded)
    reading.forget()
    loaded.shown.clear()
    yield loaded
    reading.forget()


def report(folder: Path, name: str, *paragraphs: str) -> str:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.txt"
    text = "\n\n".join([f"Harbour news, {name}", "By Ann Lee", "2024-10-21", *paragraphs, ""])
    path.write_text(text, encoding="utf-8")
    return str(path)


def add(database: Path, *files: str) -> None:
    with situation(database, create=True) as opened:
        assert not opened.add(files).set_aside
    reading.forget()  # as the process that ran this ends


def kept(database: Path) -> dict[str, tuple[str, bytes]]:
    with sqlite3.connect(database) as raw:
        rows = raw.execute("SELECT key, version, body FROM readings").fetchall()
    raw.close()
    return {key: (version, body) for key, version, body in rows}


def key(paragraph: str) -> str:
    (found,) = reading.keys(plain_report(paragraph))
    return found


def times(counting: Counting, paragraph: str) -> int:
    return sum(paragraph.removesuffix(".") in shown for shown in counting.shown)


def test_a_paragraph_printed_again_is_not_read_again_in_another_run(counting: Counting, tmp_path: Path) -> None:
    add(tmp_path / "a.db", report(tmp_path / "in", "one", PARAGRAPH))
    assert times(counting, PARAGRAPH) == 1

    add(tmp_path / "a.db", report(tmp_path / "in", "two", PARAGRAPH, OTHER))

    assert (times(counting, PARAGRAPH), times(counting, OTHER)) == (1, 1)


def test_a_damaged_reading_is_made_anew_and_mended(counting: Counting, tmp_path: Path) -> None:
    add(tmp_path / "a.db", report(tmp_path / "in", "one", PARAGRAPH))
    before = kept(tmp_path / "a.db")
    with sqlite3.connect(tmp_path / "a.db") as raw:
        raw.execute("UPDATE readings SET body = X'00'")
    raw.close()

    add(tmp_path / "a.db", report(tmp_path / "in", "two", PARAGRAPH))

    assert times(counting, PARAGRAPH) == 2
    assert kept(tmp_path / "a.db")[key(PARAGRAPH)] == before[key(PARAGRAPH)]


def test_annotating_anew_by_another_recipe_uses_the_kept_readings(
    counting: Counting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = report(tmp_path / "in", "one", PARAGRAPH)
    add(tmp_path / "a.db", file)
    counting.shown.clear()
    monkeypatch.setattr("watchfloor.flow.pipeline.recipe", lambda *_: "another recipe")

    add(tmp_path / "a.db", file)

    assert counting.shown == []


def test_another_version_of_the_annotator_takes_the_place_of_the_one_before(
    counting: Counting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(tmp_path / "a.db", report(tmp_path / "in", "one", PARAGRAPH))
    monkeypatch.setattr(reading, "FORM", reading.FORM + 1)

    add(tmp_path / "a.db", report(tmp_path / "in", "two", OTHER))

    assert {version for version, _ in kept(tmp_path / "a.db").values()} == {reading.version()}
    assert times(counting, OTHER) == 1


def test_a_run_that_breaks_off_keeps_the_readings_of_the_reports_that_it_kept(
    counting: Counting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [report(tmp_path / "in", "one", PARAGRAPH), report(tmp_path / "in", "two", OTHER)]
    add(tmp_path / "undisturbed.db", *files)
    counting.shown.clear()
    done = made.annotated

    def struck(given: Report, parts: Sequence[Part]) -> object:
        found = done(given, parts)
        if OTHER in given.text:
            raise KeyboardInterrupt
        return found

    with monkeypatch.context() as patch:
        patch.setattr(made, "annotated", struck)
        with pytest.raises(KeyboardInterrupt):
            add(tmp_path / "a.db", *files)
    reading.forget()
    add(tmp_path / "a.db", *files)

    assert (times(counting, PARAGRAPH), times(counting, OTHER)) == (1, 2)
    assert kept(tmp_path / "a.db") == kept(tmp_path / "undisturbed.db")
