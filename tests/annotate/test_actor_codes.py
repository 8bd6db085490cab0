"""Who an actor is: country and sector of a phrase."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchfloor.annotate.actor_codes import code_of


@pytest.mark.parametrize(
    ("phrase", "country", "sector"),
    [
        ("the Peruvian interior ministry", "PER", "GOV"),
        ("members of the Sri Lankan army", "LKA", "MIL"),
        ("dozens of heavily armed riot police", None, "COP"),
        ("South Korea's spy agency", "KOR", "SPY"),
        ("a delegation of Kazakh lawmakers", "KAZ", "LEG"),
        ("Turkish prosecutors", "TUR", "JUD"),
        ("a coalition of opposition parties", None, "PTY"),
        ("Sudanese paramilitary leader", "SDN", "PRM"),
        ("striking dockworkers in Antwerp", "BEL", "LAB"),
        ("a hospital in Gaza", "PSE", "MED"),
        ("teachers' union in Kenya", "KEN", "LAB"),
        ("the Bangkok Post", "THA", "JRN"),
        ("the University of Cape Town", "ZAF", "EDU"),
        ("the Archbishop of Nairobi", "KEN", "REL"),
        ("Somali pirates", "SOM", "CRM"),
        ("Rohingya refugees in Bangladesh", "BGD", "REF"),
        ("gunmen on motorcycles", None, "UAF"),
        ("Israeli settlers", "ISR", "CVL"),
    ],
)
def test_the_head_of_a_phrase_says_what_somebody_is_and_its_country_whose(
    phrase: str, country: str | None, sector: str | None
) -> None:
    found = code_of(phrase)

    assert (found.country, found.sector) == (country, sector)


@pytest.mark.parametrize(
    ("phrase", "country", "sector"),
    [
        ("spokesman for the Taliban", "AFG", "REB"),
        ("the president of Harvard University", "USA", "EDU"),
        ("president of the Saeima", "LVA", "LEG"),
        ("a Gazprom executive", "RUS", "BUS"),
        ("Hamas-run health ministry", "PSE", "GOV"),
        ("Doctors Without Borders", "FRA", "NGO"),
        ("Transnistria", "MDA", "PRE"),
        ("the Kenyan Red Cross", "KEN", "NGO"),
    ],
)
def test_a_known_body_says_more_than_a_head_that_says_little(
    phrase: str, country: str | None, sector: str | None
) -> None:
    found = code_of(phrase)

    assert (found.country, found.sector) == (country, sector)


@pytest.mark.parametrize(
    ("day", "sector"), [("2004-05-01", None), ("2012-03-05", "GOV"), ("2023-05-02", "ELI"), (None, "GOV")]
)
def test_the_day_decides_whether_an_office_is_still_held(day: str | None, sector: str | None) -> None:
    assert code_of("Angela Merkel", day=day).sector == sector


def test_then_keeps_the_office_of_the_time_told_of_and_former_ends_it() -> None:
    assert code_of("then-Prime Minister Imran Khan", day="2024-10-21").sector == "GOV"
    assert code_of("former Bolivian president Evo Morales", day="2010-10-21").sector == "ELI"
    assert code_of("former Prime Minister").sector == "ELI"


def test_a_namesake_of_another_country_is_not_the_holder_of_an_office() -> None:
    assert code_of("Irish footballer David Cameron", day="2012-01-01").sector == "CVL"


def test_a_surname_alone_counts_where_one_leader_alone_has_it() -> None:
    assert (code_of("Zelensky", day="2024-10-21").country, code_of("Brown").country) == ("UKR", None)


def test_whose_friend_somebody_is_is_not_whose_own() -> None:
    assert code_of("Iran-backed militias in Iraq").country == "IRQ"
    assert code_of("pro-Russian separatists").country is None
    assert code_of("ambassador to Poland").country is None


def test_a_great_city_is_known_by_its_old_name_too() -> None:
    assert (code_of("the Bombay High Court").country, code_of("Saigon police").country) == ("IND", "VNM")


def test_a_word_for_somebody_can_be_a_surname() -> None:
    assert code_of("Julie Bishop", day="2015-01-01").sector == "GOV"
    assert code_of("minister Hamid Mujahid").sector == "GOV"


def test_a_country_has_no_sector_and_its_seat_is_its_government() -> None:
    assert (code_of("Mongolia").sector, code_of("Moscow").sector) == (None, "GOV")


def test_a_body_of_many_states_is_named() -> None:
    found = code_of("the U.N. Security Council")

    assert (found.country, found.body) == ("IGO", "United Nations Security Council")


def test_abbreviations_are_read_in_capitals_only() -> None:
    assert code_of("a pan of rice").sector is None
    assert code_of("EU foreign policy chief Ana Lind").country == "IGO"


def test_the_words_that_decided_are_told() -> None:
    assert code_of("army accountants in Mali").because == '"army" before "accountants"; "Mali" is of MLI'


@given(st.text(max_size=300), st.text(max_size=20), st.none() | st.text(max_size=12))
@settings(max_examples=300)
def test_any_words_are_coded_or_not_and_never_raise(phrase: str, context: str, day: str | None) -> None:
    found = code_of(phrase, context, day)

    assert found.because
    assert found.country is None or len(found.country) == 3
