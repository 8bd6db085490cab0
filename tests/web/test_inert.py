import pytest

from watchfloor.web.inert import inert, shown


@pytest.mark.parametrize("code", [0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069])
def test_a_control_of_direction_is_shown_and_not_obeyed(code: int) -> None:
    assert inert(f"a{chr(code)}b") == f"a[U+{code:04X}]b"


def test_scripts_that_need_their_marks_keep_them() -> None:
    assert inert("שלום\u200f!") == "שלום\u200f!"


def test_a_half_character_cannot_break_the_page() -> None:
    assert inert("a\ud800b").encode() == "a\ufffdb".encode()


def test_a_text_is_cut_after_a_word_where_it_has_words() -> None:
    assert shown("one two three four", 12) == "one two…"
    assert shown("x" * 1_000_000, 12) == "x" * 11 + "…"
