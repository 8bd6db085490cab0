import html
import json
import time
from contextlib import suppress
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchfloor.collect.entries import Channel, absolute
from watchfloor.collect.syndication import parse
from watchfloor.core.errors import SourceError

HERE = "https://courier.example/feeds/world.xml"


def rss(items: str, head: str = "<title>Norddal Courier</title><language>en-GB</language>") -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()


def atom(entries: str, attributes: str = "") -> bytes:
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>Dispatch</title>{entries}</feed>'.encode()


def read(data: bytes, content_type: str | None = None) -> Channel:
    return parse(data, HERE, content_type)


def test_an_rss_item_keeps_its_words_as_given() -> None:
    found = read(
        rss(
            "<item><title>Ships &amp;amp; grain</title><link>https://courier.example/7?utm_source=rss&amp;a=1</link>"
            '<guid isPermaLink="false">7</guid><pubDate>Tue, 22 Oct 2024 00:30:00 +0900</pubDate>'
            "<author>a@courier.example (Ann Lee)</author><description>&lt;p&gt;Short.&lt;/p&gt;</description>"
            "<source url='https://wire.example/'>Nordwire</source></item>"
        )
    )

    assert (found.form, found.title, found.language, found.read_by) == ("RSS 2.0", "Norddal Courier", "en-GB", "lxml")
    (entry,) = found.entries
    assert entry.id == "7"
    assert entry.url == "https://courier.example/7?utm_source=rss&a=1"
    assert entry.title == "Ships & grain"
    assert entry.published == "Tue, 22 Oct 2024 00:30:00 +0900"
    assert entry.author == "a@courier.example (Ann Lee)"
    assert entry.summary == "<p>Short.</p>"
    assert entry.outlet == "Nordwire"


def test_an_atom_entry_keeps_publication_and_change_apart() -> None:
    found = read(
        atom(
            "<entry><id>tag:x,2024:1</id><title type='html'>A &lt;b&gt;bold&lt;/b&gt; plan</title>"
            "<link rel='edit' href='/e'/><link href='/1'/><updated>2024-10-21T09:00:00Z</updated>"
            "<published>2024-10-20T09:00:00Z</published><author><name>Bob Roy</name></author>"
            "<source><title>Nordwire</title></source>"
            "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Body.</p></div></content></entry>",
            'xml:lang="ko"',
        )
    )

    (entry,) = found.entries
    assert (found.form, found.language) == ("Atom 1.0", "ko")
    assert (entry.id, entry.url, entry.title) == ("tag:x,2024:1", "https://courier.example/1", "A bold plan")
    assert (entry.published, entry.updated) == ("2024-10-20T09:00:00Z", "2024-10-21T09:00:00Z")
    assert (entry.author, entry.outlet) == ("Bob Roy", "Nordwire")
    assert entry.content is not None
    assert "<p>Body.</p>" in entry.content


def test_a_change_is_no_publication() -> None:
    (entry,) = read(atom("<entry><link href='/1'/><updated>2024-10-21T09:00:00Z</updated></entry>")).entries

    assert entry.published is None


def test_an_id_that_looks_like_a_year_is_no_date() -> None:
    (entry,) = read(rss("<item><guid isPermaLink='false'>2024</guid><link>/1</link></item>")).entries

    assert (entry.published, entry.updated) == (None, None)


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<link>/news/1</link>", "https://courier.example/news/1"),
        ("<link>2.html</link>", "https://courier.example/feeds/2.html"),
        ("<link>//other.example/3</link>", "https://other.example/3"),
        ("<link>\n  https://courier.example/4\n</link>", "https://courier.example/4"),
        ("<guid>https://courier.example/5</guid>", "https://courier.example/5"),
        ('<guid isPermaLink="false">https://courier.example/5</guid>', None),
        ("<guid>12345</guid>", None),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>https://[half/</link>", None),
        ("<link/>", None),
        ('<link href="/6"/>', "https://courier.example/6"),
    ],
)
def test_an_address_is_made_absolute_or_is_none(item: str, url: str | None) -> None:
    (entry,) = read(rss(f"<item>{item}</item>")).entries

    assert entry.url == url


def test_a_base_in_the_document_holds_for_what_lies_below_it() -> None:
    found = read(
        atom(
            '<entry><link href="1"/></entry><entry xml:base="https://other.example/b/"><link href="2"/></entry>',
            'xml:base="/a/"',
        )
    )

    assert [entry.url for entry in found.entries] == ["https://courier.example/a/1", "https://other.example/b/2"]


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("<![CDATA[<b>Ships</b> &amp; grain]]>", "Ships & grain"),
        ("Caf&#233; &lt;em&gt;bar&lt;/em&gt;", "Café bar"),
        ("2 &lt; 3 and x &gt; y", "2 < 3 and x > y"),
        ("One\n  line", "One line"),
        ("It&#146;s", "It’s"),
        ("&lt;unknown&gt; word", "<unknown> word"),
    ],
)
def test_a_title_is_plain_text_on_one_line(title: str, plain: str) -> None:
    (entry,) = read(rss(f"<item><title>{title}</title></item>")).entries

    assert entry.title == plain


def test_an_atom_title_that_is_text_keeps_its_angle_brackets() -> None:
    (entry,) = read(atom("<entry><title>The &lt;b&gt; element</title></entry>")).entries

    assert entry.title == "The <b> element"


def test_a_json_feed_is_read_as_people_write_it() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Dispatch",
        "language": "fr",
        "items": [
            {
                "id": 7,
                "url": "/7",
                "title": "Un &amp; deux",
                "date_published": "2024-10-21T09:00:00+02:00",
                "authors": [{"name": "Ann Lee"}, {"url": "x"}, {"name": "Bob Roy"}],
                "content_html": "<p>Texte.</p>",
            },
            {"external_url": "https://wire.example/8", "author": {"name": "Kim"}, "summary": "Short."},
            "odd",
        ],
    }

    found = read(json.dumps(feed).encode())

    first, second = found.entries
    assert (found.form, found.title, found.language) == ("JSON Feed 1.1", "Dispatch", "fr")
    assert (first.id, first.url, first.title) == ("7", "https://courier.example/7", "Un & deux")
    assert (first.published, first.author) == ("2024-10-21T09:00:00+02:00", "Ann Lee, Bob Roy")
    assert (second.url, second.author, second.id) == ("https://wire.example/8", "Kim", None)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "nothing"),
        (b"   \n", "nothing"),
        (b"<!doctype html><html><body>Hello</body></html>", "web page"),
        (b"<urlset/>", "sitemap"),
        (b"<note>x</note>", "<note>"),
        (b"Just words.", "no XML"),
        (b"\x00\x01\x02" * 50, "no XML"),
        (b'{"a": 1}', "items"),
        (b'{"items": [', "cannot be read"),
        (b"[" * 100_000, "cannot be read"),
        (b"<rss><channel", "expected RSS"),
        (b"<!DOCTYPE rss [ <!ENTITY a 'b'", "never ends"),
        (b"<!-- never", "never ends"),
    ],
)
def test_what_is_no_feed_is_a_source_error_that_says_what_it_is(data: bytes, found: str) -> None:
    with pytest.raises(SourceError, match=found):
        read(data)


def test_a_feed_without_entries_is_one() -> None:
    assert read(rss("")).entries == ()


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "head",
    [
        f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>',
        '<!DOCTYPE rss [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY % e SYSTEM "http://127.0.0.1:9/x"> %e;<!ENTITY l9 "&e;">]>',
        '<!DOCTYPE rss SYSTEM "file:///etc/passwd" [ <!-- ]> --> <!ENTITY l9 "]>">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_entities_are_neither_expanded_nor_fetched(head: str, encoding: str) -> None:
    feed = f'<?xml version="1.0"?>{head}<rss><channel><item><title x="&l9;">a &l9; b</title></item></channel></rss>'
    began = time.process_time()

    (entry,) = read(feed.encode(encoding)).entries

    assert entry.title == "a &l9; b"
    assert time.process_time() - began < 2


def test_an_encoding_that_could_hide_a_document_type_is_not_believed() -> None:
    hidden = "<!DOCTYPE rss [<!ENTITY a 'expanded'>]>".encode("utf-7").replace(b"<", b"+ADw-")
    feed = (
        b'<?xml version="1.0" encoding="utf-7"?>'
        + hidden
        + b"<rss><channel><item><title>&a;</title></item></channel></rss>"
    )

    try:
        titles = [entry.title for entry in read(feed).entries]
    except SourceError:
        titles = []

    assert "expanded" not in titles


def test_a_deeply_nested_document_is_refused_or_read_in_little_time() -> None:
    began = time.process_time()
    with suppress(SourceError):
        read(b"<rss><channel>" + b"<a>" * 200_000)

    assert time.process_time() - began < 5


def test_an_html_entity_of_an_old_feed_is_its_character() -> None:
    feed = (
        b'<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
        b'"http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel>'
        b"<item><title>Caf&eacute; &amp; bar</title><link>/1</link></item></channel></rss>"
    )

    (entry,) = read(feed).entries

    assert (entry.title, entry.url) == ("Café & bar", "https://courier.example/1")


@pytest.mark.parametrize(
    ("declared", "actual", "content_type"),
    [
        ("utf-8", "utf-8", None),
        ("iso-8859-1", "iso-8859-1", None),
        ("utf-8", "windows-1252", None),
        ("utf-16", "utf-8", None),
        (None, "utf-8", None),
        (None, "windows-1252", None),
        (None, "windows-1251", "application/rss+xml; charset=windows-1251"),
        ("windows-1251", "windows-1251", "text/xml; charset=iso-8859-1"),
        ("no-such-encoding", "utf-8", None),
        ("utf-16", "utf-16", "application/rss+xml; charset=utf-16"),
    ],
)
def test_a_feed_is_read_in_the_encoding_that_it_is_in(
    declared: str | None, actual: str, content_type: str | None
) -> None:
    word = "Привет" if "1251" in actual else "Café"
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    feed = f"{declaration}<rss><channel><item><title>{word}</title></item></channel></rss>".encode(actual)

    (entry,) = read(feed, content_type).entries

    assert entry.title == word


@pytest.mark.parametrize(
    "broken",
    [
        "<item><title>Ships & grain</title><link>https://courier.example/1</link></item>",
        "<item><title>Ships &amp; grain</title><link>https://courier.example/1</link></item><item><title>cut",
        "<item><title>Ships &amp; grain</title><link>https://courier.example/1</link><oops></item>",
    ],
)
def test_a_feed_that_is_not_well_formed_gives_what_it_can_and_says_so(broken: str) -> None:
    found = read(rss(broken))

    assert found.read_by == "feedparser"
    assert found.note
    assert (found.entries[0].title, found.entries[0].url) == ("Ships & grain", "https://courier.example/1")


def test_words_before_the_document_are_passed_over() -> None:
    assert read(b"<br />\n<b>Warning</b>: line 3\n" + rss("<item><link>/1</link></item>")).entries


def test_the_old_channel_definition_format_is_read() -> None:
    feed = b'<CHANNEL HREF="https://courier.example/"><TITLE>Courier</TITLE><ITEM HREF="https://courier.example/1"><TITLE>One</TITLE></ITEM></CHANNEL>'

    found = read(feed)

    assert [(entry.title, entry.url) for entry in found.entries] == [("One", "https://courier.example/1")]


@given(st.binary(max_size=400))
def test_any_bytes_give_a_feed_or_a_source_error(data: bytes) -> None:
    try:
        assert isinstance(read(data), Channel)
    except SourceError:
        return  # it says that it is none


_PIECES = st.sampled_from(
    "<rss> <channel> <item> </item> <title> </title> <link> </link> <guid> <![CDATA[ ]]> &amp; &x; & < > text <!-- --> "
    "<?xml version='1.0'?> <feed xmlns='http://www.w3.org/2005/Atom'> <entry> </entry> <link href='x'/> é \x85 "
    "<content type='xhtml'> <div> <!DOCTYPE rss [ ]> <!ENTITY a 'b'> <rdf:RDF>".split(" ")
)


@settings(max_examples=60)
@given(st.lists(_PIECES, max_size=30).map("".join))
def test_pieces_of_feeds_in_any_order_give_a_feed_or_a_source_error(text: str) -> None:
    try:
        assert isinstance(read(text.encode()), Channel)
    except SourceError:
        return  # it says that it is none


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=60)
)
def test_any_title_comes_back(title: str) -> None:
    (entry,) = read(rss(f"<item><title><![CDATA[{html.escape(title)}]]></title></item>")).entries

    assert entry.title == (" ".join(title.split()) or None)


BASES = (
    "https://a.example https://a.example/ http://a.example:80/x/y.xml https://a.example/x/../y/z?q=/1/ "
    "https://a.example/x//y/z https://a.example/x;p/y#/z/ https://a.example/.x/y http://inside/x/y"
).split()


@given(st.sampled_from(BASES), st.text(st.sampled_from("ab.7/?#&=:;@%+ -é\n"), min_size=1, max_size=12))
def test_a_reference_is_joined_as_the_standard_says(base: str, reference: str) -> None:
    trimmed = "".join(reference.split()) if "\n" in reference else reference.strip()
    expected = urljoin(base, trimmed)
    parts = urlsplit(expected)
    is_web = bool(trimmed and parts.scheme in ("http", "https") and parts.hostname)

    assert absolute(base, reference) == (expected if is_web else None)


@pytest.mark.parametrize("reference", ["&#147;", "&#x93;", "&#0147;", "&#X0093;"])
def test_a_quotation_mark_of_windows_written_as_a_reference_is_the_mark(reference: str) -> None:
    document = f"<rss version='2.0'><channel><item><title>{reference}Stay</title></item></channel></rss>"

    (entry,) = parse(document.encode(), "https://a.example/").entries

    assert entry.title == "“Stay"


def test_xhtml_content_stands_as_it_was_with_what_is_around_it() -> None:
    document = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><content type='xhtml'>Before "
        "<div xmlns='http://www.w3.org/1999/xhtml'><p>Two <b>bold</b> words</p></div> after</content></entry></feed>"
    )

    (entry,) = parse(document.encode(), "https://a.example/").entries

    assert entry.content is not None
    assert entry.content.startswith("Before <div")
    assert entry.content.endswith("</div> after")
    assert "<p>Two <b>bold</b> words</p>" in entry.content
