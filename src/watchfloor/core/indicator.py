"""A saved question that is asked again and again, and the condition under which somebody is told."""

from datetime import timedelta
from typing import Literal

from msgspec import Struct

from watchfloor.core.alert import Urgency

Over = Literal["claims", "events", "contacts", "figures", "transfers", "reports"]
When = Literal["first seen", "independent origins", "reports", "figure above", "stance changed", "silence broken"]


class Indicator(Struct, frozen=True, kw_only=True):
    """What is watched for; a query, a condition, and who is told.

    over: what is looked at; "reports" are those that a search finds. when: the condition.
    search: a query as it is typed; what is looked at is told in a report that it finds. saved: in its place the name of
    a search that a team has saved.
    words: one of them stands in it ("two words" stand so, word* begins so). without: none of them does.
    parties: one of them speaks, acts, is acted upon, or is named; speakers: one of them speaks. Words of a name in any
    order, or an ISO 3166-1 alpha-3 code. places: names or codes. outlets: one of them reports it.
    kinds: types of contact, event (PLOVER) or transfer, topics of claims. units: of figures. stances, statuses: one of
    them is taken, or holds. An empty field asks nothing.
    at_least: so many independent origins, or reports (for "reports"). above: the figure (for "figure above").
    certain: count origins and figures by what is sure (the low end of the range); else by what may be (the high end).
    window: how far back is looked; of "silence broken" how long the silence was; None is without end.
    cool_down: after an alert so long none about the same thing; what came meanwhile is told after it, at once.
    notify: channels by name, "role:NAME" or "person:NAME"; nobody is sent anything that is not named here.
    """

    id: str
    title: str
    over: Over
    when: When
    search: str = ""
    saved: str = ""
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    at_least: int = 2
    above: int | None = None
    certain: bool = True
    window: timedelta | None = None
    cool_down: timedelta = timedelta(0)
    urgency: Urgency = "routine"
    notify: tuple[str, ...] = ()
