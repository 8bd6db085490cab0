"""Briefs that people work on, every version, in the database; each with its entry in the log.

They stay at home: no partner's reader sees one. A home reader sees a version when they may see every report it cites.
"""

from collections.abc import Iterable

import msgspec
from sqlalchemy import ColumnElement, and_, exists, func, insert, select

from watchfloor.core.audit import Note
from watchfloor.core.draft import Draft
from watchfloor.core.marking import Reader
from watchfloor.store import audit, turns
from watchfloor.store.markings import at_home, visible
from watchfloor.store.schema import reports
from watchfloor.store.schema_sharing import draft_citations, drafts
from watchfloor.store.text import moment, storable, written

_decode = msgspec.json.Decoder(Draft).decode


class Drafts:
    """The drafts of one database. Nothing here changes or removes a version."""

    def __init__(self, transaction: turns.Transaction) -> None:
        self._transaction = transaction

    def keep_draft(self, draft: Draft, note: Note) -> bool:
        """Keep a version; False, and nothing is kept, when it is not the next one: somebody else was faster."""
        with self._transaction(writes=True, changes="nothing") as connection:
            turns.take(connection, "products")
            newest = select(func.max(drafts.c.version)).where(drafts.c.id == storable(draft.id))
            if draft.version != (connection.execute(newest).scalar() or 0) + 1:
                return False
            row = {
                "id": storable(draft.id),
                "version": draft.version,
                "made": moment(draft.made),
                "document": written(draft),
            }
            connection.execute(insert(drafts), row)
            if rows := [{"draft": draft.id, "version": draft.version, "report": id} for id in cited(draft)]:
                connection.execute(insert(draft_citations), rows)
            audit.keep(connection, note)
            return True

    def drafts(self, reader: Reader) -> tuple[Draft, ...]:
        """Return the newest version of every draft that the reader may see, the one changed last first."""
        newest = select(drafts.c.id, func.max(drafts.c.version).label("version")).group_by(drafts.c.id).subquery()
        with self._transaction(writes=False) as connection:
            rows = connection.execute(
                select(drafts.c.document)
                .join(newest, and_(newest.c.id == drafts.c.id, newest.c.version == drafts.c.version))
                .where(_seen(reader))
                .order_by(drafts.c.made.desc(), drafts.c.id)
            )
            return tuple(_decode(row.document) for row in rows)

    def versions(self, reader: Reader, id: str) -> tuple[Draft, ...]:
        """Return the versions of a draft that may be seen, the oldest first; none when the last may not be."""
        with self._transaction(writes=False) as connection:
            last = connection.execute(
                select(func.max(drafts.c.version)).where(drafts.c.id == storable(id))
            ).scalar_one_or_none()
            rows = connection.execute(
                select(drafts.c.document).where(drafts.c.id == storable(id), _seen(reader)).order_by(drafts.c.version)
            )
            found = tuple(_decode(row.document) for row in rows)
            return found if found and found[-1].version == last else ()


def cited(draft: Draft) -> list[str]:
    """Return the ids of the reports that a draft cites."""
    return sorted(set(_reports(draft)))


def _reports(draft: Draft) -> Iterable[str]:
    return (span.report for part in draft.parts for one in part.sentences for span in one.citations)


def _seen(reader: Reader) -> ColumnElement[bool]:
    hidden = exists().where(
        draft_citations.c.draft == drafts.c.id,
        draft_citations.c.version == drafts.c.version,
        reports.c.id == draft_citations.c.report,
        ~visible(reports, reader),
    )
    return and_(at_home(reader), ~hidden)
