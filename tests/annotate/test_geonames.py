from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate.geonames import BadRow, codes, entries


def row(number: int, name: str, kind: str, *, others: str = "", country: str = "NO", people: int = 0) -> str:
    kind_class, code = kind.split(".")
    fields = [str(number), name, name, others, "60.5", "5.25", kind_class, code, country, "", "08", "", "", ""]
    return "\t".join([*fields, str(people), "", "", "Europe/Oslo", "2024-01-01"])


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("P.PPL", "city"), ("A.ADM1", "region"), ("A.ADM2", "county"), ("A.PCLI", "country"), ("H.STM", "feature")],
)
def test_a_row_becomes_a_place_of_its_kind(kind: str, expected: str) -> None:
    ((name, entry),) = entries([row(7, "Fernwick", kind)])

    assert (name, entry.kind, entry.country, entry.geonames_id) == ("Fernwick", expected, "NOR", 7)


@pytest.mark.parametrize("kind", ["S.SCH", "R.RD", "P.PPLH"])
def test_schools_roads_and_places_no_longer_there_are_left_out(kind: str) -> None:
    assert list(entries([row(7, "Fernwick", kind)])) == []


def test_a_town_is_found_by_its_other_names_marked_as_such() -> None:
    found = dict(entries([row(7, "Fernwick", "P.PPL", others="Fernvik,FWK,Фернвик", people=90_000)]))

    assert {name: entry.alias for name, entry in found.items()} == {"Fernwick": False, "Fernvik": True}


def test_a_region_is_found_without_the_word_for_its_kind() -> None:
    found = dict(entries([row(7, "Fernwick Oblast", "A.ADM1")]))

    assert set(found) == {"Fernwick Oblast", "Fernwick"}


def test_a_capital_is_marked_as_the_seat_of_government() -> None:
    ((_, entry),) = entries([row(7, "Fernwick", "P.PPLC")])

    assert entry.seat


@pytest.mark.parametrize(
    "line", ["one field", "a\tb", row(7, "Fernwick", "P.PPL").replace("60.5", "north"), row(7, "F", "P.PPL") + "\tmore"]
)
def test_a_line_that_is_none_of_a_dump_is_refused_with_its_number(line: str) -> None:
    with pytest.raises(BadRow, match="line 2 "):
        list(entries([row(6, "Fernwick", "P.PPL"), line]))


def test_a_country_code_has_three_letters_too() -> None:
    assert codes()["NO"] == "NOR"


@given(st.text())
def test_any_line_is_read_or_refused(line: str) -> None:
    with suppress(BadRow):
        list(entries([line]))
