"""Headline, writers, outlet and address of a page."""

import re
from collections.abc import Iterator

from lxml import html

from watchfloor.clean.addresses import ONLINE, specific
from watchfloor.clean.page_data import Node, PageData, plain

_MIN_HEADLINE = 8  # letters of a level-one heading that can be a headline
_MAX_HEADLINE = 300
_AGREE = 0.6  # share of words that a heading has in common with what the page calls its title; assumed
_MIN_TAIL = 25  # letters of a title that a heading may repeat after a kicker ("Trade talks: ...")
_MAX_SITE = 30  # letters of a site's name after a bar in a title
_MAX_AUTHOR = 45  # letters of a name

_BAR = re.compile(r"\s(?:[|–—»•·-]|::)\s")
_SPLIT = re.compile(r"\s*(?:,|;|&|\||/| and | und | et | y | e | og | och )\s*")
_PREFIX = re.compile(
    r"^(?:(?:written |story |words |text |foto |photo )?(?:by|von|par|por|di|af|av|door|od|text|autor(?:es|in)?|"
    r"auteur|автор))\s?:?\s+",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s[-–|•·]\s|\(|\s(?:@|https?:)|, (?:[A-Z]\w+ )?(?:Editor|Reporter|Writer|Correspondent|Staff)\b")
_NO_PERSON = re.compile(
    r"https?:|www\.|@|\d|\b(?:admin|staff|editors?|editorial|newsroom|redaktion|redaction|redacción|redazione|desk|"
    r"reporters?|correspondents?|contributors?"
    r"|team|agency|agencies|agentur|news|service|press|media|times|post|guest|author|online|web)\b|\.(?:com|net|org|"
    r"de|co\.\w+)$|^\W*$",
    re.IGNORECASE,
)
_AUTHOR_META = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "twitter:creator_name",
    "cxenseparse:author",
    "authors",
    "dc.contributor",
)
_AUTHOR_PLACES = (
    "//*[@rel='author' or @itemprop='author']",
    "//*[contains(@class,'author-name') or contains(@class,'author__name') or contains(@class,'byline-name') "
    "or contains(@class,'byline__name') or contains(@class,'author_name')]",
    "//*[contains(@class,'byline') or contains(@class,'Byline') or contains(@class,'article-author') "
    "or contains(@class,'article__author')]",
)
_MOST_PLACES = 3
_MAX_PLACE = 90  # letters of an element that is a byline; a longer one is a biography


def headline(root: html.HtmlElement, data: PageData) -> str | None:
    """Return the level-one heading that agrees with what the page calls its title, else that title."""
    named = plain(data.article.get("headline")) or plain(data.article.get("name"))
    shared = data.first("og:title", "twitter:title")
    title = plain(root.findtext(".//title"))
    headings = [
        text for h1 in root.iter("h1") if (text := plain(_text(h1))) and _MIN_HEADLINE < len(text) < _MAX_HEADLINE
    ]
    titles = [text for text in (named, shared, title) if text]
    if headings:
        best = max(headings, key=lambda heading: sum(_overlap(heading, text) for text in titles))
        agrees = any(_overlap(best, text) >= _AGREE for text in titles)
        if agrees or not titles or (len(headings) == 1 and len(best.split()) > 3):
            return next((text for text in titles if len(text) > _MIN_TAIL and best.endswith(text)), best)
    return named or _without_site(shared or title, data.first("og:site_name"))


def authors(root: html.HtmlElement, data: PageData) -> tuple[str, ...]:
    """Return the names of the writers, from the article node, meta elements, or the byline in the page."""
    site = (data.first("og:site_name") or "").lower()
    named = _people(_names(data.article.get("author") or data.article.get("creator"), data.by_id), site)
    if named:
        return named
    for name in _AUTHOR_META:
        named = _people(data.meta.get(name, ()), site)
        if named:
            return named
    for place in _AUTHOR_PLACES:
        elements = root.xpath(place)
        texts = [
            text for one in list(elements)[:_MOST_PLACES] if (text := plain(_text(one))) and len(text) <= _MAX_PLACE
        ]
        named = _people(texts, site)
        if named:
            return named
    return ()


def outlet(data: PageData) -> tuple[str, str] | None:
    """Return the outlet's name and the evidence, None when the page names none."""
    publisher = data.article.get("publisher")
    names = list(_names(publisher, data.by_id)) if publisher else []
    if names and (name := plain(names[0])):
        return name, "publisher in the page's article data"
    site = data.first("og:site_name", "application-name")
    return (site, "site name in the page's meta elements") if site else None


def canonical(root: html.HtmlElement, data: PageData) -> str | None:
    """Return the address that the page calls its own, None unless it is a full web address.

    A page that was mailed says it in a link to the same text on the web.
    """
    links = (link.get("href") for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical")
    for address in (*links, data.first("og:url")):
        if address and re.match(r"https?://[^\s/]+\.[^\s/]+", address.strip()):
            return plain(address.strip())
    online = (link.get("href") or "" for link in root.iter("a") if ONLINE.search(_text(link)[:_MAX_PLACE]))
    return next((address for link in online if (address := specific(link.strip()))), None)


def _overlap(left: str, right: str) -> float:
    """Share of the shorter one's words that both have."""
    one, other = (set(re.findall(r"\w+", text.lower())) for text in (left, right))
    return len(one & other) / max(1, min(len(one), len(other)))


def _without_site(title: str | None, site: str | None) -> str | None:
    """Take the name of the site off the end of a title."""
    while title:
        bars = list(_BAR.finditer(title))
        if not bars:
            break
        front, back = title[: bars[-1].start()].strip(), title[bars[-1].end() :].strip()
        is_site = site is not None and back.lower() == site.lower()
        if not (is_site or (len(back) < _MAX_SITE and len(back) < 0.6 * len(front))):
            break
        title = front
    return title


def _names(value: object, by_id: dict[str, Node]) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            node = by_id.get(str(one.get("@id")), one) if "name" not in one else one
            name = node.get("name")
            yield from (text for text in (name if isinstance(name, list) else [name]) if isinstance(text, str))


def _people(texts: object, site: str) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for text in texts if isinstance(texts, (list, tuple, Iterator)) else ():
        line = _AFTER.split(_PREFIX.sub("", plain(text) or ""))[0]
        if "://" in line:
            continue
        for part in _SPLIT.split(line):
            name = part.strip(" .:,–-")
            if name and len(name) <= _MAX_AUTHOR and not _NO_PERSON.search(name) and name.lower() != site:
                found.setdefault(name.lower(), name)
    return tuple(found.values())


def _text(element: html.HtmlElement) -> str:
    return "".join(str(piece) for piece in element.itertext())
