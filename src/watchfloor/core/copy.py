"""One report's text rests on another's."""

from typing import Literal

from msgspec import Struct

from watchfloor.core.span import Span


class Copy(Struct, frozen=True, kw_only=True):
    """A report whose unquoted text comes from an earlier one (PROV wasDerivedFrom).

    child, parent: report ids. score: containment, the share of the smaller text's word pairs that the other holds.
    kind: "exact" the same words; "near" most of them; "partial" a long run inside another text.
    evidence: the matching runs in the child.
    """

    child: str
    parent: str
    kind: Literal["exact", "near", "partial"]
    score: float
    evidence: tuple[Span, ...] = ()
