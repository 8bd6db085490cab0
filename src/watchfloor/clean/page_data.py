"""What a page says of itself for machines: JSON-LD, microdata and meta elements."""

import re
from collections.abc import Iterable, Iterator
from html import unescape

from lxml import html
from msgspec import Struct

from watchfloor.clean import page_nodes
from watchfloor.clean.decoding import whole
from watchfloor.clean.page_nodes import Node, Placed, types

_ARTICLE_TYPES = frozenset(
    "article newsarticle reportagenewsarticle analysisnewsarticle backgroundnewsarticle opinionnewsarticle "
    "reviewnewsarticle askpublicnewsarticle "
    "blogposting liveblogposting advertisercontentarticle satiricalarticle report "
    "discussionforumposting socialmediaposting question".split()
)
_PAGE_TYPES = frozenset({"webpage", "itempage", "videoobject", "recipe"})
_FIELDS = ("headline", "datePublished", "author", "articleBody")
_MOST_VALUES = 50  # meta elements of one name looked at; long lists of writers have fewer
_SAME = 3  # as much as three fields: the node's headline is the page's title; assumed
_SHARED = 0.6  # share of words that make two titles one; assumed
_SEVERAL = 3  # article items of a page that is a list of them; assumed
_TAG = re.compile(r"<[^<>]{1,500}>")


class PageData(Struct, frozen=True):
    """What the page says for machines.

    articles: the nodes that say they are the article, best first. pages: those that only say they are the page.
    by_id: all named nodes by @id. meta: meta elements by lower-case name.
    """

    articles: tuple[Node, ...]
    pages: tuple[Node, ...]
    by_id: dict[str, Node]
    meta: dict[str, tuple[str, ...]]

    @property
    def article(self) -> Node:
        """The best article node, {} without one."""
        return self.articles[0] if self.articles else {}

    def first(self, *names: str) -> str | None:
        """Return the first value of the first of these meta names that has one."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), None)


def page_data(root: html.HtmlElement) -> PageData:
    """Return what the page says for machines; broken data are passed over."""
    placed = [*page_nodes.json_ld(root), *_no_list(page_nodes.microdata(root))]
    meta = _meta(root)
    title = next(iter((*meta.get("og:title", ()), plain(root.findtext(".//title")) or "")), "")
    own = [one.node for one in placed if one.own]
    articles = [node for node in own if types(node) & _ARTICLE_TYPES]
    articles.sort(key=lambda node: -_worth(node, title))  # stable: the first of equals stays first
    by_id = {str(one.node["@id"]): one.node for one in placed if isinstance(one.node.get("@id"), str) and _named(one)}
    pages = [node for node in own if types(node) & _PAGE_TYPES]
    return PageData(tuple(articles), tuple(pages), by_id, meta)


def plain(value: object) -> str | None:
    """Return a value as one line of text without tags and entities, None for anything but text.

    >>> plain("Storm &amp;amp; <b>flood</b>")
    'Storm & flood'
    """
    if not isinstance(value, str):
        return None
    text = value[:2000]
    if "&" in text:
        text = unescape(unescape(text))
    if "<" in text:
        text = _TAG.sub("", text)
    if not text.isascii() or "\x00" in text:
        text = whole(text)
    return " ".join(text.split()) or None


def texts(value: object) -> Iterator[str]:
    """Yield the texts of a property that may be one or many."""
    for one in value if isinstance(value, list) else [value]:
        if text := plain(one):
            yield text


def shared_words(left: str, right: str) -> float:
    """Return the share of the shorter one's words that both have.

    >>> shared_words("Storm hits coast", "Coast: storm hits the coast")
    1.0
    """
    one, other = (set(re.findall(r"\w+", text.lower())) for text in (left, right))
    return len(one & other) / max(1, min(len(one), len(other)))


def _no_list(items: list[Placed]) -> Iterator[Placed]:
    """Yield the items; of several articles beside each other none is the page itself."""
    articles = [one for one in items if one.own and types(one.node) & _ARTICLE_TYPES]
    several = len(articles) >= _SEVERAL
    for one in items:
        yield Placed(one.node, False) if several and one in articles else one


def _named(one: Placed) -> bool:
    return any(key in one.node for key in ("name", "givenName", "familyName"))


def _worth(node: Node, title: str) -> int:
    named: Iterable[str] = (*texts(node.get("headline")), *texts(node.get("name")))
    same = bool(title) and any(shared_words(text, title) >= _SHARED for text in named)
    return sum(key in node for key in _FIELDS) + _SAME * same


def _meta(root: html.HtmlElement) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        values = found.setdefault(name, [])
        if name and len(values) < _MOST_VALUES and (value := plain(element.get("content"))):
            values.append(value)
    return {name: tuple(values) for name, values in found.items() if values}
