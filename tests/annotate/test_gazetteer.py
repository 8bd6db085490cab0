import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate import gazetteer


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("Poland", "POL"),
        ("the Polish presidency", "POL"),
        ("the North", "PRK"),
        ("N. Korea", "PRK"),
        ("D.P.R.K.", "PRK"),
        ("South Koreans", "KOR"),
        ("S. Korean", "KOR"),
        ("the U.S. Navy", "USA"),
        ("Washington", "USA"),
        ("the Kremlin's spokesman", "RUS"),
        ("Türkiye", "TUR"),
        ("NORWAY", "NOR"),
        ("NATO", "IGO"),
        ("the U.N. General Assembly", "IGO"),
        ("the European Commission", "IGO"),
    ],
)
def test_words_belong_to_a_country_or_to_a_body_of_many_states(words: str, country: str | None) -> None:
    assert gazetteer.country_of(words) == country


@pytest.mark.parametrize("words", ["", "us", "turkey", "the north wind", "South American", "inter-Korean", "it", "…"])
def test_words_that_name_no_country_belong_to_none(words: str) -> None:
    assert gazetteer.country_of(words) is None


def test_a_sea_is_not_the_country_in_its_name() -> None:
    assert gazetteer.countries_in("ships in the South China Sea") == []


def test_several_countries_are_found_with_their_places() -> None:
    text = "Norway and the Czech Republic-Poland border"

    assert [(text[start:end], code) for start, end, code in gazetteer.countries_in(text)] == [
        ("Norway", "NOR"),
        ("Czech Republic", "CZE"),
        ("Poland", "POL"),
    ]


def test_the_larger_of_two_cities_comes_first() -> None:
    found = gazetteer.candidates("Birmingham")

    assert [entry.country for entry in found][:2] == ["GBR", "USA"]


def test_a_country_given_decides_between_cities_of_one_name() -> None:
    entry = gazetteer.find("Birmingham", "USA")

    assert entry is not None
    assert entry.country == "USA"


def test_a_generic_word_is_no_part_of_the_name() -> None:
    entry = gazetteer.find("Texas state")

    assert entry is not None
    assert (entry.name, entry.kind) == ("Texas", "region")


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Honey Grove", "city", "USA"),
        ("Kiev", "city", "UKR"),
        ("Lipetsk region", "region", "RUS"),
        ("Lamar County", "county", "USA"),
        ("Republic of Armenia", "country", "ARM"),
        ("the Bay of Biscay", "feature", None),
        ("Greenland", "country", "GRL"),
    ],
)
def test_readings_hold_small_places_other_names_and_regions(name: str, kind: str, country: str | None) -> None:
    assert (kind, country) in {(one.kind, one.country) for one in gazetteer.readings(name)}


def test_a_place_of_two_sources_is_one_reading() -> None:
    regions = [one for one in gazetteer.readings("Texas") if one.kind == "region"]

    assert [(one.country, one.region) for one in regions] == [("USA", "TX")]


def test_a_name_alone_tells_no_small_town() -> None:
    assert gazetteer.candidates("Honey Grove") == ()


def test_every_country_has_a_centre_and_a_name() -> None:
    for name in ("Chad", "Fiji", "Laos", "Kosovo"):
        entry = gazetteer.find(name)
        assert entry is not None
        assert (entry.kind, gazetteer.country_name(entry.country or "")) == ("country", name)


def test_a_body_is_known_by_its_short_forms() -> None:
    assert gazetteer.body_name("the U.N. Security Council") == gazetteer.body_name("UNSC")


def test_a_demonym_is_told_from_a_name() -> None:
    assert gazetteer.is_demonym("Polish")
    assert gazetteer.is_country("Poland")
    assert not gazetteer.is_country("Polish")


@given(st.text())
def test_any_words_are_looked_up_without_an_error(words: str) -> None:
    gazetteer.find(words)

    for start, end, _ in gazetteer.countries_in(words):
        assert 0 <= start < end <= len(words)


SHAPES = st.sampled_from(
    ["{}", "the {}", "The {}", "{}'s", "{}’s", "‘{}", "{}.", "THE {}", "near {}, there", "{}-led talks"]
)


@given(data=st.data(), shape=SHAPES, shout=st.booleans())
def test_no_name_of_a_country_is_passed_over_for_its_first_word(data: st.DataObject, shape: str, shout: bool) -> None:
    name = data.draw(st.sampled_from(sorted(gazetteer._countries())))
    words = shape.format(name.upper() if shout else name)
    looked_at_all = _with_every_word(words)
    assert gazetteer.countries_in(words) == looked_at_all


def _with_every_word(words: str) -> list[tuple[int, int, str]]:
    """Return the countries found when every word is looked up."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gazetteer, "_may_begin", lambda _word: True)
        return list(gazetteer._found_inside(words))
