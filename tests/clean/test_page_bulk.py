import builtins
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.clean import page_bulk
from watchfloor.core.errors import SetAside
from watchfloor.core.report import Report

PARAGRAPHS = (
    "The river Aar rose by two metres on Sunday night, the water board of Lower Norddal said in a statement.",
    "Some forty families left their homes before dawn and found shelter in the school on the hill, it added.",
    "The mayor, Ida Holm, thanked the volunteers and asked people to stay away from the bridge for two days.",
    "The railway along the river will stay closed for two weeks, the operator said, and buses will run instead.",
)
HEAD = (
    "<title>River Aar floods Lower Norddal | Norddal Courier</title><meta property='og:site_name' content='Norddal "
    "Courier'><link rel='canonical' href='https://courier.example/flood'>"
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "River Aar floods Lower Norddal", '
    '"author": {"name": "Mara Lindqvist"}, "datePublished": "2025-03-02T18:01:00+01:00"}</script>'
)
Cleaned = Callable[..., Report]


def page(*more: str, head: str = HEAD) -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in (*PARAGRAPHS, *more))
    menu = "<nav><a href='/'>Home</a><a href='/world'>World</a></nav>"
    return (
        f"<!doctype html><html><head>{head}</head><body>{menu}<article><h1>River Aar floods Lower Norddal</h1>{text}"
        "</article><footer><a href='/imprint'>Imprint</a></footer></body></html>"
    )


def draft(markup: str) -> Any:
    return page_bulk.draft(markup, date(2025, 3, 5), "https://courier.example/flood?from=feed")


@pytest.fixture
def without_resiliparse(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: Any) -> Any:
        if name.startswith("resiliparse"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)


def test_a_page_gives_its_paragraphs_and_what_it_says_of_itself() -> None:
    found = draft(page())

    assert [found.text[p.start : p.end] for p in found.passages if p.kind == "body"] == list(PARAGRAPHS)
    assert (found.headline, found.authors) == ("River Aar floods Lower Norddal", ("Mara Lindqvist",))
    assert (found.outlet, found.canonical) == ("Norddal Courier", "https://courier.example/flood")
    assert found.published is not None
    assert found.published.value == "2025-03-02T18:01"
    assert found.generated_by == page_bulk.PART


def test_a_language_is_told_without_the_slow_model() -> None:
    assert draft(page()).language == "en"


def test_without_resiliparse_trafilatura_reads_and_the_report_says_so(without_resiliparse: None) -> None:
    found = draft(page())

    assert [found.text[p.start : p.end] for p in found.passages if p.kind == "body"] == list(PARAGRAPHS)
    assert found.generated_by == f"{page_bulk.PART}+{page_bulk.FAST}"


def test_a_page_of_too_many_tags_is_read_the_safe_way(in_time: Callable[..., bool]) -> None:
    deep = page(*["<div>" * 9_000])

    assert draft(deep).generated_by.endswith(page_bulk.FAST)
    assert in_time(lambda: draft(deep), 5)


def test_quality_is_chosen_where_a_capture_is_cleaned(cleaned: Cleaned) -> None:
    assert cleaned(page(), "text/html", quality="bulk").generated_by.startswith(page_bulk.PART)
    assert not cleaned(page(), "text/html").generated_by.startswith(page_bulk.PART)


def test_a_page_without_text_is_set_aside() -> None:
    with pytest.raises(SetAside, match="no-body"):
        draft("<html><body><nav><a href='/'>Home</a></nav></body></html>")


def test_a_wall_before_the_report_is_said() -> None:
    markup = f"<html><head>{HEAD}</head><body><article><h1>River Aar floods Lower Norddal</h1>"
    markup += (
        "<p>The river Aar rose by two metres on Sunday night and</p><p>Subscribe to continue reading</p></article>"
    )

    assert [flag.name for flag in draft(f"{markup}</body></html>").flags] == ["not-a-report"]


def test_the_body_alone_is_the_same_text() -> None:
    assert [line for line in page_bulk.body(page()).split("\n") if line in PARAGRAPHS] == list(PARAGRAPHS)


@given(st.text(alphabet="<>/=\"' abcdhpmetaitlscrinkx1&;!-\n", max_size=400))
def test_any_markup_gives_a_draft_or_is_set_aside(markup: str) -> None:
    try:
        found = draft(markup)
    except SetAside:
        return
    assert found.passages


def test_elements_in_the_strings_of_a_script_tell_nothing() -> None:
    meta = r"<meta property=\"author\" content=\"Jon Aalto\">"
    quoted = f"<script>var other = '{meta}';</script>"
    head = f"{quoted}<title>River Aar floods Lower Norddal</title>"

    assert draft(page(head=head)).authors == ()


def test_elements_in_capitals_tell_the_same() -> None:
    head = "<TITLE>River Aar floods Lower Norddal</TITLE><META NAME='author' CONTENT='Mara Lindqvist'>"
    found = draft(page(head=head).replace("h1>", "H1>"))

    assert (found.headline, found.authors) == ("River Aar floods Lower Norddal", ("Mara Lindqvist",))
