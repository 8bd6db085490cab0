"""The promise that no page is lost or doubled, kept by really killing the process."""

import signal
from pathlib import Path

from tests.programs import Program

from watchfloor.core.marking import Reader
from watchfloor.store.connection import open_store

RUN = Path(__file__).with_name("feed_run.py")
HOME = Reader(name="us", partner=None, clearance="RED")
KILLS = [(0, "fetched"), (1, "fetched"), (2, "recorded"), (3, "fetched"), (4, "recorded")]


def run(database: Path, fetches: int = 0, moment: str = "never") -> int:
    words = (str(database), str(fetches), moment)
    program = Program(RUN, *words, WATCHFLOOR_NOW="2024-11-01T12:00:00Z")
    code = program.ended()
    assert code in (0, -signal.SIGKILL), program.complained
    return code


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
