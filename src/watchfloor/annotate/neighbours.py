"""What lies near a stretch of a text, found without looking at everything: stretches kept by the cells they cover."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from watchfloor.annotate.tagged import Place

_CELL = 512
"""Characters of a cell: about two sentences."""


class Neighbours:
    """Numbers of things, each at one or several stretches, to be asked which may overlap a stretch."""

    def __init__(self, stretches: Iterable[Iterable[Place]]) -> None:
        self._cells: defaultdict[int, list[int]] = defaultdict(list)
        for number, places in enumerate(stretches):
            for cell in _cells(places):
                self._cells[cell].append(number)

    def of(self, places: Iterable[Place]) -> list[int]:
        """Return the numbers of the stretches that share a cell with these, in order.

        >>> Neighbours([[(0, 10)], [(5_000, 5_010)], [(20, 30)]]).of([(2, 4)])
        [0, 2]
        """
        return sorted({number for cell in _cells(places) for number in self._cells.get(cell, ())})


def _cells(places: Iterable[Place]) -> Iterator[int]:
    return iter({cell for start, end in places for cell in range(start // _CELL, max(start, end - 1) // _CELL + 1)})
