"""What a page says of itself for machines: JSON-LD and meta elements."""

import json
import re
from collections import deque
from html import unescape

from lxml import html
from msgspec import Struct

from watchfloor.clean.decoding import whole

_ARTICLE_TYPES = frozenset(
    "article newsarticle reportagenewsarticle analysisnewsarticle backgroundnewsarticle opinionnewsarticle "
    "reviewnewsarticle "
    "blogposting liveblogposting advertisercontentarticle satiricalarticle report".split()
)
_MOST_NODES = 20_000  # JSON-LD nodes looked at
_MOST_VALUES = 50  # meta elements of one name looked at; long lists of writers have fewer
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s?<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s?\]\]>|\]\]>)\s*$")
_TAG = re.compile(r"<[^<>]{1,500}>")

Node = dict[str, object]


class PageData(Struct, frozen=True):
    """The article node of JSON-LD ({} without one), all nodes by @id, and the meta elements by lower-case name."""

    article: Node
    by_id: dict[str, Node]
    meta: dict[str, tuple[str, ...]]

    def first(self, *names: str) -> str | None:
        """Return the first value of the first of these meta names that has one."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), None)


def page_data(root: html.HtmlElement) -> PageData:
    """Return what the page says for machines; broken JSON-LD is passed over."""
    nodes = [node for script in root.iter("script") for node in _nodes(script)]
    articles = [node for node in nodes if types(node) & _ARTICLE_TYPES]
    articles.sort(key=lambda node: -sum(key in node for key in ("headline", "datePublished", "author", "articleBody")))
    by_id = {str(node["@id"]): node for node in nodes if isinstance(node.get("@id"), str) and "name" in node}
    return PageData(articles[0] if articles else {}, by_id, _meta(root))


def types(node: Node) -> frozenset[str]:
    """Return the lower-case types of a node, without the vocabulary's address."""
    named = node.get("@type")
    return frozenset(str(name).rpartition("/")[2].lower() for name in (named if isinstance(named, list) else [named]))


def plain(value: object) -> str | None:
    """Return a value as one line of text without tags and entities, None for anything but text.

    >>> plain("Storm &amp;amp; <b>flood</b>")
    'Storm & flood'
    """
    if not isinstance(value, str):
        return None
    return " ".join(whole(_TAG.sub("", unescape(unescape(value[:2000])))).split()) or None


def _nodes(script: html.HtmlElement) -> list[Node]:
    if "ld+json" not in (script.get("type") or "").lower() or not script.text:
        return []
    try:
        stack = deque([json.loads(_WRAPPING.sub("", script.text), strict=False)])
    except (ValueError, RecursionError):
        return []
    found: list[Node] = []
    while stack and len(found) < _MOST_NODES:
        value = stack.popleft()
        if isinstance(value, dict):
            found.append(value)
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
    return found


def _meta(root: html.HtmlElement) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        values = found.setdefault(name, [])
        if name and len(values) < _MOST_VALUES and (value := plain(element.get("content"))):
            values.append(value)
    return {name: tuple(values) for name, values in found.items() if values}
