from collections.abc import Callable

import pytest

from watchfloor.annotate import contacts, mentions, places, times
from watchfloor.annotate.events import annotate
from watchfloor.core.annotation import Annotation, Event
from watchfloor.core.report import Report

MakeReport = Callable[..., Report]


def events(report: Report) -> list[Event]:
    found: list[Annotation] = list(mentions.annotate(report, []))
    for part in (times, places, contacts):
        found += list(part.annotate(report, found))
    return list(annotate(report, found))


def test_troops_that_stand_in_another_country_are_deployed_there(report: MakeReport) -> None:
    (found,) = events(report("Chad's soldiers are in Niger."))

    assert (found.event_type, found.mode, found.status) == ("MOBILIZE", "troops", "actual")
    assert [one.country for one in (*found.actor, *found.recipient)] == ["TCD", "NER"]
    assert "deployed there" in (found.because or "")


@pytest.mark.parametrize(
    "text",
    [
        "Chad's soldiers are not in Niger.",
        "Chad's soldiers may be in Niger.",
        "If Chad's soldiers are in Niger, the talks will fail.",
        "Chad's soldiers were in Niger.",
        "Chad's soldiers are in Chad.",
        "Chad's ministers are in Niger.",
    ],
)
def test_what_is_denied_unsure_past_at_home_or_no_army_is_no_deployment(report: MakeReport, text: str) -> None:
    assert not events(report(text))
