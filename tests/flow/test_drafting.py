"""What people may do to a draft, and what it is made of."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from watchfloor.core.draft import Draft, Part, Sentence
from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.flow import drafting
from watchfloor.flow.admission import alone
from watchfloor.flow.auditing import anchored

NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)
ANN = alone("ann", "RED", NOW)
TEXT = "The ferry of Port Lund did not sail on Monday.\n\nIts master said that\nthe engine had failed twice."


def picture(*reports: Report) -> Picture:
    return Picture(
        reader=Reader(name="t", partner=None, clearance="RED"),
        as_of=None,
        reports=reports,
        annotations={},
        copies=(),
        stories=(),
        entities=(),
        claims=(),
        encounters=(),
    )


@pytest.fixture
def lund(report: Callable[..., Report]) -> Report:
    return report(TEXT, outlet="Lund Courier")


def draft(*parts: tuple[str, ...]) -> Draft:
    span = Span(report="rep_1", start=0, end=4)
    return Draft(
        id="drf_1",
        version=1,
        title="The ferry",
        since=None,
        as_of=None,
        parts=tuple(
            Part(heading=f"h{n}", sentences=tuple(Sentence(text=text, citations=(span,)) for text in part))
            for n, part in enumerate(parts)
        ),
        made=NOW,
        by="ann",
        change="begun",
    )


def texts(made: Draft) -> list[list[str]]:
    return [[one.text for one in part.sentences] for part in made.parts]


@pytest.mark.parametrize(
    ("part", "at", "by", "expected"),
    [
        (0, 0, 1, [["b", "a"], ["c"]]),
        (0, 1, -1, [["b", "a"], ["c"]]),
        (0, 0, -1, [["a", "b"], ["c"]]),
        (0, 1, 1, [["a"], ["b", "c"]]),
        (1, 0, -1, [["a", "b", "c"]]),
        (1, 0, 1, [["a", "b"], ["c"]]),
    ],
)
def test_a_sentence_moves_up_and_down_and_over_the_edge_of_its_part(
    part: int, at: int, by: int, expected: list[list[str]]
) -> None:
    assert texts(drafting.moved(part, at, by)(draft(("a", "b"), ("c",)))) == expected


def test_the_same_words_twice_are_two_sentences_and_only_one_is_removed() -> None:
    assert texts(drafting.removed(0, 1)(draft(("a", "a", "b")))) == [["a", "b"]]


def test_a_part_goes_with_its_last_sentence_but_the_last_part_stays() -> None:
    assert texts(drafting.removed(1, 0)(draft(("a",), ("b",)))) == [["a"]]
    assert texts(drafting.removed(0, 0)(draft(("a",)))) == [[]]


@pytest.mark.parametrize("change", [drafting.removed(7, 0), drafting.removed(0, 7), drafting.moved(-1, 0, 1)])
def test_what_is_not_there_is_not_changed(change: drafting.Change) -> None:
    with pytest.raises(ConfigError, match="there is no such sentence"):
        change(draft(("a",)))


def test_the_words_of_a_person_are_theirs_and_other_citations_alone_are_not() -> None:
    span = Span(report="rep_1", start=2, end=3)
    made = drafting.reworded(0, 0, "a", [span], False, ANN)(draft(("a",)))
    worded = drafting.reworded(0, 0, "b  c", [span], True, ANN)(made)

    assert made.parts[0].sentences[0].worded_by is None
    assert made.parts[0].sentences[0].citations == (span,)
    assert worded.parts[0].sentences[0] == Sentence(text="b c", citations=(span,), worded_by="ann", assessed_by="ann")


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (Sentence(text="It is so."), "rests on nothing"),
        (Sentence(text="  ", assessed_by="ann"), "without words"),
        (Sentence(text="x" * 2001, assessed_by="ann"), "2001 characters"),
    ],
)
def test_no_sentence_stands_that_rests_on_nothing_or_says_nothing(sentence: Sentence, said: str) -> None:
    made = structs.replace(draft(("a",)), parts=(Part(heading="h", sentences=(sentence,)),))

    with pytest.raises(ConfigError, match=said):
        drafting.check(made)


def test_words_are_found_whatever_white_space_and_case_they_are_pasted_with(lund: Report) -> None:
    (span,) = drafting.cited("“ITS MASTER said that the engine\thad failed”", picture(lund), ())

    assert lund.text[span.start : span.end] == "Its master said that\nthe engine had failed"


@given(st.text(max_size=200) | st.sampled_from(["[1]", "2, 1", "٣", "rep_1:0-9", "((((((((((((((((((", "\\" * 40]))
def test_whatever_is_typed_as_evidence_is_a_place_or_says_what_was_expected(typed: str) -> None:
    numbers = [Span(report="rep_1", start=0, end=4), Span(report="rep_1", start=5, end=9)]
    found: tuple[Span, ...] = ()
    with suppress(ConfigError):
        found = drafting.cited(typed, picture(), numbers)

    assert set(found) <= set(numbers)


@given(st.text(max_size=90))
def test_whatever_is_typed_as_a_seal_is_one_or_is_refused(typed: str) -> None:
    number, last = 0, "0" * 64
    with suppress(ConfigError):
        number, last = anchored(typed)

    assert (number >= 0, len(last)) == (True, 64)


def test_an_assessment_is_told_with_the_name_of_the_person(tmp_path: Any, lund: Report) -> None:
    from watchfloor.store.connection import open_store

    with open_store(tmp_path / "a.db", create=True) as store:
        begun = structs.replace(
            draft(("a",)), parts=(Part(heading="h", sentences=(Sentence(text="a", assessed_by="x"),)),)
        )
        _, brief = drafting.written(store, ANN, begun)(picture(lund))

    assert brief.sections[0].lines[0].text == "a (Assessment by x.)"
    assert brief.timeline == ()
