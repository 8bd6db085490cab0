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
        ("Abdelfattah Al Sissi", "Abd al-Fattah as-Sisi"),
        ("Ayman al-Zawahiri", "Ayman az-Zawahiri"),
        ("Salahuddin Rabbani", "Salah ad-Din Rabbani"),
        ("Abu Bakr al-Baghdadi", "Abou Bakr el Baghdadi"),
        ("Ahmed al-Sharaa", "Ahmad ash-Shara"),
        ("Oleksandr Syrskyi", "Oleksandr Syrsky"),
        ("Chiang Kai-shek", "Jiang Jieshi"),
        ("Chou En-lai", "Zhou Enlai"),
        ("Tsai Ing-wen", "Cai Yingwen"),
        ("김정은", "Kim Jong Un"),
        ("남궁민", "Namgung Min"),
        ("李强", "Li Qiang"),
        ("Wang Yang", "Yang Wang"),
        ("Võ Văn Thưởng", "Vo Van Thuong"),
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
        ("Li Qiang", "Li Qian"),
        ("Zhang Youxia", "Zhang Yuxi"),
        ("Wang Yi", "Wang Yu"),
        ("Nguyen Van Hung", "Nguyen Van Hoang"),
        ("Kim Jong Un", "김정일"),
        ("Hassan Rouhani", "Hussein Rouhani"),
        ("Alexander Novak", "Alexandra Novak"),
        ("Mahmoud Abbas", "Mohammed Abbas"),
        ("Abdul Rahman", "Abdul Karim"),
        ("Maher al-Assad", "Bashar al-Assad"),
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


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("بشار الأسد", "Bashar al-Assad"),
        ("محمد بن سلمان", "Mohammed bin Salman"),
        ("مسعود پزشکیان", "Masoud Pezeshkian"),
        ("Qaddafi, Saif al-Islam", "Seif al-Islam Gadhafi"),
        ("Sviatlana Tsikhanouskaya", "Svetlana Tikhanovskaya"),
        ("Bill Clinton", "William Clinton"),
        ("Ben Okafor", "Benjamin Okafor"),
        ("J.-P. Morel", "Jean-Pierre Morel"),
        ("Vladimirs Orlovs", "Vladimir Orlov"),
        ("Abdul Hamid Karzai", "Hamid Karzai"),
        ("Viktor Orl0vsky", "Viktor Orlovsky"),
        ("Nikolai Mel nikov", "Nikolai Melnikov"),
        ("2nd Corps", "Second Corps"),
        ("Battalion Twenty-One", "Battalion 21"),
        ("NordwindAG", "Nordwind AG"),
        ("Nrodwind Inc.", "Nordwind Inc."),
    ],
)
def test_scripts_short_forms_numbers_and_slips_do_not_make_another_name(left: str, right: str) -> None:
    assert compare(left, right).score >= SAME


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Nordwind Fund III LP", "Nordwind Fund IV LP"),
        ("Nordwind Solutions II Norway AS", "Nordwind Solutions Norway AS"),
        ("Banco Marino S.A.", "Banco Marino Peru S.A."),
        ("ANO Severny Veter", "OOO Severny Veter"),
    ],
)
def test_a_company_is_not_its_subsidiary(left: str, right: str) -> None:
    assert compare(left, right).score < SAME


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
