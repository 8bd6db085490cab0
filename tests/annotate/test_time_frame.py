from datetime import date

from watchfloor.annotate.time_frame import is_history

TODAY = date(2022, 3, 16)
LIFE = "Born in 1801, he went to sea in 1815, married in 1824, wrote in 1830 and 1836 and died in 1840. "


def test_a_text_of_far_years_is_a_history() -> None:
    assert is_history(LIFE, TODAY)


def test_a_report_with_weekdays_is_none_even_with_far_years() -> None:
    assert not is_history(LIFE + "On Monday the house was sold; on Tuesday it burned.", TODAY)


def test_near_years_are_no_history() -> None:
    assert not is_history("In 2021 and 2022, and in 2022 and 2023, again in 2021, they met.", TODAY)


def test_without_a_day_of_publication_nothing_is_far() -> None:
    assert not is_history(LIFE, None)
