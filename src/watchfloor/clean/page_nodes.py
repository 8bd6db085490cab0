"""Machine-readable things in a page, as nodes: JSON-LD and microdata in one shape.

A node is a JSON object with "@type" and properties of schema.org; broken data are passed over, what can be read is.
"""

import json
import re
from collections import deque
from collections.abc import Iterator

import msgspec
from lxml import etree, html
from msgspec import Struct

Node = dict[str, object]

_MOST_NODES = 20_000  # nodes looked at
_MOST_ITEMS = 5_000  # microdata items
_MOST_LETTERS = 2_000  # of one microdata value
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s?<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s?\]\]>|\]\]>)\s*$")
_OTHERS = frozenset(
    "itemlistelement haspart relatedlink mentions citation comment liveblogupdate suggestedanswer acceptedanswer "
    "blogpost datafeedelement about ispartof isbasedon subjectof recordedat review reviews".split()
)
"""Properties whose nodes are something else than the page itself: entries of a list, comments, answers."""
_HAS_ITEMS = etree.XPath("boolean(/descendant::*/@itemscope)")
_LONG = frozenset({"articlebody", "text", "reviewbody", "description", "transcript"})  # not needed, and long


class Placed(Struct, frozen=True):
    """A node and whether it can be what the page is about: it hangs on no list of others."""

    node: Node
    own: bool


def json_ld(root: html.HtmlElement) -> list[Placed]:
    """Return all nodes of JSON-LD, from the outside in."""
    return [placed for script in root.iter("script") for placed in _of_script(script)]


def microdata(root: html.HtmlElement) -> list[Placed]:
    """Return all microdata items as nodes, in the order of the page (HTML standard, microdata; itemref is not read)."""
    if not _HAS_ITEMS(root):
        return []
    scopes: dict[html.HtmlElement, Placed | None] = {}
    found: list[Placed] = []
    for element in root.iter(etree.Element):
        scope = scopes.get(element.getparent())
        names = (element.get("itemprop") or "").split()
        if element.get("itemscope") is None or len(found) >= _MOST_ITEMS:
            scopes[element] = scope
            value: object = _value(element, names) if names and scope else None
        else:
            own = scope is None or (scope.own and not any(name.lower() in _OTHERS for name in names))
            inner = Placed(_item(element), own)
            found.append(inner)
            scopes[element], value = inner, inner.node
        if scope and value:
            for name in names:
                _add(scope.node, name.rpartition("/")[2], value)
    return found


def types(node: Node) -> frozenset[str]:
    """Return the lower-case types of a node, without the vocabulary's address."""
    named = node.get("@type")
    return frozenset(str(name).rpartition("/")[2].lower() for name in (named if isinstance(named, list) else [named]))


def _of_script(script: html.HtmlElement) -> Iterator[Placed]:
    if "ld+json" not in (script.get("type") or "").lower() or not script.text:
        return
    waiting: deque[tuple[object, bool]] = deque((value, True) for value in _read(script.text))
    count = 0
    while waiting and count < _MOST_NODES:
        value, own = waiting.popleft()
        if isinstance(value, dict):
            count += 1
            yield Placed(value, own)
            waiting.extend((inner, own and str(name).lower() not in _OTHERS) for name, inner in value.items())
        elif isinstance(value, list):
            waiting.extend((inner, own) for inner in value)


def _read(text: str) -> list[object]:
    """Return the JSON values of a script; what follows a value that cannot be read is lost."""
    text = _WRAPPING.sub("", text).strip()
    try:
        return [msgspec.json.decode(text)]  # three times as fast; it takes sound data only
    except (msgspec.DecodeError, RecursionError):
        pass
    try:
        return [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        pass
    try:  # "...};" or two objects in a row
        return [json.JSONDecoder(strict=False).raw_decode(text)[0]]
    except (ValueError, RecursionError):
        return []


def _item(element: html.HtmlElement) -> Node:
    kinds: list[str] = (element.get("itemtype") or "").split()
    node: Node = {"@type": kinds}
    if identity := element.get("itemid"):
        node["@id"] = identity
    return node


def _value(element: html.HtmlElement, names: list[str]) -> str | None:
    """The value of a property; of a link its words, because an author's address is no name."""
    told: str | None = element.get("content")
    if element.tag in {"time", "data"}:
        told = element.get("datetime") or element.get("value") or told
    elif element.tag in {"link", "img", "source", "iframe"}:
        told = element.get("href") or element.get("src") or told
    if told or element.tag == "meta":
        return told
    if any(name.lower() in _LONG for name in names):
        return None
    pieces: list[str] = []
    letters = 0
    for piece in element.itertext():
        pieces.append(str(piece))
        letters += len(piece)
        if letters > _MOST_LETTERS:
            break
    return "".join(pieces)[:_MOST_LETTERS].strip() or None


def _add(node: Node, name: str, value: object) -> None:
    known = node.get(name)
    if known is None:
        node[name] = value
    elif isinstance(known, list):
        known.append(value)
    else:
        node[name] = [known, value]
