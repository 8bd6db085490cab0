import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate.time_figures import in_figures


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("two thousand eleven", "2011"),
        ("the third of May", "the 3rd of May"),
        ("the 2nd day of June", "the 2nd of June"),
        ("the mid seventies", "the mid 1970s"),
        ("655 AD", "655"),
        ("the first quarter", "the first quarter"),
        ("Monday", "Monday"),
    ],
)
def test_spoken_numbers_of_a_date_are_written_in_figures(words: str, figures: str) -> None:
    assert in_figures(words) == figures


@given(st.text())
def test_any_words_are_written(words: str) -> None:
    assert isinstance(in_figures(words), str)
