from collections.abc import Callable
from typing import Any

from watchfloor.core.annotation import Attribution
from watchfloor.resolve import within

Make = Callable[..., Any]


def channels(report: Any, found: list[Any]) -> list[str | None]:
    """Return the channels of the statements, in the order given."""
    return [one.reported_via for one in within.resolve(report, found) if isinstance(one, Attribution)]


def test_words_inside_what_a_body_tells_came_through_the_body(
    report: Make, people: Make, mention: Make, said: Make
) -> None:
    text = report("The Indian Embassy in Peru said Ken Mori told reporters that visas were cheap.")
    found = [
        *people(text, "Ken Mori"),
        mention(text, "Indian Embassy in Peru", "organisation"),
        said(text, "The Indian Embassy in Peru", "Ken Mori told reporters that visas were cheap", "organisation"),
        said(text, "Ken Mori", "that visas were cheap"),
    ]

    assert channels(text, found) == [None, "Indian Embassy in Peru"]


def test_a_channel_serves_the_speakers_other_statements_in_the_paragraph(
    report: Make, people: Make, mention: Make, said: Make
) -> None:
    text = report("Ken Mori said visas were cheap. Mori said seats were free, according to the tourist board.")
    found = [
        *people(text, "Ken Mori", "Mori"),
        said(text, "Ken Mori", "visas were cheap"),
        said(text, "Mori", "seats were free", after="cheap", reported_via="the tourist board"),
    ]

    assert channels(text, found) == ["the tourist board", "the tourist board"]


def test_it_does_not_serve_the_next_paragraph(report: Make, people: Make, said: Make) -> None:
    text = report("Ken Mori said visas were cheap, according to the tourist board.\nMori said seats were free.")
    found = [
        *people(text, "Ken Mori", "Mori"),
        said(text, "Ken Mori", "visas were cheap", reported_via="the tourist board"),
        said(text, "Mori", "seats were free"),
    ]

    assert channels(text, found) == ["the tourist board", None]


def test_two_channels_in_one_paragraph_serve_nobody_else(report: Make, people: Make, said: Make) -> None:
    text = report("Ken Mori said A, by X. Mori said B, by Y. Mori said C.")
    found = [
        *people(text, "Ken Mori", "Mori"),
        said(text, "Ken Mori", "A", reported_via="the X board"),
        said(text, "Mori", "B", after="X.", reported_via="the Y board"),
        said(text, "Mori", "C", after="Y."),
    ]

    assert channels(text, found) == ["the X board", "the Y board", None]


def test_a_channel_gets_the_fullest_name_of_the_body(report: Make, people: Make, mention: Make, said: Make) -> None:
    text = report("The Danish Ministry of Health met.\nKen Mori said beds were free, according to the ministry.")
    found = [
        *people(text, "Ken Mori"),
        mention(text, "Danish Ministry of Health", "organisation"),
        said(text, "Ken Mori", "beds were free", reported_via="the ministry"),
    ]

    assert channels(text, found) == ["Danish Ministry of Health"]
