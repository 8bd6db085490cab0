"""What a person says of what a machine found in a report."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from watchfloor.core.annotation import Annotation
from watchfloor.core.marking import Marking

CorrectionVerb = Literal["reject", "confirm", "change", "add", "undo"]
"""reject: it is not so. confirm: it is. change: it is so otherwise. add: it was not found. undo: take an entry back."""


class Anchor(Struct, frozen=True, kw_only=True):
    """Words in a text, so that they are found again when the text is another.

    start, end: code points in the text as it was, half-open. quote: the words. before, after: what stood beside them.
    """

    start: int
    end: int
    quote: str
    before: str
    after: str


class Correction(Struct, frozen=True, kw_only=True):
    """One entry about one finding; nothing is overwritten, the latest entry about a finding that stands holds.

    report: id of the report as it was. address: where it stood, so that later versions are corrected too.
    text: sha256 of its text, in hexadecimal: with another one the words are looked for anew.
    finding: the machine's (or another person's) as it was; None to add. made: the person's, to change or add.
    key, said: the id of `finding` and what it says, see `annotate.findings`.
    anchors: the words of all spans of `finding` and `made`, sorted. undoes: id of the entry that is taken back.
    by, at, reason: who (as signed in), when (aware, UTC), why.
    marking: who sees it and for whom it holds; without one it stays at home.
    """

    id: str
    verb: CorrectionVerb
    report: str
    address: str
    text: str
    finding: Annotation | None = None
    made: Annotation | None = None
    key: str | None = None
    said: str | None = None
    anchors: tuple[Anchor, ...] = ()
    undoes: str | None = None
    by: str
    at: datetime
    reason: str | None = None
    marking: Marking | None = None


CorrectionState = Literal["holds", "moved", "lapsed", "gone", "superseded", "undone", "undo"]
"""holds: it is applied. moved: applied, the words found again in another version. lapsed: the machine no longer says
what it was about. gone: its words are not in the text any more. superseded: a later entry is about the same finding.
undone: taken back. undo: it takes another back."""


class Applied(Struct, frozen=True, kw_only=True):
    """What becomes of a correction in one report as it is read now. why: in words."""

    correction: Correction
    state: CorrectionState
    why: str
