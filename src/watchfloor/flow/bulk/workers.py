"""Those who work for a run, whoever they are: they take work as they come free and say what came of it."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from watchfloor.flow.bulk.work import Outcome, Unit


class Workers(Protocol):
    """Some who work beside each other."""

    restarts: int
    """How often what they hang on (a scheduler) was lost and found again."""

    def work(self, units: Iterable[Unit]) -> Iterator[tuple[Unit, Outcome]]:
        """Yield what came of each piece of work, in the order in which it was done; units are taken as needed."""
        ...

    def close(self) -> None:
        """Let them go; what they are at is left."""
        ...
