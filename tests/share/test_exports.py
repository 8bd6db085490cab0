import json
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from watchfloor.core.brief import Brief
from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.share import export_json, export_markdown
from watchfloor.share.citations import LONGEST_QUOTE, limited
from watchfloor.share.document import Export
from watchfloor.share.markdown import plain

Asks = Callable[..., Reader]
MARKING = {
    "level": "TLP:GREEN",
    "releasable_to": ["Partner B"],
    "caveats": [],
    "originators": [],
    "expires": None,
}


def test_json_carries_banner_counts_lines_and_citations(picture: Picture, brief: Brief, asks: Asks) -> None:
    made = json.loads(export_json.export(picture, brief, reader=asks("Partner B")).text)

    assert (made["format"], made["version"]) == ("watchfloor-brief", 1)
    assert made["banner"] == "TLP:GREEN | releasable to Partner B"
    assert made["sections"][0]["lines"] == [
        {
            "text": "Open line.",
            "weight": "plain",
            "about": "clm_open",
            "citations": [1],
            "marking": MARKING,
        }
    ]
    assert made["citations"] == [
        {
            "number": 1,
            "report": picture.reports[0].id,
            "outlet": "Courier",
            "headline": "Open",
            "published": "2024-10-21",
            "start": 0,
            "end": 11,
            "quote": "Open words.",
            "marking": MARKING,
        }
    ]


@pytest.mark.parametrize("export", [export_json.export, export_markdown.export])
@pytest.mark.parametrize("partner", ["Partner A", "Partner B", "Stranger"])
def test_no_export_to_a_partner_holds_a_word_of_what_is_unmarked(
    export: Callable[..., Export], partner: str, picture: Picture, brief: Brief, asks: Asks
) -> None:
    text = export(picture, brief, reader=asks(partner)).text

    assert not any(secret in text for secret in ("Kept", "kept", "Ledger", picture.reports[2].id, "2024-11-05"))


@pytest.mark.parametrize("export", [export_json.export, export_markdown.export])
def test_an_export_is_the_same_every_time_and_ends_in_one_newline(
    export: Callable[..., Export], picture: Picture, brief: Brief
) -> None:
    text = export(picture, brief).text

    assert text == export(picture, brief).text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("export", [export_json.export, export_markdown.export])
def test_without_a_reader_the_picture_s_own_reader_decides(
    export: Callable[..., Export], picture: Picture, brief: Brief, asks: Asks
) -> None:
    theirs = replace(picture, reader=asks("Partner B"))

    assert export(theirs, brief).withheld == export(picture, brief, reader=asks("Partner B")).withheld


def test_markdown_has_the_banner_on_top_and_at_the_bottom(picture: Picture, brief: Brief, asks: Asks) -> None:
    lines = export_markdown.export(picture, brief, reader=asks("Partner A")).text.splitlines()

    banner = "**TLP:AMBER \\| releasable to Partner A \\| no onward release**"
    assert (lines[0], lines[-1]) == (banner, banner)


def test_markdown_gives_every_line_its_footnote(picture: Picture, brief: Brief, asks: Asks) -> None:
    text = export_markdown.export(picture, brief, reader=asks("Partner B")).text

    assert "- Open line.[^1]\n" in text
    assert f"[^1]: Courier, “Open”, 2024-10-21 ({plain(picture.reports[0].id)}, characters 0–11; TLP:GREEN)." in text


def test_an_unmarked_export_says_that_it_is_for_this_node_only(picture: Picture, brief: Brief) -> None:
    assert export_markdown.export(picture, brief).text.startswith(
        "**UNMARKED \\| for this node only, not to be shared**"
    )


def test_a_quotation_is_cut_to_what_may_be_quoted() -> None:
    assert limited("word " * 10) == ("word " * 10).strip()
    assert len(limited("word " * 1000)) <= LONGEST_QUOTE
    assert len(limited("x" * 1000)) == LONGEST_QUOTE


def test_no_export_quotes_a_report_at_length(
    report: Callable[..., Report], picture: Picture, brief: Brief, asks: Asks
) -> None:
    long = "Long words of a report that belongs to somebody else. " * 40
    opened = picture.reports[0]
    longer = replace(
        picture,
        reports=(replace(opened, text=long, headline=long), *picture.reports[1:]),
        claims=tuple(
            replace(c, proposition=long, positions=tuple(replace(p, quote=long) for p in c.positions))
            for c in picture.claims
        ),
    )
    made = json.loads(export_json.export(longer, brief).text)

    assert max(len(text) for text in _texts(made)) <= LONGEST_QUOTE


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"),
        ("![x](http://evil.example/p.png)", "!\\[x\\](http\\://evil.example/p.png)"),
        ("# Heading", "\\# Heading"),
        ("1. item", "1\\. item"),
        ("- item", "\\- item"),
        ("a\n\n# b", "a # b"),
        ("*bold* _it_ `code`", "\\*bold\\* \\_it\\_ \\`code\\`"),
        ("www.evil.example", "www\\.evil.example"),
        ("me@evil.example", "me\\@evil.example"),
        ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
        ("a|b ~~c~~ $d$", "a\\|b \\~\\~c\\~\\~ \\$d\\$"),
        ("cod\u202egpj.exe", "cod gpj.exe"),
        ("12,000 troops", "12,000 troops"),
        ("2024-10-21", "2024-10-21"),
    ],
)
def test_hostile_text_is_only_text_in_markdown(hostile: str, harmless: str) -> None:
    assert plain(hostile) == harmless


def test_a_hostile_headline_opens_no_markup_in_an_export(picture: Picture, brief: Brief) -> None:
    hostile = "<img src=x onerror=alert(1)>\n# Seen\n[click](javascript:alert(1))"
    opened = replace(picture.reports[0], headline=hostile, outlet="`rm -rf`")
    text = export_markdown.export(replace(picture, reports=(opened, *picture.reports[1:])), brief).text

    assert "\n# Seen" not in text
    assert "\\<img" in text
    assert "\\[click\\](javascript\\:alert(1))" in text
