"""One contact over all its tellings."""

from msgspec import Struct

from watchfloor.core.annotation import ContactType, Party, Status
from watchfloor.core.marking import Marking
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.span import Span


class Encounter(Struct, frozen=True, kw_only=True):
    """One row of the contact log: the same contact over all its tellings; two calls of one pair are two.

    id: content id of type, parties, date, status and tellings. date: the most precise of the tellings that agree.
    tellings: the sentences. told_by: parties that are named as saying so. topic: what it was about, as first worded.
    carried_out_by: the contact that carries out this plan. planned_as: the plans that this contact carries out.
    """

    id: str
    contact_type: ContactType
    parties: tuple[Party, ...]
    date: PartialDate | None
    place: str | None
    status: Status
    tellings: tuple[Span, ...]
    told_by: tuple[str, ...] = ()
    topic: str | None = None
    carried_out_by: str | None = None
    planned_as: tuple[str, ...] = ()
    marking: Marking | None = None
