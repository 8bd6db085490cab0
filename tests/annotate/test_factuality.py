import pytest

from watchfloor.annotate.factuality import Clauses, Factuality


def told(text: str, words: str) -> Factuality | None:
    start = text.index(words)
    return Clauses(text, [(0, len(text))]).of_stretch(start, start + len(words))


@pytest.mark.parametrize(
    ("text", "content", "polarity", "modality", "tense"),
    [
        ("Ana Bell said the ships left the port.", "the ships left the port", "positive", "certain", "past"),
        ("Ana Bell said the port is open.", "the port is open", "positive", "certain", "present"),
        ("Ana Bell said the ships will leave.", "the ships will leave", "positive", "certain", "future"),
        ("Ana Bell said the army would not withdraw.", "the army would not withdraw", "negative", "certain", "future"),
        ("Ana Bell said the ships may have left.", "the ships may have left", "positive", "possible", "past"),
        ("Ana Bell vowed to close the port.", "to close the port", "positive", "certain", "future"),
    ],
)
def test_whether_how_surely_and_when_are_read_apart(
    text: str, content: str, polarity: str, modality: str, tense: str
) -> None:
    assert told(text, content) == (polarity, modality, tense)


def test_the_words_of_saying_do_not_bear_on_what_is_said() -> None:
    assert told("Ana Bell never said that the ships left.", "that the ships left") == ("positive", "certain", "past")


def test_a_stretch_without_words_tells_nothing() -> None:
    assert Clauses("", []).of_stretch(0, 4) is None
