"""What people said of findings in the database: entries are added, never changed; each with its entry in the log."""

from collections.abc import Iterable

import msgspec
from msgspec import structs
from sqlalchemy import ColumnElement, Connection, insert, select

from watchfloor.core.audit import Note
from watchfloor.core.correction import Correction
from watchfloor.core.marking import Reader
from watchfloor.store import audit, markings, turns
from watchfloor.store.markings import visible
from watchfloor.store.portions import portions
from watchfloor.store.schema import corrections, reports
from watchfloor.store.text import moment, storable, written
from watchfloor.store.write_records import has

_read = msgspec.json.Decoder(Correction).decode


class Corrections:
    """Entries about findings. A partner's reader sees those that are marked for them, and not who made them or why."""

    def __init__(self, transaction: turns.Transaction) -> None:
        self._transaction = transaction

    def keep_correction(self, made: Correction, note: Note) -> bool:
        """Keep an entry; False, and nothing is written, when the same is kept."""
        with self._transaction(writes=True) as connection:
            if has(connection, corrections, made.id):
                return False
            row = {
                "id": made.id,
                "report": made.report,
                "address": storable(made.address),
                "at": moment(made.at),
                "body": written(structs.replace(made, marking=None)),
                **markings.columns(made.marking),
            }
            connection.execute(insert(corrections), row)
            markings.release(connection, made.id, made.marking)
            audit.keep(connection, note)
            return True

    def corrections(self, reader: Reader) -> tuple[Correction, ...]:
        """Return every entry about reports that the reader may see, the oldest first."""
        with self._transaction(writes=False) as connection:
            return _found(connection, reader)

    def corrections_at(self, reader: Reader, addresses: Iterable[str]) -> tuple[Correction, ...]:
        """Return the entries about reports at these addresses, whichever version, the oldest first."""
        asked = [storable(address) for address in dict.fromkeys(addresses)]
        found: list[Correction] = []
        with self._transaction(writes=False) as connection:
            for some in portions(asked):
                found += _found(connection, reader, corrections.c.address.in_(some))
        return tuple(sorted(found, key=lambda one: (one.at, one.id)))


def _found(connection: Connection, reader: Reader, *conditions: ColumnElement[bool]) -> tuple[Correction, ...]:
    rows = connection.execute(
        select(corrections.c.body, corrections.c.marking)
        .join(reports, reports.c.id == corrections.c.report)
        .where(visible(corrections, reader), visible(reports, reader), *conditions)
        .order_by(corrections.c.at, corrections.c.id)
    )
    return tuple(_as_told(_read(row.body), row.marking, reader) for row in rows)


def _as_told(made: Correction, marking: str | None, reader: Reader) -> Correction:
    """Return an entry as its reader may read it: who of this node made it, and why, is no partner's to know."""
    shown = structs.replace(made, marking=markings.read(marking, reader))
    return shown if reader.partner is None else structs.replace(shown, by="", reason=None)
