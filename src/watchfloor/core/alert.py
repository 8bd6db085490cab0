"""An indicator fired."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from watchfloor.core.marking import Marking
from watchfloor.core.span import Span

Trigger = Literal[
    "first seen",
    "new origin",
    "origins reached",
    "reports reached",
    "figure above",
    "stance changed",
    "status changed",
    "silence broken",
    "withdrawn",
]
Urgency = Literal["routine", "urgent"]


class Alert(Struct, frozen=True, kw_only=True):
    """An indicator fired, with the sentence that made it fire and the reason why it had not before.

    id: from the indicator, the trigger and what is new: the same finding gives one alert however often it is made.
    indicator, title: its id and what it is called. about: id of the claim or encounter, as of then, or of the thing
    seen. trigger: what happened. because: why it fired, in words. not_before: why it had not fired before, in words.
    sentence: the words that it rests on first; evidence: where they and the others stand, what is new first.
    reports, outlets, origins_min, origins_max: how widely it is carried, and from how many independent origins.
    rests_on: ids of all reports that went into these counts. marking: effective over all of them; None is unmarked.
    """

    id: str
    indicator: str
    title: str
    about: str
    trigger: Trigger
    because: str
    not_before: str
    sentence: str
    evidence: tuple[Span, ...]
    at: datetime
    reports: int
    outlets: int
    origins_min: int
    origins_max: int
    rests_on: tuple[str, ...]
    urgency: Urgency = "routine"
    marking: Marking | None = None


class Acknowledgement(Struct, frozen=True, kw_only=True):
    """Somebody has taken note of an alert; the first one stands."""

    alert: str
    by: str
    at: datetime
    note: str | None = None
