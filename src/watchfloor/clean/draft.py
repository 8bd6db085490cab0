"""What the parts find out about an item before it becomes a report."""

from msgspec import Struct

from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Flag, Passage


class Draft(Struct, frozen=True, kw_only=True):
    """The cleaned text of one item and what is known of it from its own bytes; fields as in Report.

    canonical: the address that the item gives itself. generated_by: the part and its version.
    """

    text: str
    passages: tuple[Passage, ...]
    headline: str | None
    authors: tuple[str, ...] = ()
    published: PartialDate | None = None
    outlet: str | None = None
    outlet_how: str | None = None
    credited_outlets: tuple[str, ...] = ()
    canonical: str | None = None
    flags: tuple[Flag, ...] = ()
    generated_by: str
