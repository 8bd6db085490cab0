"""Everything that is kept as one text, the same for the same content: for comparing two databases."""

import hashlib
import json
from typing import Any

from sqlalchemy import Connection, select

from watchfloor.core.errors import ReleaseDenied
from watchfloor.core.marking import LEVELS, Reader
from watchfloor.store.schema import counts, facets, fingerprints, metadata, readings
from watchfloor.store.schema_sharing import SECRET
from watchfloor.store.schema_watch import OF_THE_SERVICE

_TIMES = frozenset("collected at known_on known_from first_seen last_seen added next_try rank state item".split())
"""What follows from when something was collected."""


def dump(connection: Connection, reader: Reader, *, times: bool) -> str:
    """Return every row of every table, sorted; bytes as their sha256; without `times` nothing that tells when.

    Readings are left out: they are a cache, and which of them are there depends on how the work was cut up. So are
    fingerprints, facets and counts: they follow from the reports, and name them by row numbers. So are passwords,
    sessions, keys and the audit log: no copy of what was collected carries them.
    Raises ReleaseDenied for a reader who may not see everything.
    """
    refuse_partial(reader, "a dump shows everything")
    lines = []
    for table in metadata.sorted_tables:
        if table in (readings, fingerprints, facets, counts, *SECRET, *OF_THE_SERVICE):
            continue
        rows = connection.execute(select(*(column for column in table.c if column.name != "seq"))).mappings()
        lines += sorted(f"{table.name} {_line(dict(row), times)}" for row in rows)
    return "".join(f"{line}\n" for line in lines)


def refuse_partial(reader: Reader, because: str) -> None:
    """Raise ReleaseDenied for a reader who may not see everything that is kept; because: what asks for it all."""
    if reader.partner is not None or reader.clearance != LEVELS[-1]:
        raise ReleaseDenied(f"{because}: it is for this node's own staff cleared for {LEVELS[-1]}")


def _line(row: dict[str, Any], times: bool) -> str:
    for name, value in row.items():
        if isinstance(value, bytes):
            row[name] = hashlib.sha256(value).hexdigest()
    if not times:
        row = {name: value for name, value in row.items() if name not in _TIMES}
        if "document" in row:
            row["document"] = {name: v for name, v in json.loads(row["document"]).items() if name != "collected"}
    return json.dumps(row, ensure_ascii=False, sort_keys=True)
