"""Who stands where on a claim, party by party."""

import re
from collections.abc import Mapping, Sequence

from watchfloor.core.annotation import Act
from watchfloor.core.brief import Line
from watchfloor.core.claim import Claim, Position, Stance
from watchfloor.core.span import Span
from watchfloor.watch.naming import called
from watchfloor.watch.reading import cited
from watchfloor.watch.voices import evidence, origins, volume, worded
from watchfloor.watch.wording import COLLECTIVE, agreeing, listed, number, sentence

STATE_STEM = 5  # letters by which a state shows in its adjective: "Argentina", "Argentine" (assumed)
MOST_CLAIMS = 12  # claims told in one brief; the rest is counted; assumed
MOST_PARTIES = 8  # parties named in one sentence; assumed

STANCE_ORDER: tuple[Stance, ...] = (
    "asserts",
    "confirms",
    "repeats",
    "justifies",
    "revises",
    "doubts",
    "denies",
    "withdraws",
    "declines to comment",
    "silent",
)
VERBS: Mapping[Stance, str] = {
    "asserts": "asserts it",
    "confirms": "confirms it",
    "repeats": "repeats it",
    "justifies": "justifies it",
    "revises": "revises it",
    "doubts": "doubts it",
    "denies": "denies it",
    "withdraws": "withdraws it",
    "declines to comment": "declines to comment",
    "silent": "is silent",
}
STANCE_ACTS: Mapping[Act, str] = {
    "demand": "demands it",
    "promise": "promises it",
    "predict": "expects it",
    "wish": "wishes it",
    "condemn": "condemns it",
    "thank": "gives thanks for it",
}
"""What a party does that asserts nothing: to demand a thing is not to say that it is so."""


_GENERIC = re.compile(
    r"(?:the\s)?(?:[a-z]+\s){0,3}(?:government|ministry|army|military|navy|police|parliament|presidency|cabinet|embassy|court|prosecutors?)"
    r"(?:\s\(unnamed \w+\))?$"
)
"""A body that every state has, without a name of its own."""


def lines(claims: Sequence[Claim], names: Mapping[str, str]) -> tuple[Line, ...]:
    """Return one line a claim with every party's stance; figures only where somebody does more than assert them."""
    told = [claim for claim in claims if _tells(claim)]
    made = [_line(claim, names) for claim in told[:MOST_CLAIMS]]
    if rest := told[MOST_CLAIMS:]:
        more = f"And {number(len(rest))} more: watchfloor claims"
        made.append(Line(text=sentence(more), citations=cited(evidence(c)[0] for c in rest), weight="note"))
    return tuple(made)


def _tells(claim: Claim) -> bool:
    if not evidence(claim):
        return False
    return claim.topic == "statement" or any(position.stance != "asserts" for position in claim.positions)


def _line(claim: Claim, names: Mapping[str, str]) -> Line:
    stands = [f"{who} {what}" for who, what in standing(claim, names)]
    said = listed(stands, most=MOST_PARTIES, mark=";").replace("; and ", " and ")
    text = f"{worded(claim)}: {said or 'said by the reports themselves'}; {volume(claim)}, {origins(claim, names)}"
    return Line(text=sentence(text), citations=evidence(claim), about=claim.id)


def standing(claim: Claim, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return each party in words with what it does, claimants first.

    A confirmation by a party that also asserts the claim is the claimant again and is said to be so.
    """
    claimants = {_key(p, names) for p in claim.positions if p.stance == "asserts" and p.party}
    taken: dict[str, list[Position]] = {}
    for position in claim.positions:
        taken.setdefault(_key(position, names), []).append(position)
    order = sorted(taken, key=lambda key: min(STANCE_ORDER.index(position.stance) for position in taken[key]))
    return tuple((who(taken[key][0], names), _does(taken[key], key in claimants)) for key in order)


def _key(position: Position, names: Mapping[str, str]) -> str:
    if position.party:
        return called(position.party, names)
    return f"\0{position.outlet or ''}"


def _does(positions: Sequence[Position], claimant: bool) -> str:
    verbs = []
    for position in sorted(positions, key=lambda position: STANCE_ORDER.index(position.stance)):
        again = position.stance == "confirms" and claimant and position.party
        verbs.append(agreeing(verb(position), position.party or "") + (" (the claimant again)" if again else ""))
    return listed(list(dict.fromkeys(verbs)))


def verb(position: Position) -> str:
    """Return what the party does: its stance, or the act behind it where that asserts nothing."""
    said = STANCE_ACTS.get(position.act) if position.act is not None and position.stance == "asserts" else None
    return said or VERBS[position.stance]


def who(position: Position, names: Mapping[str, str]) -> str:
    """Return the party in words, with whom it speaks for, and that nobody introduced it where that is so."""
    if position.party is None:
        if not position.resolved:
            return f"an unnamed source of {position.outlet or 'an undetermined outlet'}"
        return f"{position.outlet or 'a report of an undetermined outlet'} in its own words"
    name = called(position.party, names)
    if name.casefold() in COLLECTIVE:
        return name.lower()
    if not position.resolved:
        return f"“{name}”, whom the report does not introduce,"
    body = called(position.speaks_for, names) if position.speaks_for else None
    if body and body.casefold()[:STATE_STEM] not in name.casefold():
        if _GENERIC.match(name):  # "foreign ministry" alone is many states'
            return f"{body}'{'' if body.endswith('s') else 's'} {name.removeprefix('the ')}"
        return f"{name} (for {body})"
    return name


def is_generic(party: str) -> bool:
    """Return whether a party is named as a body that every state has."""
    return _GENERIC.match(party) is not None


def unresolved(claim: Claim, names: Mapping[str, str]) -> tuple[tuple[str, tuple[Span, ...]], ...]:
    """Return the parties that no report introduces, each with the spans where they speak."""
    found: dict[str, list[Span]] = {}
    for position in claim.positions:
        if position.party and not position.resolved and position.party.casefold() not in COLLECTIVE:
            found.setdefault(called(position.party, names), []).append(position.span)
    return tuple((name, tuple(spans)) for name, spans in found.items())
