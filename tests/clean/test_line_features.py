from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.clean.line_features import FEATURES, features
from watchfloor.clean.units import lines

SENTENCE = "The river Aar rose by two metres on Sunday night, the water board of Lower Norddal said in a statement."


def of(text: str, line: int = 0) -> dict[str, float]:
    """The features of one line of a text, by name."""
    return {feature.name: float(value) for feature, value in zip(FEATURES, features(lines(text))[line], strict=True)}


def test_a_sentence_is_full_and_closed() -> None:
    found = of(SENTENCE)

    assert (found["words"], found["closed"], found["full"], found["commas"]) == (20, 1, 1, 1 / 20)


def test_a_menu_line_is_neither() -> None:
    found = of("Home | World | Sport")

    assert (found["words"], found["closed"], found["bars"], found["capitalised"]) == (3, 0, 2, 1)


@pytest.mark.parametrize("end", [".", "!", "?", "…", ".”", ".)", "。」", ".’"])
def test_a_line_is_closed_by_a_full_stop_and_what_may_stand_after_it(end: str) -> None:
    assert of(f"He left{end}")["closed"] == 1


def test_letters_of_scripts_without_spaces_weigh_half_a_word() -> None:
    assert of("洪水警報")["words"] == 1 + 4 / 2  # one run of letters, and four halves


def test_a_line_knows_its_neighbours_and_how_far_the_running_text_is() -> None:
    found = of(f"{SENTENCE}\nRead more\nShare\n{SENTENCE}", 1)

    assert (found["before_words"], found["after_words"]) == (20, 1)
    assert (found["sentence_before"], found["sentence_after"]) == (1, 2)
    assert (found["told_before"], found["told_after"]) == (0.5, 0.5)


def test_words_that_the_running_text_uses_too_are_shared() -> None:
    assert of(f"{SENTENCE}\nWater board of Norddal\nTen tips against ageing", 1)["shared"] == 1
    assert of(f"{SENTENCE}\nWater board of Norddal\nTen tips against ageing", 2)["shared"] == 0


def test_a_line_printed_twice_says_so() -> None:
    assert of("Subscribe\nShare\nSubscribe")["times"] == 2


def test_what_the_markup_does_not_tell_is_no_zero() -> None:
    told = features(lines("One\nTwo"), [(True, None, False), (None, None, None)])

    assert told[:, -3:].tolist() == [[1, -1, 0], [-1, -1, -1]]
    assert features(lines("One"))[:, -3:].tolist() == [[-1, -1, -1]]


def test_no_lines_give_no_rows() -> None:
    assert features(()).shape == (0, len(FEATURES))


def test_one_endless_line_costs_no_more_than_a_short_one(in_time: Callable[..., bool]) -> None:
    found = lines("word " * 2_000_000)

    assert in_time(lambda: features(found), 0.5)


@given(st.text(alphabet=st.characters(codec=None), max_size=400))
def test_every_text_gives_finite_numbers(text: str) -> None:
    found = lines(text)

    rows = features(found)

    assert rows.shape == (len(found), len(FEATURES))
    assert np.isfinite(rows).all()
