"""Reports about one happening."""

from datetime import datetime
from typing import Literal

from msgspec import Struct


class Joined(Struct, frozen=True, kw_only=True):
    """Why a report stands in its story.

    score: how surely, 0 to 1; 1.0 for the first report, for a copy, and for what a person decided. why: in words.
    """

    report: str
    score: float
    why: str


class StoryChange(Struct, frozen=True, kw_only=True):
    """A story was put together from two, or two were kept apart.

    kind: "merged" by the machine, "put-together" or "kept-apart" by a person. other: id of the other story; a Judgement
    "different" on both ids undoes a merge, one "same" makes it, and both are honoured from then on.
    score: how surely, 0 to 1. why: in words.
    """

    kind: Literal["merged", "put-together", "kept-apart"]
    other: str
    score: float
    why: str


class Story(Struct, frozen=True, kw_only=True):
    """Reports about one happening, copies folded under their parents.

    id: content id of the report that was collected first; a story that takes up another one keeps the older id.
    title: headline of the report that stands for it, None when none has one. reports: report ids, earliest first.
    joined: why each stands there, in the same order. changes: what was merged or kept apart, in order.
    """

    id: str
    title: str | None
    reports: tuple[str, ...]
    joined: tuple[Joined, ...] = ()
    changes: tuple[StoryChange, ...] = ()


class StoryDecision(Struct, frozen=True, kw_only=True):
    """What a person did to stories in one go: pairs of reports that belong together, or do not.

    kind: "split", "merged", "judged" (one pair), or "taken-back". pairs: two report ids, with "same", "different" or
    "unsure".
    undone: whether later decisions replaced all of it.
    """

    id: str
    kind: Literal["split", "merged", "judged", "taken-back"]
    at: datetime
    by: str
    reason: str | None
    pairs: tuple[tuple[str, str, str], ...]
    undone: bool = False
