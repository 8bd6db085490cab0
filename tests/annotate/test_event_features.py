from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate.event_features import BLOCKS, BUCKETS, grams, letters, masked, numbers, words


def test_each_side_is_its_letter() -> None:
    text = "Norway thanked Denmark for Norway's fish."

    assert masked(text, (0, len(text)), [((0, 6), "A"), ((15, 22), "B")]) == "A thanked B for Norway's fish."


def test_the_numbers_of_a_block_lie_in_it() -> None:
    for block, (first, size) in BLOCKS.items():
        found = numbers(["one", "two", "three"], block)

        assert all(first <= one < first + size <= BUCKETS for one in found)


spans = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda one: (min(one), max(one)))


@given(st.text(max_size=60), spans, spans)
def test_any_text_and_sides_give_features(text: str, actor: tuple[int, int], recipient: tuple[int, int]) -> None:
    said = words(masked(text, (0, len(text)), [(actor, "A"), (recipient, "B")]))

    assert numbers(grams(said), "w") == sorted(set(numbers(grams(said), "w")))
    assert all(3 <= len(one) <= 5 for one in letters(said))
