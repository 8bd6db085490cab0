"""What claims have to do with each other: whose answer stands on which, which are contrary, which revises which."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import structs

from watchfloor.core.claim import Claim, Position
from watchfloor.core.partial_date import PartialDate
from watchfloor.fuse import figures
from watchfloor.fuse.answers import Target, answered, contrary
from watchfloor.fuse.encounters import dated
from watchfloor.fuse.figures import Sighting
from watchfloor.fuse.frames import frames, is_whole
from watchfloor.fuse.ground import Ground
from watchfloor.fuse.happenings import Happening
from watchfloor.fuse.one_claim import revising
from watchfloor.fuse.propositions import Statement, turned
from watchfloor.fuse.voices import position_of, speakers_of
from watchfloor.fuse.words import stems

ALL_ABOUT_IT = 200  # characters of a statement with a figure in it up to which it says nothing else of weight (assumed)
COMMON = 400  # claims that share a key from which it is too common to lead to a candidate
PLAIN = 160  # characters of a statement up to which it puts one thing as a fact (assumed)
FEW = 4  # wordings of a claim that are held against another one's for the contrary
MOST_CONTRARY = 12  # candidates looked at for the contrary or the earlier of a statement
LEAST_KEPT = 2  # content words that a revision shares with what it revises (assumed)
_JUDGING = re.compile(
    r"\b(?:is|are|was|were|be|as)\s(?:due|an?|the|not|only|both|more|less|very|\w+ous|\w+ful)\b", re.IGNORECASE
)
"""Words by which a statement says what it thinks of something, rather than that it is so: "is due to poor judgment"."""
_PLAIN_ACTS = frozenset({"assert", "confirm", "deny", "predict"})
_HELD = frozenset({"assert", "confirm", "predict", "justify", "deny", "other"})
"""Acts of which the content is held to be so, so that others may deny it or keep silent on it."""
_DIGITS = re.compile(r"\d[\d,.]*")


def answers_given(
    groups: list[list[Statement]],
    counts: Sequence[Sequence[Sighting]],
    happened: Sequence[Happening],
    ground: Ground,
) -> tuple[list[list[Statement]], dict[int, list[Position]]]:
    """Return the groups that are claims of their own, and by claim number the positions of those who answer it."""
    first = len(counts) + len(happened)
    speakers = {number: speakers_of(group, ground) for number, group in enumerate(counts)}
    parted = figures.parts(counts, speakers, figures.neighbours(counts, speakers))
    targets = [
        *(_counted_target(at, group, ground) for at, group in enumerate(counts) if at not in parted),
        *(_happened_target(len(counts) + at, one, ground) for at, one in enumerate(happened)),
        *(
            _stated_target(first + at, group, ground)
            for at, group in enumerate(groups)
            if any(one.said.act in _HELD and not _is_answer(one) for one in group)
        ),
    ]
    index = _Index(targets)
    home: dict[int, tuple[int, str]] = {}
    for at, group in enumerate(groups):
        if all(_is_answer(one) for one in group):
            found = [
                answered(one, index.near(one), day=_last_day(one, ground), silent=one.family == "no comment")
                for one in group
            ]
            if known := Counter(one[0] for one in found if one):
                number = known.most_common(1)[0][0]
                home[at] = number, next(one[1] for one in found if one and one[0] == number)
    denied = {at: first + other for at, other in _denied(groups, home).items()}
    rest = [at for at in range(len(groups)) if at not in home and at not in denied]
    place = {first + at: first + number for number, at in enumerate(rest)}
    answers: defaultdict[int, list[Position]] = defaultdict(list)
    for at, group in enumerate(groups):
        for one in group if first + at not in place else ():
            made = position_of(one, ground)
            if at in home:
                number, why = home[at]
                made = structs.replace(made, because=f"{made.because}; {why}")
            else:
                number = denied[at]
                made = structs.replace(made, stance="denies", because="it says in the same words that it is not so")
            answers[place.get(number, number)].append(made)
    return [groups[at] for at in rest], answers


def _is_answer(one: Statement) -> bool:
    return one.answers or one.family == "no comment"


def _denied(groups: Sequence[Sequence[Statement]], homed: Mapping[int, object]) -> dict[int, int]:
    """Return for each group that says of another one that it is not so which that is."""
    holding: defaultdict[str, set[int]] = defaultdict(set)
    for at, group in enumerate(groups):
        if at not in homed and not all(one.negated is True for one in group):
            for word in group[0].words:
                holding[word].add(at)
    weights = defaultdict[str, float](lambda: 1.0)
    found: dict[int, int] = {}
    for at, group in enumerate(groups):
        if at in homed or not all(one.negated is True for one in group):
            continue
        shared = Counter(other for word in group[0].words if len(holding[word]) < COMMON for other in holding[word])
        likely = [other for other, _ in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_CONTRARY]]
        match = next((o for o in likely if any(contrary(group[0], one, weights) for one in groups[o])), None)
        if match is not None:
            found[at] = match
    return found


class _Index:
    """Which claims share a frame, a word or a report with a statement: only those may be what it answers."""

    def __init__(self, targets: Sequence[Target]) -> None:
        self._targets = targets
        self._holding: defaultdict[str, list[int]] = defaultdict(list)
        for at, target in enumerate(targets):
            for key in {*target.words, *target.frames, *(f"\0{span.report}" for span in target.spans)}:
                self._holding[key].append(at)

    def near(self, one: Statement) -> list[Target]:
        keys = {*one.words, *one.frames, f"\0{one.report.id}"}
        near = sorted({at for key in keys if len(self._holding[key]) < COMMON for at in self._holding[key]})
        return [self._targets[at] for at in near]


def _counted_target(number: int, group: Sequence[Sighting], ground: Ground) -> Target:
    texts = [s.report.text[s.clause.start : s.clause.end] for s in group]
    return Target(
        number=number,
        words=frozenset(word for text in texts for word in stems(text)),
        numbers=frozenset(n.rstrip(".,") for text in texts for n in _DIGITS.findall(text)),
        frames=frozenset(name for text in texts for name in frames(text)),
        anchors=frozenset(code for s in group for code in s.countries),
        holders=speakers_of(group, ground),
        spans=tuple(s.clause for s in group),
        day=min(
            filter(None, (_first((s.said.date if s.said else None) or s.report.published) for s in group)), default=None
        ),
    )


def _happened_target(number: int, one: Happening, ground: Ground) -> Target:
    texts = [p.quote for p in one.positions]
    return Target(
        number=number,
        words=frozenset(word for text in [one.name, *texts] for word in stems(text)),
        numbers=frozenset(n.rstrip(".,") for text in texts for n in _DIGITS.findall(text)),
        frames=frames(one.name),
        anchors=one.parties,
        holders=frozenset(ground.parties.key(p.span.report, p.party) for p in one.positions if p.party),
        spans=tuple(p.span for p in one.positions),
        day=min(filter(None, (_first(p.date) for p in one.positions)), default=None),
    )


def _stated_target(number: int, group: Sequence[Statement], ground: Ground) -> Target:
    return Target(
        number=number,
        words=frozenset().union(*(one.words for one in group)),
        numbers=frozenset().union(*(one.numbers for one in group)),
        frames=frozenset().union(*(one.frames for one in group)),
        anchors=frozenset().union(*(one.anchors for one in group)),
        holders=frozenset(one.party for one in group if one.party),
        spans=tuple(one.said.content[-1] for one in group),
        day=min(filter(None, (_first(_date_of(one, ground)) for one in group)), default=None),
        certain=any(
            one.said.modality == "certain"
            and one.said.act in ("assert", "confirm")
            and len(one.text) <= PLAIN
            and not _JUDGING.search(one.text)
            for one in group
        ),
    )


def linked(made: Sequence[Claim], groups: Sequence[Sequence[Statement]], ground: Ground) -> list[Claim]:
    """Return the claims of statements with what each revises, and with those that hold the contrary as rivals."""
    rivals: defaultdict[int, set[int]] = defaultdict(set)
    by_frame: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    by_party: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    revised: dict[int, int] = {}
    for at, group in enumerate(groups):
        one = group[0]
        for name in one.frames:
            if is_whole(frozenset({name})):
                for anchor in one.wide:
                    near = by_frame[name, anchor]
                    for other in near[-MOST_CONTRARY:]:
                        if any(_opposed(a, b) for a in group[:FEW] for b in groups[other][:FEW]):
                            rivals[at].add(other)
                            rivals[other].add(at)
                    near.append(at)
            if one.party:
                near = by_party[one.party, name]
                earlier = [o for o in near[-MOST_CONTRARY:] if _moved_on(group, groups[o], ground)]
                if earlier:
                    revised.setdefault(at, earlier[-1])
                near.append(at)
    return [
        structs.replace(
            claim,
            rivals=tuple(made[other].id for other in sorted(rivals[at])),
            revises=made[revised[at]].id if at in revised else None,
            positions=revising(claim, made[revised[at]]) if at in revised else claim.positions,
        )
        for at, claim in enumerate(made)
    ]


def _opposed(one: Statement, other: Statement) -> bool:
    """Return whether parties of two states put one frame to the same names, one that it is so, one that it is not."""
    if {one.negated, other.negated} != {True, False} or one.family != other.family or one.party == other.party:
        return False
    if {one.said.act, other.said.act} - _PLAIN_ACTS or max(len(one.text), len(other.text)) > ALL_ABOUT_IT:
        return False
    return bool(one.anchors & other.anchors) and one.principal != other.principal and len(one.wide & other.wide) > 1


def _moved_on(group: Sequence[Statement], before: Sequence[Statement], ground: Ground) -> bool:
    """Return whether a party says the same later but for a number or a day."""
    one, other = group[0], before[0]
    if one.family != other.family or turned(one, other) or len(one.words & other.words) < LEAST_KEPT:
        return False
    moved = any(a and b and not a & b for a, b in ((one.days, other.days), (one.numbers, other.numbers)))
    if not moved or (one.anchors and other.anchors and not one.anchors & other.anchors):
        return False
    later, earlier = _first(_date_of(one, ground)), _first(_date_of(other, ground))
    return later is not None and earlier is not None and later > earlier


def _date_of(one: Statement, ground: Ground) -> PartialDate | None:
    return dated(one.report.id, one.said.date, ground.days) or one.report.published


def _first(known: PartialDate | None) -> date | None:
    return known.low if known else None


def _last_day(one: Statement, ground: Ground) -> date | None:
    known = _date_of(one, ground)
    return known.high if known else None
