"""What pages ask of a picture again and again, worked out once for each and kept as long as the picture is."""

from collections.abc import Mapping
from datetime import date

from watchfloor.core.brief import Brief, Line
from watchfloor.core.change import Change
from watchfloor.core.claim import Claim
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.flow import charting
from watchfloor.flow.remembered import Remembered
from watchfloor.share.evidence import Marks
from watchfloor.share.evidence import marks as marks_of
from watchfloor.share.gate import release
from watchfloor.store.store import Store
from watchfloor.watch import cautions
from watchfloor.watch.brief import brief as whole
from watchfloor.watch.changes import changes
from watchfloor.watch.naming import fullest
from watchfloor.watch.news import news
from watchfloor.watch.ranking import ranked
from watchfloor.watch.solidity import contested


def composed(after: Picture, before: Picture | None, since: date | None, *, title: str | None = None) -> Brief:
    """Return the brief of a picture: all of it, or what it has otherwise than the picture before a day."""
    if before is None or since is None:
        return whole(after, title=title, moments=charting.moments(after))
    return news(before, after, since, title=title)


def _brief(after: Picture, before: Picture | None, since: date | None) -> Brief:
    return release(after, composed(after, before, since, title=None), after.reader).brief


names: Remembered[Mapping[str, str]] = Remembered(lambda picture: fullest(picture.entities))
"""Gives for every name met the name of its entity, as watch.naming.fullest does."""

weighed: Remembered[tuple[Claim, ...]] = Remembered(lambda picture: ranked(picture.claims))
"""Gives the claims, the widest carried first."""

disputed: Remembered[tuple[Claim, ...]] = Remembered(lambda picture: contested(weighed(picture)))
"""Gives the claims that somebody contests, the widest carried first."""

claims_by_id: Remembered[Mapping[str, Claim]] = Remembered(lambda picture: {one.id: one for one in picture.claims})
"""Gives the claims by id."""

reports_by_id: Remembered[Mapping[str, Report]] = Remembered(lambda picture: {one.id: one for one in picture.reports})
"""Gives the reports by id."""

there: Remembered[frozenset[str]] = Remembered(
    lambda picture: frozenset(one.id for one in (*picture.claims, *picture.encounters))
)
"""Gives the ids of the claims and contacts."""

marks: Remembered[Marks] = Remembered(marks_of)
"""Gives the effective marking of every report, claim and contact by id."""

warnings: Remembered[tuple[Line, ...]] = Remembered(cautions.lines)
"""Gives what to know about reports before leaning on them."""

difference: Remembered[tuple[Change, ...]] = Remembered(changes)
"""Gives of two pictures what the later one has otherwise."""

brief: Remembered[Brief] = Remembered(_brief)
"""Gives the brief of a picture, of all or of what changed (with a picture of before, and since when), past the gate."""


def get_ready(_store: Store, picture: Picture) -> None:
    """Work all of it out for a picture before anybody asks."""
    for one in (weighed, disputed, claims_by_id, reports_by_id, marks, warnings, charting.moments, charting.places):
        one(picture)
    brief(picture, None, None)
