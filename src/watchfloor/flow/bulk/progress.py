"""How far a run is, how fast it goes, and how long it will take."""

import time

from msgspec import Struct


class Progress(Struct, frozen=True, kw_only=True):
    """phase: what is being done. done, total: units of work in it. where: what was done last.

    items: pages and files read so far; per_second: their rate, or that of units where nothing is read. left: seconds
    that it will take at that rate, None when that cannot be said.
    """

    phase: str
    done: int
    total: int
    where: str
    items: int
    per_second: float
    left: float | None


class Pace:
    """Measures one phase from when it is made."""

    def __init__(self, total: int) -> None:
        self._total, self._began = total, time.monotonic()

    def at(self, phase: str, done: int, where: str, items: int = 0) -> Progress:
        """Return the progress after so many units."""
        seconds = max(time.monotonic() - self._began, 1e-9)
        return Progress(
            phase=phase,
            done=done,
            total=self._total,
            where=where,
            items=items,
            per_second=round((items or done) / seconds, 2),
            left=round(seconds / done * (self._total - done), 1) if done else None,
        )
