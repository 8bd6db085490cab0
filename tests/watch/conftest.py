"""Pictures by hand: reports from their words, spans from words that stand in them."""

from collections.abc import Callable

import pytest

from watchfloor.core.annotation import Annotation, ContactType, Party, Status
from watchfloor.core.claim import Claim, Figure, Origin, Position
from watchfloor.core.encounter import Encounter
from watchfloor.core.identity import content_id
from watchfloor.core.marking import Reader
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.span import Span


def span(report: Report, words: str) -> Span:
    start = report.text.index(words)
    return Span(report=report.id, start=start, end=start + len(words))


@pytest.fixture
def at() -> Callable[[Report, str], Span]:
    """Return the span of words that stand in a report."""
    return span


@pytest.fixture
def picture() -> Callable[..., Picture]:
    """Make a picture of reports with claims, encounters and annotations."""

    def make(
        *reports: Report, annotations: dict[str, tuple[Annotation, ...]] | None = None, **fields: object
    ) -> Picture:
        values: dict[str, object] = {
            "reader": Reader(name="desk", partner=None, clearance="RED"),
            "as_of": None,
            "reports": reports,
            "annotations": annotations or {},
            "copies": (),
            "stories": (),
            "entities": (),
            "claims": (),
            "encounters": (),
        }
        return Picture(**(values | fields))  # type: ignore[arg-type]

    return make


@pytest.fixture
def position() -> Callable[..., Position]:
    """Make a position on words of a report."""

    def make(report: Report, words: str, **fields: object) -> Position:
        values: dict[str, object] = {
            "party": "State Service",
            "stance": "asserts",
            "act": "assert",
            "span": span(report, words),
            "quote": words,
            "outlet": report.outlet,
            "date": None,
        }
        return Position(**(values | fields))  # type: ignore[arg-type]

    return make


@pytest.fixture
def figure() -> Callable[..., Figure]:
    """Make a figure from words of a report."""

    def make(report: Report, words: str, low: int, high: int | None, **fields: object) -> Figure:
        values: dict[str, object] = {"unit": "engineer", "hedge": "about", "verbatim": words}
        return Figure(low=low, high=high, span=span(report, words), **(values | fields))  # type: ignore[arg-type]

    return make


@pytest.fixture
def claim() -> Callable[..., Claim]:
    """Make a claim from positions, its counts as given or taken from them."""

    def make(proposition: str, *positions: Position, **fields: object) -> Claim:
        reports = {one.span.report for one in positions}
        parties = sorted({one.party for one in positions if one.party})
        values: dict[str, object] = {
            "id": content_id("clm", proposition),
            "topic": "statement",
            "reports": len(reports),
            "outlets": len({one.outlet for one in positions if one.outlet}),
            "origins_min": 1,
            "origins_max": 1,
            "origins": tuple(Origin(party=party, reports=tuple(sorted(reports))) for party in parties),
        }
        return Claim(proposition=proposition, positions=positions, **(values | fields))  # type: ignore[arg-type]

    return make


@pytest.fixture
def encounter() -> Callable[..., Encounter]:
    """Make a contact told by the whole text of a report."""

    def make(
        report: Report,
        *parties: Party,
        contact_type: ContactType = "call",
        status: Status = "actual",
        date: PartialDate | None = None,
        place: str | None = None,
        **fields: object,
    ) -> Encounter:
        return Encounter(
            id=content_id("enc", contact_type, status, date, *(party.name for party in parties)),
            contact_type=contact_type,
            parties=parties,
            date=date,
            place=place,
            status=status,
            tellings=(span(report, report.text),),
            **fields,  # type: ignore[arg-type]
        )

    return make
