"""When a page was published: what it says for machines, then htmldate; never when it was changed or fetched."""

import logging
from datetime import date, datetime, time, timedelta

from lxml import etree, html

from watchfloor.clean import published
from watchfloor.clean.page_data import PageData, plain
from watchfloor.core.partial_date import PartialDate

logging.getLogger("htmldate").addHandler(logging.NullHandler())  # it warns of every page without a date

_META = (
    "article:published_time",
    "og:published_time",
    "article:published",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "publish-date",
    "pubdate",
    "publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "cxenseparse:recs:publishtime",
    "rnews:datepublished",
    "date",
)
_PLACES = "//time[@pubdate or @itemprop='datePublished']/@datetime | //*[@itemprop='datePublished']/@content"
# What htmldate must not see: a change is no publication.
_CHANGED = ("modif", "updat", "revis", "lastmod")


def page_date(root: html.HtmlElement, data: PageData, collected: date, url: str | None) -> PartialDate | None:
    """Return the day of publication with the place it was found in, None when the page gives none."""
    told = plain(data.article.get("datePublished")) or plain(data.article.get("dateCreated"))
    if told and (found := published.read(told, "datePublished in the page's article data", collected)):
        return found
    for name in _META:
        for value in data.meta.get(name, ()):
            if found := published.read(value, f"the meta element {name}", collected):
                return found
    for value in list(root.xpath(_PLACES))[:3]:
        if found := published.read(str(value), "the page's time element", collected):
            return found
    return _searched(root, collected, url)


def _searched(root: html.HtmlElement, collected: date, url: str | None) -> PartialDate | None:
    """Ask htmldate, which looks through markup, address and text; it may not look past the day of collection."""
    from htmldate import find_date  # heavy, and rarely needed

    latest = datetime.combine(collected + timedelta(days=1), time())
    try:
        value = find_date(_unchanged(root), original_date=True, extensive_search=True, url=url, max_date=latest)
    except (ValueError, OverflowError, etree.LxmlError):
        return None
    return published.read(value, "htmldate, from markup, address or text,", collected) if value else None


def _unchanged(root: html.HtmlElement) -> html.HtmlElement:
    """A copy without the elements that tell of later changes."""
    copy = html.fromstring(html.tostring(root), parser=html.HTMLParser(encoding="utf-8"))
    for element in list(copy.iter("meta")):
        parent = element.getparent()
        names = " ".join(
            filter(None, (element.get(key) for key in ("property", "name", "itemprop", "http-equiv")))
        ).lower()
        if parent is not None and any(word in names for word in _CHANGED):
            parent.remove(element)
    return copy
