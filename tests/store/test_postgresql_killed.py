"""The server, all of it at once, or the writer is killed while reports are written: nothing acknowledged is lost."""

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from watchfloor.core.errors import StoreError
from watchfloor.core.marking import Reader
from watchfloor.store.connection import open_store

pytestmark = pytest.mark.postgresql

WRITER = Path(__file__).with_name("crash_writer.py")
ACKNOWLEDGED = 114  # lines that an undisturbed writer prints


def run(address: str) -> None:
    subprocess.run([sys.executable, WRITER, address], check=True, stdout=subprocess.DEVNULL)


def run_and_kill(server: Any, address: str, after: int, what: str) -> list[str]:
    """Kill the server or the writer as soon as so many writes are acknowledged; return those that were by then."""
    with subprocess.Popen(
        [sys.executable, WRITER, address], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as writer:
        assert writer.stdout is not None
        said = [line for _, line in zip(range(after), writer.stdout, strict=False)]
        if what == "server":
            server.kill()
        writer.kill()
        said += writer.stdout.readlines()
    if what == "server":
        server.start()
    return [line.strip() for line in said if line.endswith("\n")]


@pytest.fixture(scope="module")
def undisturbed(safe_server: Any, home: Reader) -> str:
    address = safe_server.make()
    run(address)
    with open_store(address, create=False) as store:
        assert store.counts(home) | {"captures": 60, "reported": 54, "set_aside": 6} == store.counts(home)
        return store.dump(home)


@pytest.mark.parametrize(("seed", "what"), [(0, "server"), (1, "writer"), (2, "server")])
def test_a_killed_run_loses_nothing_acknowledged_and_the_next_run_finishes_it(
    safe_server: Any, home: Reader, undisturbed: str, seed: int, what: str
) -> None:
    address = safe_server.make()

    acknowledged = run_and_kill(safe_server, address, random.Random(seed).randrange(1, ACKNOWLEDGED), what)
    with open_store(address, create=True) as store:
        dump = store.dump(home)
        assert acknowledged
        assert all(id in dump for id in acknowledged)
        assert store.check(home) == ()

    run(address)
    with open_store(address, create=False) as store:
        assert store.dump(home) == undisturbed
        assert store.search(home, "파병", limit=0).total == store.counts(home)["reports"]


def test_a_store_that_was_open_goes_on_when_its_server_is_back(
    safe_server: Any, home: Reader, item: Callable[..., Any], keep: Callable[..., str]
) -> None:
    with open_store(safe_server.make(), create=True, wait=0.1) as store:
        keep(store, item("Troops."))
        safe_server.kill()
        try:
            with pytest.raises(StoreError, match="cannot be reached"):
                store.counts(home)
        finally:
            safe_server.start()

        assert keep(store, item("Ships.", locator="b")) == "new"
        assert store.counts(home)["reports"] == 2


def test_who_was_killed_while_writing_holds_up_nobody(safe_server: Any, home: Reader, item: Callable[..., Any]) -> None:
    address = safe_server.make()
    open_store(address, create=True).close()
    code = (
        "import sys; from watchfloor.store.connection import open_store; "
        "store = open_store(sys.argv[1], create=False); writing = store._transaction(writes=True); "
        "writing.__enter__().exec_driver_sql('DELETE FROM captures'); print(flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, address], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        with (
            open_store(address, create=False, wait=0.05) as store,
            pytest.raises(StoreError, match="locked by another"),
        ):
            store.keep_capture(item("Troops.")[0])
        writer.kill()

    with open_store(address, create=False) as store:
        assert store.keep_capture(item("Troops.")[0]) == "new"
