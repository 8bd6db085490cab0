"""What a machine made of a report's paragraphs in another language: beside the original, never in its place."""

from datetime import datetime

from msgspec import Struct


class Rendered(Struct, frozen=True, kw_only=True):
    """One paragraph translated.

    start, end: of the original in Report.text, code points, half-open. text: the machine's words, no evidence.
    language: of the original, ISO 639-1, as it was told or as the translator found it; None when neither says.
    """

    start: int
    end: int
    text: str
    language: str | None


class Translation(Struct, frozen=True, kw_only=True):
    """A machine's translation of a report.

    report: its id. target: ISO 639-1. paragraphs: in text order; those already in the target language are left out.
    made_at: when, aware, UTC. generated_by: the address that made it. Always machine-translated, never evidence.
    """

    report: str
    target: str
    paragraphs: tuple[Rendered, ...]
    made_at: datetime
    generated_by: str
