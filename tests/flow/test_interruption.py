"""The crash promise, kept by really killing the process."""

import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

from tests.programs import CLI, Program

from watchfloor.core.marking import Reader
from watchfloor.store.connection import open_store

REPORTS = 80
KILLS = 20
HOME = Reader(name="test", partner=None, clearance="RED")


def add(folder: Path, database: Path, workers: int) -> Program:
    given = ("--db", str(database), "add", str(folder), "--workers", str(workers))
    return Program(CLI, *given, WATCHFLOOR_NOW="2024-11-01T12:00:00Z")


def finished(program: Program) -> int:
    code = program.ended(timeout=240)
    assert code in (0, 3, -signal.SIGKILL), program.complained
    return code


def content(database: Path) -> str:
    with open_store(database, create=False) as store:
        return store.dump(HOME)


def test_killed_at_random_moments_and_run_again_an_add_leaves_what_an_undisturbed_one_leaves(
    tmp_path: Path, generate: Callable[[Path, int], None]
) -> None:
    folder = tmp_path / "reports"
    generate(folder, REPORTS)
    undisturbed, killed = tmp_path / "undisturbed.db", tmp_path / "killed.db"
    assert Program(CLI, "--version").ended() == 0  # what programs are forked from is there
    began = time.monotonic()
    assert finished(add(folder, undisturbed, workers=1)) == 3
    seconds = time.monotonic() - began
    chance = random.Random(20)

    struck = 0
    while struck < KILLS:
        program = add(folder, killed, workers=1 + struck % 2)
        if program.ended(timeout=chance.uniform(0.05, seconds) * 0.9) is None:
            program.kill()
            struck += 1
        if finished(program) != -signal.SIGKILL:
            killed.unlink()  # it was through before the blow: begin again from nothing
            for left in (killed.with_name(killed.name + "-wal"), killed.with_name(killed.name + "-shm")):
                left.unlink(missing_ok=True)
    assert finished(add(folder, killed, workers=2)) == 3

    assert content(killed) == content(undisturbed)
