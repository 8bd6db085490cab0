"""The sample situation is watched by its commands, from the file to the acknowledged alert."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from watchfloor.cli.main import app
from watchfloor.core.errors import WatchfloorError
from watchfloor.flow.acting import COMMAND, PRESENTED, Presented
from watchfloor.flow.sample import reports

Typed = Callable[..., str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("watch")


@pytest.fixture(scope="module")
def typed(folder: Path) -> Iterator[Typed]:
    """Type a command in one folder with the sample situation; give what it printed, or said of an error."""
    before, patch = Path.cwd(), pytest.MonkeyPatch()
    os.chdir(folder)
    patch.setenv("WATCHFLOOR_NOW", "2024-11-01T12:00:00Z")

    def run(*words: str, code: int = 0) -> str:
        PRESENTED.set(Presented())
        done = CliRunner().invoke(app, list(words))
        if done.exception is not None and not isinstance(done.exception, SystemExit | WatchfloorError):
            raise done.exception
        assert done.exit_code == code, done.output
        return done.output + (str(done.exception) if isinstance(done.exception, WatchfloorError) else "")

    run("add", str(reports()), code=3)
    run("watch", "init", "--sample")
    run("watch", "run", "--since", "2024-10-17")
    yield run
    os.chdir(before)
    patch.undo()
    PRESENTED.set(Presented())
    COMMAND.set(None)


def test_the_sample_file_is_right_and_says_when_it_would_have_fired(typed: Typed) -> None:
    assert "8 indicators, 6 measures" in typed("watch", "check")
    fired = json.loads(typed("watch", "test", "--since", "2024-10-18", "--until", "2024-11-01", "--json"))
    seen = {(one["day"], one["alert"]["indicator"]) for one in fired}

    assert ("2024-10-18", "more-than-10000") in seen
    assert ("2024-10-29", "soldiers-counted") in seen
    assert ("2024-10-28", "at-the-front") in seen
    assert all(one["alert"]["sentence"] and one["alert"]["not_before"] for one in fired)


def test_a_file_to_begin_with_is_taken_from_what_the_reports_say_and_nothing_is_overwritten(
    typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHFLOOR_DB", str(Path("watchfloor.db").resolve()))
    monkeypatch.chdir(tmp_path)

    typed("watch", "init")
    made = Path("watch.toml").read_text(encoding="utf-8")

    assert "Taken from the figures" in made
    assert '"troop"]' in made
    assert "is right: " in typed("watch", "check")
    assert json.loads(typed("watch", "test", "--since", "2024-10-18", "--until", "2024-11-01", "--json"))
    assert "nothing was changed" in typed("watch", "init", code=1)
    assert Path("watch.toml").read_text(encoding="utf-8") == made


def test_without_a_database_the_file_to_begin_with_is_general_and_none_is_made(
    typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    typed("watch", "init")

    assert "There were no reports yet" in Path("watch.toml").read_text(encoding="utf-8")
    assert "is right: 4 indicators, 1 measure" in typed("watch", "check")
    assert not Path("watchfloor.db").exists()


def test_alerts_are_kept_once_shown_acknowledged_and_move_the_ladder(typed: Typed) -> None:
    assert typed("watch", "run").startswith("no new alerts")
    listed = json.loads(typed("watch", "alerts", "--json"))
    assert len(listed) > 5

    id = listed[0]["alert"]["id"]
    typed("watch", "ack", id, "--note", "seen")
    assert "acknowledged by" in typed("watch", "show", id)
    assert id not in typed("watch", "alerts")
    assert "agreed" in typed("watch", "measure", "set", "consult", "agreed", "--because", "Two origins now")
    assert "consult: agreed" in typed("watch", "ladder")
    assert "taken back" in typed("watch", "measure", "undo", "consult")
    assert "soldiers-counted" in typed("watch", "list")


def test_a_file_that_is_wrong_is_told_line_by_line(typed: Typed, tmp_path: Path) -> None:
    wrong = tmp_path / "other.toml"
    wrong.write_text('[[indicator]]\nid = "a"\ntitle = "A"\nover = "claim"\nwhen = "first seen"\nwords = ["x"]\n')

    assert json.loads(typed("watch", "check", str(wrong), "--json", code=3))["problems"][0]["line"] == 4
    assert "line 4" in typed("watch", "check", str(wrong), code=3)


def test_a_measure_that_is_not_there_and_a_status_that_is_none_are_refused(typed: Typed) -> None:
    assert "there is no measure" in typed("watch", "measure", "set", "x", "agreed", "--because", "y", code=1)
    assert "is no status" in typed("watch", "measure", "set", "consult", "done", "--because", "y", code=2)


def test_the_alerts_are_written_as_a_feed(typed: Typed, tmp_path: Path) -> None:
    typed("watch", "atom", "-o", str(tmp_path / "all.xml"))
    typed("watch", "atom", "-o", str(tmp_path / "green.xml"), "--tlp", "GREEN")

    assert "<entry>" in (tmp_path / "all.xml").read_text()
    assert "<entry>" not in (tmp_path / "green.xml").read_text()
