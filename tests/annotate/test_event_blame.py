from collections.abc import Callable

import pytest

from watchfloor.annotate import attributions, contacts, mentions, places, times
from watchfloor.annotate.events import annotate
from watchfloor.core.annotation import Annotation, Event
from watchfloor.core.report import Report

MakeReport = Callable[..., Report]


def events(report: Report) -> list[Event]:
    found: list[Annotation] = list(mentions.annotate(report, []))
    for part in (times, places, attributions, contacts):
        found += list(part.annotate(report, found))
    return list(annotate(report, found))


@pytest.mark.parametrize(
    ("text", "mode", "actor", "recipient"),
    [
        ("Norway said that Denmark had attacked a Norwegian trawler.", "allege", "Norway", "Denmark"),
        ("Kenya said the Ugandan dam was a violation of the treaty.", "disapprove", "Kenya", "Uganda"),
        ("The Kenyan minister said Uganda was responsible for the flood.", "disapprove", "Kenyan minister", "Uganda"),
    ],
)
def test_who_says_what_is_bad_blames_whose_it_is(
    report: MakeReport, text: str, mode: str, actor: str, recipient: str
) -> None:
    (found,) = events(report(text))

    assert (found.event_type, found.mode, found.status) == ("ACCUSE", mode, "actual")
    assert ([one.name for one in found.actor], [one.name for one in found.recipient]) == ([actor], [recipient])


def test_a_quotation_blames_as_reported_words_do(report: MakeReport) -> None:
    (found,) = events(report('"Uganda\'s decision is reckless," the Kenyan foreign ministry said.'))

    assert (found.event_type, [one.name for one in found.recipient]) == ("ACCUSE", ["Uganda"])


@pytest.mark.parametrize(
    "text",
    [
        "Norway said that the Danish navy had not attacked a Norwegian trawler.",
        "Kenya said the Ugandan dam could be a violation of the treaty.",
        "Kenya said the Ugandan dam was not a violation of the treaty.",
        "The Kenyan minister said that Kenya's own policy was reckless.",
    ],
)
def test_nobody_is_blamed_for_what_is_denied_or_possible_or_ones_own(report: MakeReport, text: str) -> None:
    assert "ACCUSE" not in {one.event_type for one in events(report(text))}


def test_who_says_that_it_is_not_aimed_at_somebody_rejects_the_blame(report: MakeReport) -> None:
    (found,) = events(report("Chile insisted that the drill is not directed against Bolivia."))

    assert (found.event_type, [one.name for one in found.recipient]) == ("REJECT", ["Bolivia"])
    assert not events(report("Chile said the drill is directed against Bolivia."))


def test_an_accusation_says_which_word_blames(report: MakeReport) -> None:
    (found,) = events(report("Kenya said the Ugandan dam was a violation of the treaty."))

    assert "'say' that it 'violation'" in (found.because or "")
