import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate.clause_tree import base


@pytest.mark.parametrize(
    ("form", "verb"),
    [
        ("expelled", "expel"),
        ("urging", "urge"),
        ("denies", "deny"),
        ("struck", "strike"),
        ("banned", "ban"),
        ("attacks", "attack"),
        ("xyzzed", None),
    ],
)
def test_a_form_is_taken_back_to_the_verb_that_is_known(form: str, verb: str | None) -> None:
    assert base(form) == verb


@given(st.text())
def test_any_word_has_a_known_verb_or_none(form: str) -> None:
    assert base(form) is None or base(base(form) or "") is not None
