"""The review queue: what the machine put together and is not sure of, or left to a person; and what people decided.

Three kinds of question: are two names one person or body, does a report tell the happening of its story, does a report
rest on another one's text. Each is decided by same, different or unsure; a person's word wins and can be taken back.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from watchfloor.core.copy import Copy
from watchfloor.core.entity import Doubt, Entity
from watchfloor.core.errors import ConfigError
from watchfloor.core.identity import content_id
from watchfloor.core.judgement import Judgement
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.flow import entities, stories
from watchfloor.flow.admission import Admitted
from watchfloor.flow.recalling import called
from watchfloor.flow.remembered import Remembered
from watchfloor.fuse.claim_decisions import ABOUT_CLAIMS
from watchfloor.fuse.routes import ABOUT_ROUTES
from watchfloor.resolve import across
from watchfloor.resolve.judged import place
from watchfloor.store.store import Store
from watchfloor.watch.days import said
from watchfloor.watch.wording import count

Verdict = Literal["same", "different", "unsure"]
Kind = Literal["entity", "story", "route"]
Place = tuple[str, str | None]
"""A name, and the report to which it is bound: `resolve.judged.place`."""

_REPORT = re.compile(r"rep_\w+")
SURE = 0.9  # from which it is not asked whether a report tells its story's happening (assumed: one in ten is asked)
SURE_COPY = 0.8  # containment from which a copy is not asked about (assumed: nobody writes four words of five alike)
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
    words = ((0.9, "very likely"), (0.75, "likely"), (0.5, "perhaps"), (0.0, "hardly"))
    return f"{next(word for least, word in words if score >= least)} the same"


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
        *(one for one in found.stories if _sorted(one.left, one.right) not in judged),
        *(one for one in found.copies if _sorted(f"{ABOUT_ROUTES}{one.left}", one.right) not in judged),
    )


class _Found(Struct, frozen=True, kw_only=True):
    """All questions about a picture. judged: the ids of the judgements that were known when they were found."""

    judged: frozenset[str]
    doubts: tuple[tuple[Question, Doubt], ...]
    stories: tuple[Question, ...]
    copies: tuple[Question, ...]


def _looked_for(picture: Picture, judgements: Sequence[Judgement]) -> _Found:
    judged = {_pair(one) for one in judgements}
    by_id = {report.id: report for report in picture.reports}
    doubts = across.doubts(picture.reports, picture.annotations, judgements)
    return _Found(
        judged=frozenset(one.id for one in judgements),
        doubts=tuple((_of_doubt(one), one) for one in doubts),
        stories=tuple(sorted(_of_stories(picture, by_id, judged), key=lambda one: one.score)),
        copies=tuple(sorted(_of_copies(picture.copies, by_id, judged), key=lambda one: one.score)),
    )


_found: Remembered[_Found] = Remembered(_looked_for)


def get_ready(store: Store, picture: Picture) -> None:
    """Find what can be asked about a picture before anybody asks."""
    _found(picture, judgements=store.judgements(picture.reader))


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
    ids = {report.id for report in picture.reports}
    if left not in ids or right not in ids or left == right:
        raise ConfigError("expected the ids of two reports that you may see")
    return _again(store, by, f"{ABOUT_ROUTES}{left}", right, verdict, now, reason)


def change_mind(store: Store, by: Admitted, id: str, verdict: Verdict, now: datetime) -> Judgement:
    """Decide the two things of an earlier judgement anew; "unsure" takes it back: the machine's finding holds again."""
    by.require("judge")
    known = [one for one in store.judgements(by.reader) if one.id == id]
    if len(known) != 1:
        raise ConfigError(f"there is no decision {id[:40]!r}")
    return _again(store, by, known[0].left, known[0].right, verdict, now, f"instead of {known[0].verdict}")


def decided(store: Store, by: Admitted, picture: Picture) -> tuple[Decided, ...]:
    """Return the last word about each two things, the latest first; about claims it stands on the claim's page.

    What was decided about a report that the reader may not see, its names and reasons, is not told.
    """
    by.require("see")
    last = {_pair(one): one for one in sorted(store.judgements(by.reader), key=lambda one: (one.at, one.id))}
    named = {report.id: called(report) for report in picture.reports}
    others = {id for one in last.values() for id in _reports(one)} - named.keys()
    named |= {id: called(report) for id, report in store.reports_named(by.reader, others).items()}
    found = [
        Decided(kind=_kind(one), judgement=one, one=_named(one.left, named), other=_named(one.right, named))
        for one in last.values()
        if not one.left.startswith(ABOUT_CLAIMS) and _reports(one) <= named.keys()
    ]
    return tuple(sorted(found, key=lambda one: one.judgement.at, reverse=True))


def _reports(one: Judgement) -> set[str]:
    """Return the ids of the reports that a judgement speaks of."""
    return set(_REPORT.findall(f"{one.left} {one.right}"))


def _of_doubt(doubt: Doubt) -> Question:
    return Question(
        kind="entity",
        left=doubt.left.id,
        right=doubt.right.id,
        ask="Are these two the same?",
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
                ask="Do these two reports tell one happening?",
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
                ask="Does the first report rest on the text of the second?",
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
    if one.left.startswith(ABOUT_ROUTES):
        return "route"
    return "story" if one.left.startswith(("rep_", "sto_")) else "entity"


def _named(side: str, reports: dict[str, str]) -> str:
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
