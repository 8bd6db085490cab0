"""Keep and find feeds, their grades, how they fared, and the pages that they named and that are not kept yet.

A feed belongs to this node: no partner's reader sees one, and a home reader only what their clearance allows of what
comes from it. What a feed's name stands for is never forgotten: there is no way to delete one, only to pause it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct, json, structs
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    union_all,
    update,
)

from watchfloor.core.exchange import Outcome
from watchfloor.core.feed import Feed, FeedState, Grade
from watchfloor.core.marking import LEVELS, Reader
from watchfloor.store import markings
from watchfloor.store.markings import at_home
from watchfloor.store.portions import portions
from watchfloor.store.schema import awaited as waiting
from watchfloor.store.schema import captures, feed_states, grades, sightings
from watchfloor.store.schema import feeds as known
from watchfloor.store.schema import runs as ran
from watchfloor.store.text import moment, optional, storable, written
from watchfloor.store.write_records import Kept, has

RUNS_KEPT = 200
"""Runs of one feed that are kept: four days of one that is asked every half hour (assumed: enough to see a drift)."""


class Run(Struct, frozen=True, kw_only=True):
    """One run of a feed: when, what came of it, and how many items were new."""

    at: datetime
    outcome: Outcome
    detail: str = ""
    new: int = 0


class Awaited(Struct, frozen=True, kw_only=True):
    """A page that a feed named and that is not kept yet.

    named: when the feed named it. published, outlet: what the feed says of it. next_try: not before. tries: how often
    it could not be had. why: what came of the last try, in words; None before the first.
    """

    address: str
    named: datetime
    next_try: datetime
    published: str | None = None
    outlet: str | None = None
    tries: int = 0
    why: str | None = None


_awaited = json.Decoder(Awaited).decode
_state = json.Decoder(FeedState).decode


def keep_feed(connection: Connection, feed: Feed) -> Kept:
    """Keep a new feed with its grades; "known", and nothing is changed, when one has its name."""
    if has(connection, known, feed.name, "name"):
        return "known"
    connection.execute(insert(known), {"name": storable(feed.name), "added": moment(feed.added), **_columns(feed)})
    for grade in feed.grades:
        keep_grade(connection, feed.name, grade)
    return "new"


def change_feed(connection: Connection, feed: Feed) -> bool:
    """Make the feed of that name what is given, but for its grades and when it was added; False when there is none."""
    done = connection.execute(update(known).where(known.c.name == storable(feed.name)).values(**_columns(feed)))
    return done.rowcount > 0


def keep_grade(connection: Connection, name: str, grade: Grade) -> bool:
    """Add a grade to those of a feed, where it holds from now on; False when there is no such feed."""
    if not has(connection, known, name, "name"):
        return False
    connection.execute(
        insert(grades),
        {
            "feed": storable(name),
            "reliability": grade.reliability,
            "by": storable(grade.by),
            "at": moment(grade.at),
            "reason": optional(grade.reason),
        },
    )
    return True


def feeds(connection: Connection, reader: Reader) -> tuple[Feed, ...]:
    """Return the feeds by name, with their grades, the oldest first."""
    rows = connection.execute(select(known).where(_shown(reader)).order_by(known.c.name)).all()
    given: dict[str, list[Grade]] = {}
    for row in connection.execute(select(grades).where(at_home(reader)).order_by(grades.c.seq)):
        at = datetime.fromisoformat(row.at)
        given.setdefault(row.feed, []).append(Grade(reliability=row.reliability, by=row.by, at=at, reason=row.reason))
    return tuple(_feed(row, given.get(row.name, ())) for row in rows)


def keep_state(
    connection: Connection, name: str, state: FeedState, run: Run | None = None, awaited: Sequence[Awaited] = ()
) -> None:
    """Keep how a feed fares now, a run of it, and the pages that it names; all or nothing.

    awaited: in the order in which they are to be fetched; one that is awaited already stays as it is.
    """
    values = {"next_try": moment(state.next_try) if state.next_try else None, "state": written(state)}
    if has(connection, feed_states, name, "feed"):
        connection.execute(update(feed_states).where(feed_states.c.feed == storable(name)).values(**values))
    else:
        connection.execute(insert(feed_states), {"feed": storable(name), **values})
    if run is not None:
        _keep_run(connection, name, run)
    if awaited:
        _await(connection, name, awaited)


def states(connection: Connection, reader: Reader) -> dict[str, FeedState]:
    """Return how the feeds fare, by name; one that was never run is not among them."""
    rows = connection.execute(
        select(feed_states.c.feed, feed_states.c.state).where(feed_states.c.feed.in_(_names(reader)))
    )
    return {name: _state(state) for name, state in rows}


def runs(connection: Connection, reader: Reader, name: str, most: int = 20) -> tuple[Run, ...]:
    """Return the last runs of a feed, the latest first."""
    rows = connection.execute(
        select(ran)
        .where(ran.c.feed == storable(name), ran.c.feed.in_(_names(reader)))
        .order_by(ran.c.seq.desc())
        .limit(most)
    )
    return tuple(
        Run(at=datetime.fromisoformat(row.at), outcome=row.outcome, detail=row.detail, new=row.new) for row in rows
    )


def awaited(connection: Connection, reader: Reader, name: str, now: datetime, most: int) -> tuple[Awaited, ...]:
    """Return the pages of a feed that may be fetched now, of the latest run first and in its order.

    One that was never tried may be, whenever it was named: a clock that was set back must not keep it waiting.
    """
    rows = connection.execute(
        select(waiting.c.item)
        .where(waiting.c.feed == storable(name), or_(waiting.c.next_try <= moment(now), waiting.c.tries == 0))
        .where(waiting.c.feed.in_(_names(reader)))
        .order_by(waiting.c.rank.desc(), waiting.c.address)
        .limit(most)
    ).scalars()
    return tuple(_awaited(item) for item in rows)


def count_awaited(connection: Connection, reader: Reader) -> dict[str, int]:
    """Return how many pages are awaited, by feed."""
    rows = connection.execute(
        select(waiting.c.feed, func.count()).where(waiting.c.feed.in_(_names(reader))).group_by(waiting.c.feed)
    )
    return {row[0]: row[1] for row in rows}


def keep_awaited(connection: Connection, name: str, page: Awaited) -> None:
    """Write down when an awaited page is to be tried again, and why it could not be had."""
    connection.execute(
        update(waiting)
        .where(waiting.c.feed == storable(name), waiting.c.address == storable(page.address))
        .values(next_try=moment(page.next_try), tries=page.tries, item=written(page))
    )


def forget_awaited(connection: Connection, name: str, address: str) -> None:
    """Strike an awaited page off: it is kept now, or given up."""
    connection.execute(delete(waiting).where(waiting.c.feed == storable(name), waiting.c.address == storable(address)))


def last_seen(
    connection: Connection, reader: Reader, locators: Iterable[str], now: datetime | None = None
) -> dict[str, datetime]:
    """Return when something was last collected at each locator; one at which nothing was is not among them.

    A time after `now`, if that is given, of a clock that was set back since, is given only where there is no other.
    It does not ask for a clearance: that a page was fetched is all it says, and to whom it matters fetches it.
    """
    asked = list(dict.fromkeys(storable(locator) for locator in locators))
    found: dict[str, datetime] = {}
    for some in portions(asked):
        there = union_all(
            *(
                select(table.c.locator, table.c.collected).where(table.c.locator.in_(some), at_home(reader))
                for table in (captures, sightings)
            )
        ).subquery()
        last: ColumnElement[str] = func.max(there.c.collected)
        if now is not None:
            last = func.coalesce(func.max(case((there.c.collected <= moment(now), there.c.collected))), last)
        rows = connection.execute(select(there.c.locator, last).group_by(there.c.locator))
        found.update((locator, datetime.fromisoformat(at)) for locator, at in rows)
    return found


def _shown(reader: Reader) -> ColumnElement[bool]:
    cleared = or_(known.c.tlp.is_(None), known.c.tlp <= LEVELS.index(reader.clearance))
    return and_(at_home(reader), cleared)


def _names(reader: Reader) -> Any:
    return select(known.c.name).where(_shown(reader))


def _columns(feed: Feed) -> dict[str, object]:
    return {
        "kind": feed.kind,
        "address": storable(feed.address),
        "every": feed.every,
        "outlet": optional(feed.outlet),
        "language": optional(feed.language),
        "paused": feed.paused,
        **markings.columns(feed.marking),
    }


def _feed(row: Row[Any], given: Sequence[Grade]) -> Feed:
    return Feed(
        name=row.name,
        kind=row.kind,
        address=row.address,
        every=row.every,
        added=datetime.fromisoformat(row.added),
        outlet=row.outlet,
        language=row.language,
        marking=markings.read(row.marking),
        paused=row.paused,
        grades=tuple(given),
    )


def _keep_run(connection: Connection, name: str, run: Run) -> None:
    values = {"at": moment(run.at), "outcome": run.outcome, "detail": storable(run.detail), "new": run.new}
    connection.execute(insert(ran), {"feed": storable(name), **values})
    last = select(ran.c.seq).where(ran.c.feed == storable(name)).order_by(ran.c.seq.desc()).limit(RUNS_KEPT)
    connection.execute(delete(ran).where(ran.c.feed == storable(name), ran.c.seq.not_in(last)))


def _await(connection: Connection, name: str, pages: Sequence[Awaited]) -> None:
    """Add pages to those awaited, under a rank by which the first of the latest run comes first."""
    there: set[str] = set()
    for some in portions(storable(page.address) for page in pages):
        rows = connection.execute(
            select(waiting.c.address).where(waiting.c.feed == storable(name), waiting.c.address.in_(some))
        )
        there.update(rows.scalars())
    fresh = {storable(page.address): page for page in reversed(pages)}
    rows_to_add = [
        {
            "feed": storable(name),
            "address": address,
            "rank": f"{moment(page.named)} {nth:06d}",
            "next_try": moment(page.next_try),
            "tries": page.tries,
            "item": written(structs.replace(page, address=address)),
        }
        for nth, (address, page) in enumerate(fresh.items())
        if address not in there
    ]
    if rows_to_add:
        connection.execute(insert(waiting), rows_to_add)
