import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate.ways import plain, way


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("“It leaks,” Governor Jan Vos wrote on X on Friday.", "X"),
        ("In a Telegram post, Governor Jan Vos said that three boats sank.", "Telegram"),
        ("Ana Ruiz said in a statement that it leaks.", "a statement"),
        ("Ana Ruiz said in an interview with the Oslo Herald that it leaks.", "Oslo Herald"),
        ("“It leaks,” Ana Ruiz told state television.", "state television"),
        ("“It leaks,” Ana Ruiz told TASS.", "TASS"),
        ("“It leaks,” Ana Ruiz was quoted as saying by Interfax.", "Interfax"),
        ("In a letter to the council, Ambassador Li Wen demanded a truce.", "a letter"),
        ("Ana Ruiz told reporters in Oslo that it leaks.", None),
        ("Ana Ruiz told Jan Vos that it leaks.", None),
        ("Ana Ruiz said it leaks.", None),
    ],
)
def test_a_statement_names_the_way_it_came(text: str, channel: str | None) -> None:
    assert way(text, (0, len(text)), []) == channel


def test_what_is_said_names_no_way() -> None:
    text = "Ana Ruiz said he had told TASS that it leaks."

    assert way(text, (0, len(text)), [(text.index("he"), len(text) - 1)]) is None


def test_who_is_told_is_no_way_and_a_day_is_no_part_of_one() -> None:
    assert (plain("reporters"), plain("X on Friday"), plain(None)) == (None, "X", None)


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_any_sentence_is_read(text: str, start: int, end: int) -> None:
    found = way(text, (0, len(text)), [(min(start, end), max(start, end))])

    assert found is None or found
