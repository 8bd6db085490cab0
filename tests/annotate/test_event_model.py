import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate import event_model
from watchfloor.annotate.event_model import judged_text


@pytest.mark.parametrize(
    ("text", "actor", "recipient", "event_type"),
    [
        ("Norway bombed a base of the Danish army on Monday.", (0, 6), (24, 35), "ASSAULT"),
        ("Norway condemned the Danish government.", (0, 6), (21, 38), "ACCUSE"),
        ("Norway refused to meet the Danish minister.", (0, 6), (27, 42), "REJECT"),
        ("Thousands of students protested against the Danish government.", (0, 21), (44, 61), "PROTEST"),
    ],
)
def test_the_type_of_two_sides_is_told(
    text: str, actor: tuple[int, int], recipient: tuple[int, int], event_type: str
) -> None:
    assert judged_text(text, actor, recipient).best == event_type


def test_shares_sum_to_one_and_yield_stands_for_both_its_halves() -> None:
    found = judged_text("Norway released three Danish prisoners.", (0, 6), (16, 38))

    assert sum(found.shares.values()) == pytest.approx(1)
    assert found.share("RETREAT") == found.share("CONCEDE") == found.shares["YIELD"]


@given(st.text(max_size=80), st.integers(0, 40), st.integers(0, 40))
def test_any_text_and_sides_have_a_type(text: str, start: int, size: int) -> None:
    actor = (min(start, len(text)), min(start + size, len(text)))

    assert judged_text(text, actor, None).best in event_model.weights().labels
