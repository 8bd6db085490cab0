"""The queue of the service: who does what, for how long it is theirs, and what ended badly too often.

On PostgreSQL many workers take from it at once: each locks the row it takes and skips rows that are locked (FOR UPDATE
SKIP LOCKED), without the turn that all other writers wait for. In a file there is one writer at a time anyway, so the
same statements are alone there. A unit is in the queue once; whoever takes it holds a lease, and one whose lease has
run out is dead for all that anybody knows: the unit is taken again. What a unit does can be done twice without harm.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, case, delete, exists, func, insert, or_, select, update

from watchfloor.core.identity import content_id
from watchfloor.core.job import Job, JobKind, JobState, Worker
from watchfloor.core.marking import Reader
from watchfloor.store import turns
from watchfloor.store.inserting import insert_new
from watchfloor.store.markings import at_home
from watchfloor.store.schema import annotations, asides, captures, made, reports
from watchfloor.store.schema_watch import jobs as queue
from watchfloor.store.schema_watch import workers
from watchfloor.store.text import moment, optional, storable

ASKEW = timedelta(minutes=1)
"""By so much the clocks of two machines may differ; a later time than that was written before a clock was set back."""

MOST_TRIES = 3
"""Times that a unit is begun before it is set aside: what ended its worker three times will end the fourth."""


def job_id(kind: JobKind, unit: str) -> str:
    """Return the id of a unit of work."""
    return content_id("job", kind, unit)


class Jobs:
    """The queue. It names captures and feeds and holds no content; a partner's reader sees none of it."""

    def __init__(self, transaction: turns.Transaction) -> None:
        self._transaction = transaction

    def enqueue(self, kind: JobKind, units: Sequence[str], now: datetime) -> int:
        """Put units into the queue that are not in it or are done; return how many."""
        number = 0
        with self._transaction(writes=True, changes="nothing") as connection:
            for unit in units:
                values = _fresh(kind, unit, now)
                there = queue.c.id == values["id"]
                state = connection.execute(select(queue.c.state).where(there)).scalar()
                if state is None:
                    connection.execute(insert(queue), values)
                elif state == "done":
                    again = {"state": "waiting", "due": values["due"], "tries": 0, "reason": None}
                    connection.execute(update(queue).where(there).values(**again))
                number += state in (None, "done")
        return number

    def enqueue_pending(self, now: datetime, most: int, after: int = 0) -> tuple[int, int]:
        """Put captures into the queue that are neither reported nor set aside, the oldest first.

        Return how many, and the row up to which none is left out: to be given as `after` the next time. Rows are
        numbered in the order in which they become visible, so none comes in before it later.
        """
        waiting = (
            select(captures.c.seq, captures.c.id)
            .where(
                captures.c.seq > after,
                ~exists().where(made.c.capture == captures.c.id),
                ~exists().where(asides.c.capture == captures.c.id),
                ~exists().where(queue.c.unit == captures.c.id, queue.c.kind == "read", queue.c.state != "done"),
            )
            .order_by(captures.c.seq)
            .limit(most)
        )
        with self._transaction(writes=False) as connection:
            last = connection.execute(select(func.coalesce(func.max(captures.c.seq), 0))).scalar_one()
            rows = connection.execute(waiting).all()
        if len(rows) == most:
            last = rows[-1].seq
        return self.enqueue("read", [row.id for row in rows], now) if rows else 0, last

    def enqueue_stale(self, recipe: str, now: datetime, most: int) -> int:
        """Put current readings into the queue that another recipe made, the oldest first; return how many.

        One that stands in the queue, done or set aside, is left out until it is forgotten.
        """
        stale = (
            select(reports.c.id)
            .join(annotations, annotations.c.report == reports.c.id)
            .where(
                annotations.c.recipe != storable(recipe),
                exists().where(made.c.report == reports.c.id),
                ~exists().where(queue.c.unit == reports.c.id, queue.c.kind == "reread"),
            )
            .order_by(reports.c.seq)
            .limit(most)
        )
        with self._transaction(writes=False) as connection:
            ids = list(connection.execute(stale).scalars())
        return self.enqueue("reread", ids, now) if ids else 0

    def take(self, worker: str, kinds: Sequence[JobKind], now: datetime, lease: timedelta) -> tuple[Job | None, bool]:
        """Take the unit that is due longest and begin it; return it, and whether it may be tried.

        One that was begun too often already is not to be tried: the taker sets it aside with a reason. None when
        nothing is due. A unit whose worker's lease has run out is due again; so is one that was put here, ended or
        begun in what is the future: the clock was set back since, and its times mean nothing.
        """
        future = moment(now + ASKEW)
        due = or_(
            and_(
                queue.c.state == "waiting",
                or_(queue.c.due <= moment(now), func.coalesce(queue.c.ended, queue.c.made) > future),
            ),
            and_(queue.c.state == "running", or_(queue.c.lease < moment(now), queue.c.began > future)),
        )
        order = case(*((queue.c.kind == kind, number) for number, kind in enumerate(kinds)), else_=len(kinds))
        asked = (
            select(queue)
            .where(queue.c.kind.in_(kinds), due)
            .order_by(order, queue.c.due, queue.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        with self._transaction(writes=True, alone=False, changes="nothing") as connection:
            row = connection.execute(asked).one_or_none()
            if row is None:
                return None, False
            values = {
                "state": "running",
                "tries": row.tries + 1,
                "worker": storable(worker),
                "lease": moment(now + lease),
                "began": moment(now),
                "ended": None,
            }
            connection.execute(update(queue).where(queue.c.id == row.id).values(**values))
            connection.execute(update(workers).where(workers.c.name == storable(worker)).values(doing=row.id))
            taken = connection.execute(select(queue).where(queue.c.id == row.id)).one()
            return _job(taken), row.tries < MOST_TRIES

    def finish(
        self,
        job: Job,
        now: datetime,
        state: JobState,
        *,
        reason: str | None = None,
        due: datetime | None = None,
        count: bool = True,
    ) -> bool:
        """Write down how a unit ended; False when it is another worker's by now, and nothing is changed.

        due: when a unit that waits again is due. count: whether the try counts; not for a unit handed back.
        """
        values: dict[str, object] = {
            "state": state,
            "lease": None,
            "ended": moment(now),
            "reason": optional(reason),
            "due": moment(due or now),
        }
        if not count:
            values["tries"] = max(0, job.tries - 1)
        mine = and_(
            queue.c.id == job.id, queue.c.state == "running", queue.c.worker == job.worker, queue.c.tries == job.tries
        )
        with self._transaction(writes=True, alone=False, changes="nothing") as connection:
            ended = connection.execute(update(queue).where(mine).values(**values)).rowcount > 0
            done = workers.c.done + (1 if ended and state == "done" else 0)
            connection.execute(update(workers).where(workers.c.name == job.worker).values(doing=None, done=done))
            return ended

    def beat(self, worker: str, now: datetime, lease: timedelta) -> None:
        """Say that a worker lives: it is listed, and what it does is its own for longer."""
        with self._transaction(writes=True, alone=False, changes="nothing") as connection:
            name = storable(worker)
            mine = and_(queue.c.worker == name, queue.c.state == "running")  # units first: nobody waits crosswise
            connection.execute(update(queue).where(mine).values(lease=moment(now + lease)))
            known = connection.execute(update(workers).where(workers.c.name == name).values(seen=moment(now)))
            if known.rowcount == 0:
                values = {"name": name, "began": moment(now), "seen": moment(now), "doing": None, "done": 0}
                connection.execute(insert_new(connection, workers), values)

    def leave(self, worker: str) -> None:
        """Strike a worker off that has stopped; what it was doing is due again at once."""
        with self._transaction(writes=True, alone=False, changes="nothing") as connection:
            name = storable(worker)
            mine = and_(queue.c.worker == name, queue.c.state == "running")
            connection.execute(update(queue).where(mine).values(state="waiting", lease=None))
            connection.execute(delete(workers).where(workers.c.name == name))

    def replay(self, reader: Reader, ids: Sequence[str], now: datetime) -> int:
        """Put units that were set aside into the queue again, all or those with these ids; return how many."""
        which = and_(queue.c.state == "aside", at_home(reader))
        if ids:
            which = and_(which, queue.c.id.in_([storable(one) for one in ids]))
        values = {"state": "waiting", "tries": 0, "due": moment(now), "reason": None}
        with self._transaction(writes=True, changes="nothing") as connection:
            return connection.execute(update(queue).where(which).values(**values)).rowcount

    def forget(self, before: datetime) -> int:
        """Strike off what was done, and workers that were last seen, before a time; return how many units."""
        with self._transaction(writes=True, changes="nothing") as connection:
            connection.execute(delete(workers).where(workers.c.seen < moment(before)))
            old = and_(queue.c.state == "done", queue.c.ended < moment(before))
            return connection.execute(delete(queue).where(old)).rowcount

    def jobs(self, reader: Reader, *, state: JobState | None = None, most: int = 100) -> tuple[Job, ...]:
        """Return units of work: those that run, those set aside, those that wait, then what was done last."""
        order = case(*((queue.c.state == name, at) for at, name in enumerate(("running", "aside", "waiting"))), else_=3)
        asked = select(queue).where(at_home(reader)).order_by(order, queue.c.ended.desc(), queue.c.due, queue.c.id)
        if state is not None:
            asked = asked.where(queue.c.state == state)
        with self._transaction(writes=False) as connection:
            return tuple(_job(row) for row in connection.execute(asked.limit(most)))

    def counts(self, reader: Reader) -> dict[tuple[JobKind, JobState], int]:
        """Return how many units there are by kind and state."""
        asked = select(queue.c.kind, queue.c.state, func.count()).where(at_home(reader))
        with self._transaction(writes=False) as connection:
            rows = connection.execute(asked.group_by(queue.c.kind, queue.c.state))
            return {(kind, state): number for kind, state, number in rows}

    def workers(self, reader: Reader) -> tuple[Worker, ...]:
        """Return the workers that are listed, by name."""
        asked = select(workers).where(at_home(reader)).order_by(workers.c.name)
        with self._transaction(writes=False) as connection:
            return tuple(
                Worker(
                    name=row.name,
                    began=datetime.fromisoformat(row.began),
                    seen=datetime.fromisoformat(row.seen),
                    doing=row.doing,
                    done=row.done,
                )
                for row in connection.execute(asked)
            )


def _fresh(kind: JobKind, unit: str, now: datetime) -> dict[str, object]:
    return {
        "id": job_id(kind, unit),
        "kind": kind,
        "unit": storable(unit),
        "state": "waiting",
        "due": moment(now),
        "made": moment(now),
        "tries": 0,
    }


def _job(row: Row[Any]) -> Job:
    return Job(
        id=row.id,
        kind=row.kind,
        unit=row.unit,
        state=row.state,
        due=datetime.fromisoformat(row.due),
        made=datetime.fromisoformat(row.made),
        tries=row.tries,
        worker=row.worker,
        lease=_time(row.lease),
        began=_time(row.began),
        ended=_time(row.ended),
        reason=row.reason,
    )


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
