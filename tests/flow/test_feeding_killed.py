"""The promise that no page is lost or doubled, kept by really killing the process."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from watchfloor.core.marking import Reader
from watchfloor.store.connection import open_store

HOME = Reader(name="us", partner=None, clearance="RED")
KILLS = [(0, "fetched"), (1, "fetched"), (2, "recorded"), (3, "fetched"), (4, "recorded")]


def run(database: Path, fetches: int = 0, moment: str = "never") -> int:
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("feed_run.py")), str(database), str(fetches), moment],
        env={**os.environ, "WATCHFLOOR_NOW": "2024-11-01T12:00:00Z"},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr.decode()
    return done.returncode


def content(database: Path) -> tuple[list[str], dict[str, int], dict[str, int]]:
    with open_store(database, create=False) as store:
        return [report.id for report in store.reports(HOME)], store.counts(HOME), store.count_awaited(HOME)


def test_killed_again_and_again_a_run_of_feeds_leaves_what_an_undisturbed_one_leaves(tmp_path: Path) -> None:
    undisturbed, killed = tmp_path / "undisturbed.db", tmp_path / "killed.db"
    assert run(undisturbed) == 0

    for fetches, moment in KILLS:
        assert run(killed, fetches, moment) == -signal.SIGKILL
    assert run(killed) == 0

    assert content(killed) == content(undisturbed)
    assert content(killed)[1]["captures"] == 10
    assert content(killed)[2] == {}
