from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from watchfloor.core.errors import ConfigError
from watchfloor.core.judgement import Judgement
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report
from watchfloor.core.story import Story
from watchfloor.flow.records import in_order, to_group
from watchfloor.fuse import likeness
from watchfloor.fuse.copies import copies
from watchfloor.fuse.stories import stories
from watchfloor.fuse.story_terms import anchor


def test_reports_of_one_happening_are_one_story_and_others_are_not(report: Callable[..., Report]) -> None:
    a = report("The harbour of Port Lund was closed after cracks were found in its piers.", headline="Port Lund closed")
    b = report(
        "Ships avoid Port Lund, whose harbour closed when cracks appeared in piers.", headline="Ships avoid Port Lund"
    )
    c = report("The orchestra of the capital named its first woman conductor.", headline="New conductor named")

    found = stories([a, b, c], ())

    assert [set(story.reports) for story in found] == [{a.id, b.id}, {c.id}]


def test_a_copy_joins_its_parents_story(report: Callable[..., Report], day: Callable[[str], PartialDate]) -> None:
    text = "The council of the valley voted to close the old mine and to pay its four hundred miners for two years."
    a, b = report(text, published=day("2024-10-01"), outlet="a"), report(text, published=day("2024-10-09"), outlet="b")

    assert len(stories([a, b], copies([a, b]))) == 1


def told(left: str, right: str, verdict: Any, at: int = 1) -> Judgement:
    when = datetime(2024, 11, at, tzinfo=UTC)
    return Judgement(id=f"{left} {right} {at}", left=left, right=right, verdict=verdict, by="desk", at=when)


QUAKE = "A strong earthquake shook the coast near Valparaiso on Monday; at least 14 people died and ports were closed."
QUAKE_AGAIN = (
    "Valparaiso counts its dead: 14 people were killed when the earthquake struck the coast on Monday, Chile says."
)
QUAKE_SPANISH = "Chile: al menos 14 muertos en un terremoto frente a Valparaiso"
ORCHESTRA = "The orchestra of the capital named its first woman conductor, who begins in spring."


@pytest.fixture
def quakes(report: Callable[..., Report], day: Callable[[str], PartialDate]) -> list[Report]:
    on = day("2024-10-21")
    return [
        report(QUAKE, headline="Earthquake kills 14 near Valparaiso", published=on, outlet="a"),
        report(QUAKE_AGAIN, headline="Chile earthquake: Valparaiso counts 14 dead", published=on, outlet="b"),
        report(ORCHESTRA, headline="Woman conductor for orchestra", published=on, outlet="c"),
        report("", headline=QUAKE_SPANISH, published=on, outlet="d", language="es"),
    ]


def groups(found: Sequence[Story]) -> set[frozenset[str]]:
    return {frozenset(story.reports) for story in found}


def test_reports_in_two_languages_join_through_names_numbers_and_things(quakes: list[Report]) -> None:
    a, b, c, d = quakes

    assert groups(stories(quakes, ())) == {frozenset({a.id, b.id, d.id}), frozenset({c.id})}


def test_a_report_says_why_it_stands_in_its_story(quakes: list[Report]) -> None:
    (story,) = [one for one in stories(quakes, ()) if len(one.reports) > 1]

    assert story.joined[0].why == "opens the story"
    assert all(one.why.startswith("shares ") and 0.5 <= one.score <= 1 for one in story.joined[1:])


def test_the_order_within_a_day_does_not_count(quakes: list[Report]) -> None:
    assert groups(stories(quakes, ())) == groups(stories(quakes[::-1], ()))


def test_a_byte_identical_report_more_changes_no_other_story(
    quakes: list[Report], report: Callable[..., Report], day: Callable[[str], PartialDate]
) -> None:
    again = report(QUAKE, headline=quakes[0].headline, published=day("2024-10-21"), outlet="e")
    more = [*quakes, again]

    before, after = stories(quakes, copies(quakes)), stories(more, copies(more))

    assert groups(before) == {group - {again.id} for group in groups(after)}
    assert [story.id for story in before] == [story.id for story in after]


def test_a_person_parts_two_reports_and_it_is_said(quakes: list[Report]) -> None:
    a, b, c, _ = quakes
    parted = stories([a, b, c], (), [told(a.id, b.id, "different")])

    assert groups(parted) == {frozenset({a.id}), frozenset({b.id}), frozenset({c.id})}
    assert [change.kind for change in parted[0].changes] == ["kept-apart"]
    assert parted[0].changes[0].other == parted[1].id


def test_a_person_puts_two_stories_together_by_their_ids(quakes: list[Report]) -> None:
    a, _, c, _ = quakes
    first, second = stories([a, c], ())

    assert groups(stories([a, c], (), [told(first.id, second.id, "same")])) == {frozenset({a.id, c.id})}


def test_the_last_word_of_a_person_counts(quakes: list[Report]) -> None:
    a, b, *_ = quakes
    words = [told(a.id, b.id, "different", 1), told(a.id, b.id, "unsure", 2)]

    assert groups(stories([a, b], (), words)) == {frozenset({a.id, b.id})}


def test_a_report_that_turns_up_later_leaves_the_storys_id(
    quakes: list[Report], report: Callable[..., Report], day: Callable[[str], PartialDate]
) -> None:
    a, b, *_ = quakes
    late = report(
        "Tremors were felt in Valparaiso; an earthquake is feared to have killed people in Chile.",
        headline="Earthquake near Valparaiso, Chile, deaths feared",
        published=day("2024-10-20"),
        collected=datetime(2024, 11, 5, tzinfo=UTC),
    )

    before, after = stories([a, b], ()), stories([late, a, b], ())

    assert (len(before), len(after)) == (1, 1)
    assert before[0].id == after[0].id


def test_a_story_is_dead_after_a_week_without_a_report(quakes: list[Report], day: Callable[[str], PartialDate]) -> None:
    a = quakes[0]
    later = structs.replace(a, id="rep_later", published=day("2024-11-21"))

    assert len(stories([a, later], ())) == 2


@pytest.mark.parametrize(("left", "right"), [("Байлз", "Biles"), ("Олимпиада", "Olympics"), ("Японии", "Japan")])
def test_names_and_things_meet_across_scripts(left: str, right: str) -> None:
    assert anchor(left) == anchor(right)


@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=120)), max_size=8))
def test_every_report_is_in_exactly_one_story(texts: list[tuple[str, str]]) -> None:
    reports = [
        to_group({"title": title, "text": text, "date": f"2024-10-{1 + number % 9:02}"}, number)
        for number, (title, text) in enumerate(texts)
    ]
    reports = in_order(reports)

    found = stories(reports, copies(reports))

    assert sorted(id for story in found for id in story.reports) == sorted(report.id for report in reports)


def test_weights_that_are_not_the_trained_ones_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "SHA256", "0" * 64)
    likeness.weights.cache_clear()

    with pytest.raises(ConfigError, match=r"stories\.json"):
        likeness.weights()
    likeness.weights.cache_clear()
