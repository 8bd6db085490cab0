"""What the parts find out about an item before it becomes a report."""

from msgspec import Struct

from watchfloor.clean.syndication import Credit
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Entry, Flag, Passage


class Draft(Struct, frozen=True, kw_only=True):
    """The cleaned text of one item and what is known of it from its own bytes; fields as in Report.

    canonical: the address that the item gives itself. credits: the outlets it credits, with their places.
    signed_by: agencies that stand where the writers' names would.
    copied_from: the host that its canonical address names when that is another site.
    authors_own: the outlet is one of the writers' own site: their name is no outlet's then.
    language: only where the part tells it itself.
    generated_by: the part and its version.
    """

    text: str
    passages: tuple[Passage, ...]
    entries: tuple[Entry, ...] = ()
    headline: str | None
    authors: tuple[str, ...] = ()
    authors_own: bool = False
    published: PartialDate | None = None
    outlet: str | None = None
    outlet_how: str | None = None
    credits: tuple[Credit, ...] = ()
    signed_by: tuple[str, ...] = ()
    copied_from: str | None = None
    canonical: str | None = None
    flags: tuple[Flag, ...] = ()
    language: str | None = None
    generated_by: str
