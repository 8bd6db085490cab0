from watchfloor.annotate.tokens import tokens


def words(text: str) -> list[str]:
    return [token.text for token in tokens(text, 0, len(text))]


def test_an_abbreviation_a_number_and_a_compound_are_one_token_each() -> None:
    assert words("U.N. envoys counted 12,500 step-by-step.") == [
        "U.N.",
        "envoys",
        "counted",
        "12,500",
        "step-by-step",
        ".",
    ]


def test_a_possessive_is_a_token_of_its_own_and_an_apostrophe_inside_a_name_is_not() -> None:
    assert words("O'Brien’s map") == ["O'Brien", "’s", "map"]


def test_offsets_count_in_the_whole_text() -> None:
    (token,) = tokens("one two three", 4, 7)

    assert (token.text, token.start, token.end) == ("two", 4, 7)
