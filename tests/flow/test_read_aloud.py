"""Paragraphs of our own that once read wrongly to a person: who speaks, for whom, what is promised, when they met."""

from collections.abc import Sequence

import pytest

from watchfloor.core.annotation import Annotation, Attribution, Commitment, Contact, Event, Mention, Place
from watchfloor.core.report import Report
from watchfloor.flow.parts import parts
from watchfloor.flow.pipeline import annotated
from watchfloor.flow.records import plain_report


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
