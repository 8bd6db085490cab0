"""The egress log: which hosts were asked, by the hour, with counts and failures. No address and no content."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import and_, delete, func, select, update

from watchfloor.core.egress import Egress
from watchfloor.core.marking import Reader
from watchfloor.store import turns
from watchfloor.store.inserting import insert_new
from watchfloor.store.markings import at_home
from watchfloor.store.schema_watch import egress
from watchfloor.store.text import moment, optional, storable

LONGEST = 300  # characters of why a request failed (assumed)


class EgressLog:
    """What left the node. Hosts show what this node is interested in: a partner's reader sees none of it."""

    def __init__(self, transaction: turns.Transaction) -> None:
        self._transaction = transaction

    def note(self, some: Iterable[Egress]) -> None:
        """Add what was asked to the hour of its last request."""
        with self._transaction(writes=True, changes="nothing") as connection:
            for one in some:
                hour = moment(one.last.replace(minute=0, second=0, microsecond=0))
                key = {"hour": hour, "purpose": one.purpose, "host": storable(one.host)}
                fresh = {**key, "asked": 0, "failed": 0, "last": moment(one.last), "detail": None}
                connection.execute(insert_new(connection, egress), fresh)
                there = and_(*(egress.c[name] == value for name, value in key.items()))
                more: dict[str, object] = {
                    "asked": egress.c.asked + one.asked,
                    "failed": egress.c.failed + one.failed,
                    "last": moment(one.last),
                }
                if one.detail is not None:
                    more["detail"] = optional(one.detail[:LONGEST])
                connection.execute(update(egress).where(there).values(**more))

    def since(self, reader: Reader, at: datetime) -> tuple[Egress, ...]:
        """Return what was asked in the hours from that moment's on, by host and purpose."""
        first = moment(at.replace(minute=0, second=0, microsecond=0))
        asked = (
            select(
                egress.c.host,
                egress.c.purpose,
                func.sum(egress.c.asked).label("asked"),
                func.sum(egress.c.failed).label("failed"),
                func.max(egress.c.last).label("last"),
            )
            .where(at_home(reader), egress.c.hour >= first)
            .group_by(egress.c.host, egress.c.purpose)
            .order_by(egress.c.host, egress.c.purpose)
        )
        why = select(egress.c.host, egress.c.purpose, egress.c.detail).where(
            at_home(reader), egress.c.hour >= first, egress.c.detail.is_not(None)
        )
        with self._transaction(writes=False) as connection:
            details = {(row.host, row.purpose): row.detail for row in connection.execute(why.order_by(egress.c.hour))}
            return tuple(
                Egress(
                    host=row.host,
                    purpose=row.purpose,
                    asked=int(row.asked),
                    failed=int(row.failed),
                    last=datetime.fromisoformat(row.last),
                    detail=details.get((row.host, row.purpose)),
                )
                for row in connection.execute(asked)
            )

    def forget(self, before: datetime) -> int:
        """Strike off the hours before a moment; return how many rows."""
        with self._transaction(writes=True, changes="nothing") as connection:
            return connection.execute(delete(egress).where(egress.c.hour < moment(before))).rowcount
