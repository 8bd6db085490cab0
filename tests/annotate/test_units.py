import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate import units


@pytest.mark.parametrize(
    ("text", "unit", "counted"),
    [
        (" soldiers left", "troop", None),
        (" Polish servicewomen left", "troop", "Polish servicewomen"),
        (" cruise missiles", "missile", "cruise missiles"),
        (" rounds of ammunition", "round", None),
        (" bridges were rebuilt", "bridge", None),
        (" ferries sank", "ferry", None),
        (" per cent of them", "percent", "per cent"),
    ],
)
def test_the_first_plural_is_the_unit(text: str, unit: str, counted: str | None) -> None:
    noun = units.noun_after(text, 0, len(text), one=False)

    assert noun is not None
    assert (noun.unit, noun.counted) == (unit, counted)


@pytest.mark.parametrize("text", ["", " of the bridge", " was enough", ", bridges", " Bridges Road"])
def test_where_no_plural_follows_nothing_is_counted(text: str) -> None:
    assert units.noun_after(text, 0, len(text), one=False) is None


@given(st.text(), st.booleans())
def test_any_text_gives_a_noun_inside_it_or_none(text: str, one: bool) -> None:
    noun = units.noun_after(text, 0, len(text), one=one)

    assert noun is None or 0 < noun.end <= len(text)
