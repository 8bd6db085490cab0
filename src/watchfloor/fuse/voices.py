"""Who counts as a voice for a claim, for whom, and from how many independent origins the voices come."""

import re
from collections.abc import Sequence

from msgspec import structs

from watchfloor.core.annotation import Annotation, Attribution
from watchfloor.core.claim import Position
from watchfloor.core.report import Report
from watchfloor.core.route import Route
from watchfloor.fuse import origins
from watchfloor.fuse.figures import Sighting
from watchfloor.fuse.ground import Ground, principal_of
from watchfloor.fuse.parties import Parties
from watchfloor.fuse.positions import is_statement, position, speaker_key, stance
from watchfloor.fuse.propositions import Statement
from watchfloor.fuse.reliance import reliances
from watchfloor.fuse.routes import edges
from watchfloor.fuse.witnesses import witness

CHANNEL_FROM = 0.6  # share of an outer statement's content that an inner one fills when the outer only passes it on
_SUPPORTING = frozenset({"asserts", "confirms", "repeats", "justifies", "revises"})
_OFFICE = re.compile(
    r"\b(?:president|premier|chancellor|minister|secretary|ambassador|envoy|spokes\w+|commissioner)\b", re.I
)


def voices(report: Report, found: Sequence[Annotation]) -> list[Attribution]:
    """Return the statements that count: nothing generated, and no statement that only passes on another one.

    In "X said ..., the ministry said" the ministry is the channel that X's words came through, not a second voice.
    """
    said = [
        a
        for a in found
        if isinstance(a, Attribution) and a.content and not a.machine_generated and is_statement(report, a)
    ]
    refused = [a for a in said if stance(report, a)[0] in ("denies", "doubts")]
    kept = []
    for outer in said:
        if any(_within(outer, one) for one in refused if one is not outer):
            continue  # what is denied is nobody's word: "it denied that the two had agreed to a truce"
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


def position_of(one: Statement, ground: Ground) -> Position:
    """Return the position that a statement takes towards what it holds."""
    return position(one.report, one.said, ground.parties, found=ground.annotations[one.report.id])


def supports_words(stated: Position) -> bool:
    """Return whether a position's stance speaks for the claim, wherever it stands."""
    return stated.stance in _SUPPORTING


def supports(stated: Position, ground: Ground) -> bool:
    """Return whether a position speaks for the claim; a notice that takes a report back speaks for nothing."""
    return stated.stance in _SUPPORTING and stated.span.report not in ground.notices


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


def voice(stated: Position, ground: Ground) -> origins.Voice:
    """Return the position as a voice: who, for whom, and what it says that it rests on."""
    report = ground.reports[stated.span.report]
    resting = reliances(report, stated.span, ground.annotations.get(report.id, ()), ground.parties)
    before = [one for one in resting if one.how == "briefed"]
    witnessed = witness(report, stated)
    return origins.Voice(
        report=report.id,
        outlet=ground.outlets.get(report.id),
        party=None if witnessed else ground.parties.seat(report.id, stated.party),
        body=None if witnessed else ground.parties.seat(report.id, stated.speaks_for),
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
        principal = principal_of(parties.state(report, name, stated.speaks_for), stated.speaks_for or name)
        entity = parties.entity(report, name)
        if principal is None and entity is not None and any(_OFFICE.search(title) for title in entity.titles):
            principal = origins.UNKNOWN
        if principal is not None:
            found.add(principal)
    return frozenset(found)


def speakers_of(group: Sequence[Sighting], ground: Ground) -> frozenset[str]:
    """Return the keys of those who give a figure."""
    found = (
        speaker_key(s.report, s.said, ground.parties, ground.annotations[s.report.id])
        for s in group
        if s.said is not None
    )
    return frozenset(key for key in found if key)
