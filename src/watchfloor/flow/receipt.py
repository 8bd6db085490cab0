"""What an add did, item by item, and the counting of it."""

import time
from collections import Counter

from msgspec import Struct

from watchfloor.core.aside import Aside

Taken = str | Aside
"""What became of an item: "new", "new-version", "unchanged", "renewed", or why it was set aside."""


class Receipt(Struct, frozen=True, kw_only=True):
    """What became of everything that was captured: new + unchanged + new_versions + set aside = captured.

    resumed: captures that an interrupted run had left behind and that this run finished first; not part of captured.
    notes: what was asked for and not done, in words.
    renewed: reports that were annotated again because the annotators have changed since; not part of captured.
    """

    captured: int = 0
    new: int = 0
    unchanged: int = 0
    new_versions: int = 0
    set_aside: tuple[Aside, ...] = ()
    notes: tuple[str, ...] = ()
    resumed: int = 0
    renewed: int = 0
    seconds: float = 0.0


class Tally:
    """Counts what becomes of items, from its making on; each item ends in exactly one count of the receipt."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._outcomes: Counter[str] = Counter()
        self._asides: list[Aside] = []

    @property
    def captured(self) -> int:
        """Return how many items were counted."""
        return self._outcomes.total() + len(self._asides)

    def count(self, outcome: Taken) -> None:
        """Count an item by what became of it."""
        if isinstance(outcome, Aside):
            self._asides.append(outcome)
        else:
            self._outcomes[outcome] += 1

    def receipt(self) -> Receipt:
        """Return the receipt of what was counted, with the seconds since the counting began."""
        return Receipt(
            captured=self.captured,
            new=self._outcomes["new"],
            unchanged=self._outcomes["unchanged"] + self._outcomes["renewed"],
            new_versions=self._outcomes["new-version"],
            set_aside=tuple(self._asides),
            seconds=round(time.monotonic() - self._began, 3),
        )
