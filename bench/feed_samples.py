"""Feeds as outlets make them, written by a program: the same ones each time, in the forms and sizes met in practice."""

import json
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from xml.sax.saxutils import escape

ADDRESS = "https://courier.example/feeds/world"
_WORDS = (
    "harbour minister said talks would resume after the delegation left coastal town where grain ships wait officials "
    "denied that troops had crossed river while witnesses reported convoys near bridge prices rose again parliament "
    "council vote budget energy storm warning region border trade envoy summit agreement spokesman letter"
).split()
_ODD = ("café", "naïve", "Kyjiw’s", "“quoted”", "R&D", "3 < 5", "서울", "Киев", "–")


class _Pen:
    """Writes words by chance, always the same by the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.entries = self.chance.randint(20, 50)
        self.begin = datetime(2024, 10, 1, tzinfo=UTC)

    def line(self, words: int) -> str:
        picked = [self.chance.choice(_WORDS) for _ in range(words)]
        if self.chance.random() < 0.3:
            picked[self.chance.randrange(words)] = self.chance.choice(_ODD)
        return " ".join(picked).capitalize()

    def body(self, most: int = 7) -> str:
        """Return HTML of some paragraphs, with a link and an entity or two."""
        paragraphs = [
            f'<p>{escape(self.line(self.chance.randint(15, 40)))}. <a href="https://courier.example/t/{nth}?a=1&amp;b=2">'
            f"{escape(self.line(3))}</a>&nbsp;{escape(self.line(8))}.</p>\n"
            for nth in range(self.chance.randint(3, most))
        ]
        return "".join(paragraphs)

    def time(self, nth: int, hours: int) -> datetime:
        return (self.begin - timedelta(minutes=37 * nth)).astimezone(timezone(timedelta(hours=hours)))


def blog(seed: int) -> bytes:
    """Return RSS 2.0 with full content, as a common publishing system writes it."""
    pen = _Pen(seed)
    items = [
        f"<item>\n<title>{escape(escape(pen.line(9)))}</title>\n"
        f"<link>https://courier.example/2024/10/{n}/?utm_source=rss&amp;n={n}</link>\n"
        f"<comments>https://courier.example/2024/10/{n}/#respond</comments>\n"
        f"<dc:creator><![CDATA[Ann Lee]]></dc:creator>\n<pubDate>{format_datetime(pen.time(n, 0))}</pubDate>\n"
        f"<category><![CDATA[World]]></category>\n"
        f'<guid isPermaLink="false">https://courier.example/?p={n}</guid>\n'
        f"<description><![CDATA[{pen.line(40)}]]></description>\n"
        f"<content:encoded><![CDATA[{pen.body()}]]></content:encoded>\n<slash:comments>0</slash:comments>\n</item>\n"
        for n in range(pen.entries)
    ]
    return _rss(items)


def wire(seed: int) -> bytes:
    """Return RSS 2.0 of a news agency: short, with media and many categories, local times, escaped summaries."""
    pen = _Pen(seed)
    items = [
        f"<item><title><![CDATA[{pen.line(10)}]]></title><link>https://courier.example/world/{n}-x</link><guid>"
        f"https://courier.example/world/{n}-x</guid><pubDate>{format_datetime(pen.time(n, 9))}</pubDate><description>"
        f"{escape(pen.body(5))}</description><author>desk@courier.example (The Desk)</author>"
        + "".join(f'<category domain="https://courier.example/tags">{escape(pen.line(2))}</category>' for _ in range(6))
        + f'<media:content url="https://i.courier.example/{n}.jpg" width="800">'
        f"<media:credit>{escape(pen.line(2))}</media:credit>"
        f"<media:description>{escape(pen.line(20))}</media:description></media:content></item>"
        for n in range(pen.entries)
    ]
    return _rss(items)


def atom(seed: int) -> bytes:
    """Return Atom 1.0 with escaped HTML."""
    pen = _Pen(seed)
    entries = [
        f'<entry><title type="html">{escape(escape(pen.line(9)))}</title><link rel="alternate" type="text/html" '
        f'href="https://courier.example/a/{n}?x=1&amp;y=2"/><link rel="edit" href="https://courier.example/e/{n}"/>'
        f"<id>tag:courier.example,2024:{n}</id><published>{pen.time(n, -5).isoformat()}</published><updated>"
        f'{pen.time(n - 1, -5).isoformat()}</updated><author><name>Bob Roy</name></author><category term="World"/>'
        f'<summary>{escape(pen.line(30))}</summary><content type="html">{escape(pen.body())}</content></entry>\n'
        for n in range(pen.entries)
    ]
    return _atom(entries)


def xhtml(seed: int) -> bytes:
    """Return Atom 1.0 whose content is XHTML, with relative addresses and a base."""
    pen = _Pen(seed)
    entries = [
        f'<entry xml:base="https://courier.example/b/"><title>{escape(pen.line(9))}</title><link href="{n}.html"/>'
        f"<id>urn:x:{n}</id><updated>{pen.time(n, 0).isoformat()}</updated><author><name>Kim</name></author>"
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{pen.body().replace("&nbsp;", "&#160;")}'
        "</div></content></entry>\n"
        for n in range(pen.entries)
    ]
    return _atom(entries)


def rdf(seed: int) -> bytes:
    """Return RSS 1.0 with Dublin Core."""
    pen = _Pen(seed)
    items = [
        f'<item rdf:about="https://courier.example/r/{n}"><title>{escape(pen.line(9))}</title><link>'
        f"https://courier.example/r/{n}</link><description>{escape(pen.body(8))}</description><dc:creator>Ann Lee"
        f"</dc:creator><dc:date>{pen.time(n, 1).isoformat()}</dc:date><dc:subject>World</dc:subject></item>\n"
        for n in range(pen.entries)
    ]
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF xmlns="http://purl.org/rss/1.0/" '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<channel rdf:about="{ADDRESS}"><title>Norddal Courier</title><link>https://courier.example/</link></channel>\n'
    )
    return f"{head}{''.join(items)}</rdf:RDF>".encode()


def latin(seed: int) -> bytes:
    """Return RSS 0.91 in Latin-1, with relative addresses and nothing but titles, addresses and summaries."""
    pen = _Pen(seed)
    items = [
        f"<item><title>{escape(pen.line(9))}</title><link>/l/{n}</link><description>{escape(pen.body(8))}</description>"
        "</item>\n"
        for n in range(pen.entries)
    ]
    head = '<?xml version="1.0" encoding="iso-8859-1"?>\n<rss version="0.91"><channel><title>Courier</title>\n'
    return f"{head}{''.join(items)}</channel></rss>".encode("iso-8859-1", "xmlcharrefreplace")


def json_feed(seed: int) -> bytes:
    """Return JSON Feed 1.1."""
    pen = _Pen(seed)
    items = [
        {
            "id": f"https://courier.example/j/{n}",
            "url": f"https://courier.example/j/{n}",
            "title": pen.line(9),
            "date_published": pen.time(n, 2).isoformat(),
            "authors": [{"name": "Ann Lee"}],
            "content_html": pen.body(),
        }
        for n in range(pen.entries)
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Courier", "items": items}
    return json.dumps(feed, ensure_ascii=False).encode()


FORMS: dict[str, Callable[[int], bytes]] = {
    "rss 2.0, full text": blog,
    "rss 2.0, wire": wire,
    "atom": atom,
    "atom, xhtml": xhtml,
    "rss 1.0": rdf,
    "rss 0.91, latin-1": latin,
}
"""The forms that feedparser reads as well; it reads no JSON."""


def _rss(items: list[str]) -> bytes:
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" '
        'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:media="http://search.yahoo.com/mrss/">\n<channel>\n'
        f'<title>Norddal Courier</title>\n<atom:link href="{ADDRESS}" rel="self" type="application/rss+xml"/>\n'
        "<link>https://courier.example/</link>\n<description>News</description>\n<language>en-GB</language>\n"
    )
    return f"{head}{''.join(items)}</channel>\n</rss>\n".encode()


def _atom(entries: list[str]) -> bytes:
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
        "<title>Norddal Courier</title><id>tag:courier.example,2024:feed</id><updated>2024-10-01T00:00:00Z</updated>"
        f'<link rel="self" href="{ADDRESS}"/><link href="https://courier.example/"/>\n'
    )
    return f"{head}{''.join(entries)}</feed>\n".encode()
