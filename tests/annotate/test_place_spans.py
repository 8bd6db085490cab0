from collections.abc import Callable

import pytest

from watchfloor.annotate.gazetteer import readings
from watchfloor.annotate.place_spans import spans
from watchfloor.core.annotation import Mention, MentionType
from watchfloor.core.report import Report
from watchfloor.core.span import Span

MakeReport = Callable[..., Report]


def named(report: Report, *mentions: tuple[str, MentionType]) -> list[str]:
    given = []
    for words, kind in mentions:
        start = report.text.index(words)
        span = Span(report=report.id, start=start, end=start + len(words))
        given.append(Mention(span=span, type=kind, name=words, generated_by="test@1"))
    return [report.text[start:end] for start, end in spans(report, given, readings).certain]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He lives in Honey Grove.", ["Honey Grove"]),
        ("Honey Grove, Texas, is small.", ["Honey Grove", "Texas"]),
        ("Crews left Lamar County at noon.", ["Lamar County"]),
        ("Crews left Fannin and Lamar counties at noon.", ["Fannin", "Lamar"]),
        ("It cost US$40.", []),
        ("Doctors spoke of West Nile virus.", []),
        ("Snow fell in Washington, D.C. today.", ["Washington, D.C."]),
    ],
)
def test_a_name_is_held_for_a_place_where_its_words_show_it(report: MakeReport, text: str, names: list[str]) -> None:
    assert named(report(text)) == names


@pytest.mark.parametrize(
    "text", ["Reading is fun.", "Mobile phones rang.", "The man Young left.", "Bonham left early."]
)
def test_a_capital_alone_makes_no_place(report: MakeReport, text: str) -> None:
    assert named(report(text)) == []


def test_a_surname_of_the_report_is_no_place_anywhere_in_it(report: MakeReport) -> None:
    one = report("Ann Houston spoke first. Then came Houston again.")

    assert named(one, ("Ann Houston", "person")) == []


def test_a_place_at_the_end_of_a_public_bodys_name_is_a_place(report: MakeReport) -> None:
    one = report("The Oslo Police Department and the University of Bergen agreed.")

    assert named(one, ("Oslo Police Department", "organisation"), ("University of Bergen", "organisation")) == [
        "Oslo",
        "Bergen",
    ]


def test_a_place_inside_another_bodys_name_is_none(report: MakeReport) -> None:
    one = report("Readers wrote to the London Review Club.")

    assert named(one, ("London Review Club", "organisation")) == []


def test_a_place_inside_a_description_is_a_place(report: MakeReport) -> None:
    one = report("They met the mayor of Bergen today.")

    assert named(one, ("the mayor of Bergen", "person")) == ["Bergen"]


def test_a_region_that_was_held_for_a_person_is_a_place(report: MakeReport) -> None:
    one = report("Rain reached Tamil Nadu today.")

    assert named(one, ("Tamil Nadu", "person")) == ["Tamil Nadu"]


@pytest.mark.parametrize(
    ("mention", "names"),
    [
        ("Tromso, northern Norway", ["Tromso", "Norway"]),
        ("Zagora province", ["Zagora"]),
        ("southern Norway", ["Norway"]),
        ("Ferry Landing Road", []),
    ],
)
def test_a_mention_of_a_place_gives_the_names_in_it(report: MakeReport, mention: str, names: list[str]) -> None:
    one = report(f"Crews reached {mention} at noon.")

    assert named(one, (mention, "place")) == names
