from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate.time_expressions import LONGEST, value_in, value_of
from watchfloor.annotate.time_frame import Frame

WEDNESDAY = date(2022, 3, 16)


def frame(text: str, reference: date = WEDNESDAY, *, history: bool = False) -> Frame:
    return Frame(text=text, reference=reference, collected=reference, dated={}, history=history)


@pytest.mark.parametrize(
    ("words", "timex"),
    [
        ("around Mar. 14", "2022-03-14"),
        ("the fourteenth of March", "2022-03-14"),
        ("this coming Friday, March eighteenth", "2022-03-18"),
        ("MARCH 14, 2021", "2021-03-14"),
        ("nineteen eighty-six", "1986"),
        ("May of nineteen eighty-six", "1986-05"),
        ("March of 712", "0712-03"),
        ("AD 655", "0655"),
        ("431 BC", "BC0431"),
        ("fiscal 2019", "2019"),
        ("'98", "1998"),
        ("Tues.", "2022-03-15"),
        ("earlier Sunday", "2022-03-13"),
        ("Friday of last week", "2022-03-11"),
        ("the week of March 21", "2022-W12"),
        ("late last week", "2022-W10"),
        ("last weekend", "2022-W10-WE"),
        ("the weekend", "2022-W10-WE"),
        ("May last year", "2021-05"),
        ("this September", "2022-09"),
        ("the beginning of February", "2022-02"),
        ("early next year", "2023"),
        ("the fourth quarter", "2021-Q4"),
        ("last year's third quarter", "2021-Q3"),
        ("the 2019 fourth quarter", "2019-Q4"),
        ("the year-ago quarter", "2021-Q4"),
        ("the latest quarter", "2021-Q4"),
        ("the current quarter", "2022-Q1"),
        ("the first two quarters of 2023", "2023-H1"),
        ("last summer", "2021-SU"),
        ("the late 1980s", "198"),
        ("the nineties", "199"),
        ("the 19th century", "18"),
        ("a week ago", "2022-W10"),
        ("a year earlier", "2021"),
        ("the past year", "2021"),
        ("New Year's Eve", "2021-12-31"),
        ("between 2003 and 2007", "2003/2007"),
    ],
)
def test_words_that_are_known_to_be_a_date_have_its_timeml_value(words: str, timex: str) -> None:
    value = value_of(words, WEDNESDAY)

    assert value is not None
    assert (value.timex, value.partly) == (timex, False)


@pytest.mark.parametrize(
    ("words", "timex"),
    [
        ("10 p.m. Tuesday", "2022-03-15T22:00"),
        ("5 p.m. EST, March 21", "2022-03-21T17:00"),
        ("22 March at 9am", "2022-03-22T09:00"),
        ("noon", "2022-03-16T12:00"),
        ("around 6:40 p.m.", "2022-03-16T18:40"),
        ("Monday evening", "2022-03-14TEV"),
        ("last night", "2022-03-15TNI"),
        ("later this afternoon", "2022-03-16TAF"),
        ("tomorrow morning", "2022-03-17TMO"),
    ],
)
def test_a_time_of_day_stands_behind_its_day(words: str, timex: str) -> None:
    value = value_of(words, WEDNESDAY)

    assert value is not None
    assert value.timex == timex


@pytest.mark.parametrize(
    ("words", "timex"),
    [
        ("currently", "PRESENT_REF"),
        ("previously", "PAST_REF"),
        ("the near future", "FUTURE_REF"),
        ("two and a half years", "P2Y6M"),
        ("every Thursday", "XXXX-WXX-4"),
    ],
)
def test_a_length_a_repetition_and_a_vague_reference_have_no_date(words: str, timex: str) -> None:
    value = value_of(words, WEDNESDAY)

    assert value is not None
    assert (value.timex, value.when) == (timex, None)


def test_the_past_days_are_a_length_with_bounds() -> None:
    value = value_of("the past two weeks", WEDNESDAY)

    assert value is not None
    assert value.when is not None
    assert (value.timex, value.when.low, value.when.high) == ("P2W", date(2022, 3, 2), WEDNESDAY)


def test_the_end_of_a_year_is_its_last_day_and_to_timeml_the_year() -> None:
    value = value_of("the end of the year", WEDNESDAY)

    assert value is not None
    assert value.when is not None
    assert (value.timex, value.when.value) == ("2022", "2022-12-31")


@pytest.mark.parametrize(("before", "value"), [("They met on ", "2022-03-14"), ("They will meet on ", "2022-03-21")])
def test_the_tense_before_a_weekday_tells_its_week(before: str, value: str) -> None:
    found = value_of("Monday", WEDNESDAY, before)

    assert found is not None
    assert found.timex == value


@pytest.mark.parametrize(
    ("before", "value"), [("The vote is due on ", "2022-10-04"), ("They voted on ", "2021-10-04"), ("", "2021-10-04")]
)
def test_a_day_more_than_four_months_ahead_needs_a_word_that_looks_ahead(before: str, value: str) -> None:
    found = value_of("October 4", WEDNESDAY, before)

    assert found is not None
    assert found.timex == value


def test_a_value_of_a_part_of_the_words_says_so() -> None:
    value = value_of("the day four of the 2018 games", WEDNESDAY)

    assert value is not None
    assert value.partly


@pytest.mark.parametrize("words", ["", "table", "x" * (LONGEST + 1)])
def test_words_without_a_time_have_no_value(words: str) -> None:
    assert value_of(words, WEDNESDAY) is None


def test_a_year_later_counts_from_the_date_spoken_of() -> None:
    text = "She arrived in June 2010 and left a year later."
    told = frame(text)
    first = value_in(text.index("June"), text.index(" and"), told)
    assert first is not None
    assert first.when is not None
    told.speak_of(first.when)

    found = value_in(text.index("a year"), len(text) - 1, told)

    assert found is not None
    assert found.timex == "2011"


def test_a_day_in_a_history_has_the_year_spoken_of() -> None:
    text = "The siege of 1683 ended on 12 September."
    told = frame(text, history=True)
    year = value_in(text.index("1683"), text.index(" ended"), told)
    assert year is not None
    assert year.when is not None
    told.speak_of(year.when)

    found = value_in(text.index("12"), len(text) - 1, told)

    assert found is not None
    assert found.timex == "1683-09-12"


def test_the_year_at_the_end_of_a_range_is_the_year_of_its_beginning() -> None:
    text = "It runs from May 3 to June 9, 2025."

    found = value_in(text.index("May"), text.index(" to"), frame(text))

    assert found is not None
    assert found.timex == "2025-05-03"


PIECES = [
    "the",
    "past",
    "31st",
    "of",
    "February",
    "fiscal",
    "third",
    "quarter",
    "noon",
    "a year",
    "ago",
    "'00",
    "twenty",
]
PIECES += [
    "Monday",
    "night",
    "each",
    "two",
    "and a half",
    "years",
    "BC",
    "0",
    "9999",
    "99",
    "to",
    "weekend",
    "-",
    "T25:00",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map(" ".join)), st.dates(), st.text())
def test_any_words_have_a_value_or_none(words: str, reference: date, before: str) -> None:
    value = value_of(words, reference, before)

    assert value is None or value.timex
    if value and value.when and value.when.low and value.when.high:
        assert value.when.low <= value.when.high
