import pytest

from watchfloor.annotate import titles
from watchfloor.annotate.tokens import Token, tokens


def words(text: str) -> list[Token]:
    return list(tokens(text, 0, len(text)))


@pytest.mark.parametrize(
    ("run", "title"),
    [
        ("Prime Minister Ana Ruiz", 2),
        ("Minister of Foreign Affairs Ana Ruiz", 4),
        ("First Deputy Defense Minister Ana Ruiz", 4),
        ("Rep. Ana Ruiz", 2),
        ("Ana Ruiz", 0),
    ],
)
def test_a_title_ends_where_the_name_begins(run: str, title: int) -> None:
    assert titles.length(words(run)) == title


def test_a_lower_case_title_reaches_back_over_its_country() -> None:
    assert titles.before(words("met with North Korean leader Kim"), 5) == 2


def test_an_apposition_with_a_role_is_a_title() -> None:
    run = words("Ana Ruiz, a professor at Delta University, said")

    assert titles.after(run, 2) == (3, 8)


def test_an_apposition_without_a_role_is_none() -> None:
    assert titles.after(words("Ana Ruiz, in Geneva, said"), 2) is None


def test_a_title_belongs_to_the_country_that_sends_not_to_the_one_that_receives() -> None:
    run = words("Russian ambassador to South Korea")

    assert titles.country(run, 0, len(run)) == "RUS"


def test_a_role_that_a_verb_follows_is_no_apposition() -> None:
    assert titles.after(words("Ruiz, NATO chief agree on talks"), 1) is None
