"""The cited situation brief: sections of lines, each line with the spans it rests on."""

from datetime import date
from typing import Literal

from msgspec import Struct

from watchfloor.core.marking import Marking
from watchfloor.core.partial_date import Precision
from watchfloor.core.span import Span


class Line(Struct, frozen=True, kw_only=True):
    """One sentence of a brief and what it rests on; a line about reported content always cites.

    citations: the spans, in the order in which the sentence uses them.
    weight: "lead" for what must be read first, "note" for a qualification of the line before.
    claim: id of the claim or encounter it is about, None when of neither.
    """

    text: str
    citations: tuple[Span, ...]
    weight: Literal["lead", "plain", "note"] = "plain"
    about: str | None = None


class Section(Struct, frozen=True, kw_only=True):
    """A heading and its lines; `empty` is what to say when there are none."""

    heading: str
    lines: tuple[Line, ...]
    empty: str


class Moment(Struct, frozen=True, kw_only=True):
    """One point of the timeline: something that happened, is planned, or was said.

    day: the first possible day, for placing; label: the date as far as it is known ("21 Oct 2024", "a Monday").
    kind: "happened", "planned", "said" or "published".
    last: the last possible day; None where the words give no bound. precision: how exactly the words say when.
    """

    day: date | None
    label: str
    kind: Literal["happened", "planned", "said", "published"]
    text: str
    parties: tuple[str, ...]
    citations: tuple[Span, ...]
    about: str | None = None
    last: date | None = None
    precision: Precision = "unknown"


class Brief(Struct, frozen=True, kw_only=True):
    """A cited situation brief.

    first, last: days of the earliest and latest dated report. counts: words to numbers ("reports", "outlets", ...).
    marking: effective marking of everything it cites; None is unmarked: for this node only.
    """

    title: str
    as_of: date | None
    first: date | None
    last: date | None
    counts: dict[str, int]
    sections: tuple[Section, ...]
    timeline: tuple[Moment, ...]
    marking: Marking | None
