from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate.hedged_numbers import widened


@given(st.integers(0, 10**12), st.sampled_from([None, "some", "nearly", "over", "at least", "up to", "under", "or so"]))
def test_a_hedge_keeps_the_bounds_in_order(figure: int, hedge: str | None) -> None:
    low, high = widened(figure, hedge)

    assert low >= 0
    assert high is None or low <= high
