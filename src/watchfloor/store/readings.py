"""Keep and find what the annotator read in paragraphs, so that a paragraph printed again is not read again.

Readings are a cache: they can be made again from the reports at any time. So a dump leaves them out, and those of
another version of the annotator are thrown away as soon as a new one keeps some.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, or_, select

from watchfloor.core.marking import Reader
from watchfloor.store.markings import visible
from watchfloor.store.schema import readings

_CHUNK = 500  # keys asked for in one statement; well under every database's limit of bound values


class Readings(NamedTuple):
    """Readings by key, and the version of the annotator that made them."""

    version: str
    bodies: Mapping[str, bytes]


def keep(connection: Connection, given: Readings) -> None:
    """Keep readings, also in the place of others with their keys, and only those of their version."""
    if not given.bodies:
        return
    others = or_(readings.c.version < given.version, readings.c.version > given.version)  # so the index is of use
    connection.execute(delete(readings).where(others))
    for some in _chunks(given.bodies):
        connection.execute(delete(readings).where(readings.c.version == given.version, readings.c.key.in_(some)))
    connection.execute(
        insert(readings),
        [{"key": key, "version": given.version, "body": body} for key, body in given.bodies.items()],
    )


def find(connection: Connection, reader: Reader, version: str, keys: Iterable[str]) -> dict[str, bytes]:
    """Return the readings of a version that are kept, by key; a partner's reader finds none.

    It does not ask for a clearance: a key is made of the words of its paragraph, so whoever has the key has the words,
    and what is found says nothing that reading them again would not say.
    """
    found: dict[str, bytes] = {}
    for some in _chunks(keys):
        rows = connection.execute(
            select(readings.c.key, readings.c.body)
            .where(readings.c.version == version, readings.c.key.in_(some))
            .where(visible(readings, reader))
        )
        found.update((key, body) for key, body in rows)
    return found


def _chunks(keys: Iterable[str]) -> list[list[str]]:
    asked = list(keys)
    return [asked[start : start + _CHUNK] for start in range(0, len(asked), _CHUNK)]
