"""Claims: figures and statements gathered over the reports, with positions and independent origins."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import structs

from watchfloor.core.annotation import Annotation, Attribution
from watchfloor.core.claim import Claim, Figure, Position
from watchfloor.core.copy import Copy
from watchfloor.core.encounter import Encounter
from watchfloor.core.identity import content_id
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report
from watchfloor.core.route import Route
from watchfloor.fuse import figures, origins
from watchfloor.fuse.answers import Target, answered, contrary
from watchfloor.fuse.credits import Credit
from watchfloor.fuse.encounters import Days, dated
from watchfloor.fuse.figures import Sighting
from watchfloor.fuse.frames import frames, is_whole
from watchfloor.fuse.happenings import Happening, happenings
from watchfloor.fuse.parties import Parties
from watchfloor.fuse.positions import is_statement, narrated, position, speaker_key, stance, wording
from watchfloor.fuse.propositions import Matcher, Meaning, Statement, statement, turned
from watchfloor.fuse.reliance import reliances, rests
from watchfloor.fuse.routes import Judged, edges, routes
from watchfloor.fuse.withdrawals import withdrawals
from watchfloor.fuse.witnesses import witness
from watchfloor.fuse.words import stems

RIVAL_RATIO = 2.0  # figures for one thing that differ by more are taken to count different things (assumed)
_SUPPORTING = frozenset({"asserts", "confirms", "repeats", "justifies", "revises"})
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


def claims(ground: Ground) -> tuple[Claim, ...]:
    """Return every claim, figures first, then what took place, then statements, each kind in the order of first report.

    Reports must stand earliest first.
    """
    found = [s for report in ground.reports.values() for s in figures.sightings(report, ground.annotations[report.id])]
    counts = [group for group in figures.clusters(found) if any(s.said for s in group) or _spread(group) > 1]
    happened = happenings(ground.reports, ground.annotations, ground.parties, ground.met)
    used = {s.clause for group in counts for s in group if s.clause.end - s.clause.start <= ALL_ABOUT_IT}
    used |= {span for one in happened for span in one.used}
    said = [
        statement(report, a, ground.parties, ground.annotations[report.id])
        for report in ground.reports.values()
        for a in voices(report, ground.annotations.get(report.id, ()))
        if not used & set(a.content)
    ]
    groups = Matcher(ground.meaning).clusters(said)
    groups, answers = _answers(groups, counts, happened, ground)
    numbered = _figure_claims(counts, answers, ground)
    first = len(counts)
    events = [
        _claim(one.name, "event", (*one.positions, *answers.get(first + at, ())), (), ground)
        for at, one in enumerate(happened)
    ]
    first += len(happened)
    stated = [_statement_claim(group, answers.get(first + at, ()), ground) for at, group in enumerate(groups)]
    return (*numbered, *events, *_linked(stated, groups, ground))


def _answers(
    groups: list[list[Statement]],
    counts: Sequence[Sequence[Sighting]],
    happened: Sequence[Happening],
    ground: Ground,
) -> tuple[list[list[Statement]], dict[int, list[Position]]]:
    """Return the groups that are claims of their own, and by claim number the positions of those who answer it."""
    first = len(counts) + len(happened)
    speakers = {number: _speakers(group, ground) for number, group in enumerate(counts)}
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
            made = _position(one, ground)
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
        holders=_speakers(group, ground),
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


def _linked(made: Sequence[Claim], groups: Sequence[Sequence[Statement]], ground: Ground) -> list[Claim]:
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
            positions=_revising(claim, made[revised[at]]) if at in revised else claim.positions,
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


def _revising(claim: Claim, before: Claim) -> tuple[Position, ...]:
    """Return the claim's positions, those of the parties that held the earlier one as revisions of it."""
    held = {p.party for p in before.positions if p.party and supports_words(p)}
    was = before.figures[0].verbatim if before.figures else before.proposition
    return tuple(
        structs.replace(p, stance="revises", because=f"before it said “{was}”")
        if p.party in held and p.stance in ("asserts", "confirms")
        else p
        for p in claim.positions
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


def _position(one: Statement, ground: Ground) -> Position:
    return position(one.report, one.said, ground.parties, found=ground.annotations[one.report.id])


def _statement_claim(group: Sequence[Statement], answers: Sequence[Position], ground: Ground) -> Claim:
    positions = (*(_position(one, ground) for one in group), *answers)
    fullest = max(group, key=lambda one: (_is_clause(one), one.said.speaker is not None, len(one.words), one.report.id))
    words = wording(fullest.report, fullest.said.content)
    if not _is_clause(fullest):
        words = _PREDICATED.sub(r"\1as \2", words)
    return _claim(_trimmed(words), "statement", positions, (), ground)


def _is_clause(one: Statement) -> bool:
    """Return whether the wording stands as a sentence: "called the plan a mistake" leaves "the plan a mistake"."""
    return not _CALLING.search(wording(one.report, one.said.cue))


def _figure_claims(
    groups: Sequence[Sequence[Sighting]], answers: Mapping[int, Sequence[Position]], ground: Ground
) -> list[Claim]:
    speakers = {number: _speakers(group, ground) for number, group in enumerate(groups)}
    near = figures.neighbours(groups, speakers)
    whole = figures.parts(groups, speakers, near)
    made = [_figure_claim(group, answers.get(number, ()), ground) for number, group in enumerate(groups)]
    found = []
    for number, claim in enumerate(made):
        revised = next((o for o in near[number] if _revises(number, o, groups, speakers, whole)), None)
        found.append(
            structs.replace(
                claim,
                part_of=made[whole[number]].id if number in whole else None,
                rivals=tuple(made[o].id for o in near[number] if _rival(number, o, groups, speakers, whole)),
                revises=made[revised].id if revised is not None else None,
                positions=_revising(claim, made[revised]) if revised is not None else claim.positions,
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
    return _claim(_trimmed(" ".join(clause.split())), "figure", (*positions.values(), *answers), values, ground)


def _how_well_worded(sighting: Sighting) -> tuple[bool, bool, int, int, str]:
    """Return a key that puts the clause first which says best what is counted.

    Best is one that begins with this figure rather than another, names a country, and is neither long nor a stump.
    """
    text = sighting.report.text[sighting.clause.start : sighting.clause.end]
    before = text[: sighting.quantity.span.start - sighting.clause.start]
    other_first = any(character.isdigit() for character in before)
    return other_first, not sighting.countries, abs(len(text) - WELL_WORDED), len(text), text


def _claim(
    proposition: str,
    topic: Literal["figure", "statement", "event"],
    positions: tuple[Position, ...],
    values: tuple[Figure, ...],
    ground: Ground,
) -> Claim:
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


def supports_words(stated: Position) -> bool:
    """Return whether a position's stance speaks for the claim, wherever it stands."""
    return stated.stance in _SUPPORTING


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
        principal = _principal(parties.state(report, name, stated.speaks_for), stated.speaks_for or name)
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
    found = (
        speaker_key(s.report, s.said, ground.parties, ground.annotations[s.report.id])
        for s in group
        if s.said is not None
    )
    return frozenset(key for key in found if key)


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
    countries = frozenset.union(*(s.near for s in group)) & frozenset.union(*(s.near for s in other))
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


def _trimmed(clause: str) -> str:
    """Return a clause to stand as a sentence: without dateline, adverb, "that" and whose word it is, with a capital."""
    clause = _DATELINE.sub("", clause)
    clause = _ACCORDING.sub("that ", _ADVERB.sub("that ", clause))
    clause = _BLAMED.sub(r"\g<who>'s \g<deed>", clause)
    for word in _COMPLEMENTISERS:
        if clause.casefold().startswith(word):
            clause = clause[len(word) :]
    return clause[:1].upper() + clause[1:] if clause[:1].islower() else clause
