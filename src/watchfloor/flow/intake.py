"""Takes in what is collected and leaves the reading to workers: the bytes are kept, and that they wait is the queue."""

import time
from collections import Counter
from collections.abc import Iterable

from watchfloor.core.aside import Aside
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside
from watchfloor.core.marking import Reader
from watchfloor.flow.pipeline import Line, Progress, Settled, Taken
from watchfloor.flow.receipt import Receipt
from watchfloor.store.store import Store


class Intake:
    """Keeps captures for a line to read later."""

    def __init__(self, store: Store, reader: Reader, line: Line) -> None:
        self._store, self._reader, self._line = store, reader, line

    def add(
        self,
        items: Iterable[Capture | SetAside],
        progress: Progress | None = None,
        settled: Settled | None = None,
    ) -> Receipt:
        """Keep everything collected and return the receipt, in which what is to be read yet is new."""
        began = time.monotonic()
        outcomes: Counter[str] = Counter()
        asides: list[Aside] = []
        captured = 0
        for captured, item in enumerate(items, 1):
            outcome = self._take(item)
            if settled is not None:
                settled(item, outcome)
            if isinstance(outcome, Aside):
                asides.append(outcome)
            else:
                outcomes[outcome] += 1
            if progress is not None:
                progress(captured, item.locator or "")
        return Receipt(
            captured=captured,
            new=outcomes["new"],
            unchanged=outcomes["unchanged"],
            new_versions=outcomes["new-version"],
            set_aside=tuple(asides),
            seconds=round(time.monotonic() - began, 3),
        )

    def _take(self, item: Capture | SetAside) -> Taken:
        if isinstance(item, SetAside):
            return self._line.refuse(item)
        taken = self._store.keep_capture(item)
        if taken == "known":
            return self._store.aside_of(self._reader, item.id) or "unchanged"
        return "new-version" if taken == "back" else "new"
