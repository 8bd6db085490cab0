import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from typing import Any

import pytest
from lxml import html
from msgspec.structs import replace

from watchfloor.core.brief import Brief
from watchfloor.core.claim import Claim
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.picture import Picture
from watchfloor.watch.brief import brief
from watchfloor.web.brief_page import render

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\u202egnp.exe\u202c" + "w" * 1_000_000


def parsed(page: str) -> Any:
    """Return the page as a tree; lxml's own types cannot tell what an XPath finds."""
    return html.document_fromstring(page)


@pytest.fixture
def page(situation: Picture) -> str:
    return render(brief(situation), situation)


@pytest.fixture
def hostile(situation: Picture) -> str:
    """Make the page of the situation with hostile text wherever text comes from outside."""
    reports = tuple(
        replace(report, headline=HOSTILE, outlet=HOSTILE, language='en" onload="x') for report in situation.reports
    )
    claims = tuple(
        replace(
            claim,
            proposition=HOSTILE,
            positions=tuple(replace(p, party=HOSTILE, quote=HOSTILE, outlet=HOSTILE) for p in claim.positions),
            figures=tuple(replace(f, verbatim=HOSTILE) for f in claim.figures),
        )
        for claim in situation.claims
    )
    encounters = tuple(
        replace(
            e,
            place=HOSTILE,
            told_by=(HOSTILE,),
            parties=tuple(replace(p, name=HOSTILE, role=HOSTILE) for p in e.parties),
        )
        for e in situation.encounters
    )
    made = replace(situation, reports=reports, claims=claims, encounters=encounters)
    return render(brief(made, title=HOSTILE), made)


def test_the_page_asks_for_nothing_from_anywhere(page: str) -> None:
    tree = parsed(page)

    assert tree.xpath("//script | //link | //img | //iframe | //object | //embed | //form | //base") == []
    assert {href[0] for href in tree.xpath("//@href")} == {"#"}
    assert tree.xpath("//@src | //@style | //@*[starts-with(name(), 'on')]") == []
    assert "url(" not in page
    assert "@import" not in page


def test_the_policy_allows_the_one_style_and_nothing_else(page: str) -> None:
    (policy,) = parsed(page).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,) = re.findall(r"<style>(.*?)</style>", page, flags=re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()

    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_every_link_inside_the_page_arrives(page: str) -> None:
    tree = parsed(page)
    ids = tree.xpath("//@id")

    assert len(ids) == len(set(ids))
    assert {href[1:] for href in tree.xpath("//@href")} <= set(ids)


def test_every_sentence_leads_to_its_evidence(page: str) -> None:
    lines = parsed(page).xpath("//ul[contains(@class, 'lines')]/li | //ol[@class='moments']/li")

    assert lines
    assert all(line.xpath(".//a[starts-with(@href, '#e')]") for line in lines)


def test_every_evidence_leads_back_to_where_it_is_used(page: str) -> None:
    entries = parsed(page).xpath("//ol[@class='entries']/li")

    assert entries
    assert all(entry.xpath(".//a[starts-with(@href, '#u')]") for entry in entries)


def test_the_cited_sentence_is_marked_inside_its_context(page: str) -> None:
    marked = parsed(page).xpath("//blockquote[contains(., 'Tomas Brandt spoke by phone')]/mark")

    assert "President Ana Lindqvist and Alliance chief Tomas Brandt spoke by phone on Monday." in [
        one.text_content() for one in marked
    ]


def test_reports_outlets_and_origins_are_three_columns(page: str) -> None:
    heads = parsed(page).xpath("//table[@class='claims']//th[@scope='col']")

    assert [head.text_content() for head in heads][:4] == [
        "Claim",
        "Reports",
        "Outlets",
        "Independent originsat least–at most",
    ]


def test_a_claimant_that_confirms_itself_is_starred(page: str) -> None:
    stars = parsed(page).xpath("//td//a[text()='C*']/@aria-label")

    assert stars
    assert all("the claimant again" in star for star in stars)


def test_headings_go_down_one_step_at_a_time(page: str) -> None:
    levels = [int(one.tag[1]) for one in parsed(page).iter("h1", "h2", "h3", "h4")]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_page_has_landmarks_a_skip_link_and_named_tables(page: str) -> None:
    tree = parsed(page)

    assert all(len(tree.xpath(f"//{name}")) == 1 for name in ("main", "nav", "header", "footer"))
    assert tree.xpath("//body/a[1]/@href") == ["#main"]
    assert tree.get("lang") == "en"
    tables = tree.xpath("//table")
    assert all(table.xpath("./caption") and not table.xpath(".//th[not(@scope)]") for table in tables)
    assert all(svg.xpath("./*[local-name()='title']") for svg in tree.xpath("//*[local-name()='svg']"))


@pytest.mark.parametrize(
    ("marking", "words"),
    [
        (None, "UNMARKED | for this node only, not to be shared"),
        (Marking(level="AMBER", releasable_to=frozenset({"Partner A"})), "TLP:AMBER | releasable to Partner A"),
    ],
)
def test_the_marking_stands_above_below_and_on_every_printed_page(
    marking: Marking | None, words: str, situation: Picture
) -> None:
    page = render(replace(brief(situation), marking=marking), situation)
    banners = parsed(page).xpath("//div[contains(@class, 'banner')]")

    assert [one.text_content() for one in banners] == [words, words]
    assert f'@top-center {{ content: "{words.split(" |")[0]}"' in page


def test_hostile_text_opens_no_markup_and_obeys_no_direction(hostile: str) -> None:
    tree = parsed(hostile)

    assert tree.xpath("//script | //img") == []
    assert tree.xpath("//@onerror | //@onload") == []
    assert "\u202e" not in hostile
    assert "[U+202E]" in hostile


def test_a_word_of_a_megabyte_does_not_make_a_page_of_megabytes(hostile: str) -> None:
    assert len(hostile) < 500_000


def test_text_that_looks_like_a_template_is_only_text(situation: Picture) -> None:
    page = render(brief(situation, title="{{ 7 * 7 }} {% raw %}"), situation)

    assert "{{ 7 * 7 }} {% raw %}" in page


def test_an_empty_picture_still_makes_a_page() -> None:
    nothing = Picture(
        reader=Reader(name="desk", partner=None, clearance="RED"),
        as_of=None,
        reports=(),
        annotations={},
        copies=(),
        stories=(),
        entities=(),
        claims=(),
        encounters=(),
    )

    assert "Nothing is cited." in render(brief(nothing), nothing)


def test_a_thousand_claims_make_a_page_of_bearable_size(situation: Picture) -> None:
    many: tuple[Claim, ...] = tuple(replace(situation.claims[number % 4], id=f"clm_{number}") for number in range(1000))
    made = replace(situation, claims=many)

    assert len(render(brief(made), made)) < 1_000_000


def test_the_same_brief_gives_the_same_page(situation: Picture, page: str) -> None:
    assert render(brief(situation), situation) == page


def test_a_citation_of_a_report_that_the_picture_does_not_hold_is_left_without_a_link(situation: Picture) -> None:
    made: Brief = brief(situation)

    assert "Nothing is cited." in render(made, replace(situation, reports=(), claims=(), encounters=()))


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [0, 1])
@pytest.mark.parametrize(
    ("front", "back"),
    [
        ("ink", "paper"),
        ("soft", "paper"),
        ("soft", "panel"),
        ("link", "paper"),
        ("link", "panel"),
        ("mark-ink", "mark"),
        ("deny", "paper"),
        ("confirm", "paper"),
        ("claim", "paper"),
        *((f"s{number}", "paper") for number in range(5)),
    ],
)
def test_every_colour_stands_out_from_its_ground(theme: int, front: str, back: str, page: str) -> None:
    block = re.findall(r":root \{(.*?)\}", page, flags=re.DOTALL)[theme]
    colours: dict[str, str] = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))

    assert _contrast(colours[front], colours[back]) >= 4.5


def test_the_parts_of_the_page_can_be_found_by_their_headings(page: str) -> None:
    headings = [one.text_content() for one in parsed(page).iter("h2")]

    assert headings == [
        "What is most solid",
        "What is repeated most",
        "Key figures",
        "Who stands where",
        "Contacts",
        "Timeline",
        "What is planned",
        "Denied, not commented, silent",
        "Promised and demanded",
        "Cautions",
        "Set aside",
        "Evidence",
    ]
