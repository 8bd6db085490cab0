"""The review queue: what the machine put together and is not sure of, or left to a person; and what people decided.

Four kinds of question: are two names one person or body, do two wordings state one claim, does a report tell the
happening of its story, does a report rest on another one's text. Each is decided by same, different or unsure; a
person's word wins and can be taken back.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from watchfloor.core.claim import Claim
from watchfloor.core.copy import Copy
from watchfloor.core.entity import Doubt, Entity
from watchfloor.core.errors import ConfigError
from watchfloor.core.identity import content_id
from watchfloor.core.judgement import Judgement
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.flow import claiming, entities, stories
from watchfloor.flow.admission import Admitted
from watchfloor.flow.recalling import called
from watchfloor.flow.remembered import Remembered
from watchfloor.fuse.claim_decisions import ABOUT_CLAIMS, pair_of, places
from watchfloor.fuse.routes import ABOUT_ROUTES
from watchfloor.resolve import across
from watchfloor.resolve.judged import place
from watchfloor.store.store import Store
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

Verdict = Literal["same", "different", "unsure"]
Kind = Literal["entity", "claim", "story", "route"]
Place = tuple[str, str | None]
"""A name, and the report to which it is bound: `resolve.judged.place`."""

_REPORT = re.compile(r"rep_\w+")
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


class Decided(Struct, frozen=True, kw_only=True):
    """The last word of a person about two things. one, other: their names, as far as they are still known."""

    kind: Kind
    judgement: Judgement
    one: str
    other: str


def likely(score: float) -> str:
    """Return a score in words.

    >>> likely(0.95), likely(0.6), likely(0.3)
    ('very likely the same', 'perhaps the same', 'hardly the same')
    """
    return next(words for least, words in zip(_LIKELY_FROM, LIKELY, strict=True) if score >= least or not least)


def questions(store: Store, by: Admitted, picture: Picture) -> tuple[Question, ...]:
    """Return what waits for a person, by kind, the likeliest to matter first.

    What can be asked is found once for each picture; what was decided since is not asked any more.
    """
    by.require("see")
    judgements = store.judgements(by.reader)
    found = _found(picture, judgements=judgements)
    late = [one for one in judgements if one.id not in found.judged]
    judged = {_pair(one) for one in late}
    named = [(place(one.left), place(one.right)) for one in late if _kind(one) == "entity"]
    return (
        *(question for question, doubt in found.doubts if not _is_settled(doubt, named)),
        *(one for one in found.claims if _words_of(one) not in judged),
        *(one for one in found.stories if _sorted(one.left, one.right) not in judged),
        *(one for one in found.copies if _sorted(f"{ABOUT_ROUTES}{one.left}", one.right) not in judged),
    )


class _Found(Struct, frozen=True, kw_only=True):
    """All questions about a picture. judged: the ids of the judgements that were known when they were found."""

    judged: frozenset[str]
    doubts: tuple[tuple[Question, Doubt], ...]
    claims: tuple[Question, ...]
    stories: tuple[Question, ...]
    copies: tuple[Question, ...]


def _looked_for(picture: Picture, judgements: Sequence[Judgement]) -> _Found:
    judged = {_pair(one) for one in judgements}
    by_id = {report.id: report for report in picture.reports}
    doubts = across.doubts(picture.reports, picture.annotations, judgements)
    return _Found(
        judged=frozenset(one.id for one in judgements),
        doubts=tuple((_of_doubt(one), one) for one in doubts),
        claims=tuple(_of_claims(picture, by_id, judged)),
        stories=tuple(sorted(_of_stories(picture, by_id, judged), key=lambda one: one.score)),
        copies=tuple(sorted(_of_copies(picture.copies, by_id, judged), key=lambda one: one.score)),
    )


_found: Remembered[_Found] = Remembered(_looked_for)


def get_ready(store: Store, picture: Picture) -> None:
    """Find what can be asked about a picture before anybody asks."""
    _found(picture, judgements=store.judgements(picture.reader))
    _words(picture)


def _is_settled(doubt: Doubt, named: Sequence[tuple[Place, Place]]) -> bool:
    """Return whether a later judgement is about two places of the two entities."""
    return any(
        (_is_of(left, doubt.left) and _is_of(right, doubt.right))
        or (_is_of(left, doubt.right) and _is_of(right, doubt.left))
        for left, right in named
    )


def _is_of(there: Place, one: Entity) -> bool:
    name, report = there
    return name in (one.id, one.name, *one.names) and (
        report is None or any(span.report == report for span in one.mentions)
    )


def decide(
    store: Store,
    by: Admitted,
    picture: Picture,
    kind: Kind,
    pair: tuple[str, str],
    verdict: Verdict,
    now: datetime,
    *,
    reason: str | None = None,
) -> Judgement:
    """Keep a person's word about two things; return it. Raises ConfigError for what is not in the picture."""
    by.require("judge")
    left, right = pair
    if kind == "entity":
        made = entities.judge(store, picture, left, right, verdict, by=by.name, at=now, note=reason)
        return made.judgement
    if kind == "story":
        return stories.judge(store, picture, left, right, verdict, by=by.name, at=now, reason=reason)[0]
    if kind == "claim":
        doubt = next(
            (d for d, a, b in claiming.asked(picture.claims, picture.claim_doubts) if claiming.sides(d, a, b) == pair),
            None,
        )
        if doubt is None:
            raise ConfigError("this is no question by now; load the page again")
        return claiming.settle(store, picture, doubt, verdict, by=by.name, at=now, reason=reason)
    ids = {report.id for report in picture.reports}
    if left not in ids or right not in ids or left == right:
        raise ConfigError("expected the ids of two reports that you may see")
    return _again(store, by, f"{ABOUT_ROUTES}{left}", right, verdict, now, reason)


def change_mind(
    store: Store, by: Admitted, picture: Picture, id: str, verdict: Verdict, now: datetime
) -> Judgement | None:
    """Decide the two things of an earlier judgement anew; "unsure" takes it back: the machine's finding holds again.

    A decision about claims can be of many words at once: it is taken back as a whole (None comes back), and decided
    anew on the claim's page.
    """
    by.require("judge")
    known = [one for one in store.judgements(by.reader) if one.id == id]
    if len(known) != 1:
        raise ConfigError(f"there is no decision {id[:40]!r}")
    if pair_of(known[0]) is not None:
        if verdict != "unsure":
            raise ConfigError("a decision about claims can be taken back here; decide anew on the page of the claim")
        claiming.undo_of(store, picture, known[0], by=by.name, at=now)
        return None
    return _again(store, by, known[0].left, known[0].right, verdict, now, f"instead of {known[0].verdict}")


def decided(store: Store, by: Admitted, picture: Picture) -> tuple[Decided, ...]:
    """Return the last word about each two things, the latest first; of a decision about claims the first two.

    What was decided about a report that the reader may not see, its names and reasons, is not told.
    """
    by.require("see")
    last = {_pair(one): one for one in sorted(store.judgements(by.reader), key=lambda one: (one.at, one.id))}
    named = {report.id: called(report) for report in picture.reports}
    others = {id for one in last.values() for id in _reports(one)} - named.keys()
    named |= {id: called(report) for id, report in store.reports_named(by.reader, others).items()}
    words = _words(picture)
    seen: set[tuple[datetime, str]] = set()
    found = []
    for one in last.values():
        if not _reports(one) <= named.keys() or (pair_of(one) and (one.at, one.by) in seen):
            continue
        if pair_of(one):
            seen.add((one.at, one.by))
        sides = (_named(side.removeprefix(ABOUT_CLAIMS), named, words) for side in (one.left, one.right))
        found.append(Decided(kind=_kind(one), judgement=one, one=next(sides), other=next(sides)))
    return tuple(sorted(found, key=lambda one: one.judgement.at, reverse=True))


def _reports(one: Judgement) -> set[str]:
    """Return the ids of the reports that a judgement speaks of."""
    return set(_REPORT.findall(f"{one.left} {one.right}"))


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
        if _words_of(question) not in judged:
            yield question


def _words_of(question: Question) -> tuple[str, str]:
    """Return as which pair the judgements know two places of words."""
    one, other = question.left, question.right
    return _sorted(f"{ABOUT_CLAIMS}{min(one, other)}", max(one, other))


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


def _worded(picture: Picture) -> dict[str, str]:
    """Return the words at each place of a claim."""
    return {key: quoted(some[0].quote, LONGEST_NAME) for claim in picture.claims for key, some in places(claim).items()}


_words: Remembered[dict[str, str]] = Remembered(_worded)


def _of_stories(picture: Picture, by_id: dict[str, Report], judged: set[tuple[str, str]]) -> Iterator[Question]:
    for story in picture.stories:
        for joined in story.joined:
            other = next((id for id in story.reports if id != joined.report), None)
            if joined.score >= SURE or other is None or _sorted(joined.report, other) in judged:
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
        if copy.score < SURE_COPY and _sorted(f"{ABOUT_ROUTES}{copy.child}", copy.parent) not in judged:
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


def _again(
    store: Store, by: Admitted, left: str, right: str, verdict: Verdict, now: datetime, reason: str | None
) -> Judgement:
    pair = _sorted(left, right)
    before = [one.at for one in store.judgements(by.reader) if _pair(one) == pair]
    at = max([now, *(one + timedelta(microseconds=1) for one in before)])  # the latest stands
    made = Judgement(
        id=content_id("jdg", left, right, verdict, by.name, at.isoformat(), reason),
        left=left,
        right=right,
        verdict=verdict,
        by=by.name,
        at=at,
        reason=reason,
    )
    store.keep_judgement(made)
    return made


def _kind(one: Judgement) -> Kind:
    if pair_of(one) is not None:
        return "claim"
    if one.left.startswith(ABOUT_ROUTES):
        return "route"
    return "story" if one.left.startswith(("rep_", "sto_")) else "entity"


def _named(side: str, reports: dict[str, str], words: dict[str, str]) -> str:
    if side in words:
        return words[side]
    id = side.removeprefix(ABOUT_ROUTES)
    return reports.get(id, id) if id.startswith("rep_") else place(side)[0]


def _pair(one: Judgement) -> tuple[str, str]:
    return _sorted(one.left, one.right)


def _sorted(left: str, right: str) -> tuple[str, str]:
    return min(left, right), max(left, right)


def waiting(found: Iterable[Question]) -> dict[str, int]:
    """Return how many questions of each kind there are."""
    kinds: dict[str, int] = {}
    for one in found:
        kinds[one.kind] = kinds.get(one.kind, 0) + 1
    return kinds
