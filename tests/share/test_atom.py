"""Feeds are Atom 1.0 (RFC 4287), whatever stands in the reports."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import feedparser
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.collect import syndication
from watchfloor.share.atom import AtomEntry, AtomFeed, id_of, written

NOON = datetime(2024, 11, 1, 12, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(*entries: AtomEntry, **fields: str) -> AtomFeed:
    return AtomFeed(
        key="sch_1", title="Ships", subtitle="reports with “ships”", updated=NOON, entries=entries, **fields
    )


def entry(title: str = "Ships leave", link: str | None = "https://watch.example/r/rep_1", text: str = "x") -> AtomEntry:
    return AtomEntry(key="rep_1", title=title, updated=NOON, link=link, author="Oslo Herald", summary=text, rights="R")


def test_a_feed_has_what_the_standard_asks_for() -> None:
    root = ElementTree.fromstring(written(feed(entry(), own="https://watch.example/feeds/1.atom")))

    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        links = [link.attrib["rel"] for link in element.findall(f"{ATOM}link")]
        assert len(links) == len(set(links))
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    assert [link.attrib["rel"] for link in root.findall(f"{ATOM}link")] == ["self"]


def test_an_entry_without_a_link_has_content() -> None:
    root = ElementTree.fromstring(written(feed(entry(link=None))))

    assert root.findtext(f"{ATOM}entry/{ATOM}content") == "x"


def test_ids_are_the_same_for_ever() -> None:
    assert id_of("rep_1") == "urn:uuid:028b8302-1e98-5f48-a736-978ef2f40c9d"


def test_links_that_are_none_of_the_web_are_left_out() -> None:
    for link in ("javascript:alert(1)", "/r/rep_1", 'https://a.example/"onload=1', "https://a.example/ b"):
        assert "alternate" not in written(feed(entry(link=link)))


def test_other_programs_read_it() -> None:
    text = written(feed(entry(), own="https://watch.example/feeds/1.atom"))

    heard = feedparser.parse(text)
    assert not heard.bozo
    assert [one.title for one in heard.entries] == ["Ships leave"]
    (ours,) = syndication.parse(text.encode(), "https://watch.example/feeds/1.atom", "application/atom+xml").entries
    assert ours.url == "https://watch.example/r/rep_1"


@given(title=st.text(), text=st.text())
def test_whatever_a_report_says_the_feed_is_well_formed_and_plain(title: str, text: str) -> None:
    root = ElementTree.fromstring(written(feed(entry(title=title, text=text))))

    assert {one.tag.removeprefix(ATOM) for one in root.iter()} <= {
        "feed", "id", "title", "subtitle", "updated", "author", "name", "entry", "link", "summary", "rights",
    }  # fmt: skip
