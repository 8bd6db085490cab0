"""One proposition, who stands where on it, and how many voices are behind it."""

from typing import Literal

from msgspec import Struct

from watchfloor.core.annotation import Act
from watchfloor.core.marking import Marking
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.span import Span

Stance = Literal[
    "asserts",
    "confirms",
    "repeats",
    "justifies",
    "doubts",
    "declines to comment",
    "silent",
    "denies",
    "revises",
    "withdraws",
]


class Position(Struct, frozen=True, kw_only=True):
    """One party's stance on a claim in one report.

    party: resolved name of the speaker, None when the report itself says it or names nobody.
    speaks_for: the body or country the party stands for; via: the channel the outlet had it through.
    resolved: False when the report never says who the party is.
    anonymous: the party is an unnamed source; country: ISO code of the state that the source's words name.
    span: the words it rests on; quote: those words. because: why it is this stance, in words.
    """

    party: str | None
    speaks_for: str | None = None
    via: str | None = None
    resolved: bool = True
    anonymous: bool = False
    country: str | None = None
    stance: Stance
    act: Act | None
    span: Span
    quote: str
    outlet: str | None
    date: PartialDate | None
    because: str | None = None


class Figure(Struct, frozen=True, kw_only=True):
    """One value of what a claim counts, as reported.

    low, high: the range the words allow, high None without upper bound. as_of: the day of the statement.
    verbatim: the words. part_of: id of the claim about the larger figure that this one is a part of, else None.
    """

    low: int
    high: int | None
    unit: str
    hedge: str | None
    verbatim: str
    span: Span
    as_of: PartialDate | None = None


class Origin(Struct, frozen=True, kw_only=True):
    """One place a claim comes from: the party it is attributed to, over the route the text came by.

    party: name of the party, or "report of <outlet>" for an outlet's own observation.
    reports: ids of the reports resting on it. may_be: parties of other origins that it may be the same as.
    reasons: one line per merge, with its evidence in words.
    """

    party: str
    reports: tuple[str, ...]
    may_be: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


class Claim(Struct, frozen=True, kw_only=True):
    """One proposition with its positions, figures and origins. No truth score.

    proposition: a sentence in our words or the fullest wording met.
    topic: "figure" when it is about a count, "event" when it is that something took place or is to, else "statement".
    reports, outlets: how many carry it. origins_min, origins_max: at least and at most so many independent origins.
    circular: the reports credit each other and nobody outside.
    part_of: id of the claim that this one is a part of (1,500 of the 12,000), else None. rivals: claims with another
        figure for the same thing by another party, or with the contrary of the same. revises: earlier claim by the
        same party that this one changes.
    marking: effective marking of everything it rests on; None when anything is unmarked.
    """

    id: str
    proposition: str
    topic: Literal["figure", "statement", "event"]
    positions: tuple[Position, ...]
    figures: tuple[Figure, ...] = ()
    reports: int
    outlets: int
    origins_min: int
    origins_max: int
    origins: tuple[Origin, ...]
    circular: bool = False
    part_of: str | None = None
    rivals: tuple[str, ...] = ()
    revises: str | None = None
    marking: Marking | None = None


class ClaimDoubt(Struct, frozen=True, kw_only=True):
    """Words that may state one claim and may not, which is left to a person.

    left, right: the words of both sides, the ones to compare first; they are words of positions.
    joined: the machine took both for one claim, narrowly; else it held them apart, narrowly.
    score: how likely they are the same, from 0 to 1, where 0.5 is the edge. why: what decided, in words.
    """

    left: tuple[Span, ...]
    right: tuple[Span, ...]
    joined: bool
    score: float
    why: str
