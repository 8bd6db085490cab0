"""Deals work out so that what lies together is done by one worker: pages of one archive were fetched at one time.

Copies of an agency's text come within hours. Who has read one knows its paragraphs and need not read them again, and
who has opened an archive knows where the originals of its revisits lie.
"""

import threading
from collections import deque
from collections.abc import Hashable, Iterable

from watchfloor.flow.bulk.work import Read, Unit

STRETCH = 64
"""Pieces that a worker is given at once: a database keeps them in order, so those of others wait on the disk."""


class Dealer:
    """Hands out each piece of work once; may be asked by several threads."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._left = iter(units)
        self._ahead: Unit | None = next(self._left, None)
        self._dealt: dict[Hashable, deque[Unit]] = {}
        self._back: deque[Unit] = deque()
        self._lock = threading.Lock()

    def next(self, worker: Hashable) -> Unit | None:
        """Return what a worker is to do next, None when nothing is left.

        What came back goes first, then what it was given, then the next stretch; at last half of what is left to the
        one who has most, from its end.
        """
        with self._lock:
            if self._back:
                return self._back.popleft()
            mine = self._dealt.setdefault(worker, deque())
            if not mine:
                mine.extend(self._stretch() or self._taken())
            return mine.popleft() if mine else None

    @property
    def is_left(self) -> bool:
        """Return whether something is left to be handed out."""
        with self._lock:
            return bool(self._back or self._ahead is not None or any(self._dealt.values()))

    def give_back(self, units: Iterable[Unit]) -> None:
        """Take back what must be done again."""
        with self._lock:
            self._back.extend(units)

    def _stretch(self) -> list[Unit]:
        found: list[Unit] = []
        while self._ahead is not None and len(found) < STRETCH:
            if found and _place(self._ahead) != _place(found[0]):
                break
            found.append(self._ahead)
            self._ahead = next(self._left, None)
        return found

    def _taken(self) -> list[Unit]:
        richest = max(self._dealt.values(), key=len)
        number = (len(richest) + 1) // 2
        return [richest.pop() for _ in range(number)][::-1]


def _place(unit: Unit) -> str | None:
    """Return the archive that a piece is of; None is one place too: files that stand beside each other, weeks."""
    return unit.files[0] if isinstance(unit, Read) and unit.part is not None else None
