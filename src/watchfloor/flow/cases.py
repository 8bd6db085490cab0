"""Independence cases: a claim with a handful of reports in, the count of its origins out, without a store."""

from collections.abc import Mapping, Sequence
from typing import Any

from watchfloor.core.annotation import Annotation, Attribution
from watchfloor.core.errors import SetAside
from watchfloor.core.report import Report
from watchfloor.flow.parts import Part
from watchfloor.flow.pipeline import annotated
from watchfloor.flow.records import Record, plain_report, required
from watchfloor.fuse import origins
from watchfloor.fuse.copies import copies
from watchfloor.fuse.credits import Credit, credit_edges, outlet_names
from watchfloor.fuse.parties import Parties
from watchfloor.fuse.positions import stance, wording
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
    annotations = {report.id: annotated(report, parts) for report in reports}
    parties = Parties(*across.resolve(reports, annotations))
    credited = credit_edges(reports)
    edges = [(copy.child, copy.parent, "copy") for copy in copies(reports) if copy.kind != "partial"]
    copied = {(child, parent) for child, parent, _ in edges}
    edges += [(c.child, parent, "credit") for c in credited for parent in c.parents if (c.child, parent) not in copied]
    case = _Case(record, reports, annotations, parties, credited)
    supporting, denying = case.voices()
    count = origins.count(supporting, edges)
    owners = record.get("owners") or {}
    return {
        "case": record.get("case"),
        "N": len(reports),
        "M": len({owners.get(report.outlet, report.outlet) for report in reports}),
        "kmin": count.at_least,
        "kmax": count.at_most,
        "edges": sorted([ids[child], ids[parent], reason] for child, parent, reason in edges),
        "circular": count.circular,
        "origins": [
            {"party": one.party, "reports": sorted(ids[report] for report in one.reports), "may_be": list(one.may_be)}
            for one in count.origins
        ],
        "denials": sorted({voice.party or "unnamed" for voice in denying}),
        "withdrawn": [],
    }


class _Case:
    """One case made ready: its reports with who says what in them and who credits whom."""

    def __init__(
        self,
        record: Record,
        reports: Sequence[Report],
        annotations: Mapping[str, Sequence[Annotation]],
        parties: Parties,
        credited: Sequence[Credit],
    ) -> None:
        self._claim = frozenset(stems(required(record, "claim")))
        self._given: Mapping[str, Mapping[str, str]] = record.get("parties") or {}
        self._reports = reports
        self._annotations = annotations
        self._parties = parties
        self._credited = credited

    def voices(self) -> tuple[list[origins.Voice], list[origins.Voice]]:
        """Return the voices for the claim and those against it."""
        supporting: list[origins.Voice] = []
        denying: list[origins.Voice] = []
        for report in self._reports:
            said = self._relevant(report)
            for one in said:
                (denying if stance(report, one) == "denies" else supporting).append(self._voice(report, one))
            if not said:
                supporting.append(origins.Voice(report=report.id, outlet=report.outlet, party=None))
        return supporting, denying

    def _relevant(self, report: Report) -> list[Attribution]:
        """Return the statements of the report that share words with the claim and come from no other outlet."""
        outlets = {
            name for credit in self._credited if credit.child == report.id for name in outlet_names(credit.outlet)
        }
        said = [
            a
            for a in self._annotations[report.id]
            if isinstance(a, Attribution) and a.content and not (a.speaker and a.speaker.casefold() in outlets)
        ]
        shared = {id(a): len(self._claim & frozenset(stems(wording(report, a.content)))) for a in said}
        most = max(shared.values(), default=0)
        return [a for a in said if shared[id(a)] == most]

    def _voice(self, report: Report, said: Attribution) -> origins.Voice:
        party = self._parties.name(report.id, said.speaker) if said.speaker else None
        known = self._given.get(party or "", {})
        principal = known.get("principal") or self._parties.country(report.id, said.speaker)
        return origins.Voice(
            report=report.id,
            outlet=report.outlet,
            party=known.get("member_of") or party,
            body=said.speaks_for,
            principals=frozenset({principal} if principal else ()),
            anonymous=said.speaker_type == "anonymous" and party is None,
            introduced=said.introduced,
        )


def _report(one: Record) -> Report:
    return plain_report(
        required(one, "text"),
        day=one.get("time"),
        headline=one.get("title"),
        outlet=str(one.get("outlet")) if one.get("outlet") else None,
        address=str(one.get("id")),
    )
