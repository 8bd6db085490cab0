"""The review queue: what waits for a person, what people decided, and how they take it back.

Each question is decided by same, different or unsure; a person's word wins and can be taken back.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from watchfloor.core.entity import Doubt, Entity
from watchfloor.core.errors import ConfigError
from watchfloor.core.identity import content_id
from watchfloor.core.judgement import Judgement, Verdict, in_order
from watchfloor.core.picture import Picture
from watchfloor.flow import claiming, entities, stories
from watchfloor.flow.admission import Admitted
from watchfloor.flow.questions import LONGEST_NAME, Kind, Question, Questions, questions_of, words_of
from watchfloor.flow.recalling import called
from watchfloor.flow.remembered import Remembered
from watchfloor.fuse.claim_decisions import ABOUT_CLAIMS, pair_of, places
from watchfloor.fuse.routes import ABOUT_ROUTES
from watchfloor.resolve.judged import place
from watchfloor.store.store import Store
from watchfloor.watch.wording import quoted

Place = tuple[str, str | None]
"""A name, and the report to which it is bound: `resolve.judged.place`."""


class Decided(Struct, frozen=True, kw_only=True):
    """The last word of a person about two things. one, other: their names, as far as they are still known."""

    kind: Kind
    judgement: Judgement
    one: str
    other: str


def questions(store: Store, by: Admitted, picture: Picture) -> tuple[Question, ...]:
    """Return what waits for a person, by kind, the likeliest to matter first.

    What can be asked is found once for each picture; what was decided since is not asked any more.
    """
    by.require("see")
    judgements = store.judgements(by.reader)
    found = _found(picture, judgements=judgements)
    late = [one for one in judgements if one.id not in found.judged]
    judged = {one.pair for one in late}
    named = [(place(one.left), place(one.right)) for one in late if _kind(one) == "entity"]
    return (
        *(question for question, doubt in found.doubts if not _is_settled(doubt, named)),
        *(one for one in found.claims if words_of(one) not in judged),
        *(one for one in found.stories if in_order(one.left, one.right) not in judged),
        *(one for one in found.copies if in_order(f"{ABOUT_ROUTES}{one.left}", one.right) not in judged),
    )


_found: Remembered[Questions] = Remembered(questions_of)


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
    last = {one.pair: one for one in sorted(store.judgements(by.reader), key=lambda one: (one.at, one.id))}
    named = {report.id: called(report) for report in picture.reports}
    others = {id for one in last.values() for id in one.reports} - named.keys()
    named |= {id: called(report) for id, report in store.reports_named(by.reader, others).items()}
    words = _words(picture)
    seen: set[tuple[datetime, str]] = set()
    found = []
    for one in last.values():
        if not one.reports <= named.keys() or (pair_of(one) and (one.at, one.by) in seen):
            continue
        if pair_of(one):
            seen.add((one.at, one.by))
        sides = (_named(side.removeprefix(ABOUT_CLAIMS), named, words) for side in (one.left, one.right))
        found.append(Decided(kind=_kind(one), judgement=one, one=next(sides), other=next(sides)))
    return tuple(sorted(found, key=lambda one: one.judgement.at, reverse=True))


def _worded(picture: Picture) -> dict[str, str]:
    """Return the words at each place of a claim."""
    return {key: quoted(some[0].quote, LONGEST_NAME) for claim in picture.claims for key, some in places(claim).items()}


_words: Remembered[dict[str, str]] = Remembered(_worded)


def _again(
    store: Store, by: Admitted, left: str, right: str, verdict: Verdict, now: datetime, reason: str | None
) -> Judgement:
    pair = in_order(left, right)
    before = [one.at for one in store.judgements(by.reader) if one.pair == pair]
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
