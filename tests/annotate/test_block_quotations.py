from collections.abc import Callable

import pytest

from watchfloor.annotate import attributions, mentions
from watchfloor.core.annotation import Attribution
from watchfloor.core.report import Report

Read = Callable[[str], list[Attribution]]


@pytest.fixture
def read(report: Callable[..., Report]) -> Read:
    def found(text: str) -> list[Attribution]:
        made = report(text)
        return list(attributions.annotate(made, list(mentions.annotate(made, []))))

    return found


def said(text: str, one: Attribution) -> list[str]:
    return [text[span.start : span.end] for span in one.content]


@pytest.mark.parametrize("lead", ["Jan Vos went on to say:", "Jan Vos released the following statement:"])
def test_a_quotation_in_its_own_paragraph_is_whose_words_announce_it(read: Read, lead: str) -> None:
    text = f"{lead}\n“The dam is not safe. We told the village so in spring.”"

    (found,) = read(text)

    assert (found.speaker, said(text, found)) == (
        "Jan Vos",
        ["“The dam is not safe. We told the village so in spring.”"],
    )


def test_a_quotation_left_open_goes_on_in_the_next_paragraph(read: Read) -> None:
    text = "Jan Vos said:\n“The dam is not safe.\n“We told the village so in spring.”"

    assert {one.speaker for one in read(text)} == {"Jan Vos"}


@pytest.mark.parametrize("dash", ["―", "—", "–", "-"])
def test_a_name_behind_a_dash_has_said_the_quotation_before_it(read: Read, dash: str) -> None:
    text = f"“He has promised us the river for years, and we still carry water.” {dash} Maria Silva"

    (found,) = read(text)

    assert (found.speaker, found.kind) == ("Maria Silva", "direct")


def test_a_sentence_behind_a_dash_is_no_signature(read: Read) -> None:
    text = "“It leaks” — The mayor said so on Monday."

    assert "The mayor said so on Monday" not in {one.speaker for one in read(text)}


def test_a_quotation_of_its_own_sentence_goes_on_with_the_one_before(read: Read) -> None:
    text = "“I will stay,” Ana Ruiz said when asked whether she would go. “The work is not done here yet.”"

    mine = [one for one in read(text) if "“The work is not done here yet.”" in said(text, one)]

    assert {one.speaker for one in mine} == {"Ana Ruiz"}
