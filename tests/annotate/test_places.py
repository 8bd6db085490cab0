from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watchfloor.annotate.places import annotate
from watchfloor.core.annotation import Mention, MentionType
from watchfloor.core.report import Report
from watchfloor.core.span import Span

MakeReport = Callable[..., Report]


def mention(report: Report, words: str, kind: MentionType) -> Mention:
    start = report.text.index(words)
    span = Span(report=report.id, start=start, end=start + len(words))
    return Mention(span=span, type=kind, name=words, generated_by="test@1")


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Snow fell in Bergen.", "Bergen", "NOR"),
        ("Snow fell in the U.S.", "US", "USA"),
        ("Snow fell in the Donetsk region.", "Donetsk region", "UKR"),
        ("Snow fell on the Black Sea.", "Black Sea", None),
        ("Snow fell in Birmingham.", "Birmingham", "GBR"),
    ],
)
def test_a_place_is_found_with_its_country(report: MakeReport, text: str, name: str, country: str | None) -> None:
    (found,) = annotate(report(text))

    assert (found.name, found.country) == (name, country)
    assert found.latitude is not None


def test_the_country_named_after_a_city_decides(report: MakeReport) -> None:
    found = list(annotate(report("Snow fell in Birmingham, Alabama.")))

    assert [one.country for one in found] == ["USA", "USA"]


def test_a_city_in_another_country_than_the_one_named_has_no_point(report: MakeReport) -> None:
    found = list(annotate(report("Snow fell in Dublin, Texas.")))

    assert found[0].latitude is None


def test_a_person_named_like_a_city_is_no_place(report: MakeReport) -> None:
    one = report("The actor Jack London spoke.")

    assert list(annotate(one, [mention(one, "Jack London", "person")])) == []


def test_a_mentioned_place_that_is_not_in_the_gazetteer_has_no_point(report: MakeReport) -> None:
    one = report("Snow fell in Upper Fernwick.")

    (found,) = annotate(one, [mention(one, "Upper Fernwick", "place")])

    assert (found.name, found.latitude) == ("Upper Fernwick", None)


def test_two_countries_joined_by_a_hyphen_are_two_places(report: MakeReport) -> None:
    assert [one.country for one in annotate(report("The Norway-Sweden border is long."))] == ["NOR", "SWE"]


def test_an_adjective_is_no_place(report: MakeReport) -> None:
    assert list(annotate(report("He bought Norwegian salmon."))) == []


PIECES = ["Oslo", "U.S.", "New", "York", ",", "Paris", "the", "-", ". "]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from(["Oslo", "U.S.", "New", "York", ",", "Paris", "the", "-", ". "])).map(" ".join),
    )
)
def test_any_text_gives_spans_inside_it_in_order(report: MakeReport, text: str) -> None:
    found = list(annotate(report(text)))

    assert all(0 <= one.span.start < one.span.end <= len(text) for one in found)
    assert found == sorted(found, key=lambda one: one.span)
