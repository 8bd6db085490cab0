"""Step-by-step measures: what is to be done, who owns it, and how far people have gone."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from watchfloor.core.marking import Marking
from watchfloor.core.permission import Role
from watchfloor.core.span import Span

MeasureStatus = Literal["proposed", "agreed", "taken", "lifted"]


class Measure(Struct, frozen=True, kw_only=True):
    """One rung of the ladder.

    step: its place, 1 first; several may stand side by side. indicators: ids of those that call for it.
    owner: the role whose it is to move. note: what belongs to it, in words.
    """

    id: str
    title: str
    step: int
    indicators: tuple[str, ...] = ()
    owner: Role = "watch officer"
    note: str | None = None


class Move(Struct, frozen=True, kw_only=True):
    """A person set the status of a measure; nothing of it is ever changed, an undo is a move of its own.

    status: what it is from then on; None is as before anybody moved it. undoes: id of the move that is taken back.
    alerts, evidence: what moved it.
    """

    id: str
    measure: str
    status: MeasureStatus | None
    by: str
    at: datetime
    reason: str
    alerts: tuple[str, ...] = ()
    evidence: tuple[Span, ...] = ()
    undoes: str | None = None
    marking: Marking | None = None
