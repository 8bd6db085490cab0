import random
import subprocess
import sys
from pathlib import Path

import pytest

from watchfloor.core.marking import Reader
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store

WRITER = Path(__file__).with_name("crash_writer.py")
ACKNOWLEDGED = 120  # lines that an undisturbed writer prints: sixty captures, sixty reports and asides


def run(path: Path) -> None:
    subprocess.run([sys.executable, WRITER, path], check=True, stdout=subprocess.DEVNULL)


def run_and_kill(path: Path, after: int) -> list[str]:
    """Kill the writer as soon as it has acknowledged so many writes; return what it had acknowledged by then."""
    with subprocess.Popen([sys.executable, WRITER, path], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        said = [line for _, line in zip(range(after), writer.stdout, strict=False)]
        writer.kill()
        said += writer.stdout.readlines()
    return [line.strip() for line in said if line.endswith("\n")]


def without_reading(store: Store, home: Reader) -> set[str]:
    """Return the reports whose reading, kept in the same transaction, is not there."""
    reports = {report.id for report in store.reports(home, current_only=False)}
    return reports - set(store.readings(home, "1", reports))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, home: Reader) -> str:
    path = tmp_path_factory.mktemp("undisturbed") / "a.db"
    run(path)
    with open_store(path, create=False) as store:
        assert store.counts(home) | {"captures": 60, "reported": 54, "set_aside": 6} == store.counts(home)
        return store.dump(home)


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_run_loses_nothing_acknowledged_and_the_next_run_finishes_it(
    tmp_path: Path, home: Reader, undisturbed: str, seed: int
) -> None:
    chance = random.Random(seed)
    path = tmp_path / "a.db"

    acknowledged: set[str] = set()
    for _ in range(2):
        acknowledged |= set(run_and_kill(path, chance.randrange(ACKNOWLEDGED)))
        if path.exists():
            with open_store(path, create=True) as store:
                assert all(id in store.dump(home) for id in acknowledged)
                assert without_reading(store, home) == set()

    run(path)
    with open_store(path, create=False) as store:
        assert store.dump(home) == undisturbed
        assert store.search(home, "파병", limit=0).total == store.counts(home)["reports"]
        assert without_reading(store, home) == set()
    run(path)
    with open_store(path, create=False) as store:
        assert store.dump(home) == undisturbed
