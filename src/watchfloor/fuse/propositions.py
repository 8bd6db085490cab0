"""Which statements say the same: names, numbers and roles first, words and meaning after, never likeness alone."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from msgspec import Struct

from watchfloor.core.annotation import Act, Annotation, Attribution, Event, Mention, Party, Place, Time
from watchfloor.core.claim import Stance
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.fuse.frames import frames, is_whole
from watchfloor.fuse.parties import Parties
from watchfloor.fuse.positions import speaker_key, stance, wording
from watchfloor.fuse.wordings import (
    LEAST_WORDS,
    Word,
    another_thing,
    exchanged,
    in_one_place,
    keys,
    plain_words,
    shortened,
)
from watchfloor.fuse.words import stems

SAME_PARTY_FROM = 0.22  # weighted Jaccard from which two wordings of one party are one claim (read off news texts)
OTHER_PARTY_FROM = 0.33  # the same between two parties, who need more to agree (read off news texts)
LEAST_SHARED = 3  # content words that two wordings of one party must share
LEAST_SHARED_BY_OTHERS = 4  # content words that wordings of two parties must share
COMMON_FROM = 400  # groups holding a key from which it is too common to lead to a candidate
MOST_CANDIDATES = 24  # groups that a statement is held against, those with the most keys in common
MOST_MEMBERS = 12  # members of a group that a statement is held against
NEAR = 0.35  # cosine from which one frame put to the same anchors by one side is one claim (read off news texts)
CLOSE = 0.8  # cosine from which wordings with the same anchors are one claim though few words are shared (as above)
LONGEST = 260  # characters of a statement that says one thing, so that its frame is what it says (assumed)
BEFORE = 300  # characters before a statement in which "this" and "it" find what they stand for (assumed)
_NUMBER = re.compile(r"\d[\d,.]*")
_OWN = re.compile(r"\b(?:our|ours|we|us)\b", re.IGNORECASE)
_CLAUSES = re.compile(r",\s(?:and|but)\s|;|\.\s", re.IGNORECASE)
_NEGATOR = re.compile(r"\b(?:not(?!\sonly)|no|never|none|nobody|nothing|neither|nor|cannot)\b|n[’']t\b", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:will|would|shall|(?:is|are|was|were)\sgoing\sto)\b(?!\shave\b)|['’]ll\b", re.IGNORECASE)
_BY = re.compile(r"\bby\b", re.IGNORECASE)
_OF_SELF = re.compile(r"(?:that\s)?[“\"']*(?:I|he|she)\b", re.IGNORECASE)
_ANSWERS = frozenset({"denies", "doubts", "withdraws"})

Meaning = Callable[[str, str], float]
"""How close two texts are in meaning, 1 for the same; flow hands it in, fuse has no network of its own."""

_FAMILY: dict[Act, str] = {
    "demand": "demand",
    "promise": "promise",
    "wish": "wish",
    "thank": "thank",
    "silent": "no comment",
    "decline-to-comment": "no comment",
}
"""Acts whose contents are only compared among themselves: to demand a thing is not to say that it is so."""


class Statement(Struct, frozen=True, kw_only=True):
    """One attribution with what comparing needs.

    party: key of the speaker; principal: its state; family: of its act. words: stems. numbers: as written.
    frames: what is done or is so. anchors: keys of whom and what it names, states by code; wide: with those of the
    words before, which "this" and "it" may stand for. persons, places: by which two statements differ for certain.
    sides: (event type, actors, recipients). days: the days it names; times: from when to when all times in it reach.
    plain: its words but for those of time and of grammar; names: those of them that stand in a name.
    negated: it says that something is not so, None where one of its clauses does and another does not.
    taken: its stance towards what it holds; answers: it denies, doubts or takes that back.
    """

    report: Report
    said: Attribution
    party: str | None
    family: str
    words: frozenset[str]
    numbers: frozenset[str]
    text: str = ""
    principal: str | None = None
    frames: frozenset[str] = frozenset()
    anchors: frozenset[str] = frozenset()
    wide: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    sides: frozenset[tuple[str, frozenset[str], frozenset[str]]] = frozenset()
    days: frozenset[str] = frozenset()
    times: tuple[tuple[date, date], ...] = ()
    plain: tuple[Word, ...] = ()
    names: frozenset[str] = frozenset()
    negated: bool | None = False
    answers: bool = False
    taken: Stance = "asserts"


def statement(report: Report, said: Attribution, parties: Parties, found: Sequence[Annotation] = ()) -> Statement:
    """Return the attribution made ready for comparing; found: the report's annotations."""
    text = wording(report, said.content)
    inside = [one for one in found if _lies_in(one.span, said.content)]
    state = parties.state(report.id, said.speaker, said.speaks_for)
    anchors, persons = _named(report, inside, parties)
    if state and _OWN.search(text):
        anchors |= {state}
    before = Span(report=report.id, start=max(0, said.content[0].start - BEFORE), end=said.content[0].start)
    context, _ = _named(report, [one for one in found if _lies_in(one.span, (before,))], parties)
    places = frozenset(p.name.casefold() for p in inside if isinstance(p, Place) and not _is_state(p, inside))
    taken = stance(report, said)[0]
    return Statement(
        report=report,
        said=said,
        party=speaker_key(report, said, parties, found),
        family=_FAMILY.get(said.act, "assert"),
        words=frozenset(stems(text)),
        numbers=frozenset(number.rstrip(".,") for number in _NUMBER.findall(text)),
        text=text,
        principal=state,
        frames=frames(text),
        anchors=anchors | places,
        wide=anchors | places | context,
        persons=persons,
        places=places,
        sides=frozenset(
            _sides(report, one, parties)
            for one in found
            if isinstance(one, Event) and one.trigger is not None and _lies_in(one.trigger, said.content)
        ),
        days=frozenset(
            t.date.value for t in inside if isinstance(t, Time) and t.date.precision == "day" and t.date.value
        ),
        times=tuple((t.date.low, t.date.high) for t in inside if isinstance(t, Time) and t.date.low and t.date.high),
        plain=plain_words(_without_times(report, said, inside)),
        names=keys(plain_words(" ".join(m.name for m in inside if isinstance(m, Mention)))),
        negated=_negated(text, said) if taken not in _ANSWERS else None,
        answers=taken in _ANSWERS,
        taken=taken,
    )


def _negated(text: str, said: Attribution) -> bool | None:
    """Return whether a statement says that something is not so, None when its clauses differ or may."""
    if said.polarity == "negative":
        return None if _CLAUSES.search(text) else True
    return None if _NEGATOR.search(text) else False


def _without_times(report: Report, said: Attribution, inside: Sequence[Annotation]) -> str:
    """Return the words of a statement, every time in it blanked out."""
    start, end = said.content[0].start, said.content[-1].end
    text = [" "] * (end - start)
    for span in said.content:
        text[span.start - start : span.end - start] = report.text[span.start : span.end]
    for one in inside:
        if isinstance(one, Time):
            text[one.span.start - start : one.span.end - start] = " " * (one.span.end - one.span.start)
    return "".join(text)


def _lies_in(span: Span, spans: Sequence[Span]) -> bool:
    return any(one.start <= span.start and span.end <= one.end for one in spans)


def _is_state(place: Place, found: Sequence[Annotation]) -> bool:
    """Return whether a place is a whole state: the mention of it has a country, and nothing finer is known."""
    return any(isinstance(m, Mention) and m.span == place.span and m.country is not None for m in found)


def _named(report: Report, found: Sequence[Annotation], parties: Parties) -> tuple[frozenset[str], frozenset[str]]:
    """Return the keys of all that the mentions stand for, states by their code, and those of the persons."""
    keys, persons = set(), set()
    for one in found:
        if not isinstance(one, Mention) or one.type in ("other", "law", "product"):
            continue
        name = one.refers_to or one.name
        entity = parties.entity(report.id, name)
        if not (entity.named if entity else any(word[:1].isupper() for word in name.split())):
            continue  # "this alliance", "the officials" tell nobody from anybody
        if one.type in ("person", "organisation", "facility"):
            keys.add(parties.key(report.id, name))
        if one.type == "person" and entity is not None:
            persons.add(parties.key(report.id, name))
        if state := one.country or parties.country(report.id, name):
            keys.add(state)
        elif one.type in ("place", "group"):
            keys.add(name.casefold())
    return frozenset(keys), frozenset(persons)


def _sides(report: Report, event: Event, parties: Parties) -> tuple[str, frozenset[str], frozenset[str]]:
    def keys(side: Sequence[Party]) -> frozenset[str]:
        return frozenset(one.country or parties.key(report.id, one.name) for one in side)

    return event.event_type, keys(event.actor), keys(event.recipient)


class Matcher:
    """Groups statements by proposition; compared: how many pairs of statements were held against each other.

    joins: each statement that was put to others, with the one it is likest to and how like it is. misses: pairs that
    share many words and were not put together.

    Candidates come from an index of words, of numbers, and of frames beside anchors, so that the cost grows with the
    number of statements, not with the square of it.
    """

    def __init__(self, meaning: Meaning | None = None) -> None:
        self.compared = 0
        self.joins: list[tuple[Statement, Statement, float]] = []
        self.misses: list[tuple[Statement, Statement]] = []
        self.weights: Mapping[str, float] = {}
        self._meaning = meaning

    def clusters(self, statements: Sequence[Statement]) -> list[list[Statement]]:
        """Return the statements grouped by proposition, in the order of their first statement."""
        weights = self.weights = _weights(statements)
        groups: list[list[Statement]] = []
        holding: defaultdict[str, set[int]] = defaultdict(set)
        for one in statements:
            keys = _keys(one)
            shared = Counter(number for key in keys if len(holding[key]) < COMMON_FROM for number in holding[key])
            likely = sorted(shared, key=lambda number: (-shared[number], number))[:MOST_CANDIDATES]
            fits = {number: self._fit(one, groups[number], weights) for number in likely}
            score, home = max(((fit[0], -number) for number, fit in fits.items()), default=(0.0, 0))
            if score > 0:
                groups[-home].append(one)
                self.joins.append((one, fits[-home][1], score))
            else:
                home = -len(groups)
                groups.append([one])
            for key in keys:
                holding[key].add(-home)
        return groups

    def _fit(self, one: Statement, group: Sequence[Statement], weights: Mapping[str, float]) -> tuple[float, Statement]:
        """Return how well a statement fits a group, 0 when a member forbids it, and the member it is likest to."""
        best, nearest = 0.0, group[0]
        for other in group[:MOST_MEMBERS]:
            self.compared += 1
            if differ(one, other) or self._another(one, other):
                best, nearest = 0.0, other
                break
            likeness = self._likeness(one, other, weights)
            if likeness > best:
                best, nearest = likeness, other
        if not best and len(one.words & nearest.words) >= LEAST_SHARED:
            self.misses.append((one, nearest))
        return best, nearest

    def _another(self, one: Statement, other: Statement) -> bool:
        """Return whether two statements put two things in one place, or hold of one thing two times."""
        if keys(one.plain) == keys(other.plain) and ahead(one) != ahead(other):
            return True
        if exchanged(one.plain, other.plain) and not (_BY.search(one.text) or _BY.search(other.text)):
            return True
        if (apart := in_one_place(one.plain, other.plain)) and apart[0] <= one.names and apart[1] <= other.names:
            return bool(one.anchors - other.anchors) and bool(other.anchors - one.anchors)
        return another_thing(one.plain, other.plain, self._meaning)

    def _likeness(self, one: Statement, other: Statement, weights: Mapping[str, float]) -> float:
        same = one.party is not None and one.party == other.party
        shared = one.words & other.words
        if len(shared) >= (LEAST_SHARED if same else LEAST_SHARED_BY_OTHERS):
            score = overlap(one.words, other.words, weights)
            if score >= (SAME_PARTY_FROM if same else OTHER_PARTY_FROM):
                return score
        if same_words(one, other):
            return max(overlap(one.words, other.words, weights), OTHER_PARTY_FROM)
        return self._by_frame(one, other, same=same, shared=len(shared))

    def _by_frame(self, one: Statement, other: Statement, *, same: bool, shared: int) -> float:
        """Return the likeness of two statements that put the same frame to the same anchors, 0 when they do not.

        Parties of one state that speak of the same are near from less; others must mean the same in nearly every word.
        """
        together, anchors = one.frames & other.frames, one.wide & other.wide
        if one.family == "no comment":
            return 0.2 if together and len(one.anchors & other.anchors) > 1 else 0.0
        if not together or not is_whole(together) or len(anchors) < min(2, len(one.wide), len(other.wide)):
            return 0.0
        if not anchors:
            return 0.0
        if one.answers != other.answers:
            return 0.2 if shared > 1 else 0.0
        if max(len(one.text), len(other.text)) > LONGEST:
            return 0.0
        one_side = same or (one.principal is not None and one.principal == other.principal != "IGO")
        close = self._meaning(one.text, other.text) if self._meaning else 0.0
        if one_side and _alone(together) and (close >= NEAR or shared >= LEAST_SHARED):
            return max(close, NEAR) / 2
        alike = one.frames == other.frames and shared >= LEAST_SHARED
        return close / 2 if close >= CLOSE and alike else 0.0


def same_words(one: Statement, other: Statement) -> bool:
    """Return whether two statements, however short, are the same words of one party, or of two in one report.

    Polarity, tense and certainty must agree. The party stands for the name that the words lack: what one speaker says
    in the same words is one thing; of "it is serious" nobody knows what is meant, of "I will resign" everybody.
    """
    if one.party is None or one.said.polarity != other.said.polarity or one.said.modality != other.said.modality:
        return False
    if ahead(one) != ahead(other) or not shortened(one.plain, other.plain):
        return False
    together = keys(one.plain) & keys(other.plain)
    if one.party != other.party and (one.report.id != other.report.id or keys(one.plain) != keys(other.plain)):
        return False
    return len(together) >= LEAST_WORDS or bool(together and _OF_SELF.match(one.text) and _OF_SELF.match(other.text))


def ahead(one: Statement) -> bool:
    """Return whether a statement tells of what is to come."""
    return one.said.tense == "future" or _speaks_ahead(one.text)


@lru_cache(maxsize=1 << 14)
def _speaks_ahead(text: str) -> bool:
    return _AHEAD.search(text) is not None


def _alone(names: frozenset[str]) -> bool:
    """Return whether one of the frames makes a proposition by itself; two that need a thing say too little."""
    return any(is_whole(frozenset({name})) for name in names)


def _keys(one: Statement) -> list[str]:
    pairs = (f"\0{frame} {anchor}" for frame in one.frames for anchor in one.wide)
    own = (f"\2{one.party} {word.key}" for word in one.plain)
    return sorted({*one.words, *(f"\1{number}" for number in one.numbers), *pairs, *own})


def differ(one: Statement, other: Statement) -> bool:
    """Return whether two statements cannot be one proposition whatever their words: kind, polarity, numbers, roles,
    persons, places or days contradict each other, or they are about nobody in common."""
    if one.family != other.family or turned(one, other):
        return True
    pairs = [
        (one.numbers, other.numbers),
        (one.persons, other.persons),
        (one.places, other.places),
        (one.days, other.days),
    ]
    if any(a and b and not a & b for a, b in pairs):
        return True
    if one.anchors and other.anchors and not one.wide & other.wide:
        return True
    if one.times and other.times and not any(a <= d and c <= b for a, b in one.times for c, d in other.times):
        return True
    return any(
        kind == kind_there and actor & recipient_there and recipient & actor_there and not actor & actor_there
        for kind, actor, recipient in one.sides
        for kind_there, actor_there, recipient_there in other.sides
    )


def turned(one: Statement, other: Statement) -> bool:
    """Return whether one surely says that something is so and the other surely that something is not."""
    return {one.negated, other.negated} == {True, False}


def _weights(statements: Sequence[Statement]) -> Mapping[str, float]:
    holding = Counter(word for one in statements for word in one.words)
    weights: defaultdict[str, float] = defaultdict(float)
    for word, count in holding.items():
        weights[word] = math.log((1 + len(statements)) / (0.5 + count))
    return weights


def overlap(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    """Return the weighted Jaccard likeness of two sets of words; fsum: the same in any order."""
    either = math.fsum(weights[word] for word in one | other)
    return math.fsum(weights[word] for word in one & other) / either if either else 0.0
