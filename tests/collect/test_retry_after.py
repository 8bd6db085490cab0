import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.collect.conftest import NOW

from watchfloor.collect.retry_after import read_retry_after

DAY = 86_400.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Mon, 05 Jan 2026 12:02:00 GMT", 120.0),
        ("Monday, 05-Jan-26 12:02:00 GMT", 120.0),
        ("Mon, 05 Jan 2026 14:02:00 +0200", 120.0),
        ("Mon, 05 Jan 2026 11:00:00 GMT", 0.0),
        ("Tue, 05 Jan 2027 12:00:00 GMT", DAY),
        ("9" * 400, DAY),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_a_wish_to_be_left_alone_is_read(value: str | None, seconds: float | None) -> None:
    assert read_retry_after(value, NOW, DAY) == seconds


@given(st.one_of(st.text(), st.from_regex(r"\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} [+-]?\w{3,4}")))
def test_any_value_gives_seconds_within_a_day_or_nothing(value: str) -> None:
    seconds = read_retry_after(value, NOW, DAY)

    assert seconds is None or 0 <= seconds <= DAY
