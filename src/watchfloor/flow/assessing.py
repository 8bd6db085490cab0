"""What people hold of claims: kept, and taken back so that what was held before holds again."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import reduce

from watchfloor.core.assessment import CONFIRMED_FROM, Assessment, Confidence, Credibility, Likelihood
from watchfloor.core.claim import Claim
from watchfloor.core.errors import ConfigError
from watchfloor.core.identity import content_id
from watchfloor.core.marking import Marking, combined
from watchfloor.core.picture import Picture
from watchfloor.flow.dossier import spans_of
from watchfloor.store.store import Store

BACK = "taken back"
"""How the reason of an assessment begins that restores what was held before."""

Held = tuple[Credibility | None, Likelihood | None, Confidence | None]
NOTHING: Held = (None, None, None)


def named(picture: Picture, name: str) -> Claim:
    """Return the claim that an id, or how it begins, names; raise ConfigError when that is not one."""
    fitting = [one for one in picture.claims if one.id.startswith(name)]
    if len(fitting) != 1:
        raise ConfigError(f"{len(fitting)} claims have an id that begins with {name!r}; expected one")
    return fitting[0]


def assess(
    store: Store,
    picture: Picture,
    claim: str,
    holds: Held,
    *,
    by: str,
    at: datetime,
    reason: str | None = None,
    marking: Marking | None = None,
) -> tuple[Claim, Assessment]:
    """Keep what a person holds of a claim; return both. A reason alone is a note: what is held already stays.

    marking: who of this node may know of it; it is never freer than the reports that the claim rests on, nor than what
    was held before when that is held on. Raises ConfigError for an unknown claim, when there is nothing to keep, and
    for "1 confirmed" of a claim without two independent origins for certain.
    """
    meant = named(picture, claim)
    if holds == NOTHING:
        if reason is None:
            raise ConfigError("nothing to keep: choose a credibility, a likelihood or a confidence, or write a note")
        before = _before(store, picture, meant)
        if before:
            holds, marking = _of(before[-1]), _strictest([marking, before[-1].marking])
    elif holds[0] == "1" and meant.origins_min < CONFIRMED_FROM:
        raise ConfigError(
            f"credibility 1 (confirmed) needs {CONFIRMED_FROM} independent origins for certain; "
            f"this claim has at least {meant.origins_min}"
        )
    return meant, _keep(store, picture, meant, holds, by, at, reason, marking)


def take_back(store: Store, picture: Picture, claim: str, *, by: str, at: datetime) -> Assessment:
    """Take the last assessment of a claim back: what was held before it holds again, or nothing.

    Nothing is deleted: who held what, and who took it back, stays. Raises ConfigError when nothing is held.
    """
    meant = named(picture, claim)
    standing: list[Assessment] = []
    for one in _before(store, picture, meant):
        if standing and (one.reason or "").startswith(BACK):
            standing.pop()
        else:
            standing.append(one)
    if not standing:
        raise ConfigError("nobody has assessed this claim; there is nothing to take back")
    last = standing.pop()
    reason = f"{BACK}: {last.by}, {last.at:%Y-%m-%d %H:%M}"
    marking = _strictest([last.marking, standing[-1].marking if standing else None])
    return _keep(store, picture, meant, _of(standing[-1]) if standing else NOTHING, by, at, reason, marking)


def _before(store: Store, picture: Picture, claim: Claim) -> list[Assessment]:
    """Return all assessments of a claim, the oldest first."""
    spans = set(spans_of(claim))
    return [one for one in store.assessments(picture.reader) if spans & set(one.spans)]


def _of(one: Assessment) -> Held:
    return one.credibility, one.likelihood, one.confidence


def _strictest(markings: Iterable[Marking | None]) -> Marking | None:
    """Return the marking that satisfies all there are; what is unmarked keeps nobody of this node from anything."""
    laid = [one for one in markings if one is not None]
    return reduce(combined, laid) if laid else None


def _keep(
    store: Store,
    picture: Picture,
    claim: Claim,
    holds: Held,
    by: str,
    at: datetime,
    reason: str | None,
    marking: Marking | None,
) -> Assessment:
    before = [one.at for one in _before(store, picture, claim)]
    moment = max([at, *(one + timedelta(microseconds=1) for one in before)])  # the latest stands
    cited = {span.report for span in spans_of(claim)}
    made = Assessment(
        id=content_id("ass", claim.id, *holds, by, moment.isoformat(), reason),
        spans=spans_of(claim),
        credibility=holds[0],
        likelihood=holds[1],
        confidence=holds[2],
        by=by,
        at=moment,
        reason=reason,
        marking=_strictest([marking, *(one.marking for one in picture.reports if one.id in cited)]),
    )
    store.keep_assessment(made)
    return made
