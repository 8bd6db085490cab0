"""Keep and find what the annotator read in paragraphs, so that a paragraph printed again is not read again.

Readings are a cache: they can be made again from the reports at any time. So a dump leaves them out, those of another
version of the annotator are thrown away as soon as a new one keeps some, and there are never many more than MOST: what
is printed again is printed soon. Which are let go is as good as drawn by lot, since keys are digests.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, delete, func, insert, or_, select

from watchfloor.core.marking import Reader
from watchfloor.store.markings import visible
from watchfloor.store.portions import portions
from watchfloor.store.schema import readings

MOST = 250_000
"""Readings that are kept: those of the last 12,000 reports, in some 60 MB."""

_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"  # of keys, each as frequent as any other


class Readings(NamedTuple):
    """Readings by key, and the version of the annotator that made them."""

    version: str
    bodies: Mapping[str, bytes]


def keep(connection: Connection, given: Readings) -> None:
    """Keep readings, also in the place of others with their keys, and only those of their version."""
    if not given.bodies:
        return
    connection.execute(_NOT_OTHERS, {"of": given.version})
    for some in portions(given.bodies):
        connection.execute(_NOT_THESE, {"of": given.version, "keys": some})
    connection.execute(
        _NEW,
        [{"key": key, "version": given.version, "body": body} for key, body in given.bodies.items()],
    )
    _let_go(connection, min(given.bodies), given.version)


_OF: BindParameter[str] = bindparam("of")
_THESE = readings.c.version == _OF, readings.c.key.in_(bindparam("keys", expanding=True))
_NOT_OTHERS = delete(readings).where(or_(readings.c.version < _OF, readings.c.version > _OF))  # so the index is of use
_NOT_THESE = delete(readings).where(*_THESE)
_NEW = insert(readings)
_FOUND = select(readings.c.key, readings.c.body).where(*_THESE)


def _let_go(connection: Connection, key: str, version: str) -> None:
    """Once in a thousand times, as the end of a key has it, take out about as many as there are too many."""
    if key[-1:] != "A" or key[-2:-1] not in "ABCD":
        return
    there = connection.execute(select(func.count()).select_from(readings)).scalar_one()
    signs = -(-max(there - MOST, 0) * len(_SIGNS) // max(there, 1))
    begin = _SIGNS.find(key[-3:-2])
    gone = [_SIGNS[(begin + number) % len(_SIGNS)] for number in range(signs)]
    if gone:
        first = func.substr(readings.c.key, 1, 1)
        connection.execute(delete(readings).where(readings.c.version == version, first.in_(gone)))


def find(connection: Connection, reader: Reader, version: str, keys: Iterable[str]) -> dict[str, bytes]:
    """Return the readings of a version that are kept, by key; a partner's reader finds none.

    It does not ask for a clearance: a key is made of the words of its paragraph, so whoever has the key has the words,
    and what is found says nothing that reading them again would not say.
    """
    found: dict[str, bytes] = {}
    for some in portions(keys):
        rows = connection.execute(_FOUND.where(visible(readings, reader)), {"of": version, "keys": some})
        found.update((key, body) for key, body in rows)
    return found
