"""What was made of a picture, kept while that picture is: walking through a page does not make it anew."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from msgspec import UNSET, Struct, UnsetType

from watchfloor.core.picture import Picture

MOST = 12  # pictures of which it is kept: twice as many as flow.pictures keeps, since some are narrowed

_ALL: "WeakSet[Remembered[Any]]" = WeakSet()

T = TypeVar("T")


class _Place(Struct, Generic[T]):
    """Where the result of one call lies; whoever comes first works it out, the others wait. held: what names it."""

    held: tuple[object, ...]
    lock: Lock
    result: T | UnsetType = UNSET


class Remembered(Generic[T]):
    """A function of pictures, and of values that go with them, that is worked out once for each.

    A picture is known again by the very things in it: they are made anew whenever anything changed, and they are
    another reader's where the clearance is another. They are held here, so that no two share an identity; `let_go` is
    told of a picture that is shown no longer, which would else be held until MOST others came.
    """

    def __init__(self, made: Callable[..., T]) -> None:
        self._made, self._lock = made, Lock()
        self._kept: OrderedDict[tuple[Hashable, ...], _Place[T]] = OrderedDict()
        _ALL.add(self)

    def __call__(self, *given: Picture | Hashable, **besides: object) -> T:
        """Return what is made of the pictures and values. besides: goes along, and nothing is known again by it."""
        held = tuple(part for one in given if isinstance(one, Picture) for part in _parts(one))
        key = (*(id(part) for part in held), *(_value(one) for one in given))
        with self._lock:
            place = self._kept.setdefault(key, _Place(held=held, lock=Lock()))
            self._kept.move_to_end(key)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        with place.lock:
            if place.result is UNSET:
                place.result = self._made(*given, **besides)
            return place.result

    def let_go(self, picture: Picture) -> None:
        """Let go of what was made of a picture."""
        with self._lock:
            of = [key for key, place in self._kept.items() if any(part is picture.reports for part in place.held)]
            for key in of:
                del self._kept[key]


def let_go(picture: Picture) -> None:
    """Let go of all that was made of a picture that is shown no longer; whoever still looks at it has it made again."""
    if picture.reports:  # there is only one empty tuple
        for one in list(_ALL):
            one.let_go(picture)


def _parts(picture: Picture) -> tuple[object, ...]:
    return (
        picture.reports,
        picture.claims,
        picture.encounters,
        picture.entities,
        picture.assessments,
        picture.grades,
    )


def _value(one: Picture | Hashable) -> Hashable:
    return (one.as_of, one.since, one.set_aside, one.earlier) if isinstance(one, Picture) else one
