from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate.anchors import anchor, found

WORDS = st.text(alphabet="ab .\n", max_size=60)


def test_words_are_found_where_they_moved_to() -> None:
    held = anchor("The envoy met Ann Lee in Port Lund.", 14, 21)

    text = "Updated. The envoy met Ann Lee in Port Lund on Monday."
    place = found(text, held)

    assert place is not None
    assert text[slice(*place)] == "Ann Lee"


def test_of_equal_words_those_with_the_same_neighbours_are_meant() -> None:
    before = "Lee spoke. Then Lee denied it."
    held = anchor(before, 16, 19)

    after = "Lee was asked. Lee spoke. Then Lee denied it, and Lee left."

    assert found(after, held) == (31, 34)


def test_words_that_are_not_there_are_not_found() -> None:
    assert found("Nobody came.", anchor("Ann Lee came.", 0, 7)) is None


@given(text=WORDS, data=st.data())
def test_words_of_a_text_are_found_in_it_and_what_is_found_is_the_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    held = anchor(text, start, end)

    assert found(text, held) == ((start, end) if end > start else None)
    other = data.draw(WORDS)
    place = found(other, held)
    assert place is None or other[slice(*place)] == held.quote
