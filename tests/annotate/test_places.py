from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watchfloor.annotate.place_file import Entry, PlaceFile, packed, write
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
    found = list(annotate(report("Snow fell in Dublin, Hawaii.")))

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


def test_the_outlets_name_says_which_place_of_a_name_is_near(report: MakeReport) -> None:
    (found,) = annotate(report("Snow fell in Cambridge.", outlet="The Boston Courier"))

    assert found.country == "USA"


def test_a_town_that_few_know_is_a_place_beside_one_that_is_sure(report: MakeReport) -> None:
    found = annotate(report("Snow fell in Paris, Texas. Later Bonham had snow and so did Reno."))

    assert [one.name for one in found] == ["Paris", "Texas", "Bonham", "Reno"]


def test_one_name_is_one_place_throughout_a_report(report: MakeReport) -> None:
    found = list(annotate(report("Snow fell in Athens, Georgia. The roads to Athens are closed.")))

    assert [(one.country, one.name) for one in found] == [("USA", "Athens"), ("USA", "Georgia"), ("USA", "Athens")]


def test_a_full_gazetteer_of_the_users_adds_what_the_shipped_one_lacks(report: MakeReport, tmp_path: Path) -> None:
    entry = Entry(
        name="Upper Fernwick",
        country="GBR",
        latitude=52.0,
        longitude=-2.0,
        people=90,
        geonames_id=7,
        kind="city",
    )
    with (tmp_path / "full.wfg").open("wb") as out:
        write(out, [("Upper Fernwick", packed("Upper Fernwick", entry))])
    full = PlaceFile(tmp_path / "full.wfg")

    (found,) = annotate(report("Snow fell in Upper Fernwick."), full=full)

    assert (found.country, found.geonames_id) == ("GBR", 7)


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
