"""Tell a page that lists other reports from a report."""

import re
from collections.abc import Sequence

from lxml import html

from watchfloor.clean.page_blocks import Block
from watchfloor.clean.page_data import PageData
from watchfloor.clean.units import Unit
from watchfloor.clean.walls import NoReport

_MIN_ENTRIES = 5  # linked headlines; a report's own box of related ones has three or four
_MIN_WORDS = 3  # of a linked headline
_MIN_WIDE = 8  # letters of one in Chinese, Japanese or Korean
_MAX_TEASER = 30  # words; a page with a longer paragraph has running text
_START = 60  # letters by which a block is found again in the body
_MIN_TIMES = 3  # different dates or ages on the page
_ENTRIES = "//a[.//h2 or .//h3 or .//h4] | //h2//a | //h3//a | //h4//a"
_OUTSIDE = frozenset({"nav", "aside", "footer"})
_TIME = re.compile(
    r"\b\d{1,2} (?:min|minute|hour|day|week|month)s? ago\b|\bvor \d{1,2} \w+|\bil y a \d{1,2} \w+|\bhace \d{1,2} \w+"
    r"|\d{1,2}(?:분|시간|일) 전|\b\d{4}[-./]\d{1,2}[-./]\d{1,2}\b|\b\d{1,2} [A-Z][a-z]{2,8} \d{4}\b"
    r"|\b[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}\b"
)
_MOST_LETTERS = 200_000  # of the page's text looked at for dates


def listing(root: html.HtmlElement, data: PageData, body: Sequence[Unit], blocks: Sequence[Block]) -> NoReport | None:
    """Return why a page is a listing: many linked headlines, no running text, and different dates; else None.

    body: the units held to be the report; blocks: the page as its markup parts it, for an extractor may melt teasers
    into one. A page that calls itself an article is none.
    """
    if data.article or (data.first("og:type") or "").lower().startswith("article"):
        return None
    found = "\n".join(unit.head for unit in body)
    if any(len(block.text.split()) > _MAX_TEASER and block.text[:_START] in found for block in blocks):
        return None
    entries = {words for link in root.xpath(_ENTRIES) if (words := _words(link)) and not _outside(link)}
    if len(entries) < _MIN_ENTRIES:
        return None
    whole = "\n".join(block.text for block in blocks)[:_MOST_LETTERS]
    times = {match[0].lower() for match in _TIME.finditer(whole)}
    if len(times) < _MIN_TIMES and (data.first("og:type") or "").lower() != "website":
        return None
    detail = f"{len(entries)} linked headlines, {len(times)} different dates, no paragraph of running text"
    return NoReport(detail, False, "teaser of a listing", None)


def _words(link: html.HtmlElement) -> str | None:
    text = " ".join(str(link.text_content()).split())
    wide = sum("\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af" for letter in text[:200])
    return text if len(text.split()) >= _MIN_WORDS or wide >= _MIN_WIDE else None


def _outside(link: html.HtmlElement) -> bool:
    return any(ancestor.tag in _OUTSIDE for ancestor in link.iterancestors())
