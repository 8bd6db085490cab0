"""Speed of the whole path, HTML in, facts in SQLite: reports a second of each room and of the whole, memory, bytes.

    python bench/speed.py [--pages 120] [--rounds 3] [--data DIR] [--peers PYTHON] [--json]

The pages are made up (`made_pages`: 500 words each, 105 kB of HTML, 4 to 5 paragraphs in 100 printed before); with the
gold data beside the checkout a second line tells of real English pages of 300 to 800 words, as long as they are.

rooms: one process, CPU seconds, each room in turn for each page. collect reads the file and tells what it is; clean and
resolve are what their names say; annotate is told part by part, the network first; store is two transactions, bytes and
report. copies and stories are found when a picture is asked for, not when a report is added: they are told beside.
whole: `watchfloor add FOLDER` as a person runs it, by the wall, after the model is loaded: one process on one core,
then two reading processes and the one that writes on two cores, in turns, each three times. The best round is told, as
a machine that others use too is never too fast, and the middle one and the slowest beside it. CPU a report includes
every process; two_whole_cores is what two cores without other people's load give by it, two_of_one is of the middle
rounds.
memory: the most that each process ever had resident (VmHWM), all processes added up, pages that they share counted in
each. bytes: pages in use of the database's file, less the bytes captured as they lie packed (`data`) and less the text
of the reports in UTF-8: what is said of the reports, indexes, copies' fingerprints, the words' index. The readings of
paragraphs are told beside: they are a cache that has at most 250,000 rows, 60 MB, however many reports there are.

Peers run in the same minutes on the same pages or texts: trafilatura here; with --peers the spaCy and rensa of another
environment (a network trained for English where there is one, else one of its size that has learnt nothing).
Floors hold on a slower or busier machine: rates are told against trafilatura's, in CPU seconds of the same run.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from statistics import median

import board
import made_pages
from watchfloor.annotate import reading
from watchfloor.clean.reports import clean
from watchfloor.collect.files import collect
from watchfloor.core.annotation import Annotation
from watchfloor.core.capture import Capture
from watchfloor.core.marking import Reader
from watchfloor.core.report import Report
from watchfloor.flow.configuration import Configuration
from watchfloor.flow.copying import Copying, fingerprinted
from watchfloor.flow.made import readable
from watchfloor.flow.memory import printed, recall
from watchfloor.flow.parts import parts
from watchfloor.flow.readings import fresh
from watchfloor.flow.readings import recall as recall_readings
from watchfloor.flow.situation import Situation
from watchfloor.fuse.stories import Stream
from watchfloor.fuse.story_decisions import Decisions
from watchfloor.resolve import within
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store

HOME = Reader(name="bench", partner=None, clearance="RED")
NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)
PAGES = 120
ROUNDS = 3  # of the whole
WARM = 24  # pages at the beginning that are not timed: the model is loaded, caches fill
MOST_BYTES, MOST_MEMORY = 12_000, 1_500_000_000  # wanted at most
REAL = ("scrapinghub", "naeb", "fundus_eval")  # sets with English pages
REAL_WORDS = (300, 800)
TICKS = os.sysconf("SC_CLK_TCK")

Figures = dict[str, float]


def main() -> None:
    """Measure and print a table, or with --json one line."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--pages", type=int, default=PAGES)
    arguments.add_argument(
        "--data", type=Path, default=board.ROOT.parent / "shared" / "bench", help="gold data, for real pages"
    )
    arguments.add_argument("--rounds", type=int, default=ROUNDS, help="of the whole, on one core and on two in turns")
    arguments.add_argument("--peers", type=Path, help="an interpreter that has spaCy and rensa")
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--whole", nargs=2, metavar=("FOLDER", "WORKERS"), help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.whole:
        print(json.dumps(whole(Path(given.whole[0]), int(given.whole[1]))))
        return
    found: dict[str, Figures] = {"made": measure(given.pages, _made(given.pages + WARM), given)}
    real = list(_real(given.data)) if given.data.is_dir() else []
    if real:
        found["real"] = measure(min(given.pages, len(real) - WARM), real, given)
    if given.json:
        flat = {
            f"{kind}_{name}" if kind != "made" else name: value
            for kind, some in found.items()
            for name, value in some.items()
        }
        print(json.dumps({name: round(value, 4) for name, value in flat.items()}))
        return
    python = f"Python {platform.python_version()} of {sysconfig.get_config_var('BINDIR')}"
    print(f"load of the machine: {os.getloadavg()[0]:.1f}; {python}\n")
    print(f"{'':<34}" + "".join(f"{kind + ' pages':>14}" for kind in found))
    for name in dict.fromkeys(name for some in found.values() for name in some):
        print(
            f"{name:<34}"
            + "".join(f"{some[name]:>14,.2f}" if name in some else f"{'-':>14}" for some in found.values())
        )
    if "spacy_cnn_per_cpu_s" not in found["made"]:
        print("(no spaCy: --peers PYTHON names an environment that has it, and rensa)")


def measure(pages: int, captures: Iterable[Capture], given: argparse.Namespace) -> Figures:
    """Return every figure of some pages, the first WARM of which only warm up."""
    some = [one for one, _ in zip(captures, range(pages + WARM), strict=False)]
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder) / "pages"
        there.mkdir()
        for number, one in enumerate(some):
            (there / f"{number:06d}.html").write_bytes(one.data)
        found = rooms(some, there, Path(folder) / "rooms.db")
        found |= _run(there, given.rounds)
    found |= beside([one.data for one in some[WARM:]])
    texts = [report.text for report in _reports.pop()]
    found["words"] = sum(len(text.split()) for text in texts) / len(texts)
    if given.peers is not None:
        found |= _peers(given.peers, texts)
    found["speed_of_trafilatura"] = found["whole_per_cpu_s"] / found["trafilatura_per_cpu_s"]
    found["two_whole_cores_per_s"] = 2000 / found["two_cores_cpu_ms"]
    found["two_of_one"] = found["one_core_middle_cpu_ms"] / found["two_cores_middle_cpu_ms"]
    found["of_12_kb"] = MOST_BYTES / found["stored_bytes"]
    found["of_1500_mb"] = MOST_MEMORY / 1e6 / found["two_cores_mb"]
    return found


_reports: list[list[Report]] = []


def rooms(captures: Sequence[Capture], folder: Path, database: Path) -> Figures:
    """Return reports per CPU second of each room, and of the whole in one process."""
    spent: defaultdict[str, float] = defaultdict(float)
    chosen = parts()
    reports: list[Report] = []
    seen: set[str] = set()
    again = paragraphs = 0
    with open_store(database, create=True) as store:
        remembered = recall(store, HOME)
        collected = collect([str(folder)], now=NOW)
        for number, capture in enumerate(captures):
            clock = _Clock(spent if number >= WARM else defaultdict(float))
            next(collected)
            clock.tick("collect")
            store.keep_capture(capture)
            clock.tick("store")
            report = clean(capture, recall=remembered)
            clock.tick("clean")
            read = readable(report)
            missing = recall_readings(lambda version, keys: store.readings(HOME, version, keys), read)
            clock.tick("store")
            for line in reading.keys(read).values():
                reading.paragraph(line)
            clock.tick("annotate: network")
            found: list[Annotation] = []
            for part in chosen:
                found += part.annotate(read, tuple(found))
                clock.tick(f"annotate: {part.name}")
            resolved = within.resolve(read, found)
            clock.tick("resolve")
            (fingerprint,) = fingerprinted([report])
            clock.tick("fingerprint")
            store.keep_report(report, resolved, "bench", fresh(missing), printed(capture, report), fingerprint)
            clock.tick("store")
            if number >= WARM:
                reports.append(report)
                again += len(reading.keys(read).keys() & seen)
                paragraphs += len(reading.keys(read))
            seen |= reading.keys(read).keys()
        spent["copies"], spent["stories"] = _fused(store, reports)
    _reports.append(reports)
    count = len(reports)
    on_the_way = sum(seconds for name, seconds in spent.items() if name not in ("copies", "stories"))
    annotate = sum(seconds for name, seconds in spent.items() if name.startswith("annotate"))
    return {
        "paragraphs_read_before_percent": 100 * again / paragraphs,
        **{f"{name}_per_cpu_s": count / seconds for name, seconds in spent.items() if seconds},
        "annotate_per_cpu_s": count / annotate,
        "whole_per_cpu_s": count / on_the_way,
    }


class _Clock:
    """Adds the CPU seconds since the last tick to a name."""

    def __init__(self, spent: "defaultdict[str, float]") -> None:
        self._spent, self._last = spent, time.process_time()

    def tick(self, name: str) -> None:
        now = time.process_time()
        self._spent[name] += now - self._last
        self._last = time.process_time()


def _fused(store: Store, reports: Sequence[Report]) -> tuple[float, float]:
    """Return the CPU seconds that copies and stories of the reports take."""
    began = time.process_time()
    copying = Copying(store, HOME)
    for first in range(0, len(reports), 50):
        copying.copies_of(reports[first : first + 50])
    copied, stream = time.process_time(), Stream(Decisions())
    for report in reports:
        stream.add(report)
    return copied - began, time.process_time() - copied


def whole(folder: Path, workers: int) -> Figures:
    """Return what `watchfloor add` of a folder comes to with so many reading processes; 1 is this process alone."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-workers:])
    with tempfile.TemporaryDirectory() as place, open_store(Path(place) / "a.db", create=True) as store:
        opened = Situation(store, HOME, Configuration(seconds_per_report=600.0))
        marks: list[tuple[float, float]] = []
        members: list[int] = []
        with opened.crewed(workers) as crew:
            if crew is not None:
                crew.start()
                members += [one._process.pid for one in crew._members]

            def progress(done: int, _locator: str) -> None:
                if done >= WARM:
                    marks.append((time.perf_counter(), _cpu([os.getpid(), *members])))

            opened.line(crew).add(collect([str(folder)], now=NOW), progress)
            memory = sum(_peak(pid) for pid in (os.getpid(), *members))
        (first, cpu), (last, cpu_last) = marks[0], marks[-1]
        return {
            "per_s": (len(marks) - 1) / (last - first),
            "cpu_ms": 1000 * (cpu_last - cpu) / (len(marks) - 1),
            "mb": memory / 1e6,
            "bytes": stored(store),
            "cache": cached(store),
        }


def _run(folder: Path, count: int) -> Figures:
    """Measure the whole in processes of its own, on one core and on two in turns; memory is the most of any round."""
    rounds = [(_round(folder, 1), _round(folder, 2)) for _ in range(count)]
    found: Figures = {}
    for name, each in zip(("one_core", "two_cores"), zip(*rounds, strict=True), strict=True):
        best = max(each, key=lambda one: one["per_s"])
        found |= {
            f"{name}_per_s": best["per_s"],
            f"{name}_middle_per_s": median(one["per_s"] for one in each),
            f"{name}_slowest_per_s": min(one["per_s"] for one in each),
            f"{name}_cpu_ms": best["cpu_ms"],
            f"{name}_middle_cpu_ms": median(one["cpu_ms"] for one in each),
            f"{name}_mb": max(one["mb"] for one in each),
        }
    alone = rounds[0][0]
    return found | {"stored_bytes": alone["bytes"], "cache_bytes": alone["cache"]}


def _round(folder: Path, workers: int) -> Figures:
    command = [sys.executable, __file__, "--whole", str(folder), str(workers)]
    told: Figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return told


def _cpu(pids: Sequence[int]) -> float:
    """Return the CPU seconds that processes have used."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def _peak(pid: int) -> int:
    """Return the most bytes that a process ever had resident."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024


def stored(store: Store) -> float:
    """Return the bytes kept for each report beyond its captured bytes and its text, without the cache of readings."""
    tables = _number(store, "SELECT count(*) FROM sqlite_master WHERE rootpage > 0")  # a page each, empty or not
    pages = _number(store, "PRAGMA page_count") - _number(store, "PRAGMA freelist_count") - tables
    captured = _number(store, "SELECT sum(length(data)) FROM captures")
    texts = sum(len(report.text.encode()) for report in store.reports(HOME))
    count = store.counts(HOME)["reports"]
    return (pages * _number(store, "PRAGMA page_size") - captured - texts) / count - cached(store)


def cached(store: Store) -> float:
    """Return the bytes of readings for each report."""
    whole = _number(store, "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name = 'readings'")
    return whole / store.counts(HOME)["reports"]


def _number(store: Store, statement: str) -> int:
    with store._transaction(writes=False) as connection:
        return int(connection.exec_driver_sql(statement).scalar_one())


def beside(pages: Sequence[bytes]) -> Figures:
    """Return pages per CPU second of trafilatura alone."""
    import trafilatura

    markup = [page.decode("utf-8", "replace") for page in pages]
    trafilatura.extract(markup[0])
    began = time.process_time()
    for one in markup:
        trafilatura.extract(one)
    return {"trafilatura_per_cpu_s": len(markup) / (time.process_time() - began)}


def _peers(interpreter: Path, texts: Sequence[str]) -> Figures:
    """Return what the peers of another environment come to on these texts."""
    command = [str(interpreter), str(Path(__file__).with_name("speed_peers.py"))]
    done = subprocess.run(command, input=json.dumps(texts), check=True, capture_output=True, text=True)
    told: Figures = json.loads(done.stdout)
    return told


def _made(count: int) -> Iterator[Capture]:
    return (made_pages.capture(n) for n in range(made_pages.PER_DAY, made_pages.PER_DAY + count))


def _real(data: Path) -> Iterator[Capture]:
    """Yield the English pages of the gold data's dev parts with a text of middle length."""
    import gzip

    for name in REAL:
        for gold in board.lines(data / "clean" / name / "gold.jsonl.gz"):
            words = len(str(gold.get("body") or "").split())
            if gold["split"] != "dev" or not REAL_WORDS[0] <= words <= REAL_WORDS[1]:
                continue
            page = gzip.decompress((data / "clean" / name / "html" / f"{gold['id']}.html.gz").read_bytes())
            digest, where = sha256(page).hexdigest(), str(gold.get("url") or gold["id"])
            yield Capture(
                id=f"cap_{digest[:20]}", locator=where, feed="real", sha256=digest, media_type="text/html",
                collected=NOW, data=page, url=gold.get("url"),
            )  # fmt: skip


if __name__ == "__main__":
    main()
