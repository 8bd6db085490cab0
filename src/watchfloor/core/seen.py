"""What an indicator has seen of one thing so far: with it the next look tells what is new from what is a copy."""

from datetime import date, datetime

from msgspec import Struct

from watchfloor.core.marking import Marking
from watchfloor.core.span import Span


class Seen(Struct, frozen=True, kw_only=True):
    """What an indicator has seen of one claim, contact, event, transfer, or party.

    id: content id of the indicator and the first evidence; it stays. evidence: every span it rested on so far.
    first, last: when it was seen, and when something of it last changed. reports, outlets: as of then.
    origins_min, origins_max: the most that there were at any time. parties: origins seen, by name.
    stances: by party what it held last; of a contact, event or transfer its status under "".
    above: by party whether its figure lay above. highest: the largest figure seen.
    spoke, silent: of a party that is listened for: the last day it spoke, and on which it was said to be silent.
    reached: the origins asked for were reached. fired: when it last raised an alert.
    held: something is to be told after the cool-down. gone: no report carries it.
    day: of the earliest report. marking: effective over all of it; it goes to no partner whatever it says.
    """

    id: str
    evidence: tuple[Span, ...]
    first: datetime
    last: datetime
    reports: int = 0
    outlets: int = 0
    origins_min: int = 0
    origins_max: int = 0
    parties: tuple[str, ...] = ()
    stances: dict[str, str] = {}
    above: dict[str, bool] = {}
    highest: int | None = None
    spoke: date | None = None
    silent: date | None = None
    reached: bool = False
    fired: datetime | None = None
    held: bool = False
    gone: bool = False
    day: date | None = None
    marking: Marking | None = None
