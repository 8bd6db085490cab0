"""How far a long command has come, on a line of the terminal that is written over; no line where nobody looks."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from watchfloor.store.progress import Tell, silent

_SECONDS = 0.2  # between two lines (assumed: faster nobody reads)
_WIDE = 60


@contextmanager
def telling() -> Iterator[Tell]:
    """Give what tells how far the work of the block has come, and clear the line after it."""
    if not sys.stderr.isatty():
        yield silent
        return
    last = -_SECONDS

    def tell(what: str, done: int, of: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _SECONDS:
            last = now
            sys.stderr.write("\r" + f"{what}: {done:,} of {of:,}".ljust(_WIDE)[:_WIDE])
            sys.stderr.flush()

    try:
        yield tell
    finally:
        sys.stderr.write("\r" + " " * _WIDE + "\r")
        sys.stderr.flush()
