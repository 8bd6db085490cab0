"""A time limit around the parsing of one hostile item."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from watchfloor.core.errors import SetAside


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise SetAside("too-slow") inside the block when it takes longer than this many seconds.

    Holds in the main thread of systems with interval timers; elsewhere the block runs without a limit, since the size
    limits of collect bound its time.
    """
    if seconds <= 0 or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def late(_number: int, _frame: FrameType | None) -> None:
        raise SetAside(
            "too-slow", f"reading it took longer than {seconds:g} seconds; raise seconds_per_report to try again"
        )

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
