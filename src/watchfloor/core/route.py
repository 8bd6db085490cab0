"""By which way one report's text came from another report."""

from typing import Literal

from msgspec import Struct

from watchfloor.core.span import Span

RouteReason = Literal["copy", "credit", "update", "translation", "judged"]


class Route(Struct, frozen=True, kw_only=True):
    """One edge that origins are counted over.

    child, parent: report ids. reason: the child's text is a copy, a later version or a translation of the parent's;
        it credits the parent's outlet; or a person said that it rests on it ("judged").
    detail: why, in words. spans: the words in the child; empty for a judgement.
    partly: it holds only for what stands in those words.
    """

    child: str
    parent: str
    reason: RouteReason
    detail: str
    spans: tuple[Span, ...] = ()
    partly: bool = False
