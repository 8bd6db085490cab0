"""Bulk runs: what two workers gain over one, whether all runs leave the same bytes, and what killing costs.

    python bench/bulk.py [--engine dask] [--pages 700] [--json]

Web archives of made-up pages (bulk_corpus) go through `watchfloor bulk` with two workers, with one, and with two again:
the pace of a machine that others use too drifts over minutes, so what one takes is held against the mean of what two
take before and after. A last run has two workers of which one is killed (SIGKILL) five times; with Dask its scheduler
is killed once too, else the whole command, which is then resumed. All must leave the same files, byte by byte. Five
minutes on two quiet cores.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

import bulk_corpus

COMMAND = "from watchfloor.cli.main import run; run()"
NOW = "2024-11-01T00:00:00Z"  # the same for all runs, so that what they leave can be compared
KILLS = 5
PAGES, WORDS = 1_000_000_000, 500  # what is planned for: CC-NEWS to date
FEW = 60  # pages that are read without anything around, to see what the machine gains by a second process
_DONE = (0, 3)  # exit codes: done, and done with something set aside
_READER = "watchfloor.flow.bulk.child"
_SCHEDULER = "watchfloor.flow.bulk.cluster_process\0scheduler"


class Timed(NamedTuple):
    """One run: its receipt, and seconds of the whole command by the clock."""

    receipt: dict[str, Any]
    seconds: float


def main() -> None:
    """Print the table, or with --json one line; exit with 1 when a run left other files than the first."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--engine", choices=("local", "dask"), default="dask")
    arguments.add_argument("--pages", type=int, default=700)
    arguments.add_argument("--weeks", type=int, default=8)
    arguments.add_argument("--files", type=int, default=4)
    arguments.add_argument("--piece", type=int, default=10)
    arguments.add_argument("--no-kills", action="store_true", help="leave out the run in which workers are killed")
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--reads", type=Path, help=argparse.SUPPRESS)
    arguments.add_argument("--in", dest="folder", type=Path, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.reads is not None:
        read_alone(given.reads, given.folder)
        return
    with tempfile.TemporaryDirectory() as folder:
        found = measured(Path(folder), given)
    if given.json:
        print(json.dumps({name: round(value, 3) for name, value in found.items()}))
    else:
        for name, value in found.items():
            print(f"{name:<34} {value:>12,.3f}")
    if found["same_bytes"] < 1 or found.get("killed_same_bytes", 1) < 1:
        sys.exit("a run left other files than the first")


def measured(folder: Path, given: argparse.Namespace) -> dict[str, float]:
    """Return what there is to say of the runs."""
    archives = bulk_corpus.write(folder / "in", given.pages, given.files, given.weeks)
    options = ("--engine", given.engine, "--piece", str(given.piece))
    before = run(folder, "before", (*options, "--workers", "2"))
    one = run(folder, "one", (*options, "--workers", "1"))
    two = run(folder, "two", (*options, "--workers", "2"))
    took = fmean(each.receipt["seconds"] for each in (before, two))
    reports = one.receipt["reports"]
    limit = ceiling(folder, archives[0])
    found: dict[str, float] = {
        "pages": one.receipt["items"],
        "reports": reports,
        "copies": one.receipt["copies"],
        "megabytes_in": sum(path.stat().st_size for path in archives) / 1e6,
        "kilobytes_per_report": size(folder / "one", work=False) / reports / 1e3,
        "kilobytes_per_report_in_work": size(folder / "one" / "_work", work=True) / reports / 1e3,
        "one_worker_seconds": one.receipt["seconds"],
        "two_workers_seconds": took,
        "two_workers_seconds_before": before.receipt["seconds"],
        "two_workers_seconds_after": two.receipt["seconds"],
        "speed_up": one.receipt["seconds"] / took,
        "speed_up_of_the_command": one.seconds / fmean((before.seconds, two.seconds)),
        "speed_up_of_the_machine": limit,
        "pages_per_second_one": one.receipt["items_per_second"],
        "pages_per_second_two": fmean(each.receipt["items_per_second"] for each in (before, two)),
        "pages_per_cpu_second": one.receipt["items"] / one.receipt["cpu_reading"],
        "words_per_cpu_second": words(folder / "one") / one.receipt["cpu_reading"],
        "words_per_report": words(folder / "one") / reports,
        "reports_per_cpu_second_in_weeks": reports / one.receipt["cpu_weeks"],
        "cpu_reading_of_two_by_one": fmean(each.receipt["cpu_reading"] for each in (before, two))
        / one.receipt["cpu_reading"],
        "same_bytes": float(all(same(folder / "one", folder / each) for each in ("before", "two"))),
    }
    found |= planned(found)
    if not given.no_kills:
        killed, kills = killed_run(folder, options, given.engine, two.seconds)
        found |= {
            "workers_killed": kills,
            "schedulers_found_again": killed.receipt["restarts"],
            "killed_seconds": killed.seconds,
            "killed_same_bytes": float(same(folder / "one", folder / "killed")),
            **compared(folder / "one", folder / "killed"),
        }
    return found


def planned(found: Mapping[str, float]) -> dict[str, float]:
    """Return what a billion pages of 500 words would take at these rates (docs/operations.md)."""
    words = PAGES * WORDS
    per_word = 1e3 / found["words_per_report"] / 1e12
    return {
        "billion_core_hours_reading": words / found["words_per_cpu_second"] / (found["speed_up"] / 2) / 3600,
        "billion_core_hours_weeks": PAGES / found["reports_per_cpu_second_in_weeks"] / 3600,
        "billion_terabytes_parquet": words * found["kilobytes_per_report"] * per_word,
        "billion_terabytes_parts": words * found["kilobytes_per_report_in_work"] * per_word,
    }


def run(folder: Path, to: str, options: Sequence[str]) -> Timed:
    """Do one run and return what it was like."""
    began = time.monotonic()
    with started(folder, to, options) as process:
        out, _ = process.communicate()
    if process.returncode not in _DONE:
        sys.exit(f"the run ended with {process.returncode}")
    return Timed(json.loads(out), time.monotonic() - began)


def started(folder: Path, to: str, options: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Return a run that has begun."""
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, "bulk", "in", "--to", to, "--json", *options],
        cwd=folder,
        env={**os.environ, "WATCHFLOOR_NOW": NOW, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def ceiling(folder: Path, archive: Path) -> float:
    """Return what two processes gain here over one that read the same pages without anything around them."""
    alone = max(reading_seconds(folder, archive, 1))
    return 2 * alone / max(reading_seconds(folder, archive, 2))


def reading_seconds(folder: Path, archive: Path, number: int) -> list[float]:
    """Return the seconds that each of so many processes takes to read some pages while the others do the same."""
    with ExitStack() as open_:
        processes = [
            open_.enter_context(
                subprocess.Popen(
                    [sys.executable, __file__, "--reads", str(archive), "--in", str(folder / f"alone{n}")],
                    env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for n in range(number)
        ]
        for process in processes:
            assert process.stdout is not None
            process.stdout.readline()  # it has loaded what it needs
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        return [float(process.stdout.readline()) for process in processes if process.stdout is not None]


def read_alone(archive: Path, folder: Path) -> None:
    """Load everything, say so, wait to be told, then read some pages and print how many seconds it took."""
    from watchfloor.annotate import engine
    from watchfloor.collect.warc_parts import parts as cut
    from watchfloor.flow import clock
    from watchfloor.flow.bulk import reading
    from watchfloor.flow.bulk.work import Header, Read
    from watchfloor.flow.parts import parts

    engine.use_threads(1)
    chosen, ends = parts(), [end for _, end in cut(archive, FEW)]
    header = Header(
        base=".", folder=str(folder), now=clock.now(), recipe="alone", made_with="", keeps_bytes=False, dataset="."
    )
    last = (ends[-2] if len(ends) > 1 else 0, ends[-1])
    reading.read(Read(id="piece_first", files=(str(archive),), part=last), header, chosen, lambda _number: None)
    print("ready", flush=True)
    sys.stdin.readline()
    began = time.monotonic()
    reading.read(Read(id="piece_some", files=(str(archive),), part=(0, ends[0])), header, chosen, lambda _number: None)
    print(time.monotonic() - began, flush=True)


def killed_run(folder: Path, options: Sequence[str], engine: str, seconds: float) -> tuple[Timed, int]:
    """Do a run whose workers are killed again and again; return it, and how many were killed."""
    began, kills, ended = time.monotonic(), 0, False
    options = (*options, "--workers", "2")
    process = started(folder, "killed", options)
    pause = seconds / (KILLS + 4)
    while process.poll() is None:
        time.sleep(pause)
        if kills == KILLS // 2 and not ended:
            ended = True
            if engine == "dask":
                kill([pid for pid, told in below(process.pid) if _SCHEDULER in told][:1])
            else:
                process.kill()
                process.wait()
                process = started(folder, "killed", (*options, "--resume"))
        elif kills < KILLS:
            readers = [pid for pid, told in below(process.pid) if _READER in told]
            # of a Dask cluster the worker that holds a reader, which ends with it
            with suppress(FileNotFoundError):  # it has just ended by itself
                kills += kill([parent(pid) if engine == "dask" else pid for pid in readers[kills % 2 :][:1]])
    out, _ = process.communicate()
    if process.returncode not in _DONE:
        sys.exit(f"the run ended with {process.returncode}")
    return Timed(json.loads(out), time.monotonic() - began), kills


def kill(pids: Sequence[int]) -> int:
    """Kill processes that this bench started, and return how many there still were."""
    killed = 0
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            killed += 1
    return killed


def below(top: int) -> Iterator[tuple[int, str]]:
    """Yield the processes below one, with their command lines."""
    for path in Path("/proc").glob(f"{top}/task/*/children"):
        for pid in map(int, path.read_text(encoding="ascii").split()):
            try:
                yield pid, Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            yield from below(pid)


def parent(pid: int) -> int:
    """Return the process that started one."""
    return int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])


def files(folder: Path) -> dict[str, bytes]:
    """Return what a run left, by name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*.parquet")
        if "_work" not in path.parts
    }


def same(left: Path, right: Path) -> bool:
    """Return whether two runs left the same files, byte by byte."""
    return files(left) == files(right)


def size(folder: Path, *, work: bool) -> int:
    """Return the bytes of the files in a folder, with or without the run's own."""
    return sum(
        path.stat().st_size for path in folder.rglob("*") if path.is_file() and (work or "_work" not in path.parts)
    )


def compared(left: Path, right: Path) -> dict[str, float]:
    """Return how many reports of the first are not in the second, how many are there twice, and how many are new."""
    first, second = (Counter(ids(folder)) for folder in (left, right))
    return {
        "lost": len(first.keys() - second.keys()),
        "doubled": sum(count - 1 for count in second.values()),
        "not_in_the_first": len(second.keys() - first.keys()),
    }


def ids(folder: Path) -> Iterator[str]:
    """Yield the ids of the reports that a run left."""
    yield from column(folder, "id")


def words(folder: Path) -> int:
    """Return how many words the texts of all reports have together."""
    return sum(len(text.split()) for text in column(folder, "text"))


def column(folder: Path, name: str) -> list[str]:
    """Return one column of the reports that a run left."""
    import polars

    return list(polars.read_parquet(folder / "reports" / "**" / "*.parquet", columns=[name])[name])


if __name__ == "__main__":
    main()
