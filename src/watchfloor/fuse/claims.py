"""Claims: figures, contacts and statements gathered over the reports, with positions and independent origins."""

import re
from collections.abc import Sequence

from watchfloor.core.annotation import Act, Attribution
from watchfloor.core.claim import Claim, ClaimDoubt, Position
from watchfloor.fuse import figures
from watchfloor.fuse.claim_doubts import figure_doubts, statement_doubts
from watchfloor.fuse.figure_claims import figure_claims
from watchfloor.fuse.figures import Sighting
from watchfloor.fuse.ground import Ground
from watchfloor.fuse.happenings import happenings
from watchfloor.fuse.linking import ALL_ABOUT_IT, answers_given, linked
from watchfloor.fuse.one_claim import put_together, sentence
from watchfloor.fuse.positions import wording
from watchfloor.fuse.propositions import LONGEST, Matcher, Statement, statement
from watchfloor.fuse.voices import position_of, voices

_CALLING = re.compile(r"\b(?:call|describ|brand|label|term|denounc|condemn)\w*", re.IGNORECASE)
_OBJECTS: frozenset[Act] = frozenset(
    {"demand", "promise", "wish", "thank", "condemn", "silent", "decline-to-comment", "confirm", "other"}
)
"""Acts whose content may be an object alone: "urged the government to step in", "confirmed a second death"."""
_OPEN = re.compile(r"(?:to|for|on|about|who|whom|what|when|where|whether|how|why)\s", re.IGNORECASE)
_HOW_MANY = re.compile(
    r"(?:the|its|their)\s(?:death\s)?(?:number|toll|tally|total|figure|count)\s(?:of|at|to)\b", re.IGNORECASE
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|will|would|shall|can|could|may|might|must|should|cannot)\b|n['’]t\b"
    r"|['’](?:s|re|ll|ve|d)\s(?:\w+ing|\w+ed|been|not)\b|^(?:that|[“\"])",
    re.IGNORECASE,
)
"""Signs of a clause that stands by itself; without them a content after these acts is taken for an object."""
_PREDICATED = re.compile(r"^((?:(?!as\b)[\w’'-]+\s){1,6}?)((?:an?\s|[“\"]).+)$", re.DOTALL)

_OWN = re.compile(r"^(?:his|her|its|their|our|my)\s(?=[a-z])")
_PRONOUN = re.compile(r"(?:it|this|that|them|these|those|him|her|you|us)\s", re.IGNORECASE)


def claims(ground: Ground) -> tuple[Claim, ...]:
    """Return every claim, figures first, then what took place, then statements, each kind in the order of first report.

    Reports must stand earliest first.
    """
    return gathered(ground)[0]


def gathered(ground: Ground) -> tuple[tuple[Claim, ...], tuple[ClaimDoubt, ...]]:
    """Return every claim, as `claims` does, and what of their making is not sure."""
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
    matcher = Matcher(ground.meaning)
    groups = matcher.clusters(said)
    unsure = statement_doubts(matcher, groups)
    groups, answers = answers_given(groups, counts, happened, ground)
    numbered = figure_claims(counts, answers, ground)
    first = len(counts)
    events = [
        put_together(one.name, "event", (*one.positions, *answers.get(first + at, ())), (), ground)
        for at, one in enumerate(happened)
    ]
    first += len(happened)
    stated = [_statement_claim(group, answers.get(first + at, ()), ground) for at, group in enumerate(groups)]
    return (*numbered, *events, *linked(stated, groups, ground)), (*figure_doubts(numbered), *unsure)


def _statement_claim(group: Sequence[Statement], answers: Sequence[Position], ground: Ground) -> Claim:
    positions = (*(position_of(one, ground) for one in group), *answers)
    fullest = max(group, key=lambda one: (_is_clause(one), one.said.speaker is not None, len(one.words), one.report.id))
    words = wording(fullest.report, fullest.said.content)
    if not _is_clause(fullest):
        called = _PREDICATED.match(words)
        if called is not None and _PRONOUN.fullmatch(called[1]) and _may_be_whole(fullest, ground):
            words = wording(fullest.report, [fullest.said.span])  # "denied the accounts, calling them a tale"
        else:
            words = _PREDICATED.sub(r"\1as \2", words)
    elif _needs_its_verb(fullest, words) and _may_be_whole(fullest, ground):
        words = wording(fullest.report, [fullest.said.span])
    if not _FINITE.search(words):
        words = _OWN.sub("", words)  # "their denunciation of the ban": whose it is, the position says
    return put_together(sentence(words), "statement", positions, (), ground)


def _may_be_whole(one: Statement, ground: Ground) -> bool:
    """Return whether a statement may be given with its speaker and verb: not too long, and nobody else tells it."""
    return one.said.span.end - one.said.span.start <= LONGEST and not _is_told(one, ground)


def _is_told(one: Statement, ground: Ground) -> bool:
    """Return whether a statement stands inside what somebody else says: with its verb it would be that one's claim."""
    own = one.said.span
    return any(
        isinstance(other, Attribution)
        and any(span.start <= own.start and own.end <= span.end for span in other.content)
        for other in ground.annotations.get(one.report.id, ())
        if other is not one.said
    )


def _needs_its_verb(one: Statement, words: str) -> bool:
    """Return whether the words say nothing without whose they are: "to comment", "the government to step in"."""
    if one.said.act not in _OBJECTS and not _HOW_MANY.match(words):
        return False
    return bool(_OPEN.match(words)) or not _FINITE.search(words)


def _is_clause(one: Statement) -> bool:
    """Return whether the wording stands as a sentence: "called the plan a mistake" leaves "the plan a mistake"."""
    return not _CALLING.search(wording(one.report, one.said.cue))


def _spread(group: Sequence[Sighting]) -> int:
    return len({sighting.report.id for sighting in group})
