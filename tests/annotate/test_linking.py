from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate.chains import Labelled
from watchfloor.annotate.linking import Linked, link

SECONDS = 10.0  # assumed: far above what near spans alone need, far below what every span against every other needs


def spans(layout: str) -> list[Labelled]:
    """Spans drawn as letters, a word each: s source, c cue, q content, anything else no span."""
    names = {"s": "source", "c": "cue", "q": "content"}
    found: list[Labelled] = []
    for at, letter in enumerate(layout):
        if letter not in names:
            continue
        if at and layout[at - 1] == letter:
            found[-1] = found[-1]._replace(end=at + 1)
        else:
            found.append(Labelled(at, at + 1, names[letter]))
    return found


def drawn(layout: str, sentences: list[int]) -> list[tuple[int | None, int, list[int]]]:
    """Where source, cue and contents of each statement begin."""
    return [
        (one.source.start if one.source else None, one.cue.start, [content.start for content in one.contents])
        for one in link(spans(layout), sentences)
    ]


@pytest.mark.parametrize("layout", ["s.c.q", "q.s.c", "q.c.s"])
def test_source_cue_and_content_belong_together_in_any_order(layout: str) -> None:
    assert drawn(layout, [0]) == [(layout.index("s"), layout.index("c"), [layout.index("q")])]


def test_a_statement_keeps_its_spans_whole() -> None:
    assert link(spans("ss.c.qqq"), [0]) == [
        Linked(Labelled(0, 2, "source"), Labelled(3, 4, "cue"), (Labelled(5, 8, "content"),))
    ]


def test_a_content_on_either_side_of_the_cue_is_one_statement() -> None:
    assert drawn("qq.sc.qq", [0]) == [(3, 4, [0, 6])]


def test_two_cues_share_the_source_they_follow() -> None:
    assert drawn("s.cq..cq", [0]) == [(0, 2, [3]), (0, 6, [7])]


def test_each_cue_of_two_sentences_takes_its_own() -> None:
    assert drawn("scq.qsc.", [0, 4]) == [(0, 1, [2]), (5, 6, [4])]


def test_the_end_of_a_sentence_is_worth_many_words() -> None:
    assert drawn("cq...q......c", [0, 4]) == [(None, 0, [1]), (None, 12, [5])]


def test_a_cue_without_contents_is_no_statement() -> None:
    assert drawn("sc", [0]) == []


def test_a_cue_without_a_source_keeps_its_contents() -> None:
    assert drawn("cq", [0]) == [(None, 0, [1])]


def test_a_content_without_any_cue_is_dropped() -> None:
    assert drawn("s.q", [0]) == []


def test_a_source_too_far_away_is_anothers() -> None:
    assert drawn("s" + "." * 60 + "cq", [0]) == [(0, 61, [62])]
    assert drawn("s" + "." * 61 + "cq", [0]) == [(None, 62, [63])]


def test_nothing_gives_nothing() -> None:
    assert link([], []) == []


@given(st.text(alphabet="scq.", max_size=60), st.lists(st.integers(1, 59), max_size=5, unique=True))
def test_every_content_goes_to_one_cue_and_nothing_is_made_up(layout: str, sentences: list[int]) -> None:
    given_spans = spans(layout)
    found = link(given_spans, [0, *sorted(sentences)])

    contents = [span for span in given_spans if span.label == "content"]
    assert sorted(content for one in found for content in one.contents) == (contents if "c" in layout else [])
    assert all(one.contents and one.cue.label == "cue" and one.cue in given_spans for one in found)
    assert all(one.source is None or (one.source.label == "source" and one.source in given_spans) for one in found)


@given(st.text(alphabet="scq.", max_size=40), st.lists(st.integers(1, 39), max_size=4, unique=True))
def test_looking_at_the_nearest_on_either_side_is_looking_at_all(layout: str, sentences: list[int]) -> None:
    given_spans = spans(layout)
    begins = [0, *sorted(sentences)]

    def cost(one: Labelled, other: Labelled) -> int:
        low, high = min(one.end, other.end), max(one.start, other.start)
        between = [span for span in given_spans if low <= span.start and span.end <= high]
        ends = sum(low < begin <= high for begin in begins)
        return high - low + sum(20 - (span.end - span.start) for span in between) + 25 * ends

    cues = [span for span in given_spans if span.label == "cue"]
    sources = [span for span in given_spans if span.label == "source"]
    for one in link(given_spans, begins):
        near = min(sources, key=lambda source: cost(source, one.cue), default=None)
        later = near is not None and any(one.cue.start < begin <= near.start for begin in begins)
        assert one.source == (near if near is not None and cost(near, one.cue) <= 60 and not later else None)
        for content in one.contents:
            given_over = len(one.contents) == 1 and abs(given_spans.index(content) - given_spans.index(one.cue)) == 1
            assert given_over or one.cue == min(cues, key=lambda cue: cost(content, cue))


def test_a_paragraph_of_thousands_of_statements_is_linked_in_seconds(in_time: Callable[..., bool]) -> None:
    made = spans("scq." * 5_000)

    assert in_time(lambda: link(made, list(range(0, 20_000, 4))), SECONDS)


def test_a_speaker_of_the_next_sentence_said_nothing_in_this_one() -> None:
    (found,) = link(spans("qc.s"), [0, 3])

    assert found.source is None


def test_a_cue_without_content_has_the_one_beside_it_when_its_neighbour_has_more() -> None:
    made = spans("cqcq")

    assert [one.contents for one in link(made, [0])] == [(made[1],), (made[3],)]
