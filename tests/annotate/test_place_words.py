import pytest

from watchfloor.annotate.place_words import choose, short_state, state
from watchfloor.annotate.places import readings


def where(text: str, *names: str) -> list[tuple[str | None, str | None]]:
    spans = sorted((text.index(name), text.index(name) + len(name)) for name in names)
    return [(one.country, one.region) if one else (None, None) for one in choose(text, spans, readings, {})]


@pytest.mark.parametrize(
    "text", ["Paris, Texas", "Paris, Tex.", "Paris, TX", "Paris (Texas)", "Paris in Texas", "Paris, in Texas"]
)
def test_the_region_named_after_a_place_decides(text: str) -> None:
    names = ("Paris", "Texas") if "Texas" in text else ("Paris",)

    assert where(text, *names)[0] == ("USA", "TX")


def test_a_country_named_after_a_place_decides() -> None:
    assert where("Snow in Victoria, Seychelles.", "Victoria", "Seychelles")[0][0] == "SYC"


def test_what_is_said_once_holds_for_the_whole_report() -> None:
    text = "Fire in Vienna. It began in Vienna, Virginia, at night."
    first = (text.index("Vienna"), text.index("Vienna") + 6)
    second = (text.rindex("Vienna"), text.rindex("Vienna") + 6)
    third = (text.index("Virginia"), text.index("Virginia") + 8)

    found = choose(text, [first, second, third], readings, {})

    assert [one.country for one in found if one] == ["USA"] * 3


def test_a_list_of_places_says_nothing_of_one_lying_in_the_other() -> None:
    assert where("Talks in Paris, London and Rome.", "Paris", "London", "Rome")[0][0] == "FRA"


def test_the_home_of_the_outlet_speaks_for_its_region() -> None:
    text = "The bridge at Cambridge is closed."
    span = (text.index("Cambridge"), text.index("Cambridge") + 9)

    (found,) = choose(text, [span], readings, {}, readings("Boston"))

    assert found is not None
    assert found.region == "MA"


@pytest.mark.parametrize(
    ("words", "known"),
    [("Tex.", "Texas"), ("B.C.", "British Columbia"), ("KY", "Kentucky"), ("Ky", None), ("Mr.", None)],
)
def test_a_short_form_of_a_state_needs_its_stop_or_its_capitals(words: str, known: str | None) -> None:
    found = short_state(words)

    assert (found and found[1]) == known


def test_a_short_form_is_read_after_a_comma_only() -> None:
    assert state("Paris, Tex. is small", 5) is not None
    assert state("Paris La Defense", 5) is None
