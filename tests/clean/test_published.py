from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.clean import dates
from watchfloor.clean.published import year_by_weekday
from watchfloor.core.report import Report

Cleaned = Callable[..., Report]

LEAD = "The river Aar rose by two metres overnight, the water board of Lower Norddal said in a statement."


def value(report: Report) -> str | None:
    return report.published.value if report.published else None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Mara Lindqvist 2025. 3. 2. 18:01", "2025-03-02T18:01"),
        ("Published: March 2, 2025 6:01 p.m. KST", "2025-03-02T18:01"),
        ("2 March 2025", "2025-03-02"),
        ("Sunday, 2 March 2025", "2025-03-02"),
        ("02.03.2025, 18:01 Uhr", "2025-03-02T18:01"),
        ("입력 2025년 3월 2일", "2025-03-02"),
        ("Publié le 2 mars 2025 à 18h01", "2025-03-02T18:01"),
        ("2025-03-02T18:01:22", "2025-03-02T18:01"),
        ("Updated: 3 March 2025 Published: 2 March 2025", "2025-03-02"),
    ],
)
def test_a_date_line_dates_the_report(cleaned: Cleaned, line: str, expected: str) -> None:
    assert value(cleaned(f"River floods the lower town\n\n{line}\n\n{LEAD}")) == expected


def test_a_numeric_date_that_can_be_read_two_ways_is_left_open_between_them(cleaned: Cleaned) -> None:
    published = cleaned(f"Published: 03/02/2025\n\n{LEAD}").published

    assert published is not None
    assert (published.value, published.low, published.high) == (None, date(2025, 2, 3), date(2025, 3, 2))


def test_a_weekday_with_its_day_in_the_lead_fixes_the_year(cleaned: Cleaned) -> None:
    published = cleaned(
        f"The board met this Sunday, March 2, to hear about the flood in the valley.\n\n{LEAD}"
    ).published

    assert published is not None
    assert published.value == "2025-03-02"
    assert "weekday fixes the year" in published.how


def test_a_day_that_lies_ahead_in_the_lead_is_not_the_date(cleaned: Cleaned) -> None:
    assert (
        cleaned(f"The board will meet again on Monday, March 3, to hear about the flood.\n\n{LEAD}").published is None
    )


def test_a_date_in_a_caption_is_never_the_date(cleaned: Cleaned) -> None:
    caption = "Ida Holm visits the bridge, Sunday, March 2, 2025. Courtesy of the water board"

    assert cleaned(f"River floods the lower town\n\n{caption}\n\n{caption}\n\n{LEAD}").published is None


def test_a_bare_weekday_gives_no_date(cleaned: Cleaned) -> None:
    assert (
        cleaned(f"The board met on Monday to hear about the flood in the valley, it said.\n\n{LEAD}").published is None
    )


def test_an_agency_date_line_without_a_year_leaves_the_year_open(cleaned: Cleaned) -> None:
    published = cleaned(f"NORDDAL, March 2 (Fjord Press) -- {LEAD}").published

    assert published is not None
    assert (published.value, published.low) == ("XXXX-03-02", None)


def test_the_copyright_line_gives_an_agency_date_line_its_year(cleaned: Cleaned) -> None:
    assert value(cleaned(f"NORDDAL, March 2 (Fjord Press) -- {LEAD}\n\n© 2025 Fjord Press")) == "2025-03-02"


@pytest.mark.parametrize("line", ["Published: 9999-12-31", "Published: 2026-01-09", "Published: 2025-02-30"])
def test_a_date_that_cannot_be_is_none(cleaned: Cleaned, line: str) -> None:
    assert cleaned(f"River floods the lower town\n\n{line}\n\n{LEAD}").published is None


def test_what_the_collector_was_told_wins(cleaned: Cleaned) -> None:
    assert value(cleaned(f"Published: 2 March 2025\n\n{LEAD}", published="2025-03-01T10:00:00Z")) == "2025-03-01T10:00"


def test_the_29th_of_february_is_looked_for_in_leap_years_only() -> None:
    assert year_by_weekday(dates.Found(0, 1, None, 2, 29, 3), date(2026, 1, 1)) == 2024


@given(st.text(max_size=200) | st.from_regex(r"[A-Z][a-z]{2,8},? [A-Za-z]{3,9}\.? \d{1,2},? \d{4} \d\d:\d\d"))
def test_any_line_is_read_for_dates(line: str) -> None:
    for found in (*dates.full(line), *dates.yearless(line)):
        assert 0 <= found.start < found.end <= len(line)
        dates.partial(found, "a test")
