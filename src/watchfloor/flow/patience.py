"""Leaves somebody who failed alone for a while, so that not everybody who comes asks again and waits."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import TypeVar

from watchfloor.core.errors import SourceError

Answer = TypeVar("Answer")


class Patience:
    """Asks one at a time, and after a failure not at all for a pause: those who come then are told why."""

    def __init__(self, pause: timedelta) -> None:
        self._pause, self._lock = pause, Lock()
        self._failed: datetime | None = None
        self._said = ""

    def left(self, now: datetime) -> int:
        """Return the seconds until it is asked again, 0 when nothing stands against asking now."""
        since = None if self._failed is None else now - self._failed
        if since is None or not timedelta(0) <= since < self._pause:  # below zero the clock was set back
            return 0
        return max(1, round((self._pause - since).total_seconds()))

    def ask(self, now: datetime, work: Callable[[], Answer]) -> Answer:
        """Return what the work gives; raises its SourceError, or that of before while it is left alone."""
        with self._lock:
            left = self.left(now)
            if left:
                raise SourceError(f"{self._said}; it is asked again in {left} s")
            try:
                found = work()
            except SourceError as error:
                self._failed, self._said = now, str(error)
                raise
            self._failed = None
            return found
