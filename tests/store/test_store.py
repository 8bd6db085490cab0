import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

from watchfloor.core.marking import Reader
from watchfloor.store.store import Store

READ_ON = """
import sys
from watchfloor.core.marking import Reader
from watchfloor.store.connection import open_store
home = Reader(name="us", partner=None, clearance="RED")
while True:
    with open_store(sys.argv[1], create=False) as store:
        counts, found = store.counts(home), store.search(home, "troops", limit=0)
        assert counts["captures"] == counts["reported"] + counts["pending"], counts
        if found.total == 100:
            break
"""


def test_threads_read_on_while_one_writes(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    done = Event()

    def read_on() -> int:
        reads = 0
        while not done.is_set():
            counts = store.counts(home)
            assert counts["captures"] == counts["reported"] + counts["pending"]
            assert store.search(home, "troops").total <= 100
            reads += 1
        return reads

    with ThreadPoolExecutor(4) as readers:
        reading = [readers.submit(read_on) for _ in range(4)]
        try:
            for n in range(100):
                keep(store, item(f"Troops {n}.", locator=str(n)))
        finally:
            done.set()

    assert all(future.result() > 0 for future in reading)


def test_processes_read_on_while_one_writes(store: Store, item: Callable[..., Any], keep: Callable[..., str]) -> None:
    readers = [subprocess.Popen([sys.executable, "-c", READ_ON, store.name]) for _ in range(2)]
    try:
        for n in range(100):
            keep(store, item(f"Troops {n}.", locator=str(n)))
        assert [reader.wait(60) for reader in readers] == [0, 0]
    finally:
        for reader in readers:
            reader.kill()
            reader.wait()


def test_two_writers_wait_for_each_other(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader
) -> None:
    with ThreadPoolExecutor(4) as writers:
        done = list(writers.map(lambda n: keep(store, item(f"Troops {n}.", locator=str(n))), range(80)))

    assert done == ["new"] * 80
    assert store.counts(home)["reports"] == 80


def test_what_is_kept_while_pending_is_read_is_not_given_twice(
    store: Store, item: Callable[..., Any], home: Reader
) -> None:
    made = {item(f"Text {n}.", locator=str(n))[0].id: item(f"Text {n}.", locator=str(n)) for n in range(150)}
    store.keep_captures(capture for capture, _, _ in made.values())

    outcomes = []
    for capture in store.pending(home):
        _, report, annotations = made[capture.id]
        outcomes.append(store.keep_report(report, annotations, "1"))

    assert outcomes == ["new"] * 150
    assert list(store.pending(home)) == []


def test_closing_twice_is_no_error(store: Store) -> None:
    store.close()
    store.close()
