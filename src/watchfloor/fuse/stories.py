"""Stories: reports about one happening, gathered in a single pass.

Each report joins the live story whose centroid it resembles most (tf-idf over headline, lead and names, times a
Gaussian of the days between), or opens a new one. A copy joins its parent's story and does not move the centroid.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from watchfloor.core.copy import Copy
from watchfloor.core.identity import content_id
from watchfloor.core.report import Report
from watchfloor.core.story import Story
from watchfloor.fuse.words import stems

JOIN_FROM = 0.2  # cosine times decay from which a report joins a story (assumed; measured later on gold stories)
DECAY_DAYS = 6.0  # standard deviation of the Gaussian over the days between report and story (assumed)
HEADLINE_WEIGHT = 2.0  # times that a headline's word counts
LEAD_CHARACTERS = 900  # how much of the body stands for the report


def stories(reports: Sequence[Report], copies: Sequence[Copy]) -> tuple[Story, ...]:
    """Return the stories, in the order of their earliest report; reports must stand earliest first."""
    parents = {copy.child: copy.parent for copy in copies if copy.kind != "partial"}
    features = {report.id: _features(report) for report in reports}
    weights = _inverse_frequency(list(features.values()))
    live: list[_Live] = []
    of: dict[str, _Live] = {}
    for report in reports:
        vector = {word: count * weights[word] for word, count in features[report.id].items()}
        story = of.get(parents.get(report.id, ""))
        if story is not None:
            story.take(report, {})
        else:
            story = _closest(report, vector, live)
            if story is None:
                story = _Live()
                live.append(story)
            story.take(report, vector)
        of[report.id] = story
    return tuple(story.frozen() for story in live)


class _Live:
    """A story while it grows: its reports, the sum of their vectors, its last day."""

    def __init__(self) -> None:
        self.reports: list[Report] = []
        self.centroid: Counter[str] = Counter()
        self.last: date | None = None

    def take(self, report: Report, vector: Mapping[str, float]) -> None:
        self.reports.append(report)
        norm = math.sqrt(sum(value * value for value in vector.values())) or 1.0
        for word, value in vector.items():
            self.centroid[word] += value / norm  # type: ignore[assignment]
        self.last = (report.published.high if report.published else None) or self.last

    def frozen(self) -> Story:
        titled = next((report.headline for report in self.reports if report.headline), None)
        return Story(
            id=content_id("sto", self.reports[0].id),
            title=titled,
            reports=tuple(report.id for report in self.reports),
        )


def _features(report: Report) -> Counter[str]:
    counted: Counter[str] = Counter()
    for word in stems(report.headline or ""):
        counted[word] += HEADLINE_WEIGHT  # type: ignore[assignment]
    body = " ".join(report.text[part.start : part.end] for part in report.parts("body"))
    counted.update(stems(body[:LEAD_CHARACTERS]))
    return counted


def _inverse_frequency(features: Sequence[Mapping[str, float]]) -> dict[str, float]:
    holding: Counter[str] = Counter(word for counted in features for word in counted)
    return {word: math.log((1 + len(features)) / (1 + count)) + 1.0 for word, count in holding.items()}


def _closest(report: Report, vector: Mapping[str, float], live: Sequence[_Live]) -> _Live | None:
    day = report.published.low if report.published else None
    best: tuple[float, _Live] | None = None
    for story in live:
        score = _cosine(vector, story.centroid) * _decay(day, story.last)
        if score >= JOIN_FROM and (best is None or score > best[0]):
            best = score, story
    return best[1] if best else None


def _cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    product = sum(value * right[word] for word, value in left.items() if word in right)
    norms = math.sqrt(sum(v * v for v in left.values())) * math.sqrt(sum(v * v for v in right.values()))
    return product / norms if norms else 0.0


def _decay(left: date | None, right: date | None) -> float:
    if left is None or right is None:
        return 1.0
    days = (left - right).days
    return math.exp(-(days**2) / (2 * DECAY_DAYS**2))
