from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.clean import bylines
from watchfloor.clean.units import units
from watchfloor.core.report import Report

Cleaned = Callable[..., Report]


def names(line: str) -> tuple[str, ...] | None:
    found = bylines.parse(units(line)[0])
    return found.names if found else None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Mara Lindqvist", ("Mara Lindqvist",)),
        ("BY MARA LINDQVIST [m@courier.example]", ("MARA LINDQVIST",)),
        ("Mara Lindqvist, Ole Berg 2025. 3. 2. 18:01", ("Mara Lindqvist", "Ole Berg")),
        ("By Mara Lindqvist and Ole Berg in Norddal", ("Mara Lindqvist", "Ole Berg")),
        ("By Anna van Oosten, Staff Writer", ("Anna van Oosten",)),
        ("Reporter Min Ji-ho [email protected]", ("Min Ji-ho",)),
        ("Von Jürgen Weiß", ("Jürgen Weiß",)),
        ("김민지 기자 minji@courier.example", ("김민지",)),
        ("By Mara Lindqvist | Updated: 2 March 2025", ("Mara Lindqvist",)),
    ],
)
def test_a_byline_gives_its_names(line: str, expected: tuple[str, ...]) -> None:
    assert names(line) == expected


@pytest.mark.parametrize(
    "line", ["By Sunday the water fell", "Mara Lindqvist", "By", "By the old mill", "River floods town 2025-03-02"]
)
def test_a_line_without_names_or_without_a_sign_is_no_byline(line: str) -> None:
    assert names(line) is None


def test_a_name_in_capitals_is_set_in_the_usual_case(cleaned: Cleaned) -> None:
    report = cleaned("BY MARA O'NEILL-BERG\n\nThe river rose by two metres on Sunday night, the water board said.")

    assert report.authors == ("Mara O'Neill-Berg",)


def test_the_domain_of_the_writers_address_tells_the_outlet(cleaned: Cleaned) -> None:
    report = cleaned(
        "The river rose by two metres on Sunday night, said the board.\n\nMara Berg m.berg@courier.example"
    )

    assert (report.outlet, report.outlet_how) == ("courier.example", "domain of the writer's mail address")


@given(st.text(max_size=250))
def test_any_line_has_an_answer(line: str) -> None:
    for unit in units(line):
        bylines.parse(unit)
        bylines.is_date_line(unit)


def test_an_agency_or_the_outlet_is_no_author(cleaned: Cleaned) -> None:
    text = "By Fjord Press\n\nNORDDAL, March 2 (Fjord Press) -- The river rose on Sunday night, the water board said."

    assert cleaned(text, outlet="Courier").authors == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Norddal Courier newsroom, 2 March 2025", True),
        ("2 March 2025 · Read on site", True),
        ("The town of Norddal flooded 2 March 2025", False),
    ],
)
def test_a_newsroom_or_a_control_beside_a_day_leaves_a_date_line(line: str, expected: bool) -> None:
    assert bylines.is_date_line(units(line)[0]) is expected


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("Estuary Ledger, 3 March 2026", "Estuary Ledger"),
        ("The Harbour Post | March 3, 2026", "The Harbour Post"),
        ("Port Elra, 3 March 2026", None),
    ],
)
def test_a_paper_that_stands_before_the_day_is_the_outlet_and_a_town_is_none(
    cleaned: Cleaned, line: str, outlet: str | None
) -> None:
    report = cleaned(
        f"Lock shut for repairs\n\nBy Ruth Amadi\n{line}\n\nPORT ELRA - The lock was shut on Tuesday, the harbour said."
        "\n\nNobody knew when it would open again, and nobody was asked.\n"
    )

    assert report.outlet == outlet
