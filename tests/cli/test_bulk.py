import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from watchfloor.cli.bulk import in_words
from watchfloor.cli.main import app
from watchfloor.core.errors import ConfigError
from watchfloor.flow.bulk.progress import Pace, Progress


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with two reports, where annotators are used that need no network."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "watchfloor.toml").write_text('parts = ["times", "quantities"]\n')
    (tmp_path / "in").mkdir()
    for number in range(2):
        text = f"Harbour news {number}\n\nThe council counted {number + 40} soldiers on Monday.\n"
        (tmp_path / "in" / f"{number}.txt").write_text(text)
    return tmp_path


def test_a_folder_goes_into_a_database(folder: Path) -> None:
    done = CliRunner().invoke(app, ["bulk", "in", "--to", "situation.db", "--workers", "1", "--json"])
    status = CliRunner().invoke(app, ["--db", "situation.db", "status", "--json"])

    receipt = json.loads(done.stdout)
    assert (done.exit_code, receipt["new"], receipt["set_aside"]) == (0, 2, 0)
    assert json.loads(status.stdout)["counts"]["reports"] == 2


def test_a_scheduler_without_dask_is_refused(folder: Path) -> None:
    done = CliRunner().invoke(app, ["bulk", "in", "--to", "data", "--scheduler", "tcp://127.0.0.1:1"])

    assert isinstance(done.exception, ConfigError)
    assert "--engine dask" in str(done.exception)


def test_without_the_extra_it_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "arro3.io", None)

    done = CliRunner().invoke(app, ["bulk", "in", "--to", "data"])

    assert str(done.exception) == "arro3-io is not installed; pip install 'watchfloor[dask]'"
    assert not (folder / "data").exists()


def test_progress_says_the_rate_and_the_time_that_is_left() -> None:
    progress = Progress(
        phase="reading", done=3, total=12, where="a.warc.gz@0-9", items=600, per_second=24.5, left=4000.0
    )

    assert in_words(progress) == (
        "reading: 3 of 12 done, 600 pages, 24.5 a second, 1 h 06 min left, now at a.warc.gz@0-9"
    )


def test_no_time_is_said_before_anything_is_done() -> None:
    assert Pace(5).at("reading", 0, "").left is None
