import pytest

from watchfloor.annotate.time_clock import TIME, part_of_day, written


@pytest.mark.parametrize(
    ("words", "timex"),
    [
        ("10 p.m.", "T22:00"),
        ("12 am", "T00:00"),
        ("7:15 p.m. EDT", "T19:15"),
        ("16:30 GMT", "T16:30"),
        ("midnight", "T24:00"),
        ("five", None),
        ("25:30", None),
        ("13 pm", None),
    ],
)
def test_a_time_by_the_clock_is_written_in_24_hours_without_its_zone(words: str, timex: str | None) -> None:
    found = TIME.fullmatch(words)

    assert (written(found) if found else None) == timex


@pytest.mark.parametrize(("words", "part"), [("overnight", "TNI"), ("early morning", "TMO"), ("knight", "")])
def test_a_part_of_the_day_has_its_sign(words: str, part: str) -> None:
    assert part_of_day(words) == part
