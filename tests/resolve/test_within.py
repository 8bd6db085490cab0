from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from watchfloor.core.annotation import Annotation, Attribution, Contact, Mention
from watchfloor.core.report import Passage, Report
from watchfloor.core.span import Span
from watchfloor.resolve import within

Make = Callable[..., Any]
Speakers = Callable[..., list[str | None]]


def test_a_bare_surname_stands_for_the_full_name(report: Make, people: Make, said: Make, speakers: Speakers) -> None:
    text = report("President Ana Souza opened the port.\nSouza said the work took nine years.")
    found = [*people(text, "Ana Souza", "Souza"), said(text, "Souza", "the work took nine years")]

    assert speakers(text, found) == ["Ana Souza"]


def test_two_people_of_one_surname_stay_two(report: Make, people: Make, said: Make, speakers: Speakers) -> None:
    text = report(
        "Mayor Park Min-ho opened the bridge. Park said the toll was fair.\n"
        "Judge Park So-ra closed the tunnel. Park said the walls were wet."
    )
    found = [
        *people(text, "Park Min-ho", "Park So-ra", "Park"),
        said(text, "Park", "the toll was fair", after="bridge"),
        said(text, "Park", "the walls were wet", after="tunnel"),
    ]

    assert speakers(text, found) == ["Park Min-ho", "Park So-ra"]


def test_a_namesake_who_is_only_talked_about_does_not_speak(
    report: Make, people: Make, said: Make, speakers: Speakers
) -> None:
    text = report(
        "Minister Park Min-ho left for Oslo.\n"
        "“We reject the nervous plans of Park So-ra's office,” a guard cried.\n"
        "Park said the trip was short."
    )
    found = [*people(text, "Park Min-ho", "Park So-ra", "Park"), said(text, "Park", "the trip was short")]

    assert speakers(text, found) == ["Park Min-ho"]


def test_two_namesakes_before_either_is_introduced_stay_open(
    report: Make, people: Make, said: Make, speakers: Speakers
) -> None:
    text = report("Park said the wind was strong.\nMayor Park Min-ho and Judge Park So-ra came later.")
    found = [*people(text, "Park Min-ho", "Park So-ra", "Park"), said(text, "Park", "the wind was strong")]

    assert speakers(text, found) == ["Park"]


def test_a_slip_of_one_letter_is_mended(report: Make, people: Make, said: Make, speakers: Speakers) -> None:
    text = report("Senator Ruth Halden spoke first.\nHaldan said the vote was close.")
    found = [*people(text, "Ruth Halden"), said(text, "Haldan", "the vote was close")]

    assert speakers(text, found) == ["Ruth Halden"]


def test_another_surname_is_no_slip(report: Make, people: Make, said: Make, speakers: Speakers) -> None:
    text = report("Senator Kim Da-eun spoke first.\nLim said the vote was close.")
    found = [*people(text, "Kim Da-eun", "Lim"), said(text, "Lim", "the vote was close")]

    assert speakers(text, found) == ["Lim"]


def test_a_surname_in_another_romanisation_is_the_same_person(
    report: Make, people: Make, said: Make, speakers: Speakers
) -> None:
    text = report("Envoy Choe Myong-chol landed.\nChoi said the flight was calm.")
    found = [*people(text, "Choe Myong-chol", "Choi"), said(text, "Choi", "the flight was calm")]

    assert speakers(text, found) == ["Choe Myong-chol"]


def test_a_surname_never_introduced_is_said_to_be_so(report: Make, people: Make, said: Make) -> None:
    text = report("Marsh likewise said the dam would hold.")
    (_, statement) = within.resolve(text, [*people(text, "Marsh"), said(text, "Marsh", "the dam would hold")])

    assert isinstance(statement, Attribution)
    assert (statement.speaker, statement.introduced) == ("Marsh", False)


def test_a_mention_never_introduced_refers_to_nobody(report: Make, people: Make) -> None:
    text = report("Marsh likewise came.")
    (found,) = within.resolve(text, people(text, "Marsh"))

    assert isinstance(found, Mention)
    assert found.refers_to is None


def test_a_pronoun_goes_to_the_last_speaker_not_to_the_last_name(
    report: Make, people: Make, said: Make, speakers: Speakers
) -> None:
    text = report("Envoy Ida Lund told Omar Aziz that talks had failed. She said a second round was near.")
    found = [
        *people(text, "Ida Lund", "Omar Aziz"),
        said(text, "Ida Lund", "that talks had failed"),
        said(text, "She", "a second round was near"),
    ]

    assert speakers(text, found) == ["Ida Lund", "Ida Lund"]


def test_it_goes_to_a_body(report: Make, people: Make, mention: Make, said: Make, speakers: Speakers) -> None:
    text = report("Ida Lund visited. The Harbour Authority praised her. It said the quay was safe.")
    found = [
        *people(text, "Ida Lund"),
        mention(text, "The Harbour Authority", "organisation"),
        said(text, "The Harbour Authority", "praised her", "organisation"),
        said(text, "It", "the quay was safe", "organisation"),
    ]

    assert speakers(text, found)[1] == "Harbour Authority"


def test_a_pronoun_far_from_any_name_stays_open(report: Make, people: Make, said: Make, speakers: Speakers) -> None:
    text = report("Ida Lund visited.\nRain fell.\nSnow fell.\nHail fell.\nHe said it was cold.")
    found = [*people(text, "Ida Lund"), said(text, "He", "it was cold")]

    assert speakers(text, found) == [None]


@pytest.mark.parametrize("description", ["The ambassador", "The Japanese envoy", "Japan's ambassador"])
def test_a_description_goes_to_the_holder_of_the_title(
    report: Make, people: Make, said: Make, speakers: Speakers, description: str
) -> None:
    text = report(
        f"Minister Ola Berg received Japanese Ambassador Ken Mori on Friday.\n{description} said the talks were good."
    )
    found = [
        *people(text, "Ola Berg", "Ken Mori", titles=["Minister", "Japanese Ambassador"]),
        said(text, description, "the talks were good"),
    ]

    assert speakers(text, found) == ["Ken Mori"]


def test_the_deputy_minister_is_not_the_minister(report: Make, people: Make, said: Make, speakers: Speakers) -> None:
    text = report("Vice Trade Minister Eva Roth met Trade Minister Jan Kral.\nThe deputy minister said prices fell.")
    found = [
        *people(text, "Eva Roth", "Jan Kral", titles=["Vice Trade Minister", "Trade Minister"]),
        said(text, "The deputy minister", "prices fell"),
    ]

    assert speakers(text, found) == ["Eva Roth"]


def test_the_holder_may_be_named_only_later(report: Make, people: Make, said: Make, speakers: Speakers) -> None:
    text = report("The NATO chief said patrols would grow.\nNATO Secretary General Javier Solana flew home.")
    found = [
        *people(text, "Javier Solana", titles=["NATO Secretary General"]),
        said(text, "The NATO chief", "patrols would grow"),
    ]

    assert speakers(text, found) == ["Javier Solana"]


def test_a_title_after_the_name_counts(report: Make, people: Make, said: Make, speakers: Speakers) -> None:
    text = report("Ida Lund, floor leader of the Farmers' Party, came.\nThe floor leader said taxes must fall.")
    found = [*people(text, "Ida Lund"), said(text, "The floor leader", "taxes must fall")]

    assert speakers(text, found) == ["Ida Lund"]


def test_a_description_that_fits_nobody_stays(report: Make, people: Make, said: Make, speakers: Speakers) -> None:
    text = report("Ida Lund, a professor at Lund University, came.\nThe ambassador said nothing new.")
    found = [*people(text, "Ida Lund"), said(text, "The ambassador", "nothing new")]

    assert speakers(text, found) == ["The ambassador"]


def test_the_ministry_is_the_one_named_before(report: Make, mention: Make, said: Make, speakers: Speakers) -> None:
    text = report("The Danish Ministry of Health met doctors.\nThe ministry said beds were free.")
    found = [
        mention(text, "Danish Ministry of Health", "organisation"),
        said(text, "The ministry", "beds were free", "organisation"),
    ]

    assert speakers(text, found) == ["Danish Ministry of Health"]


def test_an_acronym_in_brackets_is_the_body(report: Make, mention: Make, said: Make, speakers: Speakers) -> None:
    text = report("The Polar Survey Board (PSB) sailed.\nThe PSB said the ice was thin.")
    found = [
        mention(text, "Polar Survey Board", "organisation"),
        mention(text, "PSB", "organisation", after="sailed"),
        said(text, "The PSB", "the ice was thin", "organisation"),
    ]

    assert speakers(text, found) == ["Polar Survey Board"]


def test_two_embassies_of_one_state_are_two(report: Make, mention: Make, said: Make, speakers: Speakers) -> None:
    text = report(
        "The Indian Embassy in Kenya closed. The Indian Embassy in Peru opened.\nThe embassy said visas were cheap."
    )
    found = [
        mention(text, "Indian Embassy in Kenya", "organisation"),
        mention(text, "Indian Embassy in Peru", "organisation"),
        said(text, "The embassy", "visas were cheap", "organisation"),
    ]

    assert speakers(text, found) == ["Indian Embassy in Peru"]


def test_an_unnamed_official_keeps_the_body(report: Make, said: Make) -> None:
    text = report("An official from Norway's Ministry of Fisheries said the nets were legal.")
    (found,) = within.resolve(
        text, [said(text, "An official from Norway's Ministry of Fisheries", "the nets were legal")]
    )

    assert isinstance(found, Attribution)
    assert found.speaker == "Ministry of Fisheries (unnamed official)"
    assert (found.speaker_type, found.speaks_for) == ("anonymous", "Ministry of Fisheries")


def test_a_capital_speaks_for_its_state(report: Make, said: Make) -> None:
    text = report("Ottawa said the pact would hold.")
    (found,) = within.resolve(text, [said(text, "Ottawa", "the pact would hold", "organisation")])

    assert isinstance(found, Attribution)
    assert (found.speaker, found.speaks_for) == ("Canada", "Canada")


def test_a_seat_of_power_keeps_its_name(report: Make, said: Make) -> None:
    text = report("The White House said the pact would hold.")
    (found,) = within.resolve(text, [said(text, "The White House", "the pact would hold", "organisation")])

    assert isinstance(found, Attribution)
    assert (found.speaker, found.speaks_for) == ("White House", "United States")


def test_joint_speakers_stand_in_text_order(report: Make, said: Make, speakers: Speakers) -> None:
    text = report("Peru and the United Kingdom said the pact would hold.")

    assert speakers(text, [said(text, "Peru and the United Kingdom", "the pact would hold")]) == [
        "Peru and United Kingdom"
    ]


def test_the_two_leaders_are_those_of_the_call(
    report: Make, people: Make, said: Make, contact: Make, speakers: Speakers
) -> None:
    text = report(
        "Ana Souza phoned Ken Mori about the canal. A clerk, Omar Aziz, listened.\nThe two leaders said it was open."
    )
    found = [
        *people(text, "Ana Souza", "Ken Mori", "Omar Aziz"),
        contact(text, "Ana Souza phoned Ken Mori about the canal.", "Ana Souza", "Ken Mori"),
        said(text, "The two leaders", "it was open"),
    ]

    assert speakers(text, found) == ["Ana Souza and Ken Mori"]


@pytest.mark.parametrize(
    ("sentence", "name", "body"),
    [
        ("Ida Lund, a spokeswoman for the Polar Fund, said hello.", "Ida Lund", "Polar Fund"),
        ("Ida Lund, a professor at Lund University, said hello.", "Ida Lund", None),
        ("Japanese Ambassador to Peru Ken Mori said hello.", "Ken Mori", "Japan"),
        ("UN Secretary-General Kofi Annan said hello.", "Kofi Annan", "UN"),
    ],
)
def test_a_title_tells_for_whom_one_speaks(
    report: Make, people: Make, mention: Make, said: Make, sentence: str, name: str, body: str | None
) -> None:
    text = report(sentence)
    titles = ["Japanese Ambassador to Peru", "UN Secretary-General"]
    found: list[Annotation] = [*people(text, name, titles=titles), said(text, name, "hello")]
    if "Fund" in sentence:
        found.append(mention(text, "Polar Fund", "organisation"))
    statements = [one for one in within.resolve(text, found) if isinstance(one, Attribution)]

    assert statements[0].speaks_for == body


def test_parties_get_their_fullest_names_and_states(report: Make, people: Make, contact: Make) -> None:
    text = report("Japanese Ambassador Ken Mori arrived in Lima. Mori met Peru.")
    found = [
        *people(text, "Ken Mori", "Mori", titles=["Japanese Ambassador"]),
        contact(text, "Mori met Peru.", "Mori", "Peru", kind="meeting"),
    ]
    (met,) = [one for one in within.resolve(text, found) if isinstance(one, Contact)]

    assert [(party.name, party.country) for party in met.parties] == [("Ken Mori", "JPN"), ("Peru", "PER")]


def test_a_generated_voice_is_nobody_to_whom_a_pronoun_goes(
    report: Make, people: Make, said: Make, speakers: Speakers
) -> None:
    text = report("Envoy Ida Lund said hello. Dr. Bot said it was grand. He said the end was near.")
    found = [
        *people(text, "Ida Lund"),
        said(text, "Ida Lund", "hello"),
        said(text, "Dr. Bot", "it was grand", machine_generated=True),
        said(text, "He", "the end was near"),
    ]

    assert speakers(text, found)[2] == "Ida Lund"


def test_experts_are_nobody(report: Make, said: Make, speakers: Speakers) -> None:
    text = report("Experts said the end was near.")

    assert speakers(text, [said(text, "Experts", "the end was near", "anonymous")]) == [None]


_WORDS = (
    "Kim|Kim Da-eun|Park|he|It|the ministry|Ministry of Health|Seoul|the two leaders|“|”|said|and|,|.|\n|'s office|"
    "an official from|President|NIS|(NIS)|of|for|\u0130|-"
).split("|")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=25), st.data())
def test_resolving_never_raises_and_keeps_every_span(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words) or " "
    report = Report(
        id="r",
        capture="c",
        address="a",
        url=None,
        outlet=None,
        outlet_how=None,
        headline=None,
        published=None,
        language=None,
        text=text,
        passages=(Passage(start=0, end=len(text), kind="body"),),
        collected=datetime(2024, 1, 1, tzinfo=UTC),
        generated_by="test@1",
    )
    found = [_any(report, data) for _ in range(data.draw(st.integers(0, 6)))]

    resolved = within.resolve(report, found)

    assert [one.span for one in resolved] == [one.span for one in found]
    assert [type(one) for one in resolved] == [type(one) for one in found]


def _any(report: Report, data: st.DataObject) -> Annotation:
    start = data.draw(st.integers(0, len(report.text)))
    end = data.draw(st.integers(start, len(report.text)))
    span = Span(report=report.id, start=start, end=end)
    words = report.text[start:end]
    kinds: tuple[Literal["person", "organisation"], ...] = ("person", "organisation")
    kind = data.draw(st.sampled_from(kinds))
    if data.draw(st.booleans()):
        title = data.draw(st.sampled_from([None, words]))
        return Mention(span=span, type=kind, name=words, title=title, generated_by="test@1")
    return Attribution(
        span=span,
        source=data.draw(st.sampled_from([(), (span,)])),
        cue=(),
        content=(span,),
        speaker=data.draw(st.sampled_from([None, "", words])),
        speaker_type=kind,
        kind="direct",
        act="assert",
        reported_via=data.draw(st.sampled_from([None, words])),
        generated_by="test@1",
    )


def test_nothing_gives_nothing(report: Make) -> None:
    assert within.resolve(report("Nothing is said."), []) == ()


def test_a_quotation_that_goes_on_keeps_its_speaker(report: Make, people: Make, said: Make, speakers: Speakers) -> None:
    text = report("Envoy Ida Lund said hello. “And goodbye.” Ken Mori left.")
    more = said(text, "Lund", "“And goodbye.”", "anonymous", after="Ida")
    found = [
        *people(text, "Ida Lund", "Ken Mori"),
        said(text, "Ida Lund", "hello"),
        replace(more, source=(), speaker=None, kind="direct"),
    ]

    assert speakers(text, found) == ["Ida Lund", "Ida Lund"]


def test_their_goes_to_the_group_at_the_head_of_the_sentence(
    report: Make, mention: Make, said: Make, speakers: Speakers
) -> None:
    text = report("Danish fishing unions expressed their anger over quotas.")
    found = [
        mention(text, "Danish fishing unions", "group"),
        said(text, "their", "their anger over quotas"),
    ]

    assert speakers(text, found) == ["Danish fishing unions"]


def test_his_office_is_the_office_of_the_one_who_spoke_before(
    report: Make, people: Make, said: Make, speakers: Speakers
) -> None:
    r = report("President Maria Holt spoke at noon.\nHer office said later that the ports stay open.")

    found = [*people(r, "Maria Holt", titles=("President",)), said(r, "Her office", "the ports stay open")]

    assert speakers(r, found) == ["Maria Holt's office"]


def test_he_who_follows_an_unnamed_speaker_is_not_somebody_named_before(
    report: Make, people: Make, said: Make, speakers: Speakers
) -> None:
    r = report(
        "Minister Carl Roth said it rains.\nIts delegate told a committee that all is well. He denied that it snows."
    )

    found = [
        *people(r, "Carl Roth", titles=("Minister",)),
        said(r, "Carl Roth", "it rains"),
        said(r, "Its delegate", "that all is well"),
        said(r, "He", "that it snows"),
    ]

    assert speakers(r, found)[2] != "Carl Roth"


def test_an_official_is_nobody_named_before(report: Make, people: Make, said: Make, speakers: Speakers) -> None:
    r = report("Defense Secretary Carl Roth said it rains.\nAn official who would not be named said it snows.")

    found = [
        *people(r, "Carl Roth", titles=("Defense Secretary",)),
        said(r, "Carl Roth", "it rains"),
        said(r, "An official", "it snows", kind="anonymous"),
    ]

    assert speakers(r, found)[1] != "Carl Roth"
