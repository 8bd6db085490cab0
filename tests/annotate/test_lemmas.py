import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate.lemmas import lemma


@pytest.mark.parametrize(
    ("form", "script", "found"),
    [
        ("Seoul", "=", "Seoul"),
        ("Troops", "l1|", "troop"),
        ("was", "l3|be", "be"),
        ("The", "l0|", "the"),
        ("Nations", "k1|", "Nation"),
        ("Mon.", "k1|day", "Monday"),
    ],
)
def test_a_script_cuts_and_adds_letters_in_lower_or_kept_case(form: str, script: str, found: str) -> None:
    assert lemma(form, script) == found


def test_a_script_that_takes_everything_leaves_the_word() -> None:
    assert lemma("as", "l5|") == "as"


@given(st.text(min_size=1), st.sampled_from("lk"), st.integers(0, 20), st.text(max_size=3))
def test_no_lemma_is_empty(form: str, case: str, cut: int, added: str) -> None:
    assert lemma(form, f"{case}{cut}|{added}")
