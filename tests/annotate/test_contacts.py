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
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map(" ".join)))
def test_any_text_gives_contacts_with_spans_inside_it(report: MakeReport, text: str) -> None:
    for found in contacts(report(text)):
        assert 0 <= found.span.start < found.span.end <= len(text)
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
