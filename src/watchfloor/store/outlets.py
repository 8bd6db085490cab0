"""How far outlets are trusted: grades with their history. They stay at home and are no partner's to see."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from watchfloor.core.feed import Grade
from watchfloor.core.marking import Reader
from watchfloor.store.markings import at_home
from watchfloor.store.schema import feeds, grades, outlet_grades
from watchfloor.store.text import moment, optional, storable


def keep_grade(connection: Connection, outlet: str, grade: Grade) -> None:
    """Add a grade to those of an outlet, where it holds from now on."""
    values = {"outlet": storable(outlet), "reliability": grade.reliability, "by": storable(grade.by)}
    connection.execute(insert(outlet_grades), {**values, "at": moment(grade.at), "reason": optional(grade.reason)})


def read(connection: Connection, reader: Reader) -> dict[str, tuple[Grade, ...]]:
    """Return the grades by outlet, the oldest first: its own, and those of the feeds that carry it alone."""
    own = select(
        outlet_grades.c.outlet,
        outlet_grades.c.reliability,
        outlet_grades.c.by,
        outlet_grades.c.at,
        outlet_grades.c.reason,
    ).where(at_home(reader))
    of_feeds = (
        select(feeds.c.outlet, grades.c.reliability, grades.c.by, grades.c.at, grades.c.reason)
        .join(grades, grades.c.feed == feeds.c.name)
        .where(at_home(reader), feeds.c.outlet.is_not(None))
    )
    found: dict[str, list[Grade]] = {}
    for outlet, reliability, by, at, reason in (*connection.execute(own), *connection.execute(of_feeds)):
        made = Grade(reliability=reliability, by=by, at=datetime.fromisoformat(at), reason=reason)
        found.setdefault(outlet, []).append(made)
    order = {
        outlet: sorted(given, key=lambda one: (one.at, one.reliability, one.by)) for outlet, given in found.items()
    }
    return {outlet: tuple(given) for outlet, given in sorted(order.items())}
