"""Names beside their signs in a picture, none on top of another: what finds no room goes without and is counted."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct

from watchfloor.web.lettering import width

CELL = 40.0  # pixels of the squares in which neighbours are looked up
FAR = (16.0, 30.0)  # pixels from a sign at which a name is tried with a line to it


Line = tuple[float, float, float, float]
"""A straight line from a point to another, in pixels."""


class Box(Struct, frozen=True):
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        """Return whether the two share any room."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


class Name(Struct, frozen=True, kw_only=True):
    """A name to be set beside its sign: the sign's middle and half width, and the size of the letters in pixels.

    centred: it stands on its point, as the name of a country, and nowhere else.
    """

    text: str
    x: float
    y: float
    reach: float
    size: float
    centred: bool = False


class Set(Struct, frozen=True, kw_only=True):
    """A name that has its place: where its line begins and the room it takes; leader: a line leads to its sign."""

    x: float
    y: float
    box: Box
    leader: bool


class _Taken:
    """Boxes by the squares they lie in, so that looking for a clash costs the same however many there are."""

    def __init__(self) -> None:
        self.cells: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)

    def add(self, box: Box) -> None:
        for cell in self._cells(box):
            self.cells[cell].append(box)

    def is_free(self, box: Box) -> bool:
        return not any(box.touches(other) for cell in self._cells(box) for other in self.cells.get(cell, ()))

    def _cells(self, box: Box) -> Iterable[tuple[int, int]]:
        for column in range(int(box.left // CELL), int(box.right // CELL) + 1):
            for row in range(int(box.top // CELL), int(box.bottom // CELL) + 1):
                yield column, row


def placed(
    names: Sequence[Name], signs: Iterable[Box], room: Box, lines: Sequence[Line] = ()
) -> tuple[Set | None, ...]:
    """Return for each name its place inside the room, None where there is none; earlier names are served first.

    No two names share room, and no name lies on a sign. Right of the sign is tried first, then left, above and below,
    then the same farther off with a line. lines: what a name would rather not lie on, and does where it must.
    """
    taken = _Taken()
    for sign in signs:
        taken.add(sign)
    found: list[Set | None] = []
    for name in names:
        free = [spot for spot in _spots(name) if _inside(spot.box, room) and taken.is_free(spot.box)]
        clear = (spot for spot in free if not spot.leader and not any(_crosses(line, spot.box) for line in lines))
        one = next(clear, free[0] if free else None)
        if one is not None:
            taken.add(one.box)
        found.append(one)
    return tuple(found)


def _crosses(line: Line, box: Box) -> bool:
    """Return whether a straight line comes into a box (Liang and Barsky 1984)."""
    x, y, dx, dy = line[0], line[1], line[2] - line[0], line[3] - line[1]
    first, last = 0.0, 1.0
    for step, room in ((-dx, x - box.left), (dx, box.right - x), (-dy, y - box.top), (dy, box.bottom - y)):
        if step == 0:
            if room < 0:
                return False
        elif step < 0:
            first = max(first, room / step)
        else:
            last = min(last, room / step)
    return first <= last


def _inside(box: Box, room: Box) -> bool:
    return box.left >= room.left and box.right <= room.right and box.top >= room.top and box.bottom <= room.bottom


def _spots(name: Name) -> Iterable[Set]:
    wide, tall = width(name.text, name.size), name.size * 1.25
    if name.centred:
        yield _set(name.x - wide / 2, name.y - tall / 2, wide, tall, leader=False)
        return
    near = name.reach + 3
    for off in (near, *(near + far for far in FAR)):
        slant = max(off * 0.72, name.reach + 1)
        for x, y in (
            (name.x + off, name.y - tall / 2),
            (name.x - off - wide, name.y - tall / 2),
            (name.x - wide / 2, name.y - off - tall),
            (name.x - wide / 2, name.y + off),
            (name.x + slant, name.y - slant - tall),
            (name.x + slant, name.y + slant),
            (name.x - slant - wide, name.y - slant - tall),
            (name.x - slant - wide, name.y + slant),
        ):
            yield _set(x, y, wide, tall, leader=off > near)


def _set(left: float, top: float, wide: float, tall: float, *, leader: bool) -> Set:
    box = Box(left, top, left + wide, top + tall)
    return Set(x=left, y=top + tall * 0.78, box=box, leader=leader)
