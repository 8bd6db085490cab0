"""Lines with an outlet or a place and the day: read as such, and not as headline or dek."""

from datetime import date

import pytest

from watchfloor.clean import plain
from watchfloor.clean.mastheads import named, outlet
from watchfloor.clean.units import units

TODAY = date(2026, 11, 28)
LEAD = (
    "BERGEN - The Norwegian Defence Ministry said on Friday that 300 soldiers arrived in Bergen to guard the harbour."
)


@pytest.mark.parametrize(
    "line",
    [
        "Harbour Post, 2026-11-20",
        "Harbour Post, 20 November 2026",
        "Harbour Post - November 20, 2026",
        "Harbour Post | 20.11.2026 | 14:30",
        "Harbour Post, Friday, 20 November 2026",
        "Nov 20, 2026 - Harbour Post",
        "Friday, November 20, 2026 | Harbour Post",
    ],
)
@pytest.mark.parametrize("above", [False, True])
def test_a_line_with_the_outlet_and_the_day_says_both_above_and_below_the_headline(line: str, above: bool) -> None:
    headline = "Norway sends soldiers to the harbour of Bergen"
    head = [line, headline] if above else [headline, line]
    found = plain.draft("\n\n".join([*head, LEAD]), TODAY)

    assert (found.headline, found.outlet) == (headline, "Harbour Post")
    assert found.published is not None
    assert found.published.low == date(2026, 11, 20)


def test_a_town_and_a_day_below_the_headline_are_the_day_and_no_outlet() -> None:
    found = plain.draft(f"Norway sends soldiers to the harbour\n\nBergen, 20 November 2026\n\n{LEAD}", TODAY)

    assert found.outlet is None
    assert found.published is not None
    assert found.published.low == date(2026, 11, 20)


@pytest.mark.parametrize(
    "title", ["Press Briefing by Ann Lund, November 20, 2026", "Harbour Press Review, 20 November 2026"]
)
def test_a_title_that_ends_with_its_day_stays_the_headline_where_there_is_no_other(title: str) -> None:
    assert plain.draft(f"{title}\n\n{LEAD}", TODAY).headline == title


@pytest.mark.parametrize(
    "line",
    [
        "Harbour closed since 20 November 2026",
        "the minister, 20 November 2026",
        "Harbour Post, 20 November 2026, 21 November 2026",
        "Harbour Post",
        "",
    ],
)
def test_other_lines_with_a_day_name_nobody(line: str) -> None:
    assert all(named(unit) is None and outlet(unit) is None for unit in units(line))
