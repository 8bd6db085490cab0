from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from watchfloor.annotate.chains import CERTAIN, Chain, Labelled, best, spans, transitions

LABELS = ("O", "B-cue", "I-cue", "B-source", "I-source")
SIZE = len(LABELS)
POINTS = st.integers(-9, 9).map(float)  # whole numbers: sums are exact
ROW = st.tuples(*[POINTS] * SIZE)
CHAINS = st.builds(Chain, st.just(LABELS), ROW, st.tuples(*[ROW] * SIZE)) | st.just(Chain(LABELS, None, None))


def sequence(*labels: str) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return np.array([LABELS.index(label) for label in labels], dtype=np.int64)


def well_formed(path: tuple[int, ...]) -> bool:
    labels = ["O", *(LABELS[number] for number in path)]
    return all(not after.startswith("I-") or before in ("B" + after[1:], after) for before, after in pairwise(labels))


def total(chain: Chain, scores: list[tuple[float, ...]], path: tuple[int, ...]) -> float:
    own = sum(row[number] for row, number in zip(scores, path, strict=True))
    begun = chain.start[path[0]] if chain.start else 0.0
    followed = sum(chain.follow[before][after] for before, after in pairwise(path)) if chain.follow else 0.0
    return own + begun + followed


def allowed(scores: list[tuple[float, ...]], path: tuple[int, ...]) -> bool:
    """Tell whether a sequence is well formed, and outside of every span where that is certain."""
    certain = [row[0] - max(row[1:]) >= CERTAIN for row in scores]
    return well_formed(path) and not any(number and sure for number, sure in zip(path, certain, strict=True))


@given(CHAINS, st.lists(ROW, min_size=1, max_size=4))
@example(Chain(LABELS, None, None), [(20.0, 0.0, 0.0, 0.0, 0.0), (0.0, 0.0, 9.0, 0.0, 0.0), (20.0, 0.0, 0.0, 0.0, 0.0)])
def test_no_well_formed_sequence_scores_more_than_the_best(chain: Chain, scores: list[tuple[float, ...]]) -> None:
    found = tuple(best(np.array(scores, dtype=np.float32), *transitions(chain)).tolist())
    paths = (path for path in product(range(SIZE), repeat=len(scores)) if allowed(scores, path))

    assert allowed(scores, found)
    assert total(chain, scores, found) == max(total(chain, scores, path) for path in paths)


@given(CHAINS, st.lists(st.tuples(*[st.floats(-1e4, 1e4, width=32)] * SIZE), min_size=1, max_size=30))
def test_an_inner_label_never_comes_without_its_beginning(chain: Chain, scores: list[tuple[float, ...]]) -> None:
    assert well_formed(tuple(best(np.array(scores, dtype=np.float32), *transitions(chain)).tolist()))


def test_a_beginning_is_chosen_where_only_the_inside_of_a_span_is_seen() -> None:
    inside = np.array([[0, 0, 5, 0, 0], [0, 0, 5, 0, 0]], dtype=np.float32)

    assert best(inside, *transitions(Chain(LABELS, None, None))).tolist() == sequence("B-cue", "I-cue").tolist()


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (["O", "O"], []),
        (["B-cue"], [Labelled(0, 1, "cue")]),
        (["O", "B-cue", "I-cue"], [Labelled(1, 3, "cue")]),
        (["B-cue", "B-cue"], [Labelled(0, 1, "cue"), Labelled(1, 2, "cue")]),
        (["B-source", "I-source", "O", "B-cue"], [Labelled(0, 2, "source"), Labelled(3, 4, "cue")]),
    ],
)
def test_a_span_goes_from_its_beginning_to_its_last_inner_label(labels: list[str], found: list[Labelled]) -> None:
    assert spans(sequence(*labels), LABELS) == found
