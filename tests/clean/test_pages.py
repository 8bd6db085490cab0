import json
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.clean import page_blocks, pages
from watchfloor.clean.page_tree import tree
from watchfloor.core.errors import SetAside
from watchfloor.core.report import Report

Cleaned = Callable[..., Report]

BODY = (
    "<p>The river Aar rose by two metres on Sunday night, the water board of Lower Norddal said in a statement.</p>"
    "<h2>Shelter on the hill</h2>"
    "<p>Some forty families left their homes before dawn and found shelter in the school on the hill, it added.</p>"
    "<p>The mayor, Ida Holm, thanked the volunteers and asked people to stay away from the bridge for two days.</p>"
)


def page(head: str = "", body: str = BODY, h1: str = "<h1>River Aar floods Lower Norddal</h1>") -> str:
    menu = "<nav><a href='/'>Home</a><a href='/world'>World</a></nav>"
    return (
        f"<!doctype html><html><head>{head}</head><body>{menu}<article>{h1}{body}</article>"
        "<footer>Imprint and contact</footer></body></html>"
    )


def json_ld(**fields: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', **fields})}</script>"


@pytest.fixture
def html(cleaned: Cleaned) -> Cleaned:
    return lambda markup, **told: cleaned(markup, "text/html", **told)


def test_a_page_gives_headline_and_body_one_paragraph_a_line(html: Cleaned) -> None:
    report = html(page())

    assert report.headline == "River Aar floods Lower Norddal"
    assert [passage.kind for passage in report.passages] == ["headline", "body", "subhead", "body", "body"]
    assert report.text.startswith("River Aar floods Lower Norddal\nThe river Aar rose")
    assert "Imprint" not in report.text


def test_article_data_give_writer_outlet_and_date(html: Cleaned) -> None:
    data = json_ld(
        headline="River Aar floods Lower Norddal",
        author=[{"name": "Mara Lindqvist"}, {"name": "Newsroom"}],
        publisher={"name": "Norddal Courier"},
        datePublished="2025-03-02T18:01:00+01:00",
    )
    report = html(page(data))

    assert (report.authors, report.outlet) == (("Mara Lindqvist",), "Norddal Courier")
    assert report.published is not None
    assert report.published.value == "2025-03-02T18:01"
    assert "datePublished" in report.published.how


def test_meta_elements_serve_when_there_are_no_article_data(html: Cleaned) -> None:
    head = (
        "<meta name='author' content='By Mara Lindqvist'><meta property='og:site_name' content='Norddal Courier'>"
        "<meta property='article:published_time' content='2025-03-02T18:01:00Z'>"
    )
    report = html(page(head))

    assert (report.authors, report.outlet) == (("Mara Lindqvist",), "Norddal Courier")
    assert report.published is not None
    assert report.published.low == date(2025, 3, 2)


def test_a_title_loses_the_name_of_the_site(html: Cleaned) -> None:
    report = html(page("<title>River Aar floods Lower Norddal | Norddal Courier</title>", h1=""))

    assert report.headline == "River Aar floods Lower Norddal"


def test_the_last_change_of_a_page_is_not_its_date(html: Cleaned) -> None:
    changed = ("<meta http-equiv='last-modified' {}>", "<meta property='article:modified_time' {}>")
    head = "".join(changed).replace("{}", "content='2025-03-02'")
    assert html(page(head)).published is None


def test_a_date_after_the_day_of_collection_is_not_the_date(html: Cleaned) -> None:
    assert html(page(json_ld(headline="x", datePublished="9999-12-31"))).published is None


def test_the_canonical_address_is_the_address(html: Cleaned) -> None:
    report = html(page("<link rel='canonical' href='https://courier.example/flood'>"))

    assert (report.url, report.address) == ("https://courier.example/flood", "https://courier.example/flood")
    assert (report.outlet, report.outlet_how) == ("courier.example", "host of the address")


def test_a_canonical_address_elsewhere_means_a_copy(html: Cleaned) -> None:
    report = html(
        page("<link rel='canonical' href='https://courier.example/flood'>"), url="https://mirror.test/norddal"
    )

    assert "syndicated" in {flag.name for flag in report.flags}
    assert report.credited_outlets == ("courier.example",)
    assert report.url == "https://mirror.test/norddal"


def test_a_page_saved_from_a_translating_browser_says_so(html: Cleaned) -> None:
    report = html(page().replace("<html>", "<html class='translated-ltr'>"))

    assert ("machine-translated", "disclosed") in {(flag.name, flag.certainty) for flag in report.flags}


def test_a_page_in_another_encoding_is_read_as_it_says(cleaned: Cleaned) -> None:
    words = "Река Аар поднялась на два метра в ночь на понедельник, сообщила водная служба города и области."
    markup = page("<meta charset='windows-1251'>", f"<p>{words}</p>")
    report = cleaned(markup.encode("cp1251"), "text/html")

    assert "Река Аар" in report.text


@pytest.mark.parametrize(
    "markup",
    [
        "<html></html>",
        "<html><body><nav><a href='/'>Home</a></nav></body></html>",
        "<!-- nothing -->",
        "<div>" * 100_000 + "The river rose.",
    ],
)
def test_a_page_without_a_body_is_set_aside(html: Cleaned, markup: str) -> None:
    with pytest.raises(SetAside) as caught:
        html(markup)

    assert caught.value.reason == "no-body"


def test_a_page_too_long_to_be_a_report_is_too_large(html: Cleaned) -> None:
    with pytest.raises(SetAside) as caught:
        html("<p>" + "a" * 3_000_001)

    assert caught.value.reason == "too-large"


def test_entities_of_a_page_s_own_are_never_expanded(html: Cleaned) -> None:
    bomb = "<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"

    assert (
        "aaaaaaaaaa"
        not in html(bomb + page(body=BODY + "<p>And &b; then it rained for three days in the valley.</p>")).text
    )


@pytest.mark.parametrize(
    "data", ["[" * 100_000, '{"@type": "NewsArticle", "headline": "\\ud800 A headline"}', "{", "NaN"]
)
def test_broken_article_data_do_not_stop_a_page(html: Cleaned, data: str) -> None:
    report = html(page(f"<script type='application/ld+json'>{data}</script>"))

    report.text.encode()
    assert "The river Aar rose" in report.text


TAGS = st.sampled_from(
    [
        *("<p>", "</p>", "<div>", "<table><tr><td>", "<h1>", "</h1>", "<title>", "<ul><li>", "<br>", "<article>"),
        *("<figcaption>", "<script type='application/ld+json'>", "</script>", "&#0;&#xD800;", "<!--", "]]>", "<svg>"),
        *('{"@type":["NewsArticle"],"author":[1,{"name":[2]}]}', "<meta name=date content=2025-03-02>"),
        *("<link rel=canonical href='http://[x'>", "The river rose by two metres. "),
    ]
)


@given(st.lists(st.one_of(TAGS, st.text(max_size=40)), max_size=30).map("".join))
def test_any_markup_is_a_page_or_set_aside(markup: str) -> None:
    try:
        draft = pages.draft(markup, date(2026, 1, 5), "https://courier.example/flood")
    except SetAside:
        return
    end = 0
    for passage in draft.passages:
        assert end <= passage.start < passage.end <= len(draft.text)
        end = passage.end
    draft.text.encode()


CAPTION = "Mayor Ida Holm, left, walks across the old bridge, Sunday. Norddal Courier photo"


def test_a_caption_the_page_prints_twice_is_flagged_and_is_no_body(html: Cleaned) -> None:
    picture = (
        f"<table><tr><td><img src='a.jpg'></td></tr><tr><td>{CAPTION}</td></tr></table><p class='cap'>{CAPTION}</p>"
    )
    report = html(page(body=BODY + picture + BODY))

    assert ("duplicate-caption", "certain") in {(flag.name, flag.certainty) for flag in report.flags}
    assert not any(CAPTION in report.text[one.start : one.end] for one in report.parts("body"))


def test_a_line_that_repeats_a_picture_s_alternative_text_is_a_caption(html: Cleaned) -> None:
    words = "Mayor Ida Holm walks across the old bridge in the rain"
    report = html(page(body=f"<img src='a.jpg' alt='{words}'><p>{words}</p>{BODY}"))

    assert {one.kind for one in report.passages if report.text[one.start : one.end] == words} <= {"caption"}


def test_a_standfirst_and_a_byline_line_are_no_body(html: Cleaned) -> None:
    above = (
        "<p class='chapo'>Forty families found shelter in the school on the hill; the board warns of more rain.</p>"
        "<p>By Mara Lindqvist – Published 2 March 2025</p>"
    )
    report = html(page(body=above + BODY))

    assert [one.kind for one in report.passages][:4] == ["headline", "dek", "byline", "body"]
    assert report.authors == ("Mara Lindqvist",)


def test_a_list_of_other_reports_below_the_body_is_furniture(html: Cleaned) -> None:
    below = "<h3>Top 10 News</h3><ol><li>Ferry stays in port</li><li>Choir wins the prize</li></ol>"
    report = html(page(body=BODY + below))

    assert "Ferry" not in " ".join(report.text[one.start : one.end] for one in report.parts("body", "subhead"))


def test_a_page_laid_out_in_tables_is_read_in_its_own_blocks(html: Cleaned) -> None:
    paragraphs = "".join(
        f"<p>The river Aar rose by {number} metres on Sunday night, the water board of Lower Norddal said in a text"
        " after a long meeting of its members in the town hall of the valley that went on until dawn.</p>"
        for number in range(6)
    )
    menu = "<table><tr><td><b>COURIER</b></td><td><a href='/'>Home</a> | <a href='/a'>Archive</a></td></tr></table>"
    side = "<td><b>Latest</b><br><a href='/f'>Ferry stays in port</a><br><a href='/c'>Choir wins prize</a></td>"
    main = f"<td><b>River Aar floods Lower Norddal</b><br><i>Mara Lindqvist, 2 March 2025</i><br>{paragraphs}</td>"
    report = html(
        "<html><head><title>River Aar floods Lower Norddal</title></head>"
        f"<body>{menu}<table><tr>{main}{side}</tr></table></body></html>"
    )

    assert report.authors == ("Mara Lindqvist",)
    assert [one.kind for one in report.passages] == ["headline", "byline", *["body"] * 6]
    assert report.generated_by == "clean.pages@4+blocks"


def test_a_listing_of_headlines_is_no_report_and_has_no_body(html: Cleaned) -> None:
    entries = "".join(
        f"<li><a href='/{day}'><h3>Headline of the report number {day}</h3></a><p>A teaser of a few words.</p>"
        f"<span>{day} hours ago</span></li>"
        for day in range(2, 9)
    )
    report = html(f"<html><head><title>Latest</title></head><body><h1>World news</h1><ul>{entries}</ul></body></html>")

    assert [(flag.name, flag.certainty) for flag in report.flags] == [("not-a-report", "structural")]
    assert (report.headline, report.published, report.parts("body")) == (None, None, ())


def test_a_report_with_a_box_of_related_headlines_is_a_report(html: Cleaned) -> None:
    box = "".join(
        f"<h3><a href='/{day}'>Headline of report number {day}</a></h3><p>{day} hours ago</p>" for day in range(9)
    )
    long = "<p>" + "The river rose by two metres on Sunday night and fell again on Monday. " * 5 + "</p>"

    assert html(page(body=BODY + long + f"<div>{box}</div>")).parts("body")


@given(st.lists(st.one_of(TAGS, st.text(max_size=40)), max_size=30).map("".join))
def test_blocks_hold_the_text_of_any_markup_in_order(markup: str) -> None:
    try:
        root = tree(f"<html><body>{markup}</body></html>")
    except SetAside:
        return
    found = page_blocks.blocks(root)
    place = 0
    whole = "".join(str(root.text_content()).split())
    for block in page_blocks.running(found):
        assert block in found
    for block in found:
        place = whole.index("".join(block.text.split()), place)


def test_a_tag_of_a_hundred_thousand_attributes_is_set_aside_at_once(in_time: Callable[..., bool]) -> None:
    page = "<html><body><p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">Text.</p></body></html>"

    def refused() -> None:
        with pytest.raises(SetAside, match="hostile-markup"):
            tree(page)

    assert in_time(refused, 2.0)
