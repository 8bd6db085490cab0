"""How far a long piece of work has come, told to whoever waits for it."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Tell = Callable[[str, int, int], object]
"""Is handed what is being done, how much of it is done, and how much there is; often, so it must cost nothing."""

_EVERY = 500  # rows (assumed: several times a second)
_Row = TypeVar("_Row")


def silent(_what: str, _done: int, _of: int) -> None:
    """Tell nobody."""


def counted(rows: Iterable[_Row], what: str, of: int, tell: Tell) -> Iterator[_Row]:
    """Yield the rows, telling now and then how many went by.

    >>> list(counted("abc", "letters", 3, print))
    letters 0 3
    letters 3 3
    ['a', 'b', 'c']
    """
    tell(what, 0, of)
    done = 0
    for done, row in enumerate(rows, 1):
        yield row
        if done % _EVERY == 0:
            tell(what, done, of)
    if done % _EVERY:
        tell(what, done, of)
