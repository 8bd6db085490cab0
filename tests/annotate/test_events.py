from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watchfloor.annotate import attributions, contacts, mentions, places, times
from watchfloor.annotate.events import annotate
from watchfloor.core.annotation import Annotation, Event
from watchfloor.core.report import Report

MakeReport = Callable[..., Report]


def events(report: Report) -> list[Event]:
    found: list[Annotation] = list(mentions.annotate(report, []))
    for part in (times, places, contacts):
        found += list(part.annotate(report, found))
    return list(annotate(report, found))


@pytest.mark.parametrize(
    ("text", "event_type", "actor", "recipient"),
    [
        ("Norway condemned Denmark over the border.", "ACCUSE", ["Norway"], ["Denmark"]),
        ("Norway urged Denmark to open the border.", "REQUEST", ["Norway"], ["Denmark"]),
        ("Norway warned Denmark over the border.", "THREATEN", ["Norway"], ["Denmark"]),
        ("Norway thanked Denmark.", "SUPPORT", ["Norway"], ["Denmark"]),
        ("Norway sent tanks to Denmark.", "AID", ["Norway"], ["Denmark"]),
        ("Norway expelled Denmark from the club.", "SANCTION", ["Norway"], ["Denmark"]),
        ("Norway attacked Denmark.", "ASSAULT", ["Norway"], ["Denmark"]),
        ("Denmark was attacked by Norway.", "ASSAULT", ["Norway"], ["Denmark"]),
        ("Norway pledged to send tanks to Denmark.", "AGREE", ["Norway"], ["Denmark"]),
    ],
)
def test_a_trigger_gives_type_and_sides(
    report: MakeReport, text: str, event_type: str, actor: list[str], recipient: list[str]
) -> None:
    found = events(report(text))

    assert (event_type, actor, recipient) in [
        (one.event_type, [party.name for party in one.actor], [party.name for party in one.recipient]) for one in found
    ]


def test_aid_that_is_refused_is_no_aid(report: MakeReport) -> None:
    assert "AID" not in {one.event_type for one in events(report("Norway refused to send tanks to Denmark."))}


@pytest.mark.parametrize(
    ("text", "event_type", "mode"),
    [
        ("Danish President Ib Dansk held phone talks with Queen Kari Nordmann.", "CONSULT", "phone"),
        ("Danish President Ib Dansk visited Norway.", "CONSULT", "visit"),
        ("Danish President Ib Dansk plans to visit Norway.", "AGREE", None),
        ("Norway summoned Danish Ambassador Ib Dansk.", "ACCUSE", "disapprove"),
    ],
)
def test_a_contact_is_coded_as_plover_has_it(report: MakeReport, text: str, event_type: str, mode: str | None) -> None:
    (found,) = events(report(text))

    assert (found.event_type, found.mode) == (event_type, mode)


def test_without_an_actor_there_is_no_event(report: MakeReport) -> None:
    assert events(report("Condemned houses were sold.")) == []


@pytest.mark.parametrize(
    ("text", "event_type", "underlying", "status"),
    [
        ("Poland agreed to send tanks to Ukraine.", "AGREE", "AID", "planned"),
        ("Norway refused to send tanks to Denmark.", "REJECT", "AID", "actual"),
        ("Norway urged Denmark to withdraw its troops from Sweden.", "REQUEST", "RETREAT", "actual"),
        ("Norway will send tanks to Denmark next year.", "AGREE", "AID", "planned"),
        ("Norway will not release Danish prisoners.", "REJECT", "RETREAT", "actual"),
        ("If Norway attacks Denmark, Sweden wins.", "ASSAULT", None, "hypothetical"),
    ],
)
def test_what_is_promised_asked_or_refused_lies_beneath(
    report: MakeReport, text: str, event_type: str, underlying: str | None, status: str
) -> None:
    (found,) = events(report(text))

    assert (found.event_type, found.underlying, found.status) == (event_type, underlying, status)


@pytest.mark.parametrize(
    ("text", "event_type", "actor", "recipient"),
    [
        ("Kenya's deployment of 400 police officers to Haiti continued.", "MOBILIZE", ["KEN"], ["HTI"]),
        ("Israeli warplanes bombed a base in Syria.", "ASSAULT", ["ISR"], ["SYR"]),
        ("The United States slapped sanctions on Iran on Monday.", "SANCTION", ["USA"], ["IRN"]),
        ("Georgian rebels received weapons from Russia.", "AID", ["RUS"], ["GEO"]),
        ("Poland and Norway condemned Russia's attack.", "ACCUSE", ["POL", "NOR"], ["RUS"]),
        ("France called Russia's raid reckless.", "ACCUSE", ["FRA"], ["RUS"]),
    ],
)
def test_the_sides_are_read_from_the_tree(
    report: MakeReport, text: str, event_type: str, actor: list[str], recipient: list[str]
) -> None:
    found = [one for one in events(report(text)) if one.event_type == event_type]

    assert [([p.country for p in one.actor], [p.country for p in one.recipient]) for one in found] == [
        (actor, recipient)
    ]


def test_one_sentence_tells_several_events(report: MakeReport) -> None:
    found = events(report("Norway condemned Denmark, expelled two Danish diplomats and thanked Sweden."))

    assert [one.event_type for one in found] == ["ACCUSE", "SANCTION", "SUPPORT"]


def test_an_event_says_why_and_where(report: MakeReport) -> None:
    text = "On Monday Norway expelled two Danish diplomats over an espionage scandal."

    (found,) = events(report(text))

    assert found.trigger is not None
    assert text[found.trigger.start : found.trigger.end] == "expelled"
    assert "'expel'" in (found.because or "")
    assert (found.cameo, "diplomatic" in found.contexts) == ("166", True)


def test_what_is_told_twice_in_a_report_is_one_event(report: MakeReport) -> None:
    found = events(report("Norway attacked Denmark. Sweden said Norway's attack on Denmark was a mistake."))

    assert [one.event_type for one in found] == ["ASSAULT"]


def test_what_did_not_happen_or_serves_a_purpose_is_no_event(report: MakeReport) -> None:
    assert events(report("Norway did not thank Denmark. Norway built a road to supply Denmark with tanks.")) == []


PIECES = [
    "Norway",
    "Denmark",
    "was",
    "condemned",
    "by",
    "sent tanks",
    "to",
    "urged",
    "will",
    "provide",
    "’s",
    "deployment to",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map(" ".join)))
def test_any_text_gives_events_with_spans_inside_it(report: MakeReport, text: str) -> None:
    for found in events(report(text)):
        assert 0 <= found.span.start < found.span.end <= len(text)
        assert found.actor


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Premier Kari Nordmann denied that Norway had attacked Denmark.", "denied"),
        ("Premier Kari Nordmann said that Norway had attacked Denmark.", "alleged"),
        ("Norway attacked Denmark.", "actual"),
    ],
)
def test_what_somebody_denies_or_only_says_did_not_simply_happen(report: MakeReport, text: str, status: str) -> None:
    made = report(text)
    found: list[Annotation] = list(mentions.annotate(made, []))
    found += list(attributions.annotate(made, found))

    (attack,) = [event for event in annotate(made, found) if event.event_type == "ASSAULT"]

    assert attack.status == status


def test_a_clash_with_rioters_is_no_battle_whatever_the_model_holds(report: MakeReport) -> None:
    found = events(report("Kenyan police clashed with rioters in Nairobi."))

    assert {one.event_type for one in found} == {"PROTEST", "COERCE"}
