"""Takes in what is collected and leaves the reading to workers: the bytes are kept, and that they wait is the queue."""

from collections.abc import Iterable

from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside
from watchfloor.core.marking import Reader
from watchfloor.flow.pipeline import Line, Progress, Settled
from watchfloor.flow.receipt import Receipt, Taken, Tally
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
        tally = Tally()
        for item in items:
            outcome = self._take(item)
            if settled is not None:
                settled(item, outcome)
            tally.count(outcome)
            if progress is not None:
                progress(tally.captured, item.locator or "")
        return tally.receipt()

    def _take(self, item: Capture | SetAside) -> Taken:
        if isinstance(item, SetAside):
            return self._line.refuse(item)
        taken = self._store.keep_capture(item)
        if taken == "known":
            return self._store.aside_of(self._reader, item.id) or "unchanged"
        return "new-version" if taken == "back" else "new"
