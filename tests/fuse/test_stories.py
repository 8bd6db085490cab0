from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from watchfloor.core.errors import ConfigError
from watchfloor.core.judgement import Judgement
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report
from watchfloor.core.story import Story
from watchfloor.flow.copying import earliest_first
from watchfloor.flow.records import in_order, to_group
from watchfloor.fuse import likeness
from watchfloor.fuse.copies import copies
from watchfloor.fuse.live import MOST_HELD, MOST_VISITED, Frequencies, Live
from watchfloor.fuse.stories import Stream, stories
from watchfloor.fuse.story_decisions import Decisions
from watchfloor.fuse.story_terms import Terms, anchor


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


def arriving(report: Callable[..., Report], day: Callable[[str], PartialDate], order: Sequence[int]) -> list[Report]:
    """Reports on three happenings, collected in some order."""
    texts = [
        (QUAKE, "Earthquake kills 14 near Valparaiso", "2024-10-21"),
        (QUAKE_AGAIN, "Chile earthquake: Valparaiso counts 14 dead", "2024-10-21"),
        ("", QUAKE_SPANISH, "2024-10-22"),
        (ORCHESTRA, "Woman conductor for orchestra", "2024-10-21"),
        (
            "The capital's orchestra will have a woman conductor from spring.",
            "Orchestra: a woman conductor",
            "2024-10-22",
        ),
        ("The harbour of Port Lund was closed after cracks in its piers.", "Port Lund closed", "2024-10-20"),
    ]
    return [
        report(
            texts[one][0],
            headline=texts[one][1],
            published=day(texts[one][2]),
            outlet=str(one),
            collected=datetime(2024, 11, 1, place, tzinfo=UTC),
        )
        for place, one in enumerate(order)
    ]


@given(st.permutations(range(6)))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_story_that_only_grows_keeps_its_id_whatever_comes_in_which_order(
    report: Callable[..., Report], day: Callable[[str], PartialDate], order: list[int]
) -> None:
    reports = arriving(report, day, order)
    order_of = {one.id: number for number, one in enumerate(reports)}
    before: tuple[Story, ...] = ()
    for count in range(1, len(reports) + 1):
        after = stories(sorted(reports[:count], key=earliest_first), ())
        for new in after:
            parts = [old for old in before if set(old.reports) & set(new.reports)]
            if parts and all(set(old.reports) <= set(new.reports) for old in parts):
                oldest = min(parts, key=lambda old: min(order_of[id] for id in old.reports))
                assert new.id == oldest.id
        before = after


def test_a_repair_does_not_put_together_what_a_person_parted(
    report: Callable[..., Report], day: Callable[[str], PartialDate], quakes: list[Report]
) -> None:
    a, b, c, _ = quakes
    later = report("Rain fell.", headline="Rain", published=day("2024-10-23"), outlet="z")
    whole = stories([a, b, c, later], ())

    parted = stories([a, b, c, later], (), [told(a.id, b.id, "different")])

    assert frozenset({a.id, b.id}) in groups(whole)
    assert {frozenset({a.id}), frozenset({b.id})} <= groups(parted)
    assert not [change for one in parted for change in one.changes if change.kind == "merged"]


def test_settled_stories_leave_the_stream_and_are_the_same_as_at_the_end(
    report: Callable[..., Report], day: Callable[[str], PartialDate]
) -> None:
    reports = [
        report(f"{QUAKE} Number {n}.", headline=f"Earthquake {n}", published=day(f"2024-{m:02}-{d:02}"), outlet=str(n))
        for n, (m, d) in enumerate((m, d) for m in range(1, 5) for d in (1, 2, 15))
    ]
    stream = Stream(Decisions())
    left: list[Story] = []
    for one in reports:
        stream.add(one)
        left += stream.settled()

    assert len(left) >= len({"jan", "feb", "mar"})
    assert stream.live() <= len({"april's", "the last of march"}) + 1
    assert groups([*left, *stream.done()]) == groups(stories(reports, ()))


def test_a_report_waits_in_memory_for_its_copies(
    report: Callable[..., Report], day: Callable[[str], PartialDate]
) -> None:
    first = report(QUAKE, published=day("2024-10-01"), outlet="a")
    between = report(ORCHESTRA, published=day("2024-10-10"), outlet="b")
    copied = report(QUAKE, published=day("2024-10-12"), outlet="c")
    reports = [first, between, copied]
    stream = Stream(Decisions(), copies(reports))
    left: list[Story] = []
    for one in reports:
        stream.add(one)
        left += stream.settled()

    assert groups([*left, *stream.done()]) == {frozenset({first.id, copied.id}), frozenset({between.id})}


def test_common_terms_do_not_make_a_report_dearer() -> None:
    live, frequencies = Live(), Frequencies()
    for number in range(MOST_VISITED * 2):
        counts = {"harbou": 1.0, f"own{number}": 3.0}
        live.take(live.open(), frequencies.vector(Terms(counts, "en", {}), 1.0))
    asked = frequencies.vector(Terms({"harbou": 1.0, "own7": 3.0}, "en", {}), 1.0)

    found = live.candidates([(term, weight) for term, weight, _ in asked.parts], 1.0)

    assert [story.id for story in found] == [7]


def test_a_long_story_forgets_its_lightest_terms() -> None:
    live, frequencies = Live(), Frequencies()
    story = live.open()
    for number in range(MOST_HELD):
        counts = {"harbou": 2.0, **{f"w{number}x{k}": 1.0 for k in range(3)}}
        live.take(story, frequencies.vector(Terms(counts, "en", {}), 1.0))

    assert len(story.centroid) <= MOST_HELD
    assert "harbou" in story.centroid
    assert story.length() == pytest.approx(sum(v * v for v in story.centroid.values()) ** 0.5)


def test_reasons_are_in_the_words_of_the_report(quakes: list[Report]) -> None:
    (story,) = [one for one in stories(quakes, ()) if len(one.reports) > 1]

    whys = " ".join(one.why for one in story.joined[1:])
    assert "Valparaiso" in whys
    assert "valpar," not in whys
