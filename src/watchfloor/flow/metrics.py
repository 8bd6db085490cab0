"""Numbers of the service in Prometheus' text format (exposition format 0.0.4), written by hand: it is forty lines."""

import math
import os
import resource
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock
from typing import Literal

from msgspec import Struct

Kind = Literal["counter", "gauge"]
Labels = tuple[tuple[str, str], ...]
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class _Family(Struct):
    kind: Kind
    help: str
    values: dict[Labels, float]


class Metrics:
    """Counters and gauges by name and labels; threads may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._families: dict[str, _Family] = {}
        self._asked: list[Callable[[], None]] = []

    def describe(self, name: str, kind: Kind, help: str) -> None:
        """Say what a number means; a number that nobody described cannot be set."""
        with self._lock:
            self._families.setdefault(name, _Family(kind, help, {}))

    def add(self, name: str, value: float = 1.0, **labels: str) -> None:
        """Add to a number."""
        with self._lock:
            values = self._families[name].values
            key = tuple(sorted(labels.items()))
            values[key] = values.get(key, 0.0) + value

    def set(self, name: str, value: float, **labels: str) -> None:
        """Set a number."""
        with self._lock:
            self._families[name].values[tuple(sorted(labels.items()))] = value

    def replace(self, name: str, values: Mapping[Labels, float]) -> None:
        """Set all numbers of a name at once; those of other labels are forgotten."""
        with self._lock:
            self._families[name].values = dict(values)

    def value(self, name: str, **labels: str) -> float:
        """Return a number, 0 while nobody has set it."""
        with self._lock:
            return self._families[name].values.get(tuple(sorted(labels.items())), 0.0)

    def when_asked(self, work: Callable[[], None]) -> None:
        """Have something done before numbers are told: what costs a question to the database."""
        self._asked.append(work)

    def text(self) -> str:
        """Return all numbers as Prometheus reads them."""
        for work in self._asked:
            work()
        with self._lock:
            return "".join(_written(name, one) for name, one in sorted(self._families.items()))


def _written(name: str, family: _Family) -> str:
    lines = [f"# HELP {name} {_escaped(family.help)}", f"# TYPE {name} {family.kind}"]
    for labels, value in sorted(family.values.items()):
        inside = ",".join(f'{label}="{_escaped(said, quoted=True)}"' for label, said in labels)
        lines.append(f"{name}{{{inside}}} {_number(value)}" if inside else f"{name} {_number(value)}")
    return "\n".join(lines) + "\n"


def _escaped(text: str, *, quoted: bool = False) -> str:
    plain = text.replace("\\", "\\\\").replace("\n", "\\n")
    return plain.replace('"', '\\"') if quoted else plain


def _number(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "+Inf" if value > 0 else "-Inf"
    return str(int(value)) if value == int(value) else repr(value)


def own_process(metrics: Metrics) -> None:
    """Have memory, open files and processor time of this process told, by the names that everybody knows."""
    metrics.describe("process_resident_memory_bytes", "gauge", "Resident memory of this process.")
    metrics.describe("process_open_fds", "gauge", "Open file descriptors of this process.")
    metrics.describe("process_cpu_seconds_total", "counter", "Processor time that this process has used.")

    def look() -> None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        metrics.set("process_cpu_seconds_total", used.ru_utime + used.ru_stime)
        metrics.set("process_resident_memory_bytes", _memory(used.ru_maxrss))
        files = Path("/proc/self/fd")
        if files.is_dir():
            metrics.set("process_open_fds", sum(1 for _ in files.iterdir()))

    metrics.when_asked(look)


def _memory(most: int) -> int:
    """Return the memory that is used now, where the system says so, else the most that ever was."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return most if sys.platform == "darwin" else most * 1024
