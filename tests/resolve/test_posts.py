from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.core.annotation import Mention, Time
from watchfloor.core.entity import Role
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.span import Span
from watchfloor.flow.records import plain_report
from watchfloor.resolve.layout import lay_out
from watchfloor.resolve.posts import posts

Held = Callable[..., list[Role]]
Make = Callable[..., Any]


@pytest.fixture
def held(report: Make, mention: Make) -> Held:
    """Return the posts in a text about Ada Brandt with this title; its years are times."""

    def find(text: str, title: str | None = None) -> list[Role]:
        told = report(text)
        years = [at for at in range(len(text)) if text[at : at + 4].isdigit()]
        times = [
            Time(
                span=Span(report=told.id, start=at, end=at + 4),
                date=PartialDate(value=text[at : at + 4], low=None, high=None, precision="year", how="test"),
                generated_by="test@1",
            )
            for at in years
        ]
        person = mention(told, "Ada Brandt", title=title)
        return [role for _, role in posts(told, [person, *times], lay_out(told))]

    return find


@pytest.mark.parametrize(
    ("text", "title", "said"),
    [
        ("Then Norway's trade minister Ada Brandt left.", "Then Norway's trade minister", "then trade minister NOR"),
        ("Former Danish Prime Minister Ada Brandt left.", "Former Danish Prime Minister", "former Prime Minister DNK"),
        ("Kenyan President-elect Ada Brandt left.", "Kenyan President-elect", "designate President KEN"),
        ("Acting Governor Ada Brandt left.", "Acting Governor", "acting Governor None"),
        ("Ada Brandt, Peru's envoy to Japan, left.", "Peru's envoy to Japan", "present envoy to Japan PER"),
    ],
)
def test_the_words_before_a_title_say_when_it_was_held(held: Held, text: str, title: str, said: str) -> None:
    (role,) = held(text, title)

    assert f"{role.tense} {role.title} {role.country}" == said


def test_an_ambassador_has_a_host(held: Held) -> None:
    (role,) = held("Ada Brandt, Chile's ambassador to Japan, left.", "Chile's ambassador to Japan")

    assert role.host == "JPN"


def test_who_took_office_dates_the_post_beside_the_name(held: Held) -> None:
    (role,) = held("Peruvian President Ada Brandt, who took office in 2021, left.", "Peruvian President")

    assert (role.tense, role.since and role.since.value, role.until) == ("present", "2021", None)


def test_who_served_from_one_year_to_another_does_no_longer(held: Held) -> None:
    (role,) = held("Ada Brandt served as finance minister of Peru from 2010 to 2014.")

    assert (role.title, role.country, role.tense) == ("finance minister", "PER", "former")
    assert (role.since and role.since.value, role.until and role.until.value) == ("2010", "2014")


def test_who_was_appointed_has_the_post_since(held: Held) -> None:
    (role,) = held("Ada Brandt was appointed interior minister in 2023.")

    assert (role.title, role.tense, role.since and role.since.value) == ("interior minister", "present", "2023")


def test_who_was_never_appointed_has_no_post(held: Held) -> None:
    assert held("Ada Brandt was never appointed interior minister in 2023.") == []


def test_a_relative_of_a_president_is_no_president(held: Held) -> None:
    assert held("Ada Brandt, the president's daughter, left.", "the president's daughter") == []


def test_a_word_of_honour_or_whose_is_no_part_of_the_post(held: Held) -> None:
    (honoured,) = held("Energy Minister Dr Ada Brandt left.", "Energy Minister Dr")
    (owned,) = held("Ada Brandt, the kingdom's energy minister, left.", "the kingdom's energy minister")

    assert (honoured.title, owned.title) == ("Energy Minister", "energy minister")


def test_the_body_of_a_post_is_told_apart_from_its_title(held: Held) -> None:
    (role,) = held("Ada Brandt, a spokeswoman for the Coast Guard, left.", "a spokeswoman for the Coast Guard")

    assert (role.title, role.body) == ("spokeswoman", "Coast Guard")


@given(st.text(max_size=80), st.text(min_size=1, max_size=40))
def test_any_words_around_a_name_give_posts_that_lie_in_the_text(around: str, title: str) -> None:
    text = f"{around} {title} Ada Brandt, {title}, who took office in 2020. {around}"
    told = plain_report(text)
    start = told.text.index("Ada Brandt")
    span = Span(report=told.id, start=start, end=start + 10)
    person = Mention(span=span, type="person", name="Ada Brandt", title=title, generated_by="test@1")

    for _, role in posts(told, [person], lay_out(told)):
        assert 0 <= role.span.start < role.span.end <= len(told.text)
