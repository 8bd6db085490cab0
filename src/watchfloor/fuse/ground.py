"""What every claim of one picture is counted on."""

from collections.abc import Mapping, Sequence

from watchfloor.core.annotation import Annotation
from watchfloor.core.copy import Copy
from watchfloor.core.encounter import Encounter
from watchfloor.core.report import Report
from watchfloor.fuse import origins
from watchfloor.fuse.credits import Credit
from watchfloor.fuse.encounters import Days
from watchfloor.fuse.parties import Parties
from watchfloor.fuse.propositions import Meaning
from watchfloor.fuse.reliance import rests
from watchfloor.fuse.routes import Judged, routes
from watchfloor.fuse.withdrawals import withdrawals


class Ground:
    """What every claim of one picture is counted on: reports, who is who, routes, briefings, what was taken back."""

    def __init__(
        self,
        reports: Sequence[Report],
        annotations: Mapping[str, Sequence[Annotation]],
        parties: Parties,
        copies: Sequence[Copy],
        credited: Sequence[Credit],
        met: Sequence[Encounter],
        outlets: Mapping[str, str | None],
        days: Days,
        judgements: Judged | None = None,
        meaning: Meaning | None = None,
    ) -> None:
        self.reports = {report.id: report for report in reports}
        self.annotations = annotations
        self.parties = parties
        taken_back = withdrawals(reports, outlets)
        self.routes = routes(reports, copies, credited, outlets, taken_back, judgements)
        self.taken_back = taken_back
        self.met = met
        self.meaning = meaning
        self.withdrawn = frozenset(one for notice in taken_back for one in notice.reports)
        self.notices = frozenset(notice.report for notice in taken_back)
        self.briefings = _briefings(met)
        self.rests = rests(reports, annotations, parties)
        self.outlets = outlets
        self.days = days


def _briefings(met: Sequence[Encounter]) -> list[origins.Briefing]:
    found = []
    for row in met:
        if row.contact_type != "briefing" or row.status not in ("actual", "alleged"):
            continue
        sides = sorted({side for party in row.parties if (side := principal_of(party.country, party.name))})
        day = f" on {row.date.value}" if row.date and row.date.low else ""
        found += [
            origins.Briefing(left=a, right=b, how=f"{a} had briefed {b}{day} or the other way round")
            for at, a in enumerate(sides)
            for b in sides[at + 1 :]
        ]
    return found


def principal_of(country: str | None, body: str | None) -> str | None:
    """Return the state, or for a body of many states the body, in whose name a party speaks."""
    return body if country == "IGO" else country
