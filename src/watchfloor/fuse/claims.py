"""Claims: figures and statements gathered over the reports, with positions and independent origins."""

import re
from collections.abc import Mapping, Sequence

from msgspec import structs

from watchfloor.core.annotation import Annotation, Attribution
from watchfloor.core.claim import Claim, Figure, Position
from watchfloor.core.copy import Copy
from watchfloor.core.encounter import Encounter
from watchfloor.core.identity import content_id
from watchfloor.core.report import Report
from watchfloor.core.route import Route
from watchfloor.fuse import figures, origins, propositions
from watchfloor.fuse.credits import Credit
from watchfloor.fuse.encounters import Days, dated
from watchfloor.fuse.figures import Sighting
from watchfloor.fuse.parties import Parties
from watchfloor.fuse.positions import is_statement, narrated, position, wording
from watchfloor.fuse.propositions import Statement
from watchfloor.fuse.reliance import reliances, rests
from watchfloor.fuse.routes import Judged, edges, routes
from watchfloor.fuse.withdrawals import withdrawals
from watchfloor.fuse.witnesses import witness

RIVAL_RATIO = 2.0  # figures for one thing that differ by more are taken to count different things (assumed)
_SUPPORTING = frozenset({"asserts", "confirms", "repeats", "justifies", "revises"})
WELL_WORDED = 120  # characters of a clause that says what is counted and no more (assumed)
CHANNEL_FROM = 0.6  # share of an outer statement's content that an inner one fills when the outer only passes it on
_CALLING = re.compile(r"\b(?:call|describ|brand|label|term|denounc|condemn)\w*", re.IGNORECASE)
_PREDICATED = re.compile(r"^((?:(?!as\b)[\w’'-]+\s){1,6}?)((?:an?\s|[“\"]).+)$", re.DOTALL)
_OFFICE = re.compile(
    r"\b(?:president|premier|chancellor|minister|secretary|ambassador|envoy|spokes\w+|commissioner)\b", re.I
)
_DATELINE = re.compile(r"^(?:[A-Z][A-Z .]{2,30},?\s?)?\([A-Z][\w .]{1,30}\)\s?[-–—]{1,2}\s")
_ADVERB = re.compile(r"^(?:afterwards|later|earlier|also|then|again|further)\s+that\s", re.IGNORECASE)
_ACCORDING = re.compile(r"^that, (?:according to|by|as) [^,]{2,90}, ", re.IGNORECASE)
_BLAMED = re.compile(
    r"^(?P<who>(?:the )?[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,4}) (?:for|over) (?:its|his|her|their) (?P<deed>[a-z])"
)
"""What is condemned is the deed: "North Korea for its decision" is not a thing that somebody can say."""
_COMPLEMENTISERS = ("that ", "how ", "whether ")


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
    ) -> None:
        self.reports = {report.id: report for report in reports}
        self.annotations = annotations
        self.parties = parties
        taken_back = withdrawals(reports, outlets)
        self.routes = routes(reports, copies, credited, outlets, taken_back, judgements)
        self.withdrawn = frozenset(one for notice in taken_back for one in notice.reports)
        self.notices = frozenset(notice.report for notice in taken_back)
        self.briefings = _briefings(met)
        self.rests = rests(reports, annotations, parties)
        self.outlets = outlets
        self.days = days


def claims(ground: Ground) -> tuple[Claim, ...]:
    """Return every claim, figures first, each kind in the order of first report; reports must stand earliest first."""
    counted = _figure_claims(ground)
    used = {position.span for claim in counted for position in claim.positions}
    said = [
        propositions.statement(report, a, ground.parties.key(report.id, a.speaker) if a.speaker else None)
        for report in ground.reports.values()
        for a in voices(report, ground.annotations.get(report.id, ()))
        if not used & set(a.content)
    ]
    return (*counted, *(_statement_claim(group, ground) for group in propositions.clusters(said)))


def voices(report: Report, found: Sequence[Annotation]) -> list[Attribution]:
    """Return the statements that count: nothing generated, and no statement that only passes on another one.

    In "X said ..., the ministry said" the ministry is the channel that X's words came through, not a second voice.
    """
    said = [
        a
        for a in found
        if isinstance(a, Attribution) and a.content and not a.machine_generated and is_statement(report, a)
    ]
    kept = []
    for outer in said:
        inner = [a for a in said if a is not outer and a.speaker != outer.speaker and _within(a, outer)]
        size = sum(c.end - c.start for c in outer.content)
        if any(sum(c.end - c.start for c in a.content) >= CHANNEL_FROM * size for a in inner):
            continue
        kept.append(outer)
    return kept


def _within(inner: Attribution, outer: Attribution) -> bool:
    """Return whether a statement with its source and cue stands inside another one's content."""
    spans = (*inner.content, *inner.source, *inner.cue)
    return bool(inner.cue) and all(any(o.start <= s.start and s.end <= o.end for o in outer.content) for s in spans)


def _statement_claim(group: Sequence[Statement], ground: Ground) -> Claim:
    positions = tuple(
        position(one.report, one.said, ground.parties, found=ground.annotations[one.report.id]) for one in group
    )
    fullest = max(group, key=lambda one: (_is_clause(one), one.said.speaker is not None, len(one.words), one.report.id))
    words = wording(fullest.report, fullest.said.content)
    if not _is_clause(fullest):
        words = _PREDICATED.sub(r"\1as \2", words)
    return _claim(_trimmed(words), "statement", positions, (), ground)


def _is_clause(one: Statement) -> bool:
    """Return whether the wording stands as a sentence: "called the plan a mistake" leaves "the plan a mistake"."""
    return not _CALLING.search(wording(one.report, one.said.cue))


def _figure_claims(ground: Ground) -> list[Claim]:
    found = [s for report in ground.reports.values() for s in figures.sightings(report, ground.annotations[report.id])]
    groups = [group for group in figures.clusters(found) if any(s.said for s in group) or _spread(group) > 1]
    speakers = {number: _speakers(group, ground) for number, group in enumerate(groups)}
    whole = figures.parts(groups, speakers)
    made = [_figure_claim(group, ground) for group in groups]
    return [
        structs.replace(
            claim,
            part_of=made[whole[number]].id if number in whole else None,
            rivals=tuple(
                made[other].id for other in range(len(made)) if _rival(number, other, groups, speakers, whole)
            ),
            revises=next((made[o].id for o in range(len(made)) if _revises(number, o, groups, speakers, whole)), None),
        )
        for number, claim in enumerate(made)
    ]


def _figure_claim(group: Sequence[Sighting], ground: Ground) -> Claim:
    positions: dict[tuple[str, str | None], Position] = {}
    for sighting in group:
        made = (
            position(
                sighting.report, sighting.said, ground.parties, sighting.clause, ground.annotations[sighting.report.id]
            )
            if sighting.said
            else narrated(sighting.report, sighting.clause)
        )
        positions.setdefault((sighting.report.id, made.party), made)
    values = tuple(
        Figure(
            low=s.quantity.low,
            high=s.quantity.high,
            unit=s.quantity.unit,
            hedge=s.quantity.hedge,
            verbatim=s.report.text[s.quantity.span.start : s.quantity.span.end],
            span=s.quantity.span,
            as_of=dated(s.report.id, s.said.date, ground.days) if s.said else s.report.published,
        )
        for s in group
    )
    shown = min(group, key=_how_well_worded)
    clause = shown.report.text[shown.clause.start : shown.clause.end]
    return _claim(_trimmed(" ".join(clause.split())), "figure", tuple(positions.values()), values, ground)


def _how_well_worded(sighting: Sighting) -> tuple[bool, bool, int, int, str]:
    """Return a key that puts the clause first which says best what is counted.

    Best is one that begins with this figure rather than another, names a country, and is neither long nor a stump.
    """
    text = sighting.report.text[sighting.clause.start : sighting.clause.end]
    before = text[: sighting.quantity.span.start - sighting.clause.start]
    other_first = any(character.isdigit() for character in before)
    return other_first, not sighting.countries, abs(len(text) - WELL_WORDED), len(text), text


def _claim(
    proposition: str, topic: str, positions: tuple[Position, ...], values: tuple[Figure, ...], ground: Ground
) -> Claim:
    positions = tuple(structs.replace(p, date=dated(p.span.report, p.date, ground.days)) for p in positions)
    counted = count(positions, ground)
    reports = {p.span.report for p in positions}
    outlets = {ground.outlets.get(r) or f"unknown outlet of {r}" for r in reports}
    return Claim(
        id=content_id(
            "clm",
            topic,
            *sorted(f"{p.span.report}:{p.span.start}:{p.span.end}:{p.party}" for p in positions),
            *sorted(f"{v.span.report}:{v.span.start}:{v.span.end}" for v in values),
        ),
        proposition=proposition,
        topic="figure" if topic == "figure" else "statement",
        positions=positions,
        figures=values,
        reports=len(reports),
        outlets=len(outlets),
        origins_min=counted.at_least,
        origins_max=counted.at_most,
        origins=counted.origins,
        circular=counted.circular,
    )


def count(positions: Sequence[Position], ground: Ground) -> origins.Count:
    """Return the independent origins behind the positions of one claim that support it, every merge with its reason."""
    spans = [p.span for p in positions]
    found = origins.count(
        [voice(p, ground) for p in positions if supports(p, ground)],
        edges(ground.routes, spans),
        ground.briefings,
        ground.rests,
        ground.withdrawn,
    )
    reports = {span.report for span in spans}
    lines = [(one.child, _rests(one, ground)) for one in ground.routes if {one.child, one.parent} <= reports]
    return structs.replace(
        found,
        origins=tuple(
            structs.replace(
                origin, reasons=(*origin.reasons, *(line for child, line in lines if child in origin.reports))
            )
            for origin in found.origins
        ),
    )


def _rests(one: Route, ground: Ground) -> str:
    child, parent = (ground.outlets.get(id) or "an unknown outlet" for id in (one.child, one.parent))
    partly = " (only what stands in that run)" if one.partly else ""
    return f"{one.reason}: the report of {child} rests on that of {parent}: {one.detail}{partly}"


def supports(stated: Position, ground: Ground) -> bool:
    """Return whether a position speaks for the claim; a notice that takes a report back speaks for nothing."""
    return stated.stance in _SUPPORTING and stated.span.report not in ground.notices


def voice(stated: Position, ground: Ground) -> origins.Voice:
    """Return the position as a voice: who, for whom, and what it says that it rests on."""
    report = ground.reports[stated.span.report]
    resting = reliances(report, stated.span, ground.annotations.get(report.id, ()), ground.parties)
    before = [one for one in resting if one.how == "briefed"]
    witnessed = witness(report, stated)
    return origins.Voice(
        report=report.id,
        outlet=ground.outlets.get(report.id),
        party=None if witnessed else stated.party,
        body=None if witnessed else stated.speaks_for,
        principals=_principals(stated, ground.parties),
        anonymous=not witnessed and (stated.anonymous or (stated.party is None and stated.act is not None)),
        introduced=stated.resolved or stated.party is None,
        witnessed=witnessed,
        rests_on=frozenset(name for one in resting if one.how != "briefed" for name in one.names),
        briefed_by=frozenset().union(*(one.names | one.countries for one in before)),
    )


def _principals(stated: Position, parties: Parties) -> frozenset[str]:
    """Return in whose name a party speaks: a state, a body of many states, several for a joint statement."""
    if stated.party is None or stated.anonymous:
        return frozenset({stated.country} if stated.country else ())
    report = stated.span.report
    found = set()
    for name in parties.apart(stated.party):
        principal = _principal(parties.country(report, name), stated.speaks_for or name)
        entity = parties.entity(report, name)
        if principal is None and entity is not None and any(_OFFICE.search(title) for title in entity.titles):
            principal = origins.UNKNOWN
        if principal is not None:
            found.add(principal)
    return frozenset(found)


def _principal(country: str | None, body: str | None) -> str | None:
    """Return the state, or for a body of many states the body, in whose name a party speaks."""
    return body if country == "IGO" else country


def _briefings(met: Sequence[Encounter]) -> list[origins.Briefing]:
    found = []
    for row in met:
        if row.contact_type != "briefing" or row.status not in ("actual", "alleged"):
            continue
        sides = sorted({side for party in row.parties if (side := _principal(party.country, party.name))})
        day = f" on {row.date.value}" if row.date and row.date.low else ""
        found += [
            origins.Briefing(left=a, right=b, how=f"{a} had briefed {b}{day} or the other way round")
            for at, a in enumerate(sides)
            for b in sides[at + 1 :]
        ]
    return found


def _speakers(group: Sequence[Sighting], ground: Ground) -> frozenset[str]:
    return frozenset(
        ground.parties.key(s.report.id, s.said.speaker) for s in group if s.said is not None and s.said.speaker
    )


def _spread(group: Sequence[Sighting]) -> int:
    return len({sighting.report.id for sighting in group})


def _rival(
    number: int,
    other: int,
    groups: Sequence[Sequence[Sighting]],
    speakers: Mapping[int, frozenset[str]],
    whole: Mapping[int, int],
) -> bool:
    """Return whether two figures are given by different parties for what looks like one thing."""
    if number == other or number in whole or other in whole or not speakers[number] or not speakers[other]:
        return False
    return not speakers[number] & speakers[other] and _one_thing(groups[number], groups[other])


def _revises(
    number: int,
    other: int,
    groups: Sequence[Sequence[Sighting]],
    speakers: Mapping[int, frozenset[str]],
    whole: Mapping[int, int],
) -> bool:
    """Return whether a party gives another figure for one thing on a later day than before."""
    if number == other or not speakers[number] & speakers[other] or number in whole.values() or other in whole.values():
        return False
    later, earlier = _first_day(groups[number]), _first_day(groups[other])
    a, b = groups[number][0].quantity, groups[other][0].quantity
    same = a.unit == b.unit and a.phase == b.phase and a.figure != b.figure
    return bool(same and later and earlier and later > earlier)


def _one_thing(group: Sequence[Sighting], other: Sequence[Sighting]) -> bool:
    a, b = group[0].quantity, other[0].quantity
    if a.unit != b.unit or a.figure is None or b.figure is None or a.figure == b.figure:
        return False
    countries = frozenset.union(*(s.countries for s in group)) & frozenset.union(*(s.countries for s in other))
    ratio = max(a.figure, b.figure) / max(1, min(a.figure, b.figure))
    return ratio <= RIVAL_RATIO and bool(countries)


def _first_day(group: Sequence[Sighting]) -> str | None:
    days = [
        d.low.isoformat() for s in group if (d := (s.said.date if s.said else None) or s.report.published) and d.low
    ]
    return min(days, default=None)


def _trimmed(clause: str) -> str:
    """Return a clause to stand as a sentence: without dateline, adverb, "that" and whose word it is, with a capital."""
    clause = _DATELINE.sub("", clause)
    clause = _ACCORDING.sub("that ", _ADVERB.sub("that ", clause))
    clause = _BLAMED.sub(r"\g<who>'s \g<deed>", clause)
    for word in _COMPLEMENTISERS:
        if clause.casefold().startswith(word):
            clause = clause[len(word) :]
    return clause[:1].upper() + clause[1:] if clause[:1].islower() else clause
