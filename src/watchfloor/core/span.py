"""Where something stands in a text: the anchor of every datum."""

from msgspec import Struct


class Span(Struct, frozen=True, kw_only=True, order=True):
    """A stretch of one report's text: code points, half-open, so text[start:end].

    report: id of the report whose `text` the offsets count in.
    """

    report: str
    start: int
    end: int
