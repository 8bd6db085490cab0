"""Paragraphs of our own that once read wrongly to a person: who speaks, for whom, what is promised, when they met."""

from collections.abc import Sequence

import pytest

from watchfloor.core.annotation import (
    Annotation,
    Attribution,
    Commitment,
    Contact,
    Event,
    Mention,
    Place,
    Quantity,
    Time,
)
from watchfloor.core.marking import Reader
from watchfloor.core.report import Report
from watchfloor.flow.parts import parts
from watchfloor.flow.picture import fused
from watchfloor.flow.pipeline import annotated
from watchfloor.flow.records import plain_report
from watchfloor.watch import plans


def read(text: str) -> Sequence[Annotation]:
    report: Report = plain_report(text, day="2024-11-12", headline=None, outlet="o.example", address="read-aloud")
    return annotated(report, parts())


def speakers(text: str) -> list[tuple[str | None, str | None, str]]:
    return [(one.speaker, one.speaks_for, one.act) for one in read(text) if isinstance(one, Attribution)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Japan's Defence Minister Kenji Mori said the ships had left.", ("Kenji Mori", "Japan", "assert")),
        ("Peru's new interim president Ana Ruiz said the ships had left.", ("Ana Ruiz", "Peru", "assert")),
        ("Tom Vane said it remained to be seen how it would be paid for.", ("Tom Vane", None, "predict")),
        ("Tom Vane said that they did not know if he would come.", ("Tom Vane", None, "predict")),
    ],
)
def test_a_minister_speaks_for_the_state_that_owns_the_title_and_no_question_is_a_promise(
    text: str, found: tuple[str, str | None, str]
) -> None:
    assert speakers(text) == [found]


def test_she_is_not_the_king() -> None:
    text = (
        "Jordan's King Hamzah received European Commission President Eva Lindqvist on Sunday. She announced "
        "500 million euros in aid."
    )

    assert [name for name, _, _ in speakers(text)] == ["Eva Lindqvist"]


def test_a_states_army_is_not_the_militia_it_fights() -> None:
    text = "Sudan's army said it had retaken a bridge from the Rapid Support Forces. The RSF denied losing it."

    assert [name for name, _, _ in speakers(text)] == ["army", "Rapid Support Forces"]


def test_two_men_are_nobody_who_was_named_before() -> None:
    found = read("Nelson Garcia and Berta Lopez ran the union. Pedro Paz was killed by two men at his home on Monday.")

    (killing,) = [one for one in found if isinstance(one, Event)]

    assert [party.name for party in killing.actor] == ["two men"]


def test_whoever_agreed_somewhere_to_do_a_thing_promises_it() -> None:
    text = "Indian External Affairs Minister Vikram Rao agreed in Rio de Janeiro to resume flights to Beijing."

    assert [act for _, _, act in speakers(text)] == ["promise"]


def test_the_short_name_of_a_parliament_is_no_town() -> None:
    found = read("The State Duma met on Thursday. Speaker Oleg Rybin said the Duma would meet again.")

    assert [(one.name, one.type, one.country) for one in found if isinstance(one, Mention) and "Duma" in one.name] == [
        ("State Duma", "organisation", "RUS"),
        ("Duma", "organisation", "RUS"),
    ]
    assert not any(isinstance(one, Place) for one in found)


def test_to_decree_is_not_to_decry_and_a_state_of_emergency_is_nobody() -> None:
    found = read("President Ruslan Bek decreed a state of emergency on Monday.")

    assert not any(isinstance(one, Event) for one in found)
    assert [one.name for one in found if isinstance(one, Mention)] == ["Ruslan Bek"]


def test_a_meeting_beside_a_conference_has_its_day_and_its_town() -> None:
    text = (
        "Foreign Minister Ida Holm of Norway held a meeting with Chilean Foreign Minister Juan Mora on the occasion of "
        "attending the Arctic Conference held in Lowmere, Canada on Friday."
    )

    (met,) = [one for one in read(text) if isinstance(one, Contact)]

    assert (met.place, met.date.value if met.date else None) == ("Lowmere, Canada", "2024-11-08")


def test_a_year_for_which_is_planned_is_no_day_of_the_meeting() -> None:
    text = "Hungarian Foreign Minister Bela Kovacs met Gazprom chief Alexei Orlov to discuss gas supplies for 2025."

    (met,) = [one for one in read(text) if isinstance(one, Contact)]

    assert met.date is None


def test_what_the_two_leaders_say_is_the_word_of_both_and_a_treaty_has_no_weekday_in_its_name() -> None:
    text = (
        "Ethiopian Prime Minister Abel Tesfaye met Eritrean President Isaias Haile. The two leaders agreed to reopen "
        "the crossing. The Eritrean parliament ratified the treaty on Thursday."
    )

    agreed, ratified = [one for one in read(text) if isinstance(one, Commitment)]

    assert agreed.asserted_by == "Abel Tesfaye and Isaias Haile"
    assert ratified.instrument == "treaty"


@pytest.mark.parametrize(
    ("text", "speaker", "body"),
    [
        (
            "Latvia's foreign minister, Ilze Ozola, met her Chilean counterpart, Senor Pablo Rojas, in Riga on Monday, "
            "her ministry said.",
            "Ilze Ozola's ministry",
            None,
        ),
        ("Ilze Ozola met her counterpart, Pablo Rojas, on Monday, his office said.", "Pablo Rojas's office", None),
        ("A diplomat in Tirana said that two envoys had left.", "a diplomat in Tirana", None),
        ("A Chilean official confirmed that talks were under way.", "Chile (unnamed official)", "Chile"),
        ("Pablo Rojas arrived. Pablo Rojas of Puerto Salvamento said that all were well.", "Pablo Rojas", None),
        ("The pilot, Captain Jan Maas, spoke. Ferry owners had spoken of more than 90 boats.", "Ferry owners", None),
    ],
)
def test_whose_ministry_which_diplomat_and_which_sentence(text: str, speaker: str, body: str | None) -> None:
    assert [one[:2] for one in speakers(text)] == [(speaker, body)]


def test_a_minister_for_labour_is_of_no_party_and_a_paper_keeps_its_whole_name() -> None:
    found = read(
        "Labour Minister Ruth Amadi spoke on Monday. They paid nothing. "
        "The newspaper Courrier de l'Estuaire reported on Sunday that Gabon had paid."
    )

    assert not any(one.country == "GBR" for one in found if isinstance(one, Mention))
    assert [one.speaker for one in found if isinstance(one, Attribution)] == ["Courrier de l'Estuaire"]


def test_what_is_said_to_be_the_number_of_something_is_counted_for_who_puts_it_there() -> None:
    text = (
        "The union put the number of injured at more than 40. Police revised the number of people injured in clashes "
        "at the mole to 33 from 14. Two stokers had died. The flag was raised by Ann Lee."
    )
    found = read(text)
    counts = [(one.unit, one.low) for one in found if isinstance(one, Quantity)]
    said = [one.speaker for one in found if isinstance(one, Attribution)]

    assert counts == [("injured", 40), ("injured", 33), ("dead", 2)]
    assert [name.casefold() for name in said if name] == ["the union", "police"]


def test_in_somebodys_own_words_he_will_is_no_promise() -> None:
    assert [one[2] for one in speakers('"Both sides agree, and he will begin on Friday," Ruth Amadi said.')] == [
        "predict"
    ]


def test_what_is_taken_back_is_what_was_reported_and_not_its_day() -> None:
    (said,) = [
        one
        for one in read(
            "The Estuary Post withdraws its report of 2 March that Chilean workers sabotaged pumps at the Lisse lock."
        )
        if isinstance(one, Attribution)
    ]

    assert said.content[0].end - said.content[0].start == len("that Chilean workers sabotaged pumps at the Lisse lock")


def test_talks_to_which_somebody_has_called_are_still_to_come() -> None:
    found = read("The minister, Ruth Amadi, has called both sides to Libreville for talks on Thursday.")

    assert [one.date.value for one in found if isinstance(one, Time)] == ["2024-11-14"]


def test_the_day_behind_the_word_of_saying_is_its_day_and_who_is_described_keeps_the_name() -> None:
    text = (
        "Grey Gull Lines, the operator of the ferry that sank off Elra on Sunday, said on Monday that 38 people died."
    )
    (said,) = [one for one in read(text) if isinstance(one, Attribution)]

    assert said.speaker == "Grey Gull Lines"
    assert said.date is not None
    assert said.date.value == "2024-11-11"


def test_two_bodies_that_agree_promise_together() -> None:
    text = "Chad's army and the Plain Shield Movement agreed to a truce, Oman said. Chad's army fought for a year."

    assert ("Chad's army and the Plain Shield Movement", "promise") in [(one[0], one[2]) for one in speakers(text)]


def test_the_figure_is_of_what_was_counted_before() -> None:
    text = (
        "The United Nations says at least 150,000 people have been killed. A doctors' union puts the figure at 200,000."
    )

    assert [(one.unit, one.low) for one in read(text) if isinstance(one, Quantity)] == [
        ("dead", 150_000),
        ("dead", 200_000),
    ]


def test_what_somebody_announces_for_a_day_is_among_the_plans() -> None:
    text = (
        "The dockers will vote on the offer on 18 November, union leader Ruth Amadi said. That of May failed, she said."
    )
    report: Report = plain_report(text, day="2024-11-12", headline=None, outlet="o.example", address="plan")
    made = fused(
        [report], {report.id: tuple(annotated(report, parts()))}, Reader(name="t", partner=None, clearance="RED")
    )

    assert [line.text for line in plans.lines(made, (), {})] == [
        "18 Nov 2024 (Monday): “The dockers will vote on the offer on 18 November”; said by Ruth Amadi."
    ]
