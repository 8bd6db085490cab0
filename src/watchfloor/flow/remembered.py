"""What was made of a picture, kept while that picture is: walking through a page does not make it anew."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from watchfloor.core.picture import Picture

MOST = 6  # pictures of which it is kept, as many as flow.pictures keeps

T = TypeVar("T")


class Remembered(Generic[T]):
    """A function of a picture that is worked out once for each picture.

    A picture is known again by the very reports, claims and contacts in it: they are made anew whenever anything
    changed, and they are another reader's where the clearance is another. They are held here, so that no two share an
    identity.
    """

    def __init__(self, made: Callable[[Picture], T]) -> None:
        self._made, self._lock = made, Lock()
        self._kept: OrderedDict[tuple[int, ...], tuple[tuple[object, ...], T]] = OrderedDict()

    def __call__(self, picture: Picture) -> T:
        """Return what is made of the picture."""
        parts: tuple[object, ...] = (picture.reports, picture.claims, picture.encounters, picture.entities)
        key = tuple(id(part) for part in parts)
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                found = self._kept[key] = (parts, self._made(picture))
            self._kept.move_to_end(key)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return found[1]
