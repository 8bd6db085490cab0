from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate.trees import heads

Rows = list[list[float]]


def table(size: int) -> st.SearchStrategy[Rows]:
    """Arc scores of a sentence: whole numbers, so that sums are exact."""
    point = st.integers(-9, 9).map(float)
    return st.lists(st.lists(point, min_size=size + 1, max_size=size + 1), min_size=size, max_size=size)


def is_tree(found: tuple[int, ...]) -> bool:
    """Tell whether there is one root, and every word comes to it."""
    if found.count(0) != 1:
        return False
    for word in range(1, len(found) + 1):
        at = word
        for _ in found:
            at = found[at - 1] if at else 0
        if at:
            return False
    return True


def total(arcs: Rows, found: tuple[int, ...]) -> float:
    return sum(row[head] for row, head in zip(arcs, found, strict=True))


def parse(arcs: Rows) -> tuple[int, ...]:
    return tuple(heads(np.array(arcs, dtype=np.float32)))


@given(st.integers(1, 4).flatmap(table))
def test_no_tree_with_one_root_scores_more_than_the_one_found(arcs: Rows) -> None:
    size = len(arcs)
    found = parse(arcs)

    assert is_tree(found)
    assert total(arcs, found) == max(
        total(arcs, tree) for tree in product(range(size + 1), repeat=size) if is_tree(tree)
    )


@given(st.integers(1, 9).flatmap(table))
def test_any_scores_give_one_root_that_every_word_comes_to(arcs: Rows) -> None:
    assert is_tree(parse(arcs))


def test_the_best_head_of_each_word_is_taken_where_that_is_a_tree() -> None:
    assert parse([[0, 0, 9, 0], [9, 0, 0, 0], [0, 0, 9, 0]]) == (2, 0, 2)


def test_a_cycle_is_broken_where_that_costs_least() -> None:
    assert parse([[5, 0, 9], [1, 9, 0]]) == (0, 1)


def test_of_two_words_that_want_to_be_the_root_one_is() -> None:
    assert parse([[9, 0, 3], [8, 1, 0]]) == (2, 0)


def test_the_root_need_not_be_the_word_that_looks_most_like_one() -> None:
    assert parse([[3, 0, 9], [2, 4, 0]]) == (2, 0)


def test_a_word_is_never_its_own_head() -> None:
    assert parse([[0, 9]]) == (0,)
