from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.fuse.holders import LEAST_IN_SAMPLE, MOST_HOLDERS, WINDOW_DAYS, Holders, Met, closest

NAN = float("nan")


def samples(*given: list[int]) -> list[Any]:
    return [np.asarray(one, dtype=np.uint32) for one in given]


def pairs(met: Met) -> list[tuple[int, int, int]]:
    return list(zip(met.children.tolist(), met.holders.tolist(), met.shared.tolist(), strict=True))


def by_hand(days: list[float], given: list[list[int]]) -> list[tuple[int, int, int]]:
    """Count, hash by hash, the earliest holders near in time, those without a day apart."""
    found: dict[tuple[int, int], int] = {}
    for child, hashes in enumerate(given):
        for hash_ in set(hashes):
            before = [number for number in range(child) if hash_ in given[number]]
            near = [number for number in before if not abs(days[number] - days[child]) > WINDOW_DAYS]
            dated = [number for number in near if days[number] == days[number]][:MOST_HOLDERS]
            for number in dated + [number for number in near if days[number] != days[number]][:MOST_HOLDERS]:
                found[child, number] = found.get((child, number), 0) + 1
    return sorted((c, h, count) for (c, h), count in found.items() if count >= LEAST_IN_SAMPLE)


TIMES = st.lists(st.integers(0, 6) | st.none(), max_size=40)


@given(steps=TIMES, sizes=st.lists(st.integers(1, 9), min_size=1), data=st.data())
def test_whatever_the_batches_the_earliest_holders_near_in_time_are_found(
    steps: list[int | None], sizes: list[int], data: st.DataObject
) -> None:
    days: list[float] = []
    day = 700_000
    for step in steps:
        day += step or 0
        days.append(NAN if step is None else float(day))
    one = st.lists(st.integers(1, 6), max_size=6)
    given_ = data.draw(st.lists(one, min_size=len(days), max_size=len(days)))
    index, found, at = Holders(), [], 0
    while at < len(days):
        size = sizes[at % len(sizes)]
        found += pairs(index.meet(np.asarray(days[at : at + size]), samples(*given_[at : at + size]))[1])
        at += size

    assert sorted(found) == by_hand(days, given_)


def test_no_more_than_the_earliest_holders_of_a_hash_are_looked_at() -> None:
    count = MOST_HOLDERS + 20

    _, met = Holders().meet(np.full(count, 700_000.0), samples(*[[4, 8]] * count))

    assert met.holders.max() == MOST_HOLDERS - 1


def test_earlier_and_later_ones_are_found_around_a_report() -> None:
    index = Holders()
    index.add(np.asarray([700_000.0, 700_010.0, 700_030.0]), samples([4, 8], [4, 8], [4, 8]))

    assert pairs(index.around(np.asarray([700_005.0]), samples([4, 8, 12]))) == [(0, 0, 2), (0, 1, 2)]


@pytest.mark.parametrize(("shared", "close"), [([10, 9, 6], [1, 2]), ([2, 2, 2], [1, 2, 3])])
def test_those_who_share_about_as_much_as_any_are_close(shared: list[int], close: list[int]) -> None:
    met = Met(np.zeros(3, dtype=np.int64), np.asarray([1, 2, 3]), np.asarray(shared))

    assert closest(met) == {0: close}


def test_nothing_asked_gives_nothing() -> None:
    assert closest(Holders().meet(np.asarray([NAN]), samples([]))[1]) == {}
