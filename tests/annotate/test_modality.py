import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate import modality


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The king visited Oslo.", "actual"),
        ("The king plans to visit Oslo.", "planned"),
        ("The king's tour was decided and he will visit Oslo.", "planned"),
        ("The king could visit Oslo.", "hypothetical"),
        ("There is a possibility that the king will visit Oslo.", "hypothetical"),
        ("The king reportedly visited Oslo.", "alleged"),
        ("The king did not visit Oslo.", "denied"),
        ("They hope for news when the king visits Oslo.", "planned"),
        ("The king agreed to a truce during his visit Oslo.", "actual"),
        ("The war ended sooner than expected as the king visited Oslo.", "actual"),
    ],
)
def test_the_words_before_a_trigger_give_its_status(text: str, status: str) -> None:
    start = text.index("visit")

    assert modality.status(text, (0, len(text)), (start, text.index(" Oslo"))) == status


@given(st.text(), st.integers(0, 50))
def test_any_text_has_a_status(text: str, at: int) -> None:
    at = min(at, len(text))

    assert modality.status(text, (0, len(text)), (at, at))
