from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watchfloor.annotate import mentions, places, times
from watchfloor.annotate.contacts import annotate
from watchfloor.core.annotation import Annotation, Contact
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report

MakeReport = Callable[..., Report]
MakeDay = Callable[[str], PartialDate]


def contacts(report: Report) -> list[Contact]:
    found: list[Annotation] = list(mentions.annotate(report, []))
    found += list(times.annotate(report, found))
    found += list(places.annotate(report, found))
    return list(annotate(report, found))


def sides(contact: Contact) -> list[tuple[str, str | None]]:
    return [(party.name, party.role) for party in contact.parties]


def test_a_call_has_two_parties_and_a_day(report: MakeReport, day: MakeDay) -> None:
    text = "Norwegian President Kari Nordmann held phone talks with Danish President Ib Dansk on Monday."

    (found,) = contacts(report(text, published=day("2022-03-16")))

    assert (found.contact_type, found.status) == ("call", "actual")
    assert sides(found) == [("Kari Nordmann", None), ("Ib Dansk", None)]
    assert [party.country for party in found.parties] == ["NOR", "DNK"]
    assert found.date is not None
    assert found.date.value == "2022-03-14"


def test_two_calls_of_one_pair_keep_their_own_days(report: MakeReport, day: MakeDay) -> None:
    text = (
        "Norwegian President Kari Nordmann held a phone call with Danish President Ib Dansk on Monday.\n"
        "Norwegian President Kari Nordmann held a phone call with Danish President Ib Dansk on Tuesday.\n"
    )

    first, second = contacts(report(text, published=day("2022-03-16")))

    assert first.date != second.date


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Norwegian President Kari Nordmann met with Danish President Ib Dansk.", "meeting"),
        ("Norwegian President Kari Nordmann shook hands with Danish President Ib Dansk.", "meeting"),
        ("Norwegian President Kari Nordmann spoke with Danish President Ib Dansk by phone.", "call"),
        ("Norwegian President Kari Nordmann later spoke with Danish President Ib Dansk.", "call"),
        ("Norwegian President Kari Nordmann took it up with Danish President Ib Dansk by telephone.", "call"),
        ("Norwegian President Kari Nordmann sent a letter to Danish President Ib Dansk.", "letter"),
        ("Norwegian President Kari Nordmann briefed Danish President Ib Dansk.", "briefing"),
        ("Norwegian President Kari Nordmann invited Danish President Ib Dansk.", "invitation"),
        ("Norwegian President Kari Nordmann summoned Danish Ambassador Ib Dansk.", "summons"),
    ],
)
def test_the_words_give_the_type_of_contact(report: MakeReport, text: str, kind: str) -> None:
    (found,) = contacts(report(text))

    assert found.contact_type == kind
    assert [party.name for party in found.parties] == ["Kari Nordmann", "Ib Dansk"]


def test_who_is_summoned_in_the_passive_is_not_the_summoner(report: MakeReport) -> None:
    (found,) = contacts(report("Danish Ambassador Ib Dansk was summoned to the Norwegian Foreign Ministry."))

    assert ("Ib Dansk", "summoned") in sides(found)
    assert [party.country for party in found.parties if party.role == "summoner"] == ["NOR"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Danish President Ib Dansk visited Norway.", "actual"),
        ("Danish President Ib Dansk is expected to visit Norway.", "planned"),
        ("Danish President Ib Dansk could visit Norway.", "hypothetical"),
        ("Danish President Ib Dansk is scheduled to be in Norway for a state visit.", "planned"),
    ],
)
def test_a_visit_has_visitor_host_and_status(report: MakeReport, text: str, status: str) -> None:
    (found,) = contacts(report(text))

    assert sides(found) == [("Ib Dansk", "visitor"), ("Norway", "host")]
    assert (found.contact_type, found.status) == ("visit", status)


def test_a_possessor_is_the_visitor(report: MakeReport) -> None:
    (found,) = contacts(report("The papers praised Dansk's visit to Norway. Danish President Ib Dansk slept."))

    assert sides(found)[0][1] == "visitor"


def test_a_planned_delegation_has_sender_and_host(report: MakeReport) -> None:
    (found,) = contacts(report("Norway plans to send a delegation to Copenhagen."))

    assert (found.contact_type, found.status) == ("delegation", "planned")
    assert sides(found) == [("Norway", "sender"), ("Denmark", "host")]


def test_a_passage_told_twice_word_for_word_is_told_once(report: MakeReport) -> None:
    line = "Danish President Ib Dansk visited Norway.\n"

    assert len(contacts(report(line + line))) == 1


def test_the_topic_is_kept_in_words(report: MakeReport) -> None:
    (found,) = contacts(
        report("Danish President Ib Dansk met with Norwegian President Kari Nordmann to discuss the price of fish.")
    )

    assert found.topic == "the price of fish"


def test_demand_that_is_met_is_no_meeting(report: MakeReport) -> None:
    assert contacts(report("The factory met demand in Norway.")) == []


def told(report: MakeReport, text: str, published: PartialDate | None = None) -> list[tuple[str, str, list[str]]]:
    """Return type, status, and the parties by country, else by name, of every contact in the text."""
    return [
        (one.contact_type, one.status, sorted(party.country or party.name for party in one.parties))
        for one in contacts(report(text, published=published))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # passive, joined, nominal, headline
        (
            "Kenyan President Amos Otieno was received by French President Claire Delmas in Paris on Wednesday.",
            [("meeting", "actual", ["FRA", "KEN"])],
        ),
        (
            "Turkish Foreign Minister Selim Aksoy was briefed by NATO Secretary General Erik Brandt on the plans.",
            [("briefing", "actual", ["IGO", "TUR"])],
        ),
        (
            "Chinese Foreign Minister Wei Jun and his Pakistani counterpart Bilal Ansari met in Samarkand on Tuesday.",
            [("meeting", "actual", ["CHN", "PAK"])],
        ),
        (
            "A meeting between U.S. Secretary of State Alan Whitford and Russian Foreign Minister Igor Belov lasted "
            "ten minutes.",
            [("meeting", "actual", ["RUS", "USA"])],
        ),
        ("Talks between Armenia and Azerbaijan resumed in Brussels.", [("meeting", "actual", ["ARM", "AZE"])]),
        ("Finland summons Russian ambassador over airspace violation", [("summons", "actual", ["FIN", "RUS"])]),
        ("Egypt's president meets Saudi crown prince in Jeddah", [("meeting", "actual", ["EGY", "SAU"])]),
        (
            "The Iranian charge d'affaires was summoned to the Swedish foreign ministry on Wednesday.",
            [("summons", "actual", ["IRN", "SWE"])],
        ),
        (
            "Leaders of Japan, South Korea and China held a trilateral summit in Chengdu on Tuesday.",
            [("meeting", "actual", ["CHN", "JPN", "KOR"])],
        ),
        (
            "Croatian and Slovenian foreign ministers are to hold a video conference on Friday.",
            [("call", "planned", ["HRV", "SVN"])],
        ),
        # words of an embassy
        (
            "Georgian Foreign Minister Maka Tsiklauri received Ambassador of Japan Hideo Mori.",
            [("meeting", "actual", ["GEO", "JPN"])],
        ),
        (
            "Mexico's ambassador to Ecuador was called in to explain the remarks.",
            [("summons", "actual", ["ECU", "MEX"])],
        ),
        (
            "During his visit to Hanoi, Russian Deputy Foreign Minister Oleg Sychev slept badly.",
            [("visit", "actual", ["RUS", "VNM"])],
        ),
        (
            "Bulgaria's envoy Ivan Stoev spoke by phone with China's special envoy Liu Wei on Tuesday night.",
            [("call", "actual", ["BGR", "CHN"])],
        ),
        (
            "Outgoing Mexican Ambassador Pablo Cruz paid a farewell visit to Indian Foreign Secretary Anil Mehra.",
            [("meeting", "actual", ["IND", "MEX"])],
        ),
        (
            "Thai Foreign Minister Chaiwat Boonmee called on Malaysian Prime Minister Hasan Malik.",
            [("meeting", "actual", ["MYS", "THA"])],
        ),
        (
            "In a telephone call on Sunday, Turkish President Orhan Demir told Russian President Igor Belov that the "
            "corridor must stay open.",
            [("call", "actual", ["RUS", "TUR"])],
        ),
        (
            "In a letter to U.N. Secretary-General Ines Carvalho, Syrian Foreign Minister Hassan Darwish said the "
            "strikes violated the charter.",
            [("letter", "actual", ["IGO", "SYR"])],
        ),
        (
            "A delegation led by Vietnamese Defence Minister Tran Van Minh arrived in New Delhi on Wednesday.",
            [("visit", "actual", ["IND", "VNM"])],
        ),
        # ahead, called off, refused, denied
        (
            "Latvian President Janis Ozols is expected to meet Kazakh President Daniyar Bekov.",
            [("meeting", "planned", ["KAZ", "LVA"])],
        ),
        (
            "Israeli Prime Minister Dov Sharon cancelled a planned visit to Abu Dhabi, his office said.",
            [("visit", "denied", ["ARE", "ISR"])],
        ),
        (
            "Hungarian Prime Minister Istvan Barta refused to meet the Ukrainian ambassador.",
            [("meeting", "denied", ["HUN", "UKR"])],
        ),
        (
            "The Greek foreign minister did not meet his Turkish counterpart in Munich.",
            [("meeting", "denied", ["GRC", "TUR"])],
        ),
        (
            "The paper claimed that Cypriot officials secretly met Israeli intelligence chief Gil Navon in Limassol.",
            [("meeting", "alleged", ["CYP", "ISR"])],
        ),
        # stand-ins
        (
            "Pakistan's foreign ministry condemned the strike. The ministry said it had summoned the Afghan envoy.",
            [("summons", "actual", ["AFG", "PAK"])],
        ),
        (
            "White House spokesman Carl Dunn said U.S. President Joan Hale had spoken with the emir of Qatar.",
            [("call", "actual", ["QAT", "USA"])],
        ),
    ],
)
def test_a_contact_is_read_from_the_tree_of_its_sentence(
    report: MakeReport, day: MakeDay, text: str, expected: list[tuple[str, str, list[str]]]
) -> None:
    assert [one for one in told(report, text, day("2022-11-03")) if one[0] == expected[0][0]] == expected


@pytest.mark.parametrize(
    "text",
    [
        "French Foreign Minister Luc Besnard met with reporters in Cairo on Monday.",
        "The opposition leader met with party lawmakers on Tuesday to plan the campaign.",
        "Manchester City will meet Real Madrid in the semi-final on Tuesday.",
        "The company's shareholders met in Zurich on Friday to vote on the merger.",
        "Venezuelan President Jose Duarte called Colombian President Ana Rios a liar.",
        "North Korean leader Kim Song-chol visited a factory in the northern city of Kanggye.",
        "Ethiopia recalled its ambassador from Cairo for consultations.",
        "The proposal met fierce resistance in Bulgaria and Romania.",
        "Ukrainian intelligence chief Danylo Marchuk briefed lawmakers in Kyiv on the front line.",
        "Asked whether Argentina's president would meet Chile's leader, the spokesman declined to comment.",
        "Apple's Dan Wu visited China last week.",
        "The coach met the players on Friday before the match against Portugal.",
        "Four students visited Norway last year as part of an exchange.",
    ],
)
def test_what_is_no_contact_of_states_is_left_out(report: MakeReport, day: MakeDay, text: str) -> None:
    assert told(report, text, day("2023-08-30")) == []


def test_they_are_those_who_were_last_together(report: MakeReport) -> None:
    text = (
        "Rwandan President Jean Habimana and Burundian President Felix Ilunga shook hands in Kigali. "
        "They met for two hours behind closed doors."
    )

    assert [parties for _, _, parties in told(report, text)] == [["BDI", "RWA"]] * 2


def test_who_calls_is_the_caller(report: MakeReport) -> None:
    (found,) = contacts(
        report("Ukrainian President Oleh Hrytsenko called British Prime Minister Fiona Marsh on Thursday to thank her.")
    )

    assert sides(found) == [("Oleh Hrytsenko", "caller"), ("Fiona Marsh", "called")]


def test_a_visit_to_two_states_is_two_visits(report: MakeReport) -> None:
    found = told(report, "Danish President Ib Dansk will visit Norway and Sweden.")

    assert [parties for _, _, parties in found] == [["DNK", "NOR"], ["DNK", "SWE"]]


def test_the_place_of_a_visit_lies_with_the_host(report: MakeReport) -> None:
    (found,) = contacts(report("Danish President Ib Dansk left Copenhagen on Monday for a visit to Norway."))

    assert found.place == "Norway"


def test_a_delegation_that_goes_nowhere_goes_to_whom_its_sender_spoke_to(report: MakeReport) -> None:
    text = (
        "Norwegian President Kari Nordmann held phone talks with Danish President Ib Dansk on Monday. "
        "She plans to send a delegation."
    )

    found = contacts(report(text))[-1]

    assert found.contact_type == "delegation"
    assert [(party.country, party.role) for party in found.parties] == [("NOR", "sender"), ("DNK", "host")]


def test_the_day_of_saying_is_not_the_day_of_meeting(report: MakeReport, day: MakeDay) -> None:
    text = "Danish President Ib Dansk met Norwegian President Kari Nordmann, an official said on Tuesday."

    (found,) = contacts(report(text, published=day("2022-03-16")))

    assert found.date is None


PIECES = [
    "Norway",
    "Danish President Ib Dansk",
    "and",
    "his",
    "visit to",
    "Oslo",
    "held phone talks",
    "with",
    "summoned",
]
PIECES += [
    "summoned",
    "was",
    "met",
    "by",
    "the two leaders",
    "a delegation",
    "send",
    "“",
    "”",
    ". ",
    "\n",
    "on Monday",
    "him",
    "they",
    "it",
    "the ministry",
    "his Danish counterpart",
    "refused to",
    "a call",
    "led by",
    "between",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map(" ".join)))
def test_any_text_gives_contacts_with_spans_inside_it(report: MakeReport, text: str) -> None:
    for found in contacts(report(text)):
        assert 0 <= found.span.start < found.span.end <= len(text)
        assert found.parties


@pytest.mark.parametrize("words", ["met with ", "a delegation of ", "(“ ", "\u202eهمم ", "Oslo and Bergen and ", "1 "])
def test_one_long_paragraph_of_anything_gives_an_answer(report: MakeReport, words: str) -> None:
    for found in contacts(report(words * 2_000)):
        assert found.parties


def test_a_second_call_told_in_the_same_breath_is_a_call_of_its_own(report: MakeReport) -> None:
    text = (
        "Norwegian President Kari Nordmann spoke by telephone with Danish President Ib Dansk and afterwards with "
        "Swedish President Eva Svensk."
    )

    first, second = contacts(report(text))

    assert sides(first) == [("Kari Nordmann", None), ("Ib Dansk", None)]
    assert sides(second) == [("Kari Nordmann", None), ("Eva Svensk", None)]


def test_what_was_agreed_in_a_call_is_ahead_and_the_call_is_not(report: MakeReport) -> None:
    text = "Norwegian President Kari Nordmann and Danish President Ib Dansk agreed in a phone call to meet in May."

    call = next(one for one in contacts(report(text)) if one.contact_type == "call")

    assert call.status == "actual"


def test_an_ambassador_without_a_name_can_be_summoned(report: MakeReport) -> None:
    (found,) = contacts(report("Norway summoned the Danish ambassador Monday to protest."))

    assert found.contact_type == "summons"
    assert [party.country for party in found.parties] == ["NOR", "DNK"]


def test_a_place_in_the_next_clause_is_no_place_of_the_call(report: MakeReport) -> None:
    text = (
        "Norwegian President Kari Nordmann held phone talks with Danish President Ib Dansk and agreed that the fleet "
        "in Iceland should stay."
    )

    (found,) = contacts(report(text))

    assert found.place is None
