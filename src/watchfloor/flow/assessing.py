"""What people hold of claims: kept, and taken back so that what was held before holds again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from watchfloor.core.assessment import CONFIRMED_FROM, Assessment, Confidence, Credibility, Likelihood, grounds
from watchfloor.core.claim import Claim
from watchfloor.core.errors import ConfigError
from watchfloor.core.identity import content_id
from watchfloor.core.marking import Marking, strictest
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
    was held before when that is held on; who may no longer see one of these reports does not see it either. Raises
    ConfigError for an unknown claim, when there is nothing to keep, and for "1 confirmed" of a claim without two
    independent origins for certain.
    """
    meant = named(picture, claim)
    held_on: list[Assessment] = []
    if holds == NOTHING:
        if reason is None:
            raise ConfigError("nothing to keep: choose a credibility, a likelihood or a confidence, or write a note")
        held_on = _before(store, picture, meant)[-1:]
        if held_on:
            holds = _of(held_on[0])
    elif holds[0] == "1" and meant.origins_min < CONFIRMED_FROM:
        raise ConfigError(
            f"credibility 1 (confirmed) needs {CONFIRMED_FROM} independent origins for certain; "
            f"this claim has at least {meant.origins_min}"
        )
    return meant, _keep(store, picture, meant, holds, by, at, reason, marking, held_on)


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
    holds = _of(standing[-1]) if standing else NOTHING
    return _keep(store, picture, meant, holds, by, at, reason, None, [last, *standing[-1:]])


def _before(store: Store, picture: Picture, claim: Claim) -> list[Assessment]:
    """Return all assessments of a claim, the oldest first."""
    spans = set(spans_of(claim))
    return [one for one in store.assessments(picture.reader) if spans & set(one.spans)]


def _of(one: Assessment) -> Held:
    return one.credibility, one.likelihood, one.confidence


def _keep(
    store: Store,
    picture: Picture,
    claim: Claim,
    holds: Held,
    by: str,
    at: datetime,
    reason: str | None,
    marking: Marking | None,
    told: Sequence[Assessment],
) -> Assessment:
    """Keep an assessment. told: earlier ones of which it says something: it is as closed as they are."""
    before = [one.at for one in _before(store, picture, claim)]
    moment = max([at, *(one + timedelta(microseconds=1) for one in before)])  # the latest stands
    cited = {span.report for span in spans_of(claim)}
    laid = (one.marking for one in picture.reports if one.id in cited)
    made = Assessment(
        id=content_id("ass", claim.id, *holds, by, moment.isoformat(), reason),
        spans=spans_of(claim),
        credibility=holds[0],
        likelihood=holds[1],
        confidence=holds[2],
        by=by,
        at=moment,
        reason=reason,
        marking=strictest([marking, *(one.marking for one in told), *laid]),
        rests_on=tuple(sorted({report for one in told for report in grounds(one)} - cited)),
    )
    store.keep_assessment(made)
    return made
