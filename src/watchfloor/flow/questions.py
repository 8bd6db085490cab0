"""Questions for a person about a picture: what the machine put together and is not sure of, or left to a person.

Four kinds: are two names one person or body, do two wordings state one claim, does a report tell the happening of its
story, does a report rest on another one's text.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from watchfloor.core.claim import Claim
from watchfloor.core.copy import Copy
from watchfloor.core.entity import Doubt, Entity
from watchfloor.core.judgement import Judgement, in_order
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.flow import claiming
from watchfloor.flow.recalling import called
from watchfloor.fuse.claim_decisions import ABOUT_CLAIMS
from watchfloor.fuse.routes import ABOUT_ROUTES
from watchfloor.resolve import across
from watchfloor.watch.days import said
from watchfloor.watch.stances import verb
from watchfloor.watch.wording import count, publishers, quoted

ASKS = {
    "entity": "Are these two the same?",
    "together": "Do these words belong to one claim?",
    "apart": "Are these two claims one?",
    "story": "Do these two reports tell one happening?",
    "route": "Does the first report rest on the text of the second?",
}
LIKELY = ("very likely the same", "likely the same", "perhaps the same", "hardly the same")
_LIKELY_FROM = (0.9, 0.75, 0.5, 0.0)  # least score of each

Kind = Literal["entity", "claim", "story", "route"]

SURE = 0.9  # from which it is not asked whether a report tells its story's happening (assumed: one in ten is asked)
SURE_COPY = 0.8  # containment from which a copy is not asked about (assumed: nobody writes four words of five alike)
LONGEST_NAME = 160  # characters of words that stand for a side of a question (assumed)
QUOTED = 2  # places shown of each side (assumed: enough to decide most)


class Side(Struct, frozen=True, kw_only=True):
    """One of the two things compared. about: what is known of it, in words. places: where it stands, the first few."""

    name: str
    about: str
    places: tuple[Span, ...]


class Question(Struct, frozen=True, kw_only=True):
    """Something to decide. left, right: by what `decide` is told which two. score: how likely they are the same."""

    kind: Kind
    left: str
    right: str
    ask: str
    one: Side
    other: Side
    score: float
    why: str


class Questions(Struct, frozen=True, kw_only=True):
    """All questions about a picture. judged: the ids of the judgements that were known when they were found."""

    judged: frozenset[str]
    doubts: tuple[tuple[Question, Doubt], ...]
    claims: tuple[Question, ...]
    stories: tuple[Question, ...]
    copies: tuple[Question, ...]


def likely(score: float) -> str:
    """Return a score in words.

    >>> likely(0.95), likely(0.6), likely(0.3)
    ('very likely the same', 'perhaps the same', 'hardly the same')
    """
    return next(words for least, words in zip(_LIKELY_FROM, LIKELY, strict=True) if score >= least or not least)


def waiting(found: Iterable[Question]) -> dict[str, int]:
    """Return how many questions of each kind there are."""
    kinds: dict[str, int] = {}
    for one in found:
        kinds[one.kind] = kinds.get(one.kind, 0) + 1
    return kinds


def questions_of(picture: Picture, judgements: Sequence[Judgement]) -> Questions:
    """Return all that can be asked about a picture, beside what was decided."""
    judged = {one.pair for one in judgements}
    by_id = {report.id: report for report in picture.reports}
    doubts = across.doubts(picture.reports, picture.annotations, judgements)
    return Questions(
        judged=frozenset(one.id for one in judgements),
        doubts=tuple((_of_doubt(one), one) for one in doubts),
        claims=tuple(_of_claims(picture, by_id, judged)),
        stories=tuple(sorted(_of_stories(picture, by_id, judged), key=lambda one: one.score)),
        copies=tuple(sorted(_of_copies(picture.copies, by_id, judged), key=lambda one: one.score)),
    )


def _of_doubt(doubt: Doubt) -> Question:
    return Question(
        kind="entity",
        left=doubt.left.id,
        right=doubt.right.id,
        ask=ASKS["entity"],
        one=_of_entity(doubt.left),
        other=_of_entity(doubt.right),
        score=doubt.score,
        why=doubt.reason,
    )


def _of_entity(one: Entity) -> Side:
    facts = [*one.titles[:2], *([one.country] if one.country else [])]
    used = count(len(one.mentions), "mention")
    reports = count(len({span.report for span in one.mentions}), "report")
    first: dict[str, Span] = {}
    for span in one.mentions:
        first.setdefault(span.report, span)
    return Side(name=one.name, about="; ".join([*facts, f"{used} in {reports}"]), places=tuple(first.values())[:QUOTED])


def _of_claims(picture: Picture, by_id: dict[str, Report], judged: set[tuple[str, str]]) -> Iterator[Question]:
    for doubt, left, right in claiming.asked(picture.claims, picture.claim_doubts):
        one, other = claiming.sides(doubt, left, right)
        question = Question(
            kind="claim",
            left=one,
            right=other,
            ask=ASKS["together" if doubt.joined else "apart"],
            one=_of_words(left, doubt.left, by_id),
            other=_of_words(right, doubt.right, by_id),
            score=doubt.score,
            why=doubt.why,
        )
        if words_of(question) not in judged:
            yield question


def words_of(question: Question) -> tuple[str, str]:
    """Return as which pair the judgements know two places of words."""
    one, other = question.left, question.right
    return in_order(f"{ABOUT_CLAIMS}{min(one, other)}", max(one, other))


def _of_words(claim: Claim, spans: Sequence[Span], by_id: dict[str, Report]) -> Side:
    """Return one side of a doubt about claims: its words, who stands behind them, where."""
    held = [one for span in spans for one in claim.positions if one.span == span]
    first = held[0]
    who = first.party or first.outlet or "outlet not known"
    outlets = {by_id[one.span.report].outlet for one in held}
    carried = f"{count(len({one.span.report for one in held}), 'report')}, {publishers(len(outlets))}"
    return Side(
        name=quoted(first.quote, LONGEST_NAME),
        about=f"{who} {verb(first)}; {said(first.date or by_id[first.span.report].published)}; {carried}",
        places=tuple({span.report: span for span in spans}.values())[:QUOTED],
    )


def _of_stories(picture: Picture, by_id: dict[str, Report], judged: set[tuple[str, str]]) -> Iterator[Question]:
    for story in picture.stories:
        for joined in story.joined:
            other = next((id for id in story.reports if id != joined.report), None)
            if joined.score >= SURE or other is None or in_order(joined.report, other) in judged:
                continue
            yield Question(
                kind="story",
                left=joined.report,
                right=other,
                ask=ASKS["story"],
                one=_of_report(by_id[joined.report]),
                other=_of_report(by_id[other]),
                score=joined.score,
                why=joined.why,
            )


def _of_copies(copies: Sequence[Copy], by_id: dict[str, Report], judged: set[tuple[str, str]]) -> Iterator[Question]:
    for copy in copies:
        if copy.score < SURE_COPY and in_order(f"{ABOUT_ROUTES}{copy.child}", copy.parent) not in judged:
            yield Question(
                kind="route",
                left=copy.child,
                right=copy.parent,
                ask=ASKS["route"],
                one=_of_report(by_id[copy.child], copy.evidence),
                other=_of_report(by_id[copy.parent]),
                score=copy.score,
                why=f"{copy.kind} copy: {copy.score:.0%} of the words of the shorter text stand in the other",
            )


def _of_report(report: Report, places: Sequence[Span] = ()) -> Side:
    body = report.parts("body")
    first = [Span(report=report.id, start=part.start, end=part.end) for part in body[:1]]
    return Side(
        name=called(report),
        about=f"{report.outlet or 'outlet not known'}; {said(report.published)}",
        places=tuple(places or first)[:QUOTED],
    )
