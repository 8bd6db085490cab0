"""A time limit around the parsing of one hostile item."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, thread_time
from types import FrameType

from watchfloor.core.errors import SetAside

AGAIN = 1.0  # seconds after which a late block is struck again
STALLED = 10  # times the limit by the clock on the wall: what uses no processor and does not return is late too


class _Late(BaseException):
    """Time is up; not an Exception, so that nobody on the way takes it for one of theirs."""


@contextmanager
def paused() -> Iterator[None]:
    """Let the time of the block not count for the deadline around it."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    left, again = signal.setitimer(signal.ITIMER_REAL, 0)
    try:
        yield
    finally:
        if left:
            signal.setitimer(signal.ITIMER_REAL, left, again)


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise SetAside("too-slow") out of the block when it takes longer than this many seconds.

    The seconds are of this thread's processor: a busy or sleeping machine makes no report late, and the same report is
    late everywhere or nowhere. Inside, it strikes as an exception that no library's `except Exception` swallows, and
    again every second should one be swallowed after all; code in C is only interrupted when it returns. Holds in the
    main thread of systems with interval timers; elsewhere the block runs without a limit, since the size limits of
    collect bound its time.
    """
    if seconds <= 0 or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    began, started = thread_time(), monotonic()

    def late(_number: int, _frame: FrameType | None) -> None:
        left = seconds - (thread_time() - began)
        if left > 0 and monotonic() - started < STALLED * seconds:
            signal.setitimer(signal.ITIMER_REAL, max(left, 0.001), AGAIN)
            return
        raise _Late

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    except _Late:
        detail = f"reading it took longer than {seconds:g} processor seconds; raise seconds_per_report to try again"
        raise SetAside("too-slow", detail) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
