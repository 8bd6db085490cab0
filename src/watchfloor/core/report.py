"""One item of one outlet, cleaned."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from watchfloor.core.marking import Marking
from watchfloor.core.partial_date import PartialDate

PassageKind = Literal[
    "headline",
    "dek",
    "byline",
    "dateline",
    "body",
    "subhead",
    "caption",
    "disclosure",
    "credit",
    "boilerplate",
    "embedded",
]

FlagName = Literal[
    "title-missing",
    "machine-translated",
    "translated",
    "ai-generated",
    "truncated",
    "duplicate-caption",
    "embedded-non-report",
    "corrected",
    "withdrawn",
    "not-a-report",
    "syndicated",
    "sponsored",
    "mixed-language",
]

Certainty = Literal["disclosed", "certain", "structural", "suspected"]


class Passage(Struct, frozen=True, kw_only=True):
    """One stretch of a report's text and what it is; passages never overlap and stand in text order.

    start, end: code points in Report.text, half-open, without the white space around it.
    kind: "body" is the report itself; "subhead" its headings; "embedded" is text that is not this report at all, such
        as an appended generated interview; the rest is furniture of the page.
    reason: why it is held to be that, in a few words; for body None.
    language: ISO 639-1 code when it is surely in another language than the report, else None.
    """

    start: int
    end: int
    kind: PassageKind
    reason: str | None = None
    language: str | None = None


class Flag(Struct, frozen=True, kw_only=True):
    """A warning about a report that rests on explicit evidence.

    certainty: "disclosed" the text says so; "certain" it can be checked by looking; "structural" it follows from the
        build of the text; "suspected" there are traces.
    start, end: the evidence in Report.text; None when the evidence is an absence (a missing title).
    """

    name: FlagName
    certainty: Certainty
    detail: str
    start: int | None = None
    end: int | None = None


class Entry(Struct, frozen=True, kw_only=True):
    """One entry of a live blog: a stretch of the report's text with a time of its own.

    start, end: code points in Report.text, half-open; entries stand in text order, which may be the latest first.
    published: when it was written, as far as the page says.
    """

    start: int
    end: int
    published: PartialDate | None


class Report(Struct, frozen=True, kw_only=True):
    """One item of one outlet, cleaned and immutable; a correction is a new version (IPTC ninjs).

    id: content id of outlet, URL and text: the same text of the same outlet is one report wherever the file lies.
    capture: id of the capture it was made from.
    address: what stays the same over versions: the canonical URL, else the locator.
    url: the item's own address, None for a file that names none.
    outlet: who published it, as far as the text or the user says; outlet_how is the evidence.
    credited_outlets: outlets that the report names as where its text comes from ("Source: ...", an agency dateline).
    headline, authors: as printed; None and () when not found.
    published: None when nothing in the item gives it; never the day of collection.
    language: ISO 639-1 code of the body, None when too short to tell.
    text: the cleaned text; never edited after clean, all offsets count in it.
    passages: the parts of the text; text outside of any passage is white space.
    entries: those of a live blog, () for any other report.
    generated_by: the part and its version that made it.
    """

    id: str
    capture: str
    address: str
    url: str | None
    outlet: str | None
    outlet_how: str | None
    credited_outlets: tuple[str, ...] = ()
    headline: str | None
    authors: tuple[str, ...] = ()
    published: PartialDate | None
    language: str | None
    text: str
    passages: tuple[Passage, ...]
    entries: tuple[Entry, ...] = ()
    flags: tuple[Flag, ...] = ()
    collected: datetime
    marking: Marking | None = None
    generated_by: str

    def parts(self, *kinds: PassageKind) -> tuple[Passage, ...]:
        """Return the passages of these kinds, in text order."""
        return tuple(passage for passage in self.passages if passage.kind in kinds)
