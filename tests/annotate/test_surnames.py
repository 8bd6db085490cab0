import pytest

from watchfloor.annotate.surnames import stands_alone, surname
from watchfloor.annotate.tokens import Token, tokens


def words(text: str) -> list[Token]:
    return list(tokens(text, 0, len(text)))


@pytest.mark.parametrize(
    ("name", "family"), [("Ana Ruiz", "Ruiz"), ("Hong Gil-dong", "Hong"), ("Ursula von der Berg", "Berg")]
)
def test_the_surname_is_the_last_word_but_in_korean_the_first(name: str, family: str) -> None:
    assert surname(words(name)) == family


@pytest.mark.parametrize(
    ("text", "at", "person"),
    [
        ("Varga's office left", 0, True),
        ("Later, Varga called for calm", 2, True),
        ("Later, Norway called for calm", 2, False),
        ("Later, Pentagon called for calm", 2, False),
        ("Grain called at the port", 0, False),
    ],
)
def test_a_lone_word_is_a_surname_by_how_it_is_used(text: str, at: int, person: bool) -> None:
    assert stands_alone(words(text), at) is person
