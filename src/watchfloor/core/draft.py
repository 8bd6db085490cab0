"""A brief that people work on: what the machine wrote, who changed it, and what each sentence rests on."""

from datetime import date, datetime

from msgspec import Struct

from watchfloor.core.span import Span


class Sentence(Struct, frozen=True, kw_only=True):
    """One sentence of a draft: it cites, or a person answers for it.

    citations: the words of reports that it rests on; only an assessment has none. worded_by: who worded it, None for
    the machine. assessed_by: who judges so, None for what reports say.
    """

    text: str
    citations: tuple[Span, ...] = ()
    worded_by: str | None = None
    assessed_by: str | None = None


class Part(Struct, frozen=True, kw_only=True):
    """A heading of a draft and its sentences."""

    heading: str
    sentences: tuple[Sentence, ...]


class Draft(Struct, frozen=True, kw_only=True):
    """One version of a brief that people work on; nothing of an earlier version is ever changed.

    id: the same for all versions. version: counts from 1. since: it tells what changed from this day on, None for
    everything. as_of: the last day that was looked at, None for all that was known. made, by: when and who made this
    version. change: what they did, in words.
    """

    id: str
    version: int
    title: str
    since: date | None
    as_of: date | None
    parts: tuple[Part, ...]
    made: datetime
    by: str
    change: str
