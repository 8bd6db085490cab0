"""Claims by story: which happening each is about, and how widely that is told."""

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from watchfloor.core.claim import Claim
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.core.story import Story

FULL_SENTENCE = 25  # characters from which a paragraph is a lead and no date line or name (assumed)


class Told(Struct, frozen=True, kw_only=True):
    """One story with its claims, in the order that they were given; story is None for claims of no story.

    name: its headline, or its lead where no report of it has one. lead: where its first report begins to tell.
    reports, outlets, copies: how many reports tell it, by how many outlets, and how many of them are copies.
    """

    story: Story | None
    name: str | None
    lead: Span | None
    reports: int
    outlets: int
    copies: int
    claims: tuple[Claim, ...]


def by_story(claims: Sequence[Claim], picture: Picture) -> tuple[Told, ...]:
    """Return the claims by the story that most of their words stand in, the story of the first claim first."""
    home = {report: story for story in picture.stories for report in story.reports}
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        story = _story_of(claim, home)
        groups.setdefault(story.id if story else "", []).append(claim)
    known = {story.id: story for story in picture.stories}
    by_id = {report.id: report for report in picture.reports}
    children = {copy.child for copy in picture.copies}
    return tuple(_told(known.get(id), tuple(some), by_id, picture.outlets, children) for id, some in groups.items())


def _story_of(claim: Claim, home: Mapping[str, Story]) -> Story | None:
    met = Counter(home[one.span.report].id for one in claim.positions if one.span.report in home)
    if not met:
        return None
    most = max(met.values())
    first = next(one.span.report for one in claim.positions if met.get(_id(home, one.span.report)) == most)
    return home[first]


def _id(home: Mapping[str, Story], report: str) -> str:
    return home[report].id if report in home else ""


def _told(
    story: Story | None,
    claims: tuple[Claim, ...],
    reports: Mapping[str, Report],
    outlets: Mapping[str, str | None],
    children: set[str],
) -> Told:
    if story is None:
        return Told(story=None, name=None, lead=None, reports=0, outlets=0, copies=0, claims=claims)
    first = next((reports[id] for id in story.reports if id in reports), None)
    return Told(
        story=story,
        name=story.title,
        lead=lead(first) if first else None,
        reports=len(story.reports),
        outlets=len({outlets.get(id) or f"unknown outlet of {id}" for id in story.reports}),
        copies=sum(id in children for id in story.reports),
        claims=claims,
    )


def lead(report: Report) -> Span | None:
    """Return the first paragraph of a report's body that says something, None when it has none."""
    for part in report.parts("body"):
        text = report.text[part.start : part.end].strip()
        if len(text) >= FULL_SENTENCE and text != (report.headline or "").strip():
            return Span(report=report.id, start=part.start, end=part.end)
    return None
