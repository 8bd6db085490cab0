"""Corrections to partners in the database; every change with its entry in the log."""

from collections.abc import Callable

import msgspec
from msgspec import structs
from sqlalchemy import ColumnElement, and_, false, insert, select, update

from watchfloor.core.audit import Note
from watchfloor.core.marking import Reader
from watchfloor.core.product import Recall
from watchfloor.store import audit, turns
from watchfloor.store.markings import in_standing, visible
from watchfloor.store.schema_sharing import products, recalls
from watchfloor.store.text import is_storable, moment, storable, written
from watchfloor.store.write_records import has


class Recalls:
    """What no longer stands and whom it was released to. A partner's reader sees what was sent to it, nothing else."""

    def __init__(self, transaction: turns.Transaction) -> None:
        self._transaction = transaction

    def keep_recall(self, recall: Recall, note: Note) -> bool:
        """Queue a correction; False, and nothing is changed, when the same is queued or sent already."""
        with self._transaction(writes=True, changes="nothing") as connection:
            turns.take(connection, "recalls")
            if has(connection, recalls, recall.id):
                return False
            connection.execute(insert(recalls), _columns(recall))
            audit.keep(connection, note)
            return True

    def recalls(self, reader: Reader) -> tuple[Recall, ...]:
        """Return the corrections, the oldest first; to a partner's reader those that were sent to it."""
        with self._transaction(writes=False) as connection:
            rows = connection.execute(
                select(recalls.c.document)
                .join(products, products.c.id == recalls.c.product)
                .where(_seen(reader))
                .order_by(recalls.c.queued, recalls.c.id)
            )
            return tuple(_as_told(msgspec.json.decode(row.document, type=Recall), reader) for row in rows)

    def change_recall(self, reader: Reader, id: str, change: Callable[[Recall], Recall], note: Note) -> Recall | None:
        """Change a correction as it is kept now: sent, or arrived; None when there is none for this reader."""
        with self._transaction(writes=True, changes="nothing") as connection:
            turns.take(connection, "recalls")
            row = connection.execute(
                select(recalls.c.document)
                .join(products, products.c.id == recalls.c.product)
                .where(recalls.c.id == storable(id), _seen(reader))
            ).one_or_none()
            if row is None:
                return None
            changed = change(msgspec.json.decode(row.document, type=Recall))
            connection.execute(update(recalls).where(recalls.c.id == changed.id).values(**_columns(changed)))
            audit.keep(connection, note)
            return _as_told(changed, reader)


def _seen(reader: Reader) -> ColumnElement[bool]:
    """Return the condition for corrections: at home of products that may be seen, for a partner those sent to it."""
    if reader.partner is None:
        return visible(products, reader)
    if not is_storable(reader.partner):
        return false()
    return and_(recalls.c.partner == reader.partner, recalls.c.state != "queued", in_standing(reader, products.c.tlp))


def _as_told(recall: Recall, reader: Reader) -> Recall:
    """Return a correction as its reader may read it: reasons and people of this node, and a report that may not be
    theirs, are not in it; what they are told is its text.
    """
    if reader.partner is None:
        return recall
    return structs.replace(recall, reason="", queued_by="", sent_by=None, successor=None)


def _columns(recall: Recall) -> dict[str, object]:
    return {
        "id": recall.id,
        "product": recall.product,
        "partner": storable(recall.partner),
        "report": storable(recall.report),
        "state": recall.state,
        "queued": moment(recall.queued),
        "document": written(recall),
    }
