"""Title, writers and day of pages, each with the trap that it must not fall into."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.clean import date_order, page_names, page_nodes, pages
from watchfloor.clean.page_tree import tree
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report

Cleaned = Callable[..., Report]

TITLE = "River Aar floods Lower Norddal"
BODY = (
    "<p>The river Aar rose by two metres on Sunday night, the water board of Lower Norddal said in a long "
    "statement that "
    "it read out in the town hall before some two hundred people who had come there from all over the valley.</p>"
    "<p>Some forty families left their homes before dawn and found shelter in the school on the hill, where "
    "volunteers of "
    "the fire brigade had set up beds and a kitchen, and where a doctor looked after the old and the sick until "
    "noon.</p>"
)


def page(head: str = "", top: str = "", below: str = "", h1: str = f"<h1>{TITLE}</h1>", lang: str = "") -> str:
    title = "" if "<title>" in head else f"<title>{TITLE}</title>"
    return (
        f"<!doctype html><html "
        f"lang='{lang}'><head>{title}{head}</head><body><article>{h1}{top}{BODY}</article>{below}"
        "</body></html>"
    )


def json_ld(**fields: object) -> str:
    node = {"@type": "NewsArticle", "headline": TITLE, **fields}
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


def said(markup: str, url: str | None = None) -> pages.Facts:
    return pages.facts(markup, date(2026, 1, 5), url)


def day(found: PartialDate | None) -> str | None:
    return found.low.isoformat() if found and found.low and found.low == found.high else None


# Titles


@pytest.mark.parametrize(
    "title",
    [
        f"{TITLE} | Norddal Courier",
        f"Norddal Courier | {TITLE}",
        f"{TITLE} - World - Norddal Courier",
        f"{TITLE} – The Norddal Courier and Lower Valley Advertiser",
    ],
)
def test_the_name_of_the_site_is_no_part_of_a_title(title: str) -> None:
    site = "<meta property='og:site_name' content='Norddal Courier'>"
    if "Advertiser" in title:
        site = "<meta property='og:site_name' content='The Norddal Courier and Lower Valley Advertiser'>"

    assert said(page(f"<title>{title}</title>{site}", h1="")).headline == TITLE


def test_the_name_of_the_site_is_known_by_its_host() -> None:
    title = "<title>Storm | Norddal Courier and Advertiser</title>"

    assert said(page(title, h1=""), "https://www.norddalcourierandadvertiser.example/storm").headline == "Storm"


@pytest.mark.parametrize(
    "h1",
    [
        f"<h1><span class='article__kicker'>Floods</span> {TITLE}</h1>",
        f"<h1><span class='subtitle'>After the rain</span>{TITLE}</h1>",
        f"<h1>{TITLE}<span aria-hidden='true'> - </span></h1>",
        f"<h1><a href='/'>Norddal Courier and Advertiser</a></h1><h1>{TITLE}</h1>",
        f"<nav><h1>Open menu close menu now</h1></nav><h1>{TITLE}</h1>",
        f"<h1><button>Open the menu of this page</button></h1><h1>{TITLE}</h1>",
    ],
)
def test_a_kicker_a_logo_and_a_menu_are_no_headline(h1: str) -> None:
    assert said(page(h1=h1)).headline == TITLE


def test_a_slogan_in_a_heading_is_no_headline() -> None:
    slogan = "Everything that happens in the whole long valley"
    head = f"<title>{TITLE} | {slogan}</title>"

    assert said(page(head, h1=f"<h1>{slogan}</h1><h1>{TITLE}</h1>")).headline == TITLE


def test_a_heading_of_two_lines_takes_the_spaces_of_the_title() -> None:
    assert said(page(h1="<h1><span>River Aar</span><span>floods Lower Norddal</span></h1>")).headline == TITLE


def test_entities_in_a_title_are_letters() -> None:
    assert said(page("<title>Storm &amp;amp; flood in Norddal</title>", h1="")).headline == "Storm & flood in Norddal"


# Writers


@pytest.mark.parametrize(
    ("author", "people"),
    [
        ({"@type": "Person", "givenName": "Mara", "familyName": "Lindqvist"}, ("Mara Lindqvist",)),
        ({"@type": "Person", "name": "Mara Lindqvist, Chief Reporter and Head of News"}, ("Mara Lindqvist",)),
        ({"@type": "Person", "name": "By Mara Lindqvist and Jon Aalto"}, ("Mara Lindqvist", "Jon Aalto")),
        ({"@type": "Person", "name": ["Mara Lindqvist", "Jon Aalto"]}, ("Mara Lindqvist", "Jon Aalto")),
        ({"@type": "Person", "name": "MARA LINDQVIST"}, ("Mara Lindqvist",)),
        ({"@type": "NewsMediaOrganization", "name": "Norddal Courier"}, ()),
        ({"@type": "Person", "name": "Courier Newsroom"}, ()),
        ({"@type": "Person", "name": "Van Morrison"}, ("Van Morrison",)),
        ("https://courier.example/staff/mara", ()),
    ],
)
def test_writers_in_article_data_are_people_by_their_full_names(author: object, people: tuple[str, ...]) -> None:
    assert said(page(json_ld(author=author))).written.people == people


def test_a_writer_is_found_by_the_identity_that_the_article_names() -> None:
    person = {"@type": "Person", "@id": "#mara", "name": "Mara Lindqvist"}
    graph = {"@graph": [{"@type": "NewsArticle", "headline": TITLE, "author": {"@id": "#mara"}}, person]}

    assert said(page(f"<script type='application/ld+json'>{json.dumps(graph)}</script>")).written.people == (
        "Mara Lindqvist",
    )


def test_an_account_gives_way_to_a_printed_name() -> None:
    account = {"@type": "Person", "name": "maralindqvist"}
    admin = {"@type": "Person", "name": "Courier D", "@id": "https://courier.example/author/admin/"}
    byline = "<p class='byline'>By Mara Lindqvist</p>"

    assert said(page(json_ld(author=account), byline)).written.people == ("Mara Lindqvist",)
    assert said(page(json_ld(author=admin), byline)).written.people == ("Mara Lindqvist",)


def test_an_agency_in_the_place_of_a_writer_is_credited(cleaned: Cleaned) -> None:
    markup = page(
        json_ld(author={"@type": "Person", "name": "Associated Press"}, publisher={"name": "Norddal Courier"})
    )
    report = cleaned(markup, "text/html")

    assert (report.authors, report.credited_outlets) == ((), ("Associated Press",))
    assert ("syndicated", "disclosed") in {(flag.name, flag.certainty) for flag in report.flags}


@pytest.mark.parametrize(
    "byline",
    [
        "<p>By Mara Lindqvist</p>",
        "<p>Von Mara Lindqvist, Norddal</p>",
        "<p>Par <a href='/auteur/mara-lindqvist'>Mara Lindqvist</a></p>",
        "<p>Por Mara Lindqvist | 2 de marzo de 2025</p>",
        "<p>Di Mara Lindqvist</p>",
        "<p>Door Mara Lindqvist</p>",
        "<p>Autor: Mara Lindqvist</p>",
        "<p>Автор: Mara Lindqvist</p>",
        "<div class='article-author'><span>von</span> <a href='/x'>Mara Lindqvist</a></div>",
        "<div class='autor'><h6>Mara Lindqvist | Publicado hace 3 horas</h6></div>",
        "<ul class='authors'><li>By</li><li>Mara Lindqvist</li></ul>",
        "<div><span>By</span> <a href='/content/author/mara-lindqvist'>Mara Lindqvist</a></div>",
        "<p class='byline'>Mara Lindqvist 2 March 2025</p>",
        "<p class='byline'>By Mara Lindqvist @maralind</p>",
        "<p class='byline'>Mara Lindqvist, Senior Reporter</p>",
    ],
)
def test_a_printed_byline_names_the_writer(byline: str) -> None:
    assert said(page(top=byline)).written.people == ("Mara Lindqvist",)


@pytest.mark.parametrize(
    "other",
    [
        "<aside><p class='author'>Jon Aalto</p></aside>",
        "<div class='related'><span class='author-name'>Jon Aalto</span></div>",
        "<section class='comments'><a rel='author'>Jon Aalto</a></section>",
        "<p class='author-bio'>Jon Aalto has reported from the valley for more than twenty years and lives on "
        "the hill with "
        "his family, two dogs and a goat, about which he writes a column every other week of the year.</p>",
        "<p>Foto: Courier/Jon Aalto</p>",
        "<p class='byline'>Thursday</p>",
    ],
)
def test_who_wrote_something_else_did_not_write_the_page(other: str) -> None:
    assert said(page(below=other)).written.people == ()
    assert said(page(top="<p class='byline'>By Mara Lindqvist</p>", below=other)).written.people == ("Mara Lindqvist",)


def test_writers_of_reports_in_the_same_page_are_not_added() -> None:
    cards = "".join(f"<div><h3>Report {n}</h3><span class='author'>Jon Aalto {n}</span></div>" for n in "ABC")
    top = "<div class='meta'><span class='author'>Mara Lindqvist</span></div>"

    assert said(page(top=top, below=f"<div>{cards}</div>")).written.people == ("Mara Lindqvist",)


def test_the_owner_of_a_personal_site_is_its_writer(cleaned: Cleaned) -> None:
    head = "<meta name='author' content='Mara Lindqvist'>"
    own = cleaned(page(head), "text/html", url="https://maralindqvist.example/flood")
    outlet = {"@type": "Organization", "name": "Mara Lindqvist"}
    other = cleaned(page(head + json_ld(publisher=outlet)), "text/html", url="https://maralindqvist.example/flood")

    assert (own.authors, other.authors) == (("Mara Lindqvist",), ())


def test_somebody_in_a_forum_writes_under_one_word() -> None:
    post = {"@type": "DiscussionForumPosting", "headline": TITLE, "author": {"@type": "Person", "name": "valley_cat"}}
    markup = page(f"<script type='application/ld+json'>{json.dumps(post)}</script>", "<p class='author'>Jon Aalto</p>")

    assert said(markup).written.people == ("valley_cat",)


# Microdata and broken data


def test_microdata_give_title_writer_and_day() -> None:
    markup = (
        "<html><body><div itemscope itemtype='https://schema.org/NewsArticle'>"
        f"<h1 itemprop='headline'>{TITLE}</h1><time itemprop='datePublished' "
        f"datetime='2025-03-02T18:01'>yesterday</time>"
        "<span itemprop='author' itemscope itemtype='https://schema.org/Person'><a itemprop='url' href='/m'>x</a>"
        f"<span itemprop='name'>Mara Lindqvist</span></span>{BODY}"
        "<div itemprop='comment' itemscope itemtype='https://schema.org/Comment'><span itemprop='author'>Jon "
        "Aalto</span>"
        "<time itemprop='datePublished' datetime='2025-03-09'></time></div></div></body></html>"
    )
    found = said(markup)

    assert (found.headline, found.written.people, day(found.published)) == (TITLE, ("Mara Lindqvist",), "2025-03-02")


def test_several_articles_in_microdata_are_a_list_and_none_is_the_page() -> None:
    entry = "<div itemscope itemtype='https://schema.org/BlogPosting'><span itemprop='author'>Jon Aalto</span></div>"

    assert said(page(below=entry * 3)).written.people == ()


@pytest.mark.parametrize("after", [";", "\n<!-- end -->", '{"@type": "Thing"}'])
def test_article_data_are_read_up_to_where_they_break(after: str) -> None:
    node = {"@type": "NewsArticle", "headline": TITLE, "author": {"name": "Mara Lindqvist"}}
    script = f"<script type='application/ld+json'>{json.dumps(node)}{after}</script>"

    assert said(page(script)).written.people == ("Mara Lindqvist",)


def test_the_entries_of_a_live_blog_are_not_the_page() -> None:
    entry = {
        "@type": "BlogPosting",
        "headline": "Bridge closed",
        "datePublished": "2025-03-04",
        "author": {"name": "Jon Aalto"},
    }
    entry |= {"articleBody": "The bridge is closed."}
    blog = {"@type": "LiveBlogPosting", "headline": TITLE, "datePublished": "2025-03-02", "liveBlogUpdate": [entry] * 3}
    found = said(page(f"<script type='application/ld+json'>{json.dumps(blog)}</script>"))

    assert (found.headline, found.written.people, day(found.published)) == (TITLE, (), "2025-03-02")


MARKUP = st.sampled_from(
    [
        *("<div itemscope itemtype='https://schema.org/NewsArticle'>", "<span itemprop='author'>", "</span>", "</div>"),
        *(
            "<div itemscope itemprop='author comment'>",
            "<a itemprop='author' href='/x'>",
            "<meta itemprop='name' content='A B'>",
        ),
        *("<time itemprop='datePublished' datetime='2025-03-02'>", "<p itemprop=''>", "Mara Lindqvist"),
    ]
)


@given(st.lists(MARKUP, max_size=40).map("".join))
def test_any_microdata_become_nodes(markup: str) -> None:
    for placed in page_nodes.microdata(tree(f"<html><body>{markup}</body></html>")):
        json.dumps(placed.node)
        page_nodes.types(placed.node)


@given(st.text(max_size=200))
def test_any_text_gives_names_or_none(text: str) -> None:
    for name in (
        *page_names.people([text]),
        *page_names.printed(text, known=True),
        *page_names.printed(text, known=False),
    ):
        assert name
        assert len(name) <= 200
    page_names.agency(text)


# Days


def test_a_day_in_utc_gives_way_to_the_day_that_is_printed() -> None:
    told = json_ld(datePublished="2025-03-02T02:54:29Z")
    found = said(page(told, "<p>Saturday, March 1, 2025</p>")).published

    assert day(found) == "2025-03-01"
    assert found is not None
    assert "UTC" in found.how


@pytest.mark.parametrize(
    ("stamp", "wanted"),
    [
        ("2025-03-02T23:30:00+01:00", "2025-03-02"),
        ("2025-03-02T00:30:00+09:00", "2025-03-02"),
        ("2025-03-02T02:54:29Z", "2025-03-02"),
    ],
)
def test_the_day_is_the_outlet_s_own(stamp: str, wanted: str) -> None:
    assert day(said(page(json_ld(datePublished=stamp))).published) == wanted


@pytest.mark.parametrize(
    ("script", "wanted"),
    [
        ('{"site": {"timezone": {"short": "ET", "long": "America/New_York"}}}', "2025-03-01"),
        ('{"timeZone":"Asia\\/Seoul"}', "2025-03-02"),
        (
            '{"zones": ["America/New_York", "Asia/Seoul"], "timezone": "America/New_York", "timeZone": "Asia/Seoul"}',
            "2025-03-02",
        ),
        ('{"timezone": "America/Atlantis"}', "2025-03-02"),
        ('dataLayer = [{"page_publish_date": "20250301"}]', "2025-03-01"),
        ('data = {"DateCreation": "2025-03-01", "DateModification": "2025-03-04"}', "2025-03-01"),
        ('data = {"DateCreation": "2019-03-01"}', "2025-03-02"),
        ('data = {"datePublished": "2025-03-01", "datePublication": "2025-03-02"}', "2025-03-02"),
    ],
)
def test_a_day_in_utc_is_the_outlet_s_where_the_page_tells_its_zone_or_its_day(script: str, wanted: str) -> None:
    told = json_ld(datePublished="2025-03-02T02:54:29Z") + f"<script>{script}</script>"

    assert day(said(page(told)).published) == wanted


def test_the_offset_of_the_page_s_other_times_tells_the_day_of_a_time_in_utc() -> None:
    told = json_ld(datePublished="2025-03-02T02:54:29Z", dateModified="2025-03-02T08:00:00-05:00")
    found = said(page(told)).published

    assert day(found) == "2025-03-01"
    assert found is not None
    assert "-05:00" in found.how


@pytest.mark.parametrize(
    ("stamp", "line", "wanted"),
    [
        ("2025-03-01T19:00:49+01:00", "<p>domenica 02.03.25</p>", "2025-03-02"),
        ("2025-03-01T19:00:49+01:00", "<p>2 marzo 2025</p>", "2025-03-02"),
        ("2025-03-01T19:00:49+01:00", "<p>2 marzo 2025, 0:05</p>", "2025-03-01"),
        ("2025-03-01T09:00:49+01:00", "<p>2 marzo 2025</p>", "2025-03-01"),
        ("2025-03-01T19:00:49+01:00", "<p>3 marzo 2025</p>", "2025-03-01"),
        ("2025-03-01T19:00:49+01:00", "<p>1 marzo 2025</p><p>2 marzo 2025</p>", "2025-03-01"),
    ],
)
def test_a_story_of_the_evening_is_of_the_edition_whose_day_is_printed(stamp: str, line: str, wanted: str) -> None:
    told = json_ld(datePublished=stamp)

    assert day(said(page(told, line, lang="it")).published) == wanted


@pytest.mark.parametrize(
    ("lang", "line", "wanted"),
    [
        ("de", "<p>Mo, 03.03.25</p>", "2025-03-03"),
        ("en-US", "<p>3/4/25</p>", "2025-03-04"),
        ("en", "<p>3/4/25</p>", None),
        ("de", "<p>Version 03.03.25 der Karte</p>", None),
    ],
)
def test_a_year_of_two_digits_is_read_where_the_line_is_a_date(lang: str, line: str, wanted: str | None) -> None:
    assert day(said(page(top=line, lang=lang)).published) == wanted


def test_a_day_that_stands_nowhere_in_the_page_is_no_day() -> None:
    """htmldate puts "Jan 04" together with the year of a title."""
    line = "<div class='meta'><span class='date'><span>Jan 04</span></span></div>"

    found = said(
        page("<title>The bird of the year 2021</title>", line, h1="<h1>The bird of the year 2021</h1>")
    ).published

    assert day(found) is None


@pytest.mark.parametrize(
    "line",
    [
        "<p>Published 2 March 2025, updated 5 March 2025</p>",
        "<p>Publicado el 2 de marzo de 2025</p>",
        "<p>2. März 2025, 18.01 Uhr</p>",
        "<p>2025年3月2日</p>",
        "<time datetime='2025-03-02T18:01:00+01:00'>1 hour ago</time>",
    ],
)
def test_a_day_printed_beside_the_headline_is_the_day(line: str) -> None:
    assert day(said(page(top=line)).published) == "2025-03-02"


@pytest.mark.parametrize(
    "line",
    [
        "<p>Updated 5 March 2025</p>",
        "<p>Aktualisiert: 05.03.2025</p>",
        "<figure><img src='a.jpg'><figcaption>The bridge on 5 March 2023.</figcaption></figure>",
        "<p>The bridge. File picture, 5 March 2023</p>",
        "<p>Member since</p><p>5 March 2023</p>",
    ],
)
def test_a_change_a_picture_and_a_member_s_day_are_not_the_day(line: str) -> None:
    told = "<meta property='article:published_time' content='2025-03-02'>"

    assert day(said(page(told, line)).published) == "2025-03-02"
    assert not (found := said(page(top=line)).published) or "beside" not in found.how


def test_an_archive_box_far_below_is_not_beside_the_headline() -> None:
    box = "<div class='archive'>" + "".join(f"<p>Report of {n} March 2023</p>" for n in range(1, 9)) + "</div>"
    found = said(page(top="<p>2 March 2025</p>", below=box)).published

    assert day(found) == "2025-03-02"


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://courier.example/2025/03/02/flood", "2025-03-02"),
        ("https://courier.example/world/2025/mar/2/flood", "2025-03-02"),
        ("https://courier.example/2025-03-02-flood", "2025-03-02"),
        ("https://courier.example/9999/03/02/flood", None),
    ],
)
def test_an_address_can_hold_the_day(url: str, wanted: str | None) -> None:
    assert day(said(page(), url).published) == wanted


@pytest.mark.parametrize(
    ("lang", "url", "wanted"),
    [
        ("en-US", None, "2024-03-04"),
        ("en-GB", None, "2024-04-03"),
        ("de", None, "2024-04-03"),
        ("en", "https://courier.co.uk/flood", "2024-04-03"),
        ("en", "https://norddal.gov/flood", "2024-03-04"),
        ("en", None, None),
    ],
)
def test_two_numbers_are_read_as_the_outlet_s_country_writes_them(
    lang: str, url: str | None, wanted: str | None
) -> None:
    found = said(page("<meta name='date' content='03/04/2024'>", lang=lang), url).published

    assert day(found) == wanted
    if wanted is None:
        assert found is not None
        assert (found.low, found.high) == (date(2024, 3, 4), date(2024, 4, 3))


@given(st.text(max_size=20), st.text(max_size=40))
def test_any_tag_and_address_have_an_order_or_none(tag: str, url: str) -> None:
    assert date_order.of_outlet(tag, url) in {"day first", "month first", None}
