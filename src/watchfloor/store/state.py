"""In which state the database is: numbers that only rise, each in the transaction that changes something.

Every transaction that writes raises `shown` and `decided`, but those that say of themselves that nothing which a
picture shows follows from them, or no more than from a report that came in: who forgets to say so has pictures put
together once more, and never an old one shown. `marked` rises with every marking that is laid anew on something kept:
a picture of before must not be shown again.
"""

from typing import Literal

from msgspec import Struct
from sqlalchemy import Connection, select

from watchfloor.core.marking import Reader
from watchfloor.store import turns
from watchfloor.store.schema_sharing import turns as counted

Changes = Literal["nothing", "reports", "anything"]
"""What a transaction changes of what is shown: nothing, which reports there are, or anything."""

SHOWN, DECIDED, MARKED = "shown", "decided", "marked"


class State(Struct, frozen=True, kw_only=True):
    """The state of the database.

    shown: rises with anything that a picture may show. decided: with all of it but reports that come in and items that
    are set aside: the same reports make the same picture. marked: with a marking that is changed.
    """

    shown: int
    decided: int
    marked: int


def state(connection: Connection, reader: Reader) -> State | None:
    """Return the state, to any home reader; None to a partner's, since what they may see can change by the hour."""
    if reader.partner is not None:
        return None
    asked = select(counted.c.name, counted.c.taken).where(counted.c.name.in_((SHOWN, DECIDED, MARKED)))
    found = {row.name: row.taken for row in connection.execute(asked)}
    return State(shown=found[SHOWN], decided=found[DECIDED], marked=found[MARKED])


def note(connection: Connection, changes: Changes) -> None:
    """Write down what the running transaction changes."""
    if changes != "nothing":
        turns.take(connection, SHOWN)
    if changes == "anything":
        turns.take(connection, DECIDED)


def note_marking(connection: Connection) -> None:
    """Write down that a marking changed of something that may be in a picture."""
    turns.take(connection, MARKED)
