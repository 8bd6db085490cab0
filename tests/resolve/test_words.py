from hypothesis import given
from hypothesis import strategies as st

from watchfloor.resolve import arabic, chinese, numerals, scripts, vietnamese
from watchfloor.resolve.given_names import distinct, related
from watchfloor.resolve.words import alike

WORDS = st.lists(st.from_regex(r"[a-z0-9]{1,9}", fullmatch=True), max_size=8)


def test_a_swap_of_letters_costs_less_than_a_wrong_letter() -> None:
    assert alike("nordwind", "nrodwind")[0] > alike("nordwind", "nordwond")[0] > 0


def test_two_known_given_names_are_never_a_slip() -> None:
    assert alike("hassan", "hussein") == (0.0, None)
    assert not distinct("hassan", "hasan")


def test_a_name_in_another_language_is_told_from_a_short_form() -> None:
    assert related("serhii", "sergei") == "the given name in another language"
    assert related("bob", "robert") == "a short form of the given name"


def test_a_roman_numeral_counts_only_behind_a_word() -> None:
    assert numerals.plain(["vi", "holding", "ii"]) == ["vi", "holding", "2"]


def test_a_type_of_weapon_keeps_its_digits() -> None:
    assert [numerals.letters(word) for word in ("mig29", "s300", "t72b3")] == ["mig29", "s300", "t72b3"]


def test_a_hyphen_makes_a_given_name_wade_giles() -> None:
    assert chinese.same("Han Kuo-yu", "Han Guoyu")
    assert chinese.same("Han Kuoyu", "Han Guoyu") is False


@given(WORDS)
def test_words_in_arabic_form_stay_words(words: list[str]) -> None:
    plain = arabic.plain(words)

    assert all(plain)
    assert len(plain) <= len(words)


@given(WORDS)
def test_numbers_made_plain_are_words(words: list[str]) -> None:
    plain = numerals.plain(words)

    assert all(plain)
    assert len(plain) <= len(words)


@given(st.text(max_size=60))
def test_any_text_can_be_read_as_a_name(text: str) -> None:
    assert scripts.latin(text).isascii()
    chinese.readings(text)
    vietnamese.parts(text)


@given(st.text(max_size=12), st.text(max_size=12))
def test_words_are_alike_in_both_directions(left: str, right: str) -> None:
    assert alike(left, right)[0] == alike(right, left)[0]
