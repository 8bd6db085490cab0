"""Claims of figures: one number in all its tellings, with the whole, the rivals and the figure that it revises."""

from collections.abc import Mapping, Sequence

from msgspec import structs

from watchfloor.core.claim import Claim, Figure, Position
from watchfloor.fuse import figures
from watchfloor.fuse.encounters import dated
from watchfloor.fuse.figures import Sighting
from watchfloor.fuse.frames import frames
from watchfloor.fuse.ground import Ground
from watchfloor.fuse.one_claim import put_together, revising, sentence
from watchfloor.fuse.positions import narrated, position
from watchfloor.fuse.voices import speakers_of

RIVAL_RATIO = 2.0  # figures for one thing that differ by more are taken to count different things (assumed)
WELL_WORDED = 120  # characters of a clause that says what is counted and no more (assumed)


def figure_claims(
    groups: Sequence[Sequence[Sighting]], answers: Mapping[int, Sequence[Position]], ground: Ground
) -> list[Claim]:
    """Return the claim of each group of sightings; answers: by number of a group, who answers it."""
    speakers = {number: speakers_of(group, ground) for number, group in enumerate(groups)}
    near = figures.neighbours(groups, speakers)
    whole = figures.parts(groups, speakers, near)
    made = [_figure_claim(group, answers.get(number, ()), ground) for number, group in enumerate(groups)]
    found = []
    for number, claim in enumerate(made):
        earlier = [o for o in near[number] if _revises(number, o, groups, speakers, whole)]
        revised = max(earlier, key=lambda o: _first_day(groups[o]) or "", default=None)  # what it said last before
        found.append(
            structs.replace(
                claim,
                part_of=made[whole[number]].id if number in whole else None,
                rivals=tuple(made[o].id for o in near[number] if _rival(number, o, groups, speakers, whole)),
                revises=made[revised].id if revised is not None else None,
                positions=revising(claim, made[revised]) if revised is not None else claim.positions,
            )
        )
    return found


def _figure_claim(group: Sequence[Sighting], answers: Sequence[Position], ground: Ground) -> Claim:
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
    return put_together(sentence(" ".join(clause.split())), "figure", (*positions.values(), *answers), values, ground)


def _how_well_worded(sighting: Sighting) -> tuple[bool, bool, int, int, str]:
    """Return a key that puts the clause first which says best what is counted.

    Best is one that begins with this figure rather than another, names a country, and is neither long nor a stump.
    """
    text = sighting.report.text[sighting.clause.start : sighting.clause.end]
    before = text[: sighting.quantity.span.start - sighting.clause.start]
    other_first = any(character.isdigit() for character in before)
    return other_first, not sighting.countries, abs(len(text) - WELL_WORDED), len(text), text


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
    countries = frozenset.union(*(s.near for s in group)) & frozenset.union(*(s.near for s in other))
    nowhere = not all(any(s.near for s in side) for side in (group, other))
    if not countries and nowhere and a.unit in figures.CASUALTIES:  # the dead of one ferry, where no state is named
        countries = frozenset.union(*(s.named for s in group)) & frozenset.union(*(s.named for s in other))
    told = [
        frozenset(n for s in side for n in frames(s.report.text[s.clause.start : s.clause.end]))
        for side in (group, other)
    ]
    if all(told) and not told[0] & told[1]:
        return False
    ratio = max(a.figure, b.figure) / max(1, min(a.figure, b.figure))
    return ratio <= RIVAL_RATIO and bool(countries)


def _first_day(group: Sequence[Sighting]) -> str | None:
    days = [
        d.low.isoformat() for s in group if (d := (s.said.date if s.said else None) or s.report.published) and d.low
    ]
    return min(days, default=None)
