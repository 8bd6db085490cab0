"""In which state the database is: a word that is another one as soon as anything that is shown may be."""

from sqlalchemy import Connection, func, select, union_all

from watchfloor.core.identity import content_id
from watchfloor.store.schema import (
    annotations,
    asides,
    assessments,
    captures,
    editions,
    grades,
    identities,
    judgements,
    outlet_grades,
    reports,
)
from watchfloor.store.schema_sharing import audit

_COUNTED = (
    annotations,
    asides,
    assessments,
    captures,
    editions,
    grades,
    identities,
    judgements,
    outlet_grades,
    reports,
)
_QUIET = ("see", "sign in", "sign out", "keys", "export", "judge")
"""Entries of the log of what changes nothing that is shown, or adds rows that are counted."""


def state(connection: Connection) -> str:
    """Return the word; it says nothing of what is kept, and is shown to nobody."""
    counts = union_all(
        *(select(func.count()).select_from(table) for table in _COUNTED),
        select(func.coalesce(func.max(audit.c.number), 0)).where(audit.c.verb.not_in(_QUIET)),
    )
    linked = connection.execute(select(func.max(identities.c.at))).scalar()  # those of a file replace its former ones
    return content_id("sta", linked, *connection.execute(counts).scalars())
