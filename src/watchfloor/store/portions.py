"""Many values, as many at a time as go into one statement."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

MOST = 500  # values in one statement; well under every database's limit of bound values

_Value = TypeVar("_Value")


def portions(values: Iterable[_Value], most: int = MOST) -> Iterator[list[_Value]]:
    """Yield the values in their order, at most so many at a time; nothing for none.

    >>> list(portions("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    every = list(values)
    for start in range(0, len(every), most):
        yield every[start : start + most]
