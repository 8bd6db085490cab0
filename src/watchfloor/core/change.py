"""What is different between two pictures of one situation."""

from typing import Literal

from msgspec import Struct

from watchfloor.core.span import Span

ChangeKind = Literal[
    "newly independent",
    "less independent",
    "withdrawn",
    "no longer carried",
    "denied",
    "confirmed",
    "revised",
    "carried out",
    "new contact",
    "new claim",
    "repeated",
]
"""In the order in which a reader wants them: what adds weight or takes it away comes before mere repetition.

"withdrawn": whoever said it took it back, an outlet its report or a party its word. "no longer carried": no current
report has it any more, though nobody took it back: a later version of the page has other words, or the report is not to
be seen.
"""


class Change(Struct, frozen=True, kw_only=True):
    """One thing that is otherwise than it was.

    about: id of the claim or contact in the later picture, of the earlier one when it is gone.
    what: the claim or contact in words. detail: what changed, in words, with the counts before and after.
    spans: the words that changed it; empty when words were taken back and none came.
    """

    kind: ChangeKind
    about: str
    what: str
    detail: str
    spans: tuple[Span, ...]
