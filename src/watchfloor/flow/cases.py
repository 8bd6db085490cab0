"""Independence cases: a claim with a handful of reports in, the count of its origins out, without a store."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import structs

from watchfloor.annotate.gazetteer import country_of
from watchfloor.clean.language import language
from watchfloor.core.annotation import Attribution
from watchfloor.core.claim import Position
from watchfloor.core.errors import SetAside
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.flow.parts import Part
from watchfloor.flow.pipeline import annotated
from watchfloor.flow.records import Record, plain_report, required
from watchfloor.fuse import origins
from watchfloor.fuse.copies import copies
from watchfloor.fuse.credits import Credit, credit_edges, outlet_names
from watchfloor.fuse.encounters import encounters
from watchfloor.fuse.ground import Ground
from watchfloor.fuse.parties import Parties
from watchfloor.fuse.positions import narrated, position, wording
from watchfloor.fuse.routes import edges
from watchfloor.fuse.voices import supports, voice
from watchfloor.fuse.words import stems
from watchfloor.resolve import across


def counted(record: Record, parts: Sequence[Part]) -> dict[str, Any]:
    """Return N reports, M outlets and the range of independent origins of one case.

    record: {case, claim, reports [{id, outlet, time, title, text}], parties {name: {member_of, principal}}, owners
    {outlet: owner}}. Raises SetAside("bad-record") when the case has no reports.
    """
    given = record.get("reports")
    if not isinstance(given, list) or not given or not all(isinstance(one, dict) for one in given):
        raise SetAside("bad-record", "the case has no reports; expected a list of {id, outlet, time, text}")
    for field in ("parties", "owners"):
        if not isinstance(record.get(field) or {}, dict):
            raise SetAside("bad-record", f"the field {field!r} is no object of names")
    if not all(isinstance(one, dict) for one in (record.get("parties") or {}).values()):
        raise SetAside("bad-record", "a party is no object; expected {member_of, principal}")
    order = sorted(given, key=lambda one: (str(one.get("time") or ""), str(one.get("id"))))
    reports = [_report(one) for one in order]
    ids = {report.id: str(one.get("id")) for report, one in zip(reports, order, strict=True)}
    annotations = {report.id: tuple(annotated(report, parts)) for report in reports}
    parties = Parties(*across.resolve(reports, annotations))
    credited = credit_edges(reports)
    met, days = encounters(reports, annotations, parties)
    owners = record.get("owners") or {}
    named = {report.id: report.outlet for report in reports}
    ground = Ground(reports, annotations, parties, copies(reports), credited, met, named, days)
    case = _Case(record, ground, credited)
    stated = case.positions()
    found = edges(ground.routes, [one.span for one in stated])
    count = origins.count(
        [case.voice(one) for one in stated if supports(one, ground)],
        found,
        ground.briefings,
        ground.rests,
        ground.withdrawn,
    )
    return {
        "case": record.get("case"),
        "N": len(reports),
        "M": len({owners.get(report.outlet, report.outlet) for report in reports}),
        "kmin": count.at_least,
        "kmax": count.at_most,
        "edges": sorted([ids[child], ids[parent], reason] for child, parent, reason in found),
        "circular": count.circular,
        "origins": [
            {
                "party": one.party,
                "reports": sorted(ids[report] for report in one.reports),
                "may_be": list(one.may_be),
                "reasons": list(one.reasons),
            }
            for one in count.origins
        ],
        "denials": sorted({one.party or "unnamed" for one in stated if one.stance == "denies"}),
        "withdrawn": sorted(ids[report] for report in origins.fallen(ground.withdrawn, found) - ground.notices),
    }


class _Case:
    """One case made ready: its reports with who says what in them and who credits whom."""

    def __init__(self, record: Record, ground: Ground, credited: Sequence[Credit]) -> None:
        self._claim = frozenset(stems(required(record, "claim")))
        self._given: Mapping[str, Mapping[str, str]] = record.get("parties") or {}
        self._owners: Mapping[str, str] = record.get("owners") or {}
        self._ground = ground
        self._outlets: dict[str, set[str]] = {}
        for credit in credited:
            self._outlets.setdefault(credit.child, set()).update(outlet_names(credit.outlet))

    def positions(self) -> list[Position]:
        """Return who stands where on the claim: by report the statements nearest to it, else the report itself."""
        found: list[Position] = []
        for report in self._ground.reports.values():
            said = self._relevant(report)
            annotations = self._ground.annotations[report.id]
            found += [position(report, one, self._ground.parties, found=annotations) for one in said]
            if not said:
                found.append(narrated(report, Span(report=report.id, start=0, end=len(report.text))))
        return found

    def voice(self, stated: Position) -> origins.Voice:
        """Return the position as a voice, with what the case says of parties and owners."""
        made = voice(stated, self._ground)
        known = self._given.get(stated.party or "", {})
        principal = known.get("principal")
        return structs.replace(
            made,
            party=(known.get("member_of") if made.party else None) or made.party,
            owner=self._owners.get(made.outlet or ""),
            principals=frozenset({country_of(principal) or principal}) if principal else made.principals,
        )

    def _relevant(self, report: Report) -> list[Attribution]:
        """Return the statements of the report that share words with the claim and come from no other outlet."""
        credited = self._outlets.get(report.id, set())
        said = [
            a
            for a in self._ground.annotations[report.id]
            if isinstance(a, Attribution) and a.content and not _names_outlet(a.speaker, credited)
        ]
        shared = {id(a): len(self._claim & frozenset(stems(wording(report, a.content)))) for a in said}
        most = max(shared.values(), default=0)
        return [a for a in said if shared[id(a)] == most]


def _names_outlet(speaker: str | None, credited: set[str]) -> bool:
    """Return whether the speaker is a credited outlet, or several: "several papers, Blog A among them"."""
    words = f" {speaker.casefold()} " if speaker else ""
    return any(f" {name} " in words.replace(",", " ") for name in credited)


def _report(one: Record) -> Report:
    made = plain_report(
        required(one, "text"),
        day=one.get("time"),
        headline=one.get("title"),
        outlet=str(one.get("outlet")) if one.get("outlet") else None,
        address=str(one.get("id")),
    )
    return structs.replace(made, language=language(made.text))
