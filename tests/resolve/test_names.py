import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.resolve.names import SAME, SURE, compare


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Dmitry Medvedev", "Dmitriy Medvedev"),
        ("Andrei Yermak", "Andrey Yermak"),
        ("Andriy Yermak", "Andrii Yermak"),
        ("Denys Shmyhal", "Денис Шмигаль"),
        ("Sergei Shoigu", "Sergey Shoygu"),
        ("Georgiy Tykhyi", "Georgy Tykhy"),
        ("Park Geun-hye", "Pak Kun-hye"),
        ("Roh Moo-hyun", "Noh Mu Hyeon"),
        ("Lee Nak-yon", "Yi Nak Yeon"),
        ("Choe Ryong-hae", "Choi Ryong Hae"),
        ("Jeong Se-hyun", "Jung Se Hyeon"),
        ("Ban Ki-moon", "Ki-moon Ban"),
        ("Suh Hoon", "Seo Hun"),
        ("ERDOGAN, Recep", "Recep Erdoğan"),
        ("Muhammad al-Halbousi", "Mohammed el-Halbusi"),
        ("Wladimir Klitschko", "Vladimir Klichko"),
    ],
)
def test_one_name_in_two_romanisations_is_the_same(left: str, right: str) -> None:
    assert compare(left, right).score >= SURE


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Kim Yo-jong", "Kim Yong-nam"),
        ("Lee Jae-myung", "Lee Jae-yong"),
        ("Park Chung-hee", "Park Geun-hye"),
        ("Moon Jae-in", "Moon Hee-sang"),
        ("Donald Tusk", "Donald Trump"),
        ("George Bush", "Laura Bush"),
        ("Omar bin Khalid al-Sabah", "Khalid bin Omar al-Sabah"),
    ],
)
def test_two_people_with_one_name_in_common_are_two(left: str, right: str) -> None:
    assert compare(left, right).score < SAME


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Nordwind Gesellschaft mit beschränkter Haftung", "Nordwind GmbH"),
        ("OOO Severny Veter", "Severny Veter LLC"),
        ("Baltic Timber Ltd.", "Baltic Timber Limited"),
        ("The Harbour Trust", "Harbour Trust"),
        ("T.R.M. Logistics", "TRM Logistics"),
    ],
)
def test_a_legal_form_does_not_make_another_company(left: str, right: str) -> None:
    assert compare(left, right).score >= SAME


def test_two_companies_of_one_legal_form_are_two() -> None:
    assert compare("Baltic Timber Ltd", "Harbour Cranes Ltd").score < SAME


def test_numbers_that_differ_make_two_bodies() -> None:
    assert compare("Brigade 12", "Brigade 14").score < SAME


def test_an_acronym_stands_for_its_words() -> None:
    assert compare("IAEA", "International Atomic Energy Agency").reason == "acronym of the name"


def test_an_initial_is_weaker_than_the_given_name() -> None:
    assert compare("A. Merkel", "Angela Merkel").score < compare("Angela Merkel", "ANGELA MERKEL").score


def test_the_reason_names_the_rule() -> None:
    assert compare("Kim Yo-jong", "Kim Yong-nam").reason == "the same Korean surname, another given name"


@given(st.text(max_size=40), st.text(max_size=40))
def test_comparing_is_symmetric_and_stays_between_zero_and_one(left: str, right: str) -> None:
    there, back = compare(left, right), compare(right, left)

    assert there == back
    assert 0 <= there.score <= 1


@given(st.text(min_size=1, max_size=40).filter(str.isalpha))
def test_a_name_is_itself_or_has_nothing_to_compare(name: str) -> None:
    assert compare(name, name).score in (0, 1)
