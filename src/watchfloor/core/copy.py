"""One report's text rests on another's."""

from typing import Literal

from msgspec import Struct

from watchfloor.core.span import Span

CopyKind = Literal["exact", "reprint", "cut", "rewritten", "partial", "translation", "new-version"]


class Copy(Struct, frozen=True, kw_only=True):
    """A report whose unquoted text comes from an earlier one (PROV wasDerivedFrom).

    child, parent: report ids. score: containment, the share of the smaller text's word pairs that the other holds; for
        a translation the share of its names and numbers that stand in the other in the same order.
    kind: "exact" the same words; "reprint" nearly all of them, perhaps with more beside; "cut" a shorter text that the
        other holds; "rewritten" the text partly in other words; "partial" a passage inside a text of one's own;
        "translation" the same in another language; "new-version" a later text at the same address.
    evidence: the matching runs in the child, the longest first.
    """

    child: str
    parent: str
    kind: CopyKind
    score: float
    evidence: tuple[Span, ...] = ()
