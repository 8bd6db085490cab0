"""What looking after a large database takes: seconds, and the memory of the process that does it."""

import resource
import time
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from load_filling import HOME
from watchfloor.store.backup import back_up, restore
from watchfloor.store.connection import open_store


def upkeep(where: str) -> dict[str, str]:
    """Check the database, back it up, restore the backup into a new file; each in a process of its own."""
    with TemporaryDirectory() as folder:
        path, new = Path(folder) / "all.zip", Path(folder) / "new.db"
        return {
            "db check": _apart(_check, where),
            "db backup": _apart(_back_up, where, path),
            "db restore, into a file": _apart(_restore, path, new),
        }


def _apart(do: Callable[..., str], *given: object) -> str:
    with get_context("spawn").Pool(1) as one:
        return one.apply(_measured, (do, *given))


def _measured(do: Callable[..., str], *given: object) -> str:
    began = time.perf_counter()
    said = do(*given)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"{time.perf_counter() - began:.0f} s (of our processor {time.process_time():.0f} s), {peak} MB{said}"


def _check(where: str) -> str:
    with open_store(where, create=False) as store:
        found = store.check(HOME)
    return f", {len(found)} findings" if found else ""


def _back_up(where: str, path: Path) -> str:
    with open_store(where, create=False) as store:
        back_up(store, HOME, path, datetime.now(UTC))
    return f", a file of {path.stat().st_size // 1_000_000} MB"


def _restore(path: Path, new: Path) -> str:
    restore(path, new)
    return ""
