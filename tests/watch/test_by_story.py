"""Claims by story: where most of their words stand."""

from collections.abc import Callable

from watchfloor.core.report import Report
from watchfloor.watch.by_story import lead


def test_the_lead_is_the_first_paragraph_that_says_something(report: Callable[..., Report]) -> None:
    made = report("Docks\n\nFOR IMMEDIATE USE\n\nThe port opened its gates at dawn on Monday.\n\nMore later.")
    found = lead(made)

    assert found is not None
    assert made.text[found.start : found.end] == "The port opened its gates at dawn on Monday."
    assert lead(report("Short.")) is None
