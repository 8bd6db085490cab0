"""What people hold of claims: kept, and taken back so that what was held before holds again."""

from watchfloor.core.assessment import Assessment
from watchfloor.core.claim import Claim
from watchfloor.core.errors import ConfigError
from watchfloor.core.identity import content_id
from watchfloor.flow import clock
from watchfloor.flow.dossier import spans_of
from watchfloor.flow.situation import Situation

BACK = "taken back"
"""How the reason of an assessment begins that restores what was held before."""


def assess(
    opened: Situation,
    claim: str,
    *,
    credibility: str | None,
    likelihood: str | None,
    confidence: str | None,
    reason: str | None,
    by: str,
) -> Assessment:
    """Keep what a person holds of a claim; a note alone, without any of the three, lets stand what is held already.

    Raises ConfigError as `Situation.assess` does.
    """
    if credibility is None and likelihood is None and confidence is None:
        if reason is None:
            raise ConfigError("nothing to keep: choose a credibility, a likelihood or a confidence, or write a note")
        held = _held(opened, claim)
        return _keep(opened, claim, held[-1] if held else None, by, reason)
    _, made = opened.assess(
        claim,
        credibility=credibility,  # type: ignore[arg-type]  # the page offers these alone
        likelihood=likelihood,  # type: ignore[arg-type]
        confidence=confidence,  # type: ignore[arg-type]
        by=by,
        reason=reason,
    )
    return made


def take_back(opened: Situation, claim: str, *, by: str) -> Assessment:
    """Take the last assessment of a claim back: what was held before it holds again, or nothing.

    Nothing is deleted: who held what, and who took it back, stays. Raises ConfigError when nothing is held.
    """
    standing: list[Assessment] = []
    for one in _held(opened, claim):
        if standing and (one.reason or "").startswith(BACK):
            standing.pop()
        else:
            standing.append(one)
    if not standing:
        raise ConfigError("nobody has assessed this claim; there is nothing to take back")
    last = standing.pop()
    return _keep(opened, claim, standing[-1] if standing else None, by, f"{BACK}: {last.by}, {last.at:%Y-%m-%d %H:%M}")


def _held(opened: Situation, claim: str) -> list[Assessment]:
    """Return all assessments of a claim, the oldest first."""
    spans = set(spans_of(_claim(opened, claim)))
    kept = opened.store.assessments(opened.reader)
    return [one for one in kept if spans & set(one.spans)]


def _claim(opened: Situation, name: str) -> Claim:
    found = next((one for one in opened.picture().claims if one.id == name), None)
    if found is None:
        raise ConfigError(f"there is no claim {name!r} by now; load the page again")
    return found


def _keep(opened: Situation, claim: str, like: Assessment | None, by: str, reason: str) -> Assessment:
    at = clock.now()
    held = (like.credibility, like.likelihood, like.confidence) if like else (None, None, None)
    made = Assessment(
        id=content_id("ass", claim, *held, by, at.isoformat(), reason),
        spans=spans_of(_claim(opened, claim)),
        credibility=held[0],
        likelihood=held[1],
        confidence=held[2],
        by=by,
        at=at,
        reason=reason,
    )
    opened.store.keep_assessment(made)
    return made
