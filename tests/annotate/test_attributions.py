from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watchfloor.annotate import attributions, mentions
from watchfloor.core.annotation import Attribution
from watchfloor.core.report import Report
from watchfloor.core.span import Span

Read = Callable[[str], list[Attribution]]


@pytest.fixture
def read(report: Callable[..., Report]) -> Read:
    def found(text: str) -> list[Attribution]:
        made = report(text)
        return list(attributions.annotate(made, list(mentions.annotate(made, []))))

    return found


def words(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "The harbour master said that the port would stay shut until Friday.",
            ["The harbour master"],
            ["said"],
            ["that the port would stay shut until Friday"],
        ),
        (
            "“The port is shut,” Jan Novak, the harbour master, told reporters.",
            ["Jan Novak, the harbour master,"],
            ["told"],
            ["“The port is shut,”"],
        ),
        (
            "The port will stay shut until Friday, according to the ministry.",
            ["the ministry"],
            ["according to"],
            ["The port will stay shut until Friday"],
        ),
    ],
)
def test_a_statement_has_its_source_its_words_of_saying_and_its_content(
    read: Read, text: str, source: list[str], cue: list[str], content: list[str]
) -> None:
    (found,) = read(text)

    assert (words(text, found.source), words(text, found.cue), words(text, found.content)) == (source, cue, content)


def test_a_statement_inside_a_statement_is_kept(read: Read) -> None:
    text = "Jan Novak said on Monday that the ministry had denied that the port was shut."

    assert [words(text, one.source) for one in read(text)] == [["Jan Novak"], ["the ministry"]]


def test_two_things_said_in_one_breath_are_two_statements(read: Read) -> None:
    text = "The ministry urged calm and condemned the raid."

    assert [one.act for one in read(text)] == ["demand", "condemn"]


def test_what_nobody_says_is_no_statement(report: Callable[..., Report], read: Read) -> None:
    text = "The two sides are expected to meet in Bergen."
    made = report(text)

    assert read(text) == []
    assert [words(text, one.cue) for one in attributions.attitudes(made, [])] == [["are expected"]]


def test_nobody_having_confirmed_something_confirms_nothing(read: Read) -> None:
    assert all(one.act != "confirm" for one in read("No government has confirmed that the port is shut."))


def test_silence_is_no_denial(read: Read) -> None:
    found = read("The ministry did not respond to a request for comment on the raid.")

    assert all(one.act in ("silent", "decline-to-comment") for one in found)


def test_a_body_named_behind_its_description_speaks_under_its_name(read: Read) -> None:
    (found,) = read("The envoy left Bergen on Monday, the state news agency NTB said.")

    assert found.speaker == "NTB"


def test_statements_come_in_the_order_of_the_text(read: Read) -> None:
    found = read("Ana Ruiz said it rained. Jan Novak denied it. The mayor said that both were right.")

    assert [one.content[0].start for one in found] == sorted(one.content[0].start for one in found)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.sampled_from("aA .,:;“”\"'’\n-said Xtold"), max_size=120))
def test_any_text_is_read_and_spans_lie_in_it(report: Callable[..., Report], text: str) -> None:
    made = report(text)
    for one in attributions.annotate(made, list(mentions.annotate(made, []))):
        assert one.content
        assert 0 <= one.span.start < one.span.end <= len(made.text)


def test_calling_somebody_to_a_meeting_says_nothing(read: Read) -> None:
    assert not read("President Dan Roe called his security officials to an unscheduled meeting.")


def test_calling_a_thing_something_says_it(read: Read) -> None:
    text = "The minister called the dispatch a breach of the charter."

    (one,) = read(text)

    assert words(text, one.content) == ["the dispatch a breach of the charter"]


def test_the_one_who_is_told_is_not_part_of_what_is_told(read: Read) -> None:
    text = "Ana Bell, the first vice minister, told Ambassador Jan Novak at the ministry in Oslo that ships must go."

    (one,) = read(text)

    assert one.speaker == "Ana Bell"
    assert words(text, one.content) == ["that ships must go"]


def test_what_one_told_another_is_his_when_a_third_passes_it_on(read: Read) -> None:
    text = (
        "Ana Bell, the first vice minister, told Ambassador Jan Novak at the ministry in Oslo that the ships had "
        "to leave at once, the ministry said. Bell called the landing a breach of several resolutions."
    )

    assert "Jan Novak" not in {one.speaker for one in read(text)}


def test_the_account_on_which_it_was_said_is_no_part_of_what_was_said(read: Read) -> None:
    text = "The Kenyan Embassy in Uganda also confirmed Mwangi's visit to Chad on its social media account."
    (found,) = read(text)

    assert words(text, found.content) == ["Mwangi's visit to Chad"]
    assert found.reported_via == "social media"
