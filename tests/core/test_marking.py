from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from watchfloor.core.marking import LEVELS, Marking, combined, is_no_wider

NOW = datetime(2024, 11, 1, tzinfo=UTC)
MARKINGS = st.builds(
    Marking,
    level=st.sampled_from(LEVELS),
    releasable_to=st.frozensets(st.sampled_from("ABC")),
    caveats=st.lists(st.sampled_from(["one", "two"]), unique=True).map(tuple),
    originators=st.frozensets(st.sampled_from(["us", "them"])),
    expires=st.none() | st.integers(0, 3).map(lambda days: NOW + timedelta(days=days)),
)


def same(one: Marking, other: Marking) -> bool:
    return is_no_wider(one, other) and is_no_wider(other, one) and one.originators == other.originators


@given(st.lists(MARKINGS, min_size=1, max_size=5))
def test_what_is_derived_is_never_wider_than_anything_it_cites(parts: list[Marking]) -> None:
    whole = reduce(combined, parts)

    assert all(is_no_wider(whole, part) for part in parts)


@given(st.lists(MARKINGS, min_size=1, max_size=4))
def test_the_order_of_what_is_cited_changes_nothing(parts: list[Marking]) -> None:
    whole = reduce(combined, parts)

    assert all(same(whole, reduce(combined, order)) for order in permutations(parts))


@given(st.lists(MARKINGS, min_size=1, max_size=4))
def test_citing_the_same_twice_changes_nothing(parts: list[Marking]) -> None:
    assert reduce(combined, [*parts, *parts]) == reduce(combined, parts)


@given(MARKINGS, MARKINGS, MARKINGS)
def test_no_wider_is_an_order(one: Marking, two: Marking, three: Marking) -> None:
    assert is_no_wider(one, one)
    assert not (is_no_wider(one, two) and is_no_wider(two, three)) or is_no_wider(one, three)


@given(MARKINGS, MARKINGS)
def test_the_combined_marking_is_the_widest_that_satisfies_both(one: Marking, other: Marking) -> None:
    whole = combined(one, other)

    assert not (is_no_wider(one, other)) or (is_no_wider(whole, one) and is_no_wider(one, whole))


@given(MARKINGS)
def test_unmarked_is_the_strictest_of_all(marking: Marking) -> None:
    assert is_no_wider(None, marking)
    assert not is_no_wider(marking, None)
