"""Live blogs: every entry is in the text, with its own time."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.clean import page_live
from watchfloor.clean.page_data import page_data
from watchfloor.clean.page_tree import tree
from watchfloor.core.report import Report

Cleaned = Callable[..., Report]

ENTRIES = [
    (
        "18:40",
        "Bridge closed",
        "The fire brigade has closed the old bridge after cracks were found in its middle pillar.",
    ),
    ("17:15", "School opens its doors", "Forty families have found beds in the school on the hill, the mayor says."),
    ("16:02", None, "Water stands in the first streets behind the mill; the board asks people to leave their cellars."),
    (
        "15:30",
        "First warning",
        "The water board warns of a flood during the night and calls its members to the town hall.",
    ),
]
LEAD = (
    "<p>The river Aar is rising after three days of rain in the valley. "
    "We report as it happens, from early till late.</p>"
)


def entry(clock: str, heading: str | None, words: str, stamp: str) -> str:
    head = f"<h3>{heading}</h3>" if heading else ""
    return f"<div class='liveblog-entry'>{stamp.format(clock)}{head}<p>{words}</p><button>Share</button></div>"


def page(stamp: str, head: str = "") -> str:
    entries = "".join(entry(*one, stamp) for one in ENTRIES)
    return (
        f"<html><head>{head}</head><body><article><h1>River Aar: flood live</h1>{LEAD}"
        f"<div class='liveblog'>{entries}</div></article><footer>Imprint</footer></body></html>"
    )


PUBLISHED = "<meta property='article:published_time' content='2025-03-02T15:00:00+01:00'>"


@pytest.mark.parametrize(
    "stamp", ["<time datetime='2025-03-02T{}:00+01:00'>an hour ago</time>", "<span class='entry-time'>{}</span>"]
)
def test_each_entry_has_its_time(cleaned: Cleaned, stamp: str) -> None:
    report = cleaned(page(stamp, PUBLISHED), "text/html")

    assert [one.published.value if one.published else None for one in report.entries] == [
        f"2025-03-02T{clock}" for clock, _, _ in ENTRIES
    ]
    for one, (_, heading, words) in zip(report.entries, ENTRIES, strict=True):
        assert report.text[one.start : one.end] == (f"{heading}\n{words}" if heading else words)


def test_the_entries_are_body_and_their_headings_subheads(cleaned: Cleaned) -> None:
    report = cleaned(page("<time datetime='2025-03-02T{}'></time>"), "text/html")
    body = [report.text[one.start : one.end] for one in report.parts("body")]

    assert body == [LEAD.removeprefix("<p>").removesuffix("</p>"), *(words for _, _, words in ENTRIES)]
    assert [report.text[one.start : one.end] for one in report.parts("subhead")] == [h for _, h, _ in ENTRIES if h]


def test_a_clock_without_a_day_is_no_time_when_the_page_ran_over_midnight(cleaned: Cleaned) -> None:
    blog = {
        "@type": "LiveBlogPosting",
        "headline": "River Aar: flood live",
        "dateModified": "2025-03-03T09:00:00+01:00",
    }
    blog |= {"datePublished": "2025-03-02T15:00:00+01:00"}
    data = f"<script type='application/ld+json'>{json.dumps(blog)}</script>"
    report = cleaned(page("<span class='entry-time'>{}</span>", data), "text/html")

    assert [one.published for one in report.entries] == [None] * len(ENTRIES)


def test_entries_that_only_the_article_data_have_are_in_the_text(cleaned: Cleaned) -> None:
    updates = [
        {"@type": "BlogPosting", "headline": heading, "articleBody": words, "datePublished": f"2025-03-02T{clock}:00Z"}
        for clock, heading, words in ENTRIES
    ]
    blog = {"@type": "LiveBlogPosting", "headline": "River Aar: flood live", "liveBlogUpdate": updates}
    report = cleaned(
        f"<html><head><script type='application/ld+json'>{json.dumps(blog)}</script></head>"
        f"<body><h1>River Aar: flood live</h1>{LEAD}<div id='app'></div></body></html>",
        "text/html",
    )

    assert len(report.entries) == len(ENTRIES)
    assert all(words in report.text for _, _, words in ENTRIES)


def test_a_report_with_dated_boxes_is_no_live_blog(cleaned: Cleaned) -> None:
    report = cleaned(page("<time datetime='2025-03-02T{}'></time>").replace("liveblog", "box"), "text/html")

    assert report.entries == ()


MARKUP = st.sampled_from(
    [
        "<div class='liveblog'>",
        "<div class='live-update'>",
        "<time datetime='2025-03-02'>",
        "</time>",
        "</div>",
        "18:40",
        "<p>",
    ]
)


@given(st.lists(st.one_of(MARKUP, st.text(max_size=30)), max_size=40).map("".join))
def test_any_markup_has_entries_or_none(markup: str) -> None:
    from datetime import date

    root = tree(f"<html><body><div class='liveblog'>{markup}</body></html>")
    for found in page_live.entries(root, page_data(root), None, date(2026, 1, 5)):
        assert found.paragraphs
