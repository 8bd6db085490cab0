import pytest

from watchfloor.watch.wording import (
    agreeing,
    between,
    count,
    grouped,
    listed,
    plural,
    quoted,
    sentence,
    shorten,
    unled,
    window,
)


@pytest.mark.parametrize(
    ("value", "text"), [(0, "no reports"), (1, "1 report"), (2, "2 reports"), (12000, "12,000 reports")]
)
def test_a_count_agrees_with_its_noun(value: int, text: str) -> None:
    assert count(value, "report") == text


@pytest.mark.parametrize(
    ("noun", "many"),
    [
        ("troop", "troops"),
        ("person", "people"),
        ("body", "bodies"),
        ("aircraft", "aircraft"),
        ("day", "days"),
        ("bus", "buses"),
    ],
)
def test_a_plural_is_the_english_one(noun: str, many: str) -> None:
    assert plural(noun) == many


def test_a_list_ends_in_and() -> None:
    assert listed(["Seoul", "Kyiv", "Paris"]) == "Seoul, Kyiv and Paris"


def test_a_list_of_one_or_none_has_no_and() -> None:
    assert (listed(["Seoul"]), listed([])) == ("Seoul", "")


def test_a_long_list_is_counted_at_its_end() -> None:
    assert listed(["a", "b", "c", "d"], most=2) == "a, b and 2 more"


def test_a_text_is_cut_after_a_word() -> None:
    assert shorten("they will lay railway track", 20) == "they will lay…"


def test_one_endless_word_is_cut_all_the_same() -> None:
    assert shorten("x" * 1_000_000, 20) == "x" * 19 + "…"


def test_a_text_that_fits_is_left_alone() -> None:
    assert shorten("they will", 9) == "they will"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ('"We will act."', "“We will act.”"),
        ("We will act,", "“We will act”"),
        ("that he would “wait”", "“he would ‘wait’”"),
        ("  two \n lines ", "“two lines”"),
        ("", ""),
    ],
)
def test_a_quotation_has_one_pair_of_marks(words: str, text: str) -> None:
    assert quoted(words) == text


def test_a_sentence_has_one_stop_and_a_large_letter() -> None:
    assert [sentence("he left"), sentence("He  left."), sentence("he said “no.”")] == [
        "He left.",
        "He left.",
        "He said “no.”",
    ]


def test_an_address_keeps_its_small_letter() -> None:
    assert sentence("example.org says so") == "example.org says so."


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (1, 2, "at least 1 and at most 2 origins"),
        (2, 2, "exactly 2 origins"),
        (0, 1, "no origin for certain, at most 1"),
        (0, 0, "no origin"),
    ],
)
def test_a_range_says_at_least_first(low: int, high: int, text: str) -> None:
    assert between(low, high, "origin") == text


def test_long_numbers_are_grouped_and_years_are_not() -> None:
    assert grouped("12000 in 2024, 1,500 before") == "12,000 in 2024, 1,500 before"


def test_a_window_always_holds_its_words() -> None:
    text = "word " * 100 + "more than 1 million soldiers" + " word" * 100

    assert "1 million soldiers" in window(text, "1 million soldiers", 60)
    assert len(window(text, "1 million soldiers", 60)) <= 60


def test_a_party_of_many_takes_the_plural_and_the_press_does_not() -> None:
    assert (agreeing("condemns it", "Kenyan opposition parties"), agreeing("denies it", "the press")) == (
        "condemn it",
        "denies it",
    )


def test_a_clause_is_worded_without_whose_word_it_is() -> None:
    assert unled("that, according to the coast guard, some 40 boats had left") == "some 40 boats had left"
