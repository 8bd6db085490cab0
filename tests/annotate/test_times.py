from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watchfloor.annotate.times import annotate
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Passage, Report

MakeReport = Callable[..., Report]
MakeDay = Callable[[str], PartialDate]


WEDNESDAY = "2022-03-16"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They met on 2022-03-14.", "2022-03-14"),
        ("Posted 2022. 3. 15. 09:30", "2022-03-15T09:30"),
        ("They met on 14 March 2022.", "2022-03-14"),
        ("They met on Mar. 14.", "2022-03-14"),
        ("They met on March 14, 2019.", "2019-03-14"),
        ("They met on Monday, March 14.", "2022-03-14"),
        ("They met on this Friday, March 11.", "2022-03-11"),
        ("They met on 30/11/2021.", "2021-11-30"),
        ("They met on December 30.", "2021-12-30"),
        ("They met on Monday.", "2022-03-14"),
        ("They met on Wednesday.", "2022-03-16"),
        ("They met last Wednesday.", "2022-03-09"),
        ("They will meet on Friday.", "2022-03-18"),
        ("They met on the 15th (local time).", "2022-03-15"),
        ("She left on the 28th to see them.", "2022-02-28"),
        ("They met last June.", "2021-06"),
        ("They met in January.", "2022-01"),
        ("The vote is planned for September.", "2022-09"),
        ("They met in early 2020.", "2020"),
        ("The fair opens next year.", "2023"),
        ("They met last week.", "2022-W10"),
        ("It began in the 1980s.", "198X"),
        ("It began in the late '90s.", "199X"),
        ("They met yesterday.", "2022-03-15"),
        ("They met two days ago.", "2022-03-14"),
        ("They met last summer.", "2021-SU"),
        ("They grew in the second quarter of 2020.", "2020-Q2"),
        ("It must end by the end of the year.", "2022-12-31"),
        ("They met on Friday of last week.", "2022-03-11"),
        ("They met in May last year.", "2021-05"),
        ("They grew in last year's second quarter.", "2021-Q2"),
        ("They met over the weekend.", "2022-03-12/2022-03-13"),
        ("They meet this September.", "2022-09"),
        ("The vote is to be held on November 20.", "2022-11-20"),
        ("It was built in the 12th century.", "11XX"),
    ],
)
def test_an_expression_is_read_against_the_publication_date(
    report: MakeReport, day: MakeDay, text: str, value: str | None
) -> None:
    (found,) = annotate(report(text, published=day(WEDNESDAY)))

    assert found.date.value == value


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("They met on Monday.", "XXXX-WXX-1", "weekday"),
        ("They met on October 9.", "XXXX-10-09", "day"),
        ("They met on the 25th.", "XXXX-XX-25", "day"),
        ("They met in June.", "XXXX-06", "month"),
        ("They met yesterday.", None, "day"),
    ],
)
def test_without_a_publication_date_only_the_words_count(
    report: MakeReport, text: str, value: str | None, precision: str
) -> None:
    (found,) = annotate(report(text))

    assert (found.date.value, found.date.low, found.date.high) == (value, None, None)
    assert found.date.precision == precision


def test_a_weekday_beside_a_day_and_month_fixes_the_year_and_later_weekdays(report: MakeReport) -> None:
    dated, bare = annotate(report("On Saturday, February 29 it rained. On Saturday it also snowed."))

    assert dated.date.value == bare.date.value == "2020-02-29"


def test_earlier_in_the_day_is_the_day_last_spoken_of(report: MakeReport, day: MakeDay) -> None:
    first, second = annotate(report("It rained on Monday. Earlier in the day it had snowed.", published=day(WEDNESDAY)))

    assert second.date.low == first.date.low == date(2022, 3, 14)


def test_a_part_of_a_month_narrows_its_days(report: MakeReport, day: MakeDay) -> None:
    (found,) = annotate(report("They met in early February.", published=day(WEDNESDAY)))

    assert (found.date.low, found.date.high) == (date(2022, 2, 1), date(2022, 2, 10))


def test_a_deadline_leaves_the_beginning_open(report: MakeReport, day: MakeDay) -> None:
    (found,) = annotate(report("Work could go on through late May.", published=day(WEDNESDAY)))

    assert (found.date.low, found.date.high) == (None, date(2022, 5, 31))


def test_the_past_hours_reach_to_the_publication(report: MakeReport, day: MakeDay) -> None:
    (found,) = annotate(report("It fell in the past 48 hours.", published=day(WEDNESDAY)))

    assert (found.date.value, found.date.low, found.date.high) == (None, date(2022, 3, 14), date(2022, 3, 16))


def test_two_years_later_counts_from_the_year_spoken_of(report: MakeReport, day: MakeDay) -> None:
    _, found = annotate(report("It began in 2010 and ended two years later.", published=day(WEDNESDAY)))

    assert found.date.value == "2012"


def test_a_month_in_a_list_comes_after_the_one_before_it(report: MakeReport, day: MakeDay) -> None:
    *_, found = annotate(report("They will play in June in Oslo, in October in Rome.", published=day(WEDNESDAY)))

    assert found.date.value == "2022-10"


def test_soon_has_no_bounds(report: MakeReport, day: MakeDay) -> None:
    (found,) = annotate(report("They will come soon.", published=day(WEDNESDAY)))

    assert found.date == PartialDate(value=None, low=None, high=None, precision="unknown", how="some time to come")


def test_two_days_of_one_month_are_a_range(report: MakeReport, day: MakeDay) -> None:
    (found,) = annotate(report("They met on March 3-5.", published=day(WEDNESDAY)))

    assert (found.date.low, found.date.high) == (date(2022, 3, 3), date(2022, 3, 5))


@pytest.mark.parametrize(
    "text",
    [
        "The 25th anniversary was kept.",
        "They crossed the 38th parallel.",
        "He may come.",
        "About 2000 soldiers came.",
        "February 30, 2022 is no day.",
        "A Su-57 and a T-72 were seen.",
        "The Sunday Times wrote it.",
        "It was the first time in 20 years.",
        "It happened the day before she left.",
        "They stayed two years and are here now.",
        "Nothing came of it two years later.",
    ],
)
def test_what_only_looks_like_a_date_is_none(report: MakeReport, day: MakeDay, text: str) -> None:
    assert list(annotate(report(text, published=day(WEDNESDAY)))) == []


def test_the_last_day_of_the_calendar_is_a_day(report: MakeReport, day: MakeDay) -> None:
    found = list(annotate(report("Until December 31, 9999 and next year and tomorrow.", published=day("9999-12-31"))))

    assert found[0].date.high == date.max


PIECES = ["Monday", "the 31st", "February 29", "in June", "last", "next year", "9999", "0001-01-01", "two weeks ago"]
PIECES += [
    "the 1990s",
    "early",
    "this",
    "summer",
    "12:61",
    "3 p.m.",
    ", ",
    ". ",
    "\n",
    "in a matter of days",
    "12/13/2020",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map(" ".join)), st.none() | st.dates())
def test_any_text_gives_bounds_in_order(report: MakeReport, day: MakeDay, text: str, published: date | None) -> None:
    known = day(published.isoformat()) if published else None

    for found in annotate(report(text, published=known)):
        assert 0 <= found.span.start < found.span.end <= len(text)
        if found.date.low and found.date.high:
            assert found.date.low <= found.date.high


def test_the_day_of_a_photograph_is_not_the_day_that_the_text_counts_from(report: MakeReport) -> None:
    text = "They shake hands on July 12, 2019.\nThe council met on Monday.\nEarlier in the day it rained."
    body = [
        Passage(start=0, end=34, kind="caption"),
        Passage(start=35, end=61, kind="body"),
        Passage(start=62, end=len(text), kind="body"),
    ]

    *_, found = annotate(report(text, passages=tuple(body)))

    assert found.date.value == "XXXX-WXX-1"
