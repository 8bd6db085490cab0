"""One claim put together from its positions and figures, with its counts and the sentence it is shown by."""

import re
from collections.abc import Sequence
from typing import Literal

from msgspec import structs

from watchfloor.core.claim import Claim, Figure, Position
from watchfloor.core.identity import content_id
from watchfloor.fuse.encounters import dated
from watchfloor.fuse.ground import Ground
from watchfloor.fuse.voices import count, supports_words
from watchfloor.fuse.words import stems

_DATELINE = re.compile(r"^(?:[A-Z][A-Z .]{2,30},?\s?)?\([A-Z][\w .]{1,30}\)\s?[-–—]{1,2}\s")
_ADVERB = re.compile(r"^(?:afterwards|later|earlier|also|then|again|further)\s+that\s", re.IGNORECASE)
_ACCORDING = re.compile(r"^that, (?:according to|by|as) [^,]{2,90}, ", re.IGNORECASE)
_BLAMED = re.compile(
    r"^(?P<who>(?:the )?[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,4}) (?:for|over) (?:its|his|her|their) (?P<deed>[a-z])"
)
"""What is condemned is the deed: "North Korea for its decision" is not a thing that somebody can say."""
_COMPLEMENTISERS = ("that ", "how ", "whether ")


def put_together(
    proposition: str,
    topic: Literal["figure", "statement", "event"],
    positions: tuple[Position, ...],
    values: tuple[Figure, ...],
    ground: Ground,
) -> Claim:
    """Return the claim with everything that is counted of it; its id comes from where its positions stand."""
    positions = (*positions, *_taken_back(proposition, positions, ground))
    positions = _repeated([structs.replace(p, date=dated(p.span.report, p.date, ground.days)) for p in positions])
    counted = count(positions, ground)
    reports = {p.span.report for p in positions}
    outlets = {ground.outlets.get(r) or f"unknown outlet of {r}" for r in reports}
    return Claim(
        id=content_id(
            "clm",
            topic,
            *([proposition] if topic == "event" else ()),  # one sentence may tell two contacts
            *sorted(f"{p.span.report}:{p.span.start}:{p.span.end}:{p.party}" for p in positions),
            *sorted(f"{v.span.report}:{v.span.start}:{v.span.end}" for v in values),
        ),
        proposition=proposition,
        topic=topic,
        positions=positions,
        figures=values,
        reports=len(reports),
        outlets=len(outlets),
        origins_min=counted.at_least,
        origins_max=counted.at_most,
        origins=counted.origins,
        circular=counted.circular,
    )


def _taken_back(proposition: str, positions: Sequence[Position], ground: Ground) -> list[Position]:
    """Return the outlets' withdrawals of what they reported of the claim, each at the words of its notice."""
    carrying = {p.span.report for p in positions}
    found = []
    for notice in ground.taken_back:
        report = ground.reports[notice.report]
        matter = frozenset(stems(proposition))
        about = matter & frozenset(stems(report.text))
        if not carrying & set(notice.reports) or notice.report in notice.reports or 2 * len(about) < len(matter):
            continue
        found.append(
            Position(
                party=None,
                stance="withdraws",
                because="the outlet takes back its report",
                act=None,
                span=notice.span,
                quote=report.text[notice.span.start : notice.span.end],
                outlet=report.outlet,
                date=report.published,
            )
        )
    return found


def _repeated(positions: Sequence[Position]) -> tuple[Position, ...]:
    """Return the positions, what a party asserts once more on a later day as repeated."""
    first: dict[str, str] = {}
    for one in positions:
        if one.party and (day := _known_day(one)) and supports_words(one):
            first[one.party] = min(day, first.get(one.party, day))
    return tuple(
        structs.replace(one, stance="repeats", because=f"the same party said it on {first[one.party]} already")
        if one.stance == "asserts" and one.party in first and (_known_day(one) or "") > first[one.party]
        else one
        for one in positions
    )


def _known_day(one: Position) -> str | None:
    known = one.date
    return known.low.isoformat() if known and known.low and known.low == known.high else None


def revising(claim: Claim, before: Claim) -> tuple[Position, ...]:
    """Return the claim's positions, those of the parties that held the earlier one as revisions of it."""
    held = {p.party for p in before.positions if p.party and supports_words(p)}
    was = before.figures[0].verbatim if before.figures else before.proposition
    return tuple(
        structs.replace(p, stance="revises", because=f"before it said “{was}”")
        if p.party in held and p.stance in ("asserts", "confirms")
        else p
        for p in claim.positions
    )


def sentence(clause: str) -> str:
    """Return a clause to stand as a sentence: without dateline, adverb, "that" and whose word it is, with a capital."""
    clause = _DATELINE.sub("", clause)
    clause = _ACCORDING.sub("that ", _ADVERB.sub("that ", clause))
    clause = _BLAMED.sub(r"\g<who>'s \g<deed>", clause)
    for word in _COMPLEMENTISERS:
        if clause.casefold().startswith(word):
            clause = clause[len(word) :]
    return clause[:1].upper() + clause[1:] if clause[:1].islower() else clause
