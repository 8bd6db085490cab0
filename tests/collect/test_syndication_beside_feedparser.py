"""Entries equal to feedparser's, on the kinds of things that its documentation describes; texts are our own.

Where ours differ on purpose: feedparser makes an address of an id that is none ("12345"), ours stays as given.
"""

# ruff: noqa: E501 - a feed on one line is easier to read than one in pieces

from io import BytesIO
from typing import Any

import feedparser
import pytest

from watchfloor.collect.feed_xml import plain
from watchfloor.collect.syndication import parse

HERE = "https://courier.example/feeds/world.xml"
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{}" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/">{}</rdf:RDF>'
)
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"{}><title>Dispatch</title>{}</feed>'
RSS = '<rss version="{}"><channel><title>Courier</title><link>https://courier.example/</link>{}</channel></rss>'
ITEM = "<item><title>Ships &amp;amp; grain</title><link>https://courier.example/1</link>{}</item>"

FEEDS = {
    "rss 0.90": RDF.format(
        "http://my.netscape.com/rdf/simple/0.9/",
        "<channel><title>Courier</title></channel><item><title>One</title><link>https://courier.example/1</link></item>",
    ),
    "rss 0.91, netscape's document type": (
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
        '"http://my.netscape.com/publish/formats/rss-0.91.dtd">'
        + RSS.format("0.91", "<item><title>Caf&eacute;</title><link>https://courier.example/1</link></item>")
    ),
    "rss 0.92": RSS.format("0.92", "<item><description>No title</description></item>"),
    "rss 1.0": RDF.format(
        "http://purl.org/rss/1.0/",
        '<channel rdf:about="x"><title>Courier</title></channel><item rdf:about="https://courier.example/1">'
        "<title>One</title><link>https://courier.example/1</link><dc:date>2024-10-21T09:00+09:00</dc:date></item>",
    ),
    "rss 2.0": RSS.format("2.0", ITEM.format("<guid>https://courier.example/1</guid><pubDate>Mon, 21 Oct 2024 09:00:00 GMT</pubDate>")),
    "rss 2.0 in a namespace": (
        '<rss version="2.0" xmlns="http://backend.userland.com/rss2"><channel><title>Courier</title>'
        + ITEM.format("<guid>urn:x:a</guid>")
        + "</channel></rss>"
    ),
    "rss 2.0, dublin core": (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item><dc:title>One</dc:title>'
        "<dc:creator>Ann Lee</dc:creator><dc:date>2024-10-21</dc:date></item></channel></rss>"
    ),
    "rss 2.0, another prefix for dublin core": (
        '<rss version="2.0" xmlns:d="http://purl.org/dc/elements/1.1/"><channel><item><title>One</title>'
        "<d:date>2024-10-21</d:date></item></channel></rss>"
    ),
    "atom 1.0": ATOM.format(
        "",
        "<entry><id>tag:a,2024:1</id><title>One</title><link href='https://courier.example/1'/>"
        "<published>2024-10-21T09:00:00Z</published><updated>2024-10-22T09:00:00Z</updated></entry>",
    ),
    "atom 0.3": (
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Dispatch</title><entry><id>tag:a,2024:1</id>'
        '<title mode="escaped" type="text/html">A &lt;i&gt;plan&lt;/i&gt;</title>'
        '<link rel="alternate" type="text/html" href="https://courier.example/1"/>'
        "<issued>2024-10-21T09:00:00Z</issued><modified>2024-10-22T09:00:00Z</modified></entry></feed>"
    ),
    "cdf": (
        '<CHANNEL HREF="https://courier.example/"><TITLE>Courier</TITLE>'
        '<ITEM HREF="https://courier.example/1"><TITLE>One</TITLE><ABSTRACT>Short</ABSTRACT></ITEM></CHANNEL>'
    ),
    "several links of an entry": ATOM.format(
        "",
        "<entry><id>urn:x:1</id><link rel='self' href='https://courier.example/e/1'/><link rel='alternate' type='text/html' "
        "href='https://courier.example/1'/><link rel='enclosure' type='audio/mpeg' href='https://courier.example/1.mp3'/>"
        "<link rel='alternate' type='application/json' href='https://courier.example/1.json'/></entry>",
    ),
    "relative addresses": RSS.format("2.0", "<item><link>/news/1</link></item><item><link>2.html</link></item>"),
    "a base for all": ATOM.format(' xml:base="https://base.example/a/"', "<entry><id>urn:x:1</id><link href='1.html'/></entry>"),
    "a base in a base": ATOM.format(
        ' xml:base="https://base.example/a/"', "<entry xml:base='b/'><id>urn:x:1</id><link href='1.html'/></entry>"
    ),
    "html in a title": RSS.format("2.0", "<item><title>A &lt;b&gt;bold&lt;/b&gt; plan &amp;amp; more</title></item>"),
    "character data in a title": RSS.format("2.0", "<item><title><![CDATA[A <b>bold</b> plan &amp; more]]></title></item>"),
    "character references in a title": RSS.format("2.0", "<item><title>Caf&#233; &#x2013; bar &#8220;x&#8221;</title></item>"),
    "windows characters in a title": RSS.format("2.0", "<item><title>It&#146;s &#150; here</title></item>"),
    "xhtml in a title": ATOM.format(
        "", "<entry><id>urn:x:1</id><link href='https://courier.example/1'/><title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>A <b>plan</b></div></title></entry>"
    ),
    "no id": RSS.format("2.0", "<item><title>One</title><link>https://courier.example/1</link></item>"),
    "an id and no link": RSS.format("2.0", "<item><guid>https://courier.example/1</guid></item>"),
    "an id that is no link": RSS.format("2.0", '<item><guid isPermaLink="false">https://courier.example/1</guid></item>'),
    "comments and instructions": RSS.format("2.0", "<!-- a --><?b c?><item><title>A<!-- b --> plan</title></item>"),
    "dates as they come": RSS.format(
        "2.0", "".join(f"<item><title>{n}</title><pubDate>{d}</pubDate></item>" for n, d in enumerate(
            ("Thu, 01 Jan 2004 19:48:21 GMT", "2003-12-31T10:14:55Z", "20031231", "2003", "Jan 5, 2004 3:12pm", "soon")
        ))
    ),
    "no entries": RSS.format("2.0", ""),
    "an ampersand by itself": RSS.format("2.0", "<item><title>Ships & grain</title><link>https://courier.example/1</link></item>"),
    "an element that never ends": RSS.format("2.0", "<item><title>One</title><link>https://courier.example/1</link><b></item>"),
    "an undeclared namespace": RSS.format("2.0", "<item><title>One</title><x:y>z</x:y></item>"),
    "an undeclared entity": RSS.format("2.0", "<item><title>Caf&eacute;</title></item>"),
    "cut off": RSS.format("2.0", "<item><title>One</title><link>https://courier.example/1</link></item>")[:-30],
}  # fmt: skip


def by_feedparser(data: bytes) -> Any:
    return feedparser.parse(
        BytesIO(data), response_headers={"content-location": HERE, "content-type": "application/xml"}
    )


def ours(data: bytes) -> list[tuple[str | None, ...]]:
    return [(one.id, one.url, one.title, one.published or one.updated) for one in parse(data, HERE).entries]


def theirs(data: bytes) -> list[tuple[str | None, ...]]:
    rows: list[tuple[str | None, ...]] = []
    for entry in by_feedparser(data).entries:
        date = entry.get("published") or (entry.get("updated") if "updated" in entry else None)
        title = plain(entry["title"]) if entry.get("title") else None
        rows.append((entry.get("id"), entry.get("link"), title, date))
    return rows


@pytest.mark.parametrize("kind", FEEDS)
def test_ids_addresses_titles_and_dates_are_those_that_feedparser_reads(kind: str) -> None:
    data = f'<?xml version="1.0" encoding="utf-8"?>\n{FEEDS[kind]}'.encode()

    assert ours(data) == theirs(data)


@pytest.mark.parametrize(
    ("declared", "actual"),
    [
        ("utf-8", "iso-8859-1"),
        ("utf-8", "windows-1252"),
        ("iso-8859-1", "iso-8859-1"),
        ("windows-1252", "windows-1252"),
        ("us-ascii", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16", "utf-8"),
        ("gb2312", "gb18030"),
        ("koi8-r", "koi8-r"),
        ("bogus", "utf-8"),
    ],
)
def test_a_wrong_encoding_is_mended_as_feedparser_does(declared: str, actual: str) -> None:
    word = {"gb18030": "金大中镕", "koi8-r": "Привет"}.get(actual, "Café élan")
    feed = RSS.format("2.0", f"<item><title>{word}</title><link>https://courier.example/1</link></item>")
    data = f'<?xml version="1.0" encoding="{declared}"?>{feed}'.encode(actual)

    assert ours(data) == theirs(data)
    assert ours(data)[0][2] == word
