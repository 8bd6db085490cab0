"""Processes that are really killed: readers, Dask workers, a scheduler, and the whole command."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.flow.bulk.runs import QUICK, Here, archives, header, left, run

from watchfloor import __version__
from watchfloor.core.errors import ConfigError
from watchfloor.flow.bulk.hands import Hands
from watchfloor.flow.bulk.local import LocalWorkers
from watchfloor.flow.bulk.manifest import opened
from watchfloor.flow.bulk.run import Run
from watchfloor.flow.bulk.work import Header, Part, Read
from watchfloor.flow.parts import parts, recipe

KILLER = """
import os, signal

def annotate(report, found):
    if "the fatal word" in report.text:
        os.kill(os.getpid(), signal.SIGKILL)
    return iter(())
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archives(tmp_path_factory.mktemp("input"))


def honest(folder: Path, dataset: Path, names: tuple[str, ...] = QUICK) -> Header:
    """Return what holds for a run whose readers are processes of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    return header(folder, dataset, recipe=recipe(parts(names), __version__), parts=names)


@pytest.fixture
def killer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A stranger's annotator that kills whoever reads a certain word."""
    (tmp_path / "killer.py").write_text(KILLER)
    (tmp_path / "killer-1.dist-info").mkdir()
    (tmp_path / "killer-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: killer\nVersion: 1\n")
    (tmp_path / "killer-1.dist-info" / "entry_points.txt").write_text(
        "[watchfloor.annotate]\nkiller = killer:annotate\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    yield "killer"
    sys.modules.pop("killer", None)


def test_a_report_that_kills_its_reader_thrice_is_set_aside_and_the_others_are_not(killer: str, tmp_path: Path) -> None:
    texts = ("Ships wait outside the harbour.", "Here stands the fatal word.", "The council met on Monday.")
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.txt").write_text(f"Harbour news {number}\n\n{text}\n")
    hands = Hands(honest(tmp_path / "work", tmp_path / "data", (killer,)))
    try:
        outcome = hands.do(Read(id="piece_aa", files=tuple(str(tmp_path / f"{n}.txt") for n in range(3))))
    finally:
        hands.end()

    assert isinstance(outcome, Part)
    assert (outcome.reports, outcome.reasons) == (2, {"poison": 1})


def test_a_killed_reader_is_begun_again(pages: Path, tmp_path: Path) -> None:
    run(pages, tmp_path / "whole")
    to = tmp_path / "data"
    with opened(to / "_work", honest(to / "_work", to), resume=False) as manifest:
        workers = LocalWorkers(manifest.header, 1)
        killed: list[int] = []

        def tell(_progress: object) -> None:
            pid = workers.hands[0].pid
            if manifest.parts and not killed and pid is not None:
                killed.append(pid)
                os.kill(pid, signal.SIGKILL)

        try:
            Run(manifest, workers, None, tell).run([str(pages)], 5, [])
        finally:
            workers.close()

    assert killed
    assert left(to) == left(tmp_path / "whole")


def test_a_reader_that_reads_in_another_way_takes_no_part(tmp_path: Path) -> None:
    hands = Hands(header(tmp_path, tmp_path, recipe="another"))

    with pytest.raises(ConfigError, match="expected another"):
        hands.do(Read(id="piece_aa", files=("a.txt",)))
    hands.end()


def test_a_killed_command_goes_on_where_it_was(pages: Path, tmp_path: Path) -> None:
    run(pages, tmp_path / "whole")
    (tmp_path / "watchfloor.toml").write_text(f"parts = {list(QUICK)}\n")
    to = tmp_path / "data"
    command = "from watchfloor.cli.main import run; run()"
    arguments = ["bulk", str(pages), "--to", str(to), "--workers", "1", "--piece", "2"]
    with subprocess.Popen(
        [sys.executable, "-c", command, *arguments],
        cwd=tmp_path,
        env={**os.environ, "WATCHFLOOR_NOW": "2024-11-01T00:00:00Z", "PYTHONPATH": os.pathsep.join(sys.path)},
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stderr is not None
        assert any(line.startswith(b"reading: ") for line in process.stderr)
        process.kill()

    with opened(to / "_work", honest(to / "_work", to), resume=True) as manifest:
        done = set(manifest.parts)
        workers = Here(manifest.header)
        Run(manifest, workers, None, lambda _progress: None).run([str(pages)], 2, [])

    assert done
    assert done.isdisjoint(workers.read)
    found, expected = left(to), left(tmp_path / "whole")
    assert {n: b for n, b in found.items() if "asides" not in n} == {
        n: b for n, b in expected.items() if "asides" not in n
    }


def test_a_cluster_that_loses_its_scheduler_gives_the_same(pages: Path, tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="comes with the extra dask")
    from watchfloor.flow.bulk.on_dask import DaskWorkers

    run(pages, tmp_path / "whole")
    to = tmp_path / "data"
    with opened(to / "_work", honest(to / "_work", to), resume=False) as manifest:
        workers = DaskWorkers(manifest.header, None, 1)
        assert workers.own is not None
        killed: list[int] = []

        def tell(_progress: object) -> None:
            if manifest.parts and not killed and workers.own is not None:
                killed.append(workers.own.pids[0])
                os.kill(killed[0], signal.SIGKILL)

        try:
            receipt = Run(manifest, workers, None, tell).run([str(pages)], 5, [])
        finally:
            workers.close()

    assert (len(killed), receipt.restarts) == (1, 1)
    assert left(to) == left(tmp_path / "whole")
