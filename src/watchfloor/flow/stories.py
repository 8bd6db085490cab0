"""What people do about stories: split, merge, judge, take back; kept as judgements on pairs of reports.

Pairs of reports hold whatever is added later and whatever ids become: a run over other reports, a repair, a new
version of the weights. A decision is a number of judgements of one person at one moment.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Literal

from watchfloor.core.errors import ConfigError
from watchfloor.core.identity import content_id
from watchfloor.core.judgement import Judgement, Verdict, in_order
from watchfloor.core.picture import Picture
from watchfloor.core.story import Story, StoryDecision
from watchfloor.store.store import Store

Pair = tuple[str, str, Verdict]
MOST_PAIRS = 20_000  # judgements that one decision may need; a greater one is a sign of a slip (assumed)
_ABOUT = ("rep_", "sto_")


def named(picture: Picture, name: str) -> Story:
    """Return the story that an id, or how it begins, or one of its reports names; raise ConfigError otherwise."""
    fitting = [one for one in picture.stories if one.id.startswith(name)]
    if not fitting:
        fitting = [one for one in picture.stories if any(id.startswith(name) for id in one.reports)]
    if len(fitting) != 1 or not name:
        raise ConfigError(f"{len(fitting)} stories have an id, or a report, that begins with {name!r}; expected one")
    return fitting[0]


def decisions(store: Store, picture: Picture) -> tuple[StoryDecision, ...]:
    """Return what people decided about stories, the latest last."""
    return listed(store.judgements(picture.reader))


def listed(judgements: Iterable[Judgement]) -> tuple[StoryDecision, ...]:
    """Return the decisions that some judgements are made of, the latest last."""
    ours = sorted(_ours(judgements), key=lambda one: (one.at, one.by, one.id))
    latest = _latest(ours)
    made = []
    for (at, by), some in groupby(ours, key=lambda one: (one.at, one.by)):
        together = list(some)
        made.append(
            StoryDecision(
                id=content_id("dec", at.isoformat(), by),
                kind=_kind(together),
                at=at,
                by=by,
                reason=together[0].reason,
                pairs=tuple((one.left, one.right, one.verdict) for one in together),
                undone=not any(latest[one.pair] is one for one in together),
            )
        )
    return tuple(made)


def split(
    store: Store, picture: Picture, story: str, reports: Sequence[str], *, by: str, at: datetime, reason: str | None
) -> tuple[Judgement, ...]:
    """Keep that some reports of a story, and what copies them, are a story of their own; return what was kept.

    Raises ConfigError when a report is not of the story, or none is left in it.
    """
    one = named(picture, story)
    moved = {_member(one, name) for name in reports}
    kept = [id for id in one.reports if id not in moved]
    if not kept:
        raise ConfigError(f"these are all reports of the story {one.id}; name those that are of another one")
    parents = _parents(picture)
    rest = [id for id in kept if not _copies(id, moved, parents)]
    own = [id for id in rest if not _copies(id, set(rest) - {id}, parents)] or kept
    first, *others = sorted(moved, key=one.reports.index)
    held = _held(store, picture)
    pairs: list[Pair] = [(left, right, "different") for left in sorted(moved) for right in own]
    pairs += [
        (left, right, "different") for left in moved for right in kept if held.get(in_order(left, right)) == "same"
    ]
    pairs += [(first, other, "same") for other in others]
    return _keep(store, picture, pairs, by=by, at=at, reason=reason)


def merge(
    store: Store, picture: Picture, story: str, other: str, *, by: str, at: datetime, reason: str | None
) -> tuple[Judgement, ...]:
    """Keep that two stories, as they are now, are one; return what was kept."""
    one, two = named(picture, story), named(picture, other)
    if one.id == two.id:
        raise ConfigError(f"both name the story {one.id}; expected two")
    parents, held = _parents(picture), _held(store, picture)
    pairs: list[Pair] = [
        (side.reports[0], id, "same")
        for side in (one, two)
        for id in side.reports[1:]
        if not _copies(id, set(side.reports) - {id}, parents)
    ]
    pairs.append((one.reports[0], two.reports[0], "same"))
    apart = [(a, b) for a in one.reports for b in two.reports if held.get(in_order(a, b)) == "different"]
    pairs += [(a, b, "same") for a, b in apart]
    return _keep(store, picture, pairs, by=by, at=at, reason=reason)


def judge(
    store: Store,
    picture: Picture,
    left: str,
    right: str,
    verdict: Verdict,
    *,
    by: str,
    at: datetime,
    reason: str | None,
) -> tuple[Judgement, ...]:
    """Keep what a person decided about two reports, or about the first reports of two stories; return what was kept."""
    one, two = _report(picture, left), _report(picture, right)
    if one == two:
        raise ConfigError(f"both name the report {one}; expected two")
    return _keep(store, picture, [(one, two, verdict)], by=by, at=at, reason=reason)


def undo(
    store: Store, picture: Picture, decision: str, *, by: str, at: datetime, reason: str | None
) -> tuple[Judgement, ...]:
    """Take a decision back: what held before about each of its pairs holds again; return what was kept."""
    fitting = [one for one in decisions(store, picture) if one.id.startswith(decision)]
    if len(fitting) != 1 or not decision:
        raise ConfigError(
            f"{len(fitting)} decisions have an id that begins with {decision!r}; see: watchfloor stories log"
        )
    (meant,) = fitting
    if meant.undone:
        raise ConfigError(f"the decision {meant.id} was replaced by later ones; nothing of it is left to take back")
    ours = sorted(_ours(store.judgements(picture.reader)), key=lambda one: (one.at, one.id))
    latest, pairs = _latest(ours), []
    before = _latest(one for one in ours if one.at < meant.at)
    for left, right, _ in meant.pairs:
        pair = in_order(left, right)
        if latest[pair].at == meant.at:
            pairs.append((left, right, before[pair].verdict if pair in before else "unsure"))
    return _keep(store, picture, pairs, by=by, at=at, reason=reason)


def _keep(
    store: Store, picture: Picture, pairs: Sequence[Pair], *, by: str, at: datetime, reason: str | None
) -> tuple[Judgement, ...]:
    if len(pairs) > MOST_PAIRS:
        raise ConfigError(f"this needs {len(pairs)} judgements, expected at most {MOST_PAIRS}; name fewer reports")
    before = [one.at for one in _ours(store.judgements(picture.reader))]
    moment = max([at, *(one + timedelta(microseconds=1) for one in before)])  # the latest stands
    made = tuple(
        Judgement(
            id=content_id("jdg", left, right, verdict, by, moment.isoformat()),
            left=left,
            right=right,
            verdict=verdict,
            by=by,
            at=moment,
            reason=reason,
        )
        for left, right, verdict in sorted(
            {in_order(left, right): (left, right, v) for left, right, v in pairs}.values()
        )
    )
    for one in made:
        store.keep_judgement(one)
    return made


def _ours(judgements: Iterable[Judgement]) -> Iterable[Judgement]:
    return (one for one in judgements if one.left.startswith(_ABOUT) and one.right.startswith(_ABOUT))


def _latest(judgements: Iterable[Judgement]) -> dict[tuple[str, str], Judgement]:
    return {one.pair: one for one in judgements}


def _held(store: Store, picture: Picture) -> dict[tuple[str, str], Verdict]:
    ours = sorted(_ours(store.judgements(picture.reader)), key=lambda one: (one.at, one.id))
    return {pair: one.verdict for pair, one in _latest(ours).items()}


def _kind(together: Sequence[Judgement]) -> Literal["split", "merged", "judged", "taken-back"]:
    verdicts = {one.verdict for one in together}
    if "unsure" in verdicts:
        return "taken-back"
    if len(together) == 1:
        return "judged"
    return "split" if "different" in verdicts else "merged"


def _parents(picture: Picture) -> dict[str, str]:
    return {copy.child: copy.parent for copy in picture.copies if copy.kind != "partial"}


def _copies(report: str, others: set[str], parents: dict[str, str]) -> bool:
    """Return whether a report copies, by one step or several, one of some others; it follows that one by itself."""
    seen = set()
    while report in parents and report not in seen:
        seen.add(report)
        report = parents[report]
        if report in others:
            return True
    return False


def _member(story: Story, name: str) -> str:
    fitting = [id for id in story.reports if id.startswith(name)]
    if len(fitting) != 1 or not name:
        raise ConfigError(
            f"{len(fitting)} reports of the story {story.id} have an id that begins with {name!r}; expected one"
        )
    return fitting[0]


def _report(picture: Picture, name: str) -> str:
    if name.startswith("sto_"):
        return named(picture, name).reports[0]
    fitting = [report.id for report in picture.reports if report.id.startswith(name)]
    if len(fitting) != 1 or not name:
        raise ConfigError(f"{len(fitting)} reports have an id that begins with {name!r}; expected one")
    return fitting[0]
