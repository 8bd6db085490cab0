from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watchfloor.annotate import times
from watchfloor.annotate.quantities import annotate
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report

MakeReport = Callable[..., Report]
MakeDay = Callable[[str], PartialDate]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("The port lost 40 workers.", 40, 40, "worker"),
        ("Some 3,000 sailors rested.", 2_700, 3_300, "sailor"),
        ("About 200 people rested.", 180, 220, "person"),
        ("Nearly 200 people rested.", 180, 200, "person"),
        ("More than 2 million voters rested.", 2_000_000, None, "voter"),
        ("At least two dogs barked.", 2, None, "dog"),
        ("Up to 90 drones flew.", 0, 90, "drone"),
        ("Fewer than 90 drones flew.", 0, 89, "drone"),
        ("Between 20 and 30 tanks stopped.", 20, 30, "tank"),
        ("It takes 5 to 7 million tons.", 5_000_000, 7_000_000, "ton"),
        ("Dozens of boats sank.", 24, 199, "boat"),
        ("Millions of leaflets fell.", 2_000_000, None, "leaflet"),
        ("Several thousand nurses rested.", 3_000, 9_000, "nurse"),
        ("Twelve thousand soldiers rested.", 12_000, 12_000, "troop"),
        ("It cost $3 million.", 3_000_000, 3_000_000, "dollar"),
        ("It cost billions of euros.", 2_000_000_000, None, "euro"),
        ("It fell by 7%.", 7, 7, "percent"),
        ("It fell by 7.5 percent.", 7, 8, "percent"),
        ("One soldier rested.", 1, 1, "troop"),
        ("30 or so boats sank.", 27, 33, "boat"),
    ],
)
def test_the_words_give_a_range(report: MakeReport, text: str, low: int, high: int | None, unit: str) -> None:
    (found,) = annotate(report(text))

    assert (found.low, found.high, found.unit) == (low, high, unit)


def test_the_figure_is_kept_beside_its_range(report: MakeReport) -> None:
    (found,) = annotate(report("Around 3,000 sailors rested."))

    assert (found.figure, found.hedge) == (3_000, "around")


def test_a_vague_number_has_no_figure(report: MakeReport) -> None:
    (found,) = annotate(report("Hundreds of boats sank."))

    assert (found.figure, found.hedge) == (None, "hundreds")


@pytest.mark.parametrize(
    ("text", "phase"),
    [
        ("Oslo plans to buy 20 tanks.", "planned"),
        ("Oslo has already received 20 tanks.", "done"),
        ("Some 20 tanks are on the move.", "under-way"),
        ("Oslo has 20 tanks.", None),
    ],
)
def test_the_words_nearby_give_the_phase(report: MakeReport, text: str, phase: str | None) -> None:
    (found,) = annotate(report(text))

    assert found.phase == phase


def test_each_of_two_counts_has_the_phase_of_its_own_clause(report: MakeReport) -> None:
    whole, part = annotate(report("Oslo decided to buy 20 tanks, with 4 of them already delivered."))

    assert (whole.phase, part.phase) == ("planned", "done")


def test_some_of_them_are_a_part_of_the_count_before(report: MakeReport) -> None:
    whole, part = annotate(report("Some 900 sailors came. Roughly 300 of them stayed."))

    assert part.part_of == whole.span
    assert part.unit == "sailor"


def test_what_is_counted_is_kept_in_words(report: MakeReport) -> None:
    (found,) = annotate(report("They saw 300 young Danish sailors."))

    assert found.counted == "young Danish sailors"


@pytest.mark.parametrize(
    "text",
    [
        "Article 5 of the treaty binds allies.",
        "The G20 ministers met.",
        "A Su-35 and a T-90 were seen in 2021.",
        "She is a 31-year-old pilot.",
        "Call 030-555-0199 at once.",
        "It lasted 12 years.",
        "A troop came.",
        "Version 3.2.1 ships.",
    ],
)
def test_what_only_looks_like_a_count_is_none(report: MakeReport, text: str) -> None:
    assert list(annotate(report(text))) == []


def test_a_date_is_no_count(report: MakeReport, day: MakeDay) -> None:
    text = report("On May 12, 2021 elections were held.", published=day("2021-06-01"))

    assert list(annotate(text, list(times.annotate(text)))) == []


PIECES = [
    "12,000",
    "some",
    "more than",
    "$",
    "5 to 7",
    "million",
    "soldiers",
    "of them",
    "dozens",
    "%",
    "1.5bn",
    "a",
    "-",
    ". ",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map(" ".join)))
def test_any_text_gives_spans_inside_it_and_ranges_in_order(report: MakeReport, text: str) -> None:
    for found in annotate(report(text)):
        assert 0 <= found.span.start < found.span.end <= len(text)
        assert found.high is None or found.low <= found.high


def test_of_them_may_point_into_the_paragraph_before_at_a_larger_count(report: Callable[..., Report]) -> None:
    text = "The agency counts 9,000 soldiers and four ships.\nAbout 500 of them have arrived.\n"

    *_, part = annotate(report(text))

    assert (part.figure, part.unit) == (500, "troop")
    assert part.part_of is not None
    assert text[part.part_of.start : part.part_of.end] == "9,000 soldiers"


@pytest.mark.parametrize(
    ("text", "figure", "unit"),
    [
        ("Six sailors were injured.", 6, "injured"),
        ("The blast killed at least 12 people.", 12, "dead"),
        ("Four people have died.", 4, "dead"),
        ("The count is nine missing.", 9, "missing"),
        ("The crash left 30 wounded.", 30, "injured"),
    ],
)
def test_the_dead_the_injured_and_the_missing_are_counted_as_that(
    report: Callable[..., Report], text: str, figure: int, unit: str
) -> None:
    (found,) = annotate(report(text))

    assert (found.figure, found.unit) == (figure, unit)


@pytest.mark.parametrize("words", ["5% ", "$5 "])
def test_twice_the_numbers_in_a_sentence_take_about_twice_the_time(
    report: Callable[..., Report], words: str, in_proportion: Callable[..., bool]
) -> None:
    def seconds(count: int) -> float:
        text = report(words * count)
        began = process_time()
        assert len(list(annotate(text))) == count
        return process_time() - began

    assert in_proportion(seconds, 150, 1_200)


@pytest.mark.parametrize(
    ("text", "phases"),
    [
        ("Oslo will send 20 tanks, 30 ships and arrived 40 guns.", ["planned", "done", "done"]),
        ("Soon 20 tanks, 30 ships.", ["planned", "planned"]),
        ("20 tanks will arrive. 30 ships arrived.", ["planned", "done"]),
    ],
)
def test_the_nearest_cue_of_the_clause_wins_over_the_sentence(
    report: Callable[..., Report], text: str, phases: list[str]
) -> None:
    assert [one.phase for one in annotate(report(text))] == phases
