from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate.gazetteer import readings
from watchfloor.annotate.place_choice import Name, apart, lies_in, settle
from watchfloor.annotate.place_file import Entry

TOWNS = ["Paris", "Lebanon", "Birmingham", "Kursk", "Georgia", "Atlanta", "Black Sea", "Fernwick", "Dallas", "Kyiv"]


def settled(*names: str, **countries: int) -> list[Entry | None]:
    return settle([Name(name, readings(name), 1) for name in names], countries)


def test_without_anything_else_the_larger_place_is_meant() -> None:
    (paris,) = settled("Paris")

    assert paris is not None
    assert paris.country == "FRA"


def test_near_places_decide_for_the_small_one() -> None:
    paris = settled("Paris", "Bonham", "Honey Grove", "Lamar County")[0]

    assert paris is not None
    assert (paris.country, paris.region) == ("USA", "TX")


def test_two_names_that_both_mean_many_places_decide_for_each_other() -> None:
    found = settled("Lebanon", "Boone County", "Zionsville")

    assert [(one.country, one.region) for one in found if one] == [("USA", "IN")] * 3


def test_a_country_that_the_report_names_draws_its_cities_in() -> None:
    (cambridge,) = settle([Name("Cambridge", readings("Cambridge"), 1)], {"USA": 9})

    assert cambridge is not None
    assert cambridge.country == "USA"


def test_a_name_without_readings_has_no_place() -> None:
    assert settled("Upper Fernwick Nowhere") == [None]


def test_a_name_that_is_called_a_region_is_one() -> None:
    (found,) = settle([Name("Lipetsk", readings("Lipetsk"), 1, area=True)], {})

    assert found is not None
    assert found.kind == "region"


def test_a_city_lies_in_its_region_and_not_in_another() -> None:
    (texas,) = (one for one in readings("Texas") if one.kind == "region")
    dallas = max(readings("Dallas"), key=lambda one: one.people)

    assert lies_in(dallas, [texas])
    assert not lies_in(texas, [texas])


def test_a_place_is_no_way_from_itself() -> None:
    (oslo, *_) = readings("Oslo")

    assert apart(oslo, oslo) == 0.0


@given(st.lists(st.sampled_from(TOWNS), unique=True), st.dictionaries(st.sampled_from(["USA", "FRA"]), st.integers(0)))
def test_any_names_get_one_of_their_own_readings(names: list[str], countries: dict[str, int]) -> None:
    found = settle([Name(name, readings(name), 2) for name in names], countries)

    assert all(one in readings(name) if readings(name) else one is None for name, one in zip(names, found, strict=True))
