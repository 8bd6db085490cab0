"""The bottom line: what rests on two origins and more, and what is merely repeated."""

from collections.abc import Mapping, Sequence

from watchfloor.core.brief import Line
from watchfloor.core.claim import Claim
from watchfloor.watch.ranking import ranked
from watchfloor.watch.stances import STANCE_ACTS, standing
from watchfloor.watch.voices import evidence, worded
from watchfloor.watch.wording import between, count, listed, sentence

_HOLDING = frozenset({"asserts", "confirms", "repeats", "justifies"})
MOST_SOLID = 5  # lines that somebody reads who reads nothing else; assumed


def lines(claims: Sequence[Claim], names: Mapping[str, str]) -> tuple[Line, ...]:
    """Return the claims that rest on two independent origins or more for certain, the widest first."""
    solid = [c for c in ranked(claims) if evidence(c) and _is_held(c) and c.origins_min > 1]
    return tuple(_line(claim, names) for claim in solid[:MOST_SOLID])


def repeated(claims: Sequence[Claim], names: Mapping[str, str]) -> tuple[Line, ...]:
    """Return the claims that several reports carry and that may still be one voice, the most reports first."""
    many = [c for c in ranked(claims) if evidence(c) and _is_held(c) and c.origins_min < 2 and c.reports > 1]
    most = sorted(many, key=lambda claim: -claim.reports)[:MOST_SOLID]
    return tuple(_line(claim, names) for claim in most)


def _is_held(claim: Claim) -> bool:
    """Return whether somebody holds the claim to be so; what is only demanded, promised or wished is not solid."""
    return any(p.stance in _HOLDING and p.act not in STANCE_ACTS for p in claim.positions)


def _line(claim: Claim, names: Mapping[str, str]) -> Line:
    bounds = between(claim.origins_min, claim.origins_max, "independent origin")
    alone = claim.reports == 1 and claim.origins_max > 1  # three origins and one report: the report has the three
    where = "all of them in one report" if alone else f"in {count(claim.reports, 'report')}"
    text = f"{worded(claim)}: {bounds}, {where}"
    if claim.circular:
        text += "; the reports credit each other and nobody outside"
    against = [f"{who} {what}" for who, what in standing(claim, names) if "denies" in what or "doubts" in what]
    if against:
        text += f"; but {listed(against, most=2)}"
    return Line(text=sentence(text), citations=evidence(claim), weight="lead", about=claim.id)
