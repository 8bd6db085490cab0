"""In which state the database is: a word that is another one as soon as anything that is shown may be."""

from sqlalchemy import Connection, func, select, union_all

from watchfloor.core.identity import content_id
from watchfloor.core.marking import Reader
from watchfloor.store.glance import glance
from watchfloor.store.schema import (
    annotations,
    asides,
    assessments,
    captures,
    corrections,
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
    corrections,
    editions,
    grades,
    identities,
    judgements,
    outlet_grades,
    reports,
)
_QUIET = ("see", "sign in", "sign out", "keys", "export", "judge")
"""Entries of the log of what changes nothing that is shown, or adds rows that are counted."""


def state(connection: Connection, reader: Reader) -> str:
    """Return the word, to any home reader; a partner's gets "", since what they may see can change by the hour."""
    if reader.partner is not None:
        return ""
    counts = union_all(
        select(func.coalesce(func.sum(glance.c.tlp + 1), 0)).select_from(
            glance
        ),  # the same bytes, marked more strictly
        *(select(func.count()).select_from(table) for table in _COUNTED),
        select(func.coalesce(func.max(audit.c.number), 0)).where(audit.c.verb.not_in(_QUIET)),
    )
    linked = connection.execute(select(func.max(identities.c.at))).scalar()  # those of a file replace its former ones
    return content_id("sta", linked, *connection.execute(counts).scalars())
