"""Alerts, what indicators have seen, moves of measures and deliveries: a partner sees none of it."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct, structs
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from watchfloor.core.alert import Acknowledgement, Alert
from watchfloor.core.audit import Note
from watchfloor.core.channel import Delivery, DeliveryState
from watchfloor.core.marking import Reader
from watchfloor.core.measure import Move
from watchfloor.core.seen import Seen
from watchfloor.store import audit, markings, turns
from watchfloor.store.inserting import insert_new
from watchfloor.store.markings import at_home, hidden_reports, visible
from watchfloor.store.portions import MOST, portions
from watchfloor.store.schema_watch import (
    acknowledgements,
    deliveries,
    indicator_states,
    moves,
    seen_things,
    watch_texts,
)
from watchfloor.store.schema_watch import alerts as raised
from watchfloor.store.text import moment, optional, storable, written
from watchfloor.store.write_records import Kept, has

_alert = msgspec.json.Decoder(Alert).decode
_seen = msgspec.json.Decoder(Seen).decode
_move = msgspec.json.Decoder(Move).decode


class Asked(Struct, frozen=True, kw_only=True):
    """How long an indicator is asked: recipe, the digest of what it asks; since when; when it was looked last."""

    recipe: str
    began: datetime
    looked: datetime


class Noticed(Struct, frozen=True, kw_only=True):
    """An alert with whoever has taken note of it; number: its place in the order in which alerts came up."""

    number: int
    alert: Alert
    acknowledged: Acknowledgement | None = None


class Alerts:
    """What is watched for and what came of it. A look and all its alerts are kept in one transaction."""

    def __init__(self, transaction: turns.Transaction) -> None:
        self._transaction = transaction

    def keep_look(
        self,
        reader: Reader,
        at: datetime,
        look: Callable[[dict[str, tuple[Seen, ...]], dict[str, Asked]], "Look"],
    ) -> tuple[Alert, ...]:
        """Make a look with what was seen until now, and keep what came of it; return the alerts that are new.

        It is alone from reading to writing: two programs that look at the same time do not alert twice.
        """
        with self._transaction(writes=True, changes="nothing") as connection:
            turns.take(connection, "watch")
            result = look(_all_seen(connection, reader), _asked(connection, reader))
            for name in result.forgotten:
                connection.execute(delete(seen_things).where(seen_things.c.indicator == storable(name)))
                connection.execute(delete(indicator_states).where(indicator_states.c.indicator == storable(name)))
            for name, recipe in result.asked.items():
                _keep_asked(connection, name, recipe, at)
            _keep_seen(connection, result.seen, result.gone)
            new = [one for one in result.alerts if _keep_alert(connection, one)]
            fresh = {one.id for one in new}
            _keep_deliveries(connection, [one for one in result.deliveries if one.alert in fresh])
            return tuple(new)

    def seen(self, reader: Reader) -> dict[str, tuple[Seen, ...]]:
        """Return what each indicator has seen; a partner's reader, and who is not cleared for it, finds none."""
        with self._transaction(writes=False) as connection:
            return _all_seen(connection, reader)

    def asked(self, reader: Reader) -> dict[str, Asked]:
        """Return by indicator since when it is asked, and when it was looked last."""
        with self._transaction(writes=False) as connection:
            return _asked(connection, reader)

    def alerts(
        self,
        reader: Reader,
        *,
        indicator: str | None = None,
        open_only: bool = False,
        ids: Sequence[str] | None = None,
        most: int = 200,
        before: int | None = None,
    ) -> tuple[Noticed, ...]:
        """Return alerts, the latest first; none that rests on a report which the reader may not see by now.

        before: only those that came up before the one with this number.
        """
        asked = (
            select(raised, acknowledgements.c.by, acknowledgements.c.at.label("noted"), acknowledgements.c.note)
            .join(acknowledgements, acknowledgements.c.alert == raised.c.id, isouter=True)
            .where(visible(raised, reader))
            .order_by(raised.c.seq.desc())
            .limit(most)
        )
        if indicator is not None:
            asked = asked.where(raised.c.indicator == storable(indicator))
        if open_only:
            asked = asked.where(acknowledgements.c.alert.is_(None))
        if before is not None:
            asked = asked.where(raised.c.seq < before)
        if ids is not None:
            asked = asked.where(raised.c.id.in_([storable(one) for one in ids[:MOST]]))
        with self._transaction(writes=False) as connection:
            found = [_noticed(row, reader) for row in connection.execute(asked)]
            hidden = hidden_reports(connection, reader, {id for one in found for id in one.alert.rests_on})
        return tuple(one for one in found if hidden.isdisjoint(one.alert.rests_on))

    def count(self, reader: Reader) -> dict[str, int]:
        """Return how many alerts there are for the reader: "all", and "open", those that nobody has acknowledged."""
        with self._transaction(writes=False) as connection:
            every = select(func.count()).select_from(raised).where(visible(raised, reader))
            noted = select(acknowledgements.c.alert)
            return {
                "all": connection.execute(every).scalar_one(),
                "open": connection.execute(every.where(raised.c.id.not_in(noted))).scalar_one(),
            }

    def acknowledge(self, reader: Reader, given: Acknowledgement, note: Note) -> Kept | None:
        """Keep that somebody has taken note of an alert; "known" when somebody has before, None without one."""
        with self._transaction(writes=True, changes="nothing") as connection:
            there = select(raised.c.id).where(raised.c.id == storable(given.alert), visible(raised, reader))
            if connection.execute(there).scalar() is None:
                return None
            if has(connection, acknowledgements, given.alert, "alert"):
                return "known"
            values = {
                "alert": given.alert,
                "by": storable(given.by),
                "at": moment(given.at),
                "note": optional(given.note),
            }
            connection.execute(insert(acknowledgements), values)
            audit.keep(connection, note)
            return "new"

    def keep_move(self, move: Move, note: Note) -> bool:
        """Keep a move of a measure; False when the same is kept already."""
        with self._transaction(writes=True, changes="nothing") as connection:
            if has(connection, moves, move.id):
                return False
            values = {
                "id": move.id,
                "measure": storable(move.measure),
                "at": moment(move.at),
                "document": written(structs.replace(move, marking=None)),
                **markings.columns(move.marking),
            }
            connection.execute(insert(moves), values)
            audit.keep(connection, note)
            return True

    def moves(self, reader: Reader) -> tuple[Move, ...]:
        """Return the moves of all measures, in the order in which they were made."""
        with self._transaction(writes=False) as connection:
            rows = connection.execute(select(moves).where(visible(moves, reader)).order_by(moves.c.seq))
            return tuple(
                structs.replace(_move(row.document), marking=markings.read(row.marking, reader)) for row in rows
            )

    def keep_text(self, text: str, by: str, at: datetime, note: Note) -> None:
        """Keep how the file of indicators stands now."""
        digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        with self._transaction(writes=True, changes="nothing") as connection:
            values = {"digest": digest, "at": moment(at), "by": storable(by), "text": storable(text)}
            connection.execute(insert(watch_texts), values)
            audit.keep(connection, note)

    def texts(self, reader: Reader, most: int = 20) -> tuple[tuple[str, datetime, str, str], ...]:
        """Return digest, time, person and text of the last changes of the file, the latest first."""
        asked = select(watch_texts).where(at_home(reader)).order_by(watch_texts.c.seq.desc()).limit(most)
        with self._transaction(writes=False) as connection:
            return tuple(
                (row.digest, datetime.fromisoformat(row.at), row.by, row.text) for row in connection.execute(asked)
            )

    def deliveries(
        self,
        reader: Reader,
        *,
        state: DeliveryState | None = None,
        due: datetime | None = None,
        alert: str | None = None,
        most: int = 500,
    ) -> tuple[Delivery, ...]:
        """Return deliveries of alerts that the reader may see, by when they are due. due: only those due by then."""
        asked = (
            select(deliveries)
            .join(raised, raised.c.id == deliveries.c.alert)
            .where(visible(raised, reader))
            .order_by(deliveries.c.due, deliveries.c.id)
            .limit(most)
        )
        if state is not None:
            asked = asked.where(deliveries.c.state == state)
        if due is not None:
            asked = asked.where(deliveries.c.due <= moment(due))
        if alert is not None:
            asked = asked.where(deliveries.c.alert == storable(alert))
        with self._transaction(writes=False) as connection:
            return tuple(_delivery(row) for row in connection.execute(asked))

    def keep_delivery(self, delivery: Delivery) -> bool:
        """Keep what came of a delivery; False when there is none with its id."""
        values = _delivered(delivery)
        with self._transaction(writes=True, changes="nothing") as connection:
            done = connection.execute(update(deliveries).where(deliveries.c.id == delivery.id).values(**values))
            return done.rowcount > 0


class Look(Struct, frozen=True, kw_only=True):
    """What a look gives to be kept.

    asked: by indicator its recipe where it is new or changed, None where it is as it was. forgotten: indicators of
    which nothing that was seen holds any more. gone: ids of things seen that are one with others.
    """

    alerts: tuple[Alert, ...]
    seen: dict[str, tuple[Seen, ...]]
    gone: tuple[str, ...] = ()
    asked: dict[str, str | None] = {}
    forgotten: tuple[str, ...] = ()
    deliveries: tuple[Delivery, ...] = ()


def _all_seen(connection: Connection, reader: Reader) -> dict[str, tuple[Seen, ...]]:
    found: dict[str, list[Seen]] = {}
    rows = connection.execute(select(seen_things).where(visible(seen_things, reader)).order_by(seen_things.c.id))
    for row in rows:
        one = structs.replace(_seen(row.document), marking=markings.read(row.marking, reader))
        found.setdefault(row.indicator, []).append(one)
    return {name: tuple(those) for name, those in found.items()}


def _asked(connection: Connection, reader: Reader) -> dict[str, Asked]:
    rows = connection.execute(select(indicator_states).where(at_home(reader)))
    return {
        row.indicator: Asked(
            recipe=row.recipe, began=datetime.fromisoformat(row.began), looked=datetime.fromisoformat(row.looked)
        )
        for row in rows
    }


def _keep_asked(connection: Connection, name: str, recipe: str | None, at: datetime) -> None:
    where = indicator_states.c.indicator == storable(name)
    if recipe is None:
        connection.execute(update(indicator_states).where(where).values(looked=moment(at)))
        return
    connection.execute(delete(indicator_states).where(where))
    values = {"indicator": storable(name), "recipe": recipe, "began": moment(at), "looked": moment(at)}
    connection.execute(insert(indicator_states), values)


def _keep_seen(connection: Connection, seen: dict[str, tuple[Seen, ...]], gone: Iterable[str]) -> None:
    changed = list({one.id: (name, one) for name, those in seen.items() for one in those}.values())
    ids = [*dict.fromkeys([*gone, *(one.id for _, one in changed)])]
    for some in portions(ids):
        connection.execute(delete(seen_things).where(seen_things.c.id.in_(some)))
    rows = [
        {
            "id": one.id,
            "indicator": storable(name),
            "document": written(structs.replace(one, marking=None)),
            **markings.columns(one.marking),
        }
        for name, one in changed
    ]
    if rows:
        connection.execute(insert(seen_things), rows)


def _keep_alert(connection: Connection, alert: Alert) -> bool:
    if has(connection, raised, alert.id):
        return False
    values = {
        "id": alert.id,
        "indicator": storable(alert.indicator),
        "at": moment(alert.at),
        "document": written(structs.replace(alert, marking=None)),
        **markings.columns(alert.marking),
    }
    connection.execute(insert(raised), values)
    return True


def _keep_deliveries(connection: Connection, given: Sequence[Delivery]) -> None:
    if given:
        connection.execute(insert_new(connection, deliveries), [{"id": one.id, **_delivered(one)} for one in given])


def _delivered(one: Delivery) -> dict[str, Any]:
    return {
        "alert": one.alert,
        "channel": storable(one.channel),
        "state": one.state,
        "due": moment(one.due),
        "tries": one.tries,
        "detail": optional(one.detail),
        "at": moment(one.at) if one.at else None,
    }


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        id=row.id,
        alert=row.alert,
        channel=row.channel,
        state=row.state,
        due=datetime.fromisoformat(row.due),
        tries=row.tries,
        detail=row.detail,
        at=datetime.fromisoformat(row.at) if row.at else None,
    )


def _noticed(row: Row[Any], reader: Reader) -> Noticed:
    alert = structs.replace(_alert(row.document), marking=markings.read(row.marking, reader))
    if row.by is None:
        return Noticed(number=row.seq, alert=alert)
    said = Acknowledgement(alert=alert.id, by=row.by, at=datetime.fromisoformat(row.noted), note=row.note)
    return Noticed(number=row.seq, alert=alert, acknowledged=said)
