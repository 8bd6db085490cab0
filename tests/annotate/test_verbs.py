import pytest

from watchfloor.annotate.tokens import tokens
from watchfloor.annotate.verbs import verb_group


@pytest.mark.parametrize(
    ("text", "at", "edge"),
    [
        ("Ruiz has repeatedly denied", 3, 1),
        ("Ruiz on Monday said", 3, 1),
        ("Ruiz did not say", 3, 1),
        ("Later Connolly said", 2, 2),
    ],
)
def test_a_verb_group_reaches_back_to_its_subject(text: str, at: int, edge: int) -> None:
    assert verb_group(list(tokens(text, 0, len(text))), at).edge == edge
