import pytest

from watchfloor.clean import host_memory
from watchfloor.clean.host_memory import Memory, Seen
from watchfloor.clean.labels import Label, Labels
from watchfloor.clean.units import lines

REPORT = (
    "The river Aar rose by two metres on Sunday night, the water board of Lower Norddal said in a statement.",
    "Some forty families left their homes before dawn and found shelter in the school on the hill, it added.",
)
PITCH = "Get the morning letter of the Courier, free and with all the news of the valley."
LONG = f"{' '.join(['The board met again and said that the water would go down by the evening'] * 3)}."


def taken(
    *said: str, seen: dict[str, int], pages: int, counted: bool = False, labels: Labels | None = None
) -> set[str]:
    text = "\n".join(said)
    found = lines(text)
    memory = Memory(
        pages, {host_memory.key(line): Seen(count, "2025-03-01", "2025-03-04") for line, count in seen.items()}, counted
    )
    judged = host_memory.furniture(found, labels or [None] * len(found), host_memory.keys(text, found), memory)
    return {said[index] for index, _ in judged}


def test_a_line_that_another_page_prints_is_furniture_from_the_third_page_on() -> None:
    assert taken(*REPORT, PITCH, seen={PITCH: 1}, pages=2) == {PITCH}
    assert taken(*REPORT, PITCH, seen={PITCH: 1}, pages=1) == set()


def test_a_page_that_was_counted_is_not_counted_again() -> None:
    assert taken(*REPORT, PITCH, seen={PITCH: 1}, pages=3, counted=True) == set()
    assert taken(*REPORT, PITCH, seen={PITCH: 2}, pages=3, counted=True) == {PITCH}


@pytest.mark.parametrize(("others", "gone"), [(1, set()), (2, {LONG})])
def test_a_long_paragraph_must_stand_on_three_pages(others: int, gone: set[str]) -> None:
    assert taken(LONG, *REPORT * 3, seen={LONG: others}, pages=9) == gone


def test_a_page_that_is_known_for_the_most_part_is_the_same_report_at_another_address() -> None:
    assert taken(*REPORT, PITCH, seen=dict.fromkeys((*REPORT, PITCH), 2), pages=9) == set()


def test_what_a_rule_has_judged_is_left_to_it() -> None:
    labels: Labels = [None, None, Label("credit", "said by a rule")]

    assert taken(*REPORT, PITCH, seen={PITCH: 5}, pages=9, labels=labels) == set()


def test_nothing_is_known_of_a_host_never_seen() -> None:
    assert taken(*REPORT, seen={}, pages=0) == set()
