"""Who wrote a page: what it says for machines, its byline, and the agencies that sign in a writer's place."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lxml import etree, html
from msgspec import Struct

from watchfloor.clean import addresses, page_names
from watchfloor.clean.page_beside import Beside
from watchfloor.clean.page_blocks import Block
from watchfloor.clean.page_data import PageData, plain
from watchfloor.clean.page_nodes import Node, types

_META = (
    "author",
    "article:author",
    "article:author_name",
    "articleauthor",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "dc.creator.creator",
    "twitter:creator_name",
    "cxenseparse:author",
    "authors",
    "citation_author",
    "shareaholic:article_author_name",
    "dc.contributor",
)
_LABELLED = re.compile(r"\b(?:written|by|author|autor|auteur|verfasst|geschrieben|escrito|écrit|scritto|автор)\b", re.I)
_DECLARED = etree.XPath(
    "/descendant::*/@rel[contains(concat(' ',.,' '),' author ')]/.. "
    "| /descendant::*/@itemprop[.='author' or .='creator']/.."
)
_CLASSES = re.compile("[aA]uthor|[bB]yline|autor|auteur")
_LINKS = "//a[@href]"
_PROFILE = re.compile(
    r"/(?:author|autor|auteur|autore|staff|people|profiles?|contributors?|reporters?|journalists?|by|verfasser|"
    r"redakteur|ueber-uns/autoren)(?:e?s|en|i)?/[^/?#]",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:related|recommend\w*|comments?|comment-?list|sidebar|teaser|promo|most-?read|latest|more|newsletter|"
    r"archive|footer|navigation|nav|menu|trending|popular|read-?next)(?:$|[\s_-])",
    re.IGNORECASE,
)
_OUTSIDE = frozenset({"nav", "aside", "footer"})
_MAX_PLACE = 120  # letters of an element that is a byline; a longer one is a biography
_MOST_PLACES = 60  # elements of one kind looked at
_MOST_FAR = 1  # further places with names, where none is near the headline; assumed
_SIBLINGS = 3  # levels up within which several writers stand together
_ARTICLE = re.compile(r"(?:the|el|la|le|les|los|il|lo|die|der|das|de|het|o|a)\s", re.IGNORECASE)  # of an outlet's name
_ACCOUNT = re.compile(r"/author/(?:admin|administrator|editor|root|user\d*)/?$", re.IGNORECASE)


class Written(Struct, frozen=True):
    """The writers, and the news agencies that the page names among them.

    own: one of the writers is who the site belongs to.
    """

    people: tuple[str, ...]
    agencies: tuple[str, ...]
    own: bool


def written(root: html.HtmlElement, data: PageData, around: Beside, sites: Sequence[str]) -> Written:
    """Return who wrote the page, from its article data, meta elements, or the byline that it prints.

    sites: names of the site, which is no writer unless it is one person's. A name of one word, such as that of an
    account, gives way to a printed one.
    """
    own = tuple(_owner(root, data, sites))
    nobody = [site for site in sites if addresses.squeezed(site) not in set(map(addresses.squeezed, own))]
    told = _told(data, nobody)
    agencies = tuple(dict.fromkeys(_agencies(data)))
    if told and (_is_post(data) or any(" " in name or not name.isascii() for name in told)):
        return Written(told, agencies, bool(set(own) & set(told)))
    people = _printed(root, around, nobody) or told
    return Written(people, agencies, bool(set(own) & set(people)))


def _owner(root: html.HtmlElement, data: PageData, sites: Sequence[str]) -> Iterator[str]:
    """Yield the names of writers that are also the site's: it is theirs, when no organisation publishes it."""
    publisher = _resolved(data.article.get("publisher"), data.by_id)
    kinds = types(publisher) if isinstance(publisher, dict) else frozenset()
    if any("organization" in kind for kind in kinds) and "person" not in kinds:
        return
    known = {addresses.squeezed(site) for site in sites}
    for name in _told(data, ()):
        own = addresses.squeezed(name) in known and page_names.full_name(name) and not _ARTICLE.match(name)
        if own or ("person" in kinds and name in _all_names(publisher, data.by_id)):
            yield name


def _told(data: PageData, sites: Sequence[str]) -> tuple[str, ...]:
    """The writers that the page names for machines."""
    for node in (*data.articles, *data.pages):
        named = page_names.people(_names(node.get("author") or node.get("creator"), data.by_id), sites)
        if named:
            return named
    for name in _META:
        named = page_names.people(data.meta.get(name, ()), sites)
        if named:
            return named
    label, value = data.first("twitter:label1"), data.first("twitter:data1")
    return page_names.people([value], sites) if label and value and _LABELLED.search(label) else ()


def _agencies(data: PageData) -> Iterator[str]:
    """Yield the news agencies that the page's article data or meta elements name as writers."""
    told = [name for node in data.articles[:1] for name in _all_names(node.get("author"), data.by_id)]
    for name in (*told, *data.meta.get("author", ())[:3], *data.meta.get("article:author", ())[:3]):
        if agency := page_names.agency(name):
            yield agency


def _printed(root: html.HtmlElement, around: Beside, sites: Sequence[str]) -> tuple[str, ...]:
    """The writers in the byline: an element that says so, a link to a writer's page, or a line "By ..."."""
    near = {block.element for block in around.head}
    for places in (_declared, _classed):
        found = _cluster([one for one in itertools.islice(places(root), _MOST_PLACES) if _inside(one)], near, sites)
        if found:
            return found
    for blocks in (around.after, around.before):
        found = _linked(blocks, sites)
        if found:
            return found
    for block in (*around.after, *around.below(), *around.before):
        found = page_names.printed(block.text, known=False) if len(block.text) <= _MAX_PLACE else ()
        if found:
            return _others(found, sites)
    return ()


def _declared(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Yield the elements that say by an attribute of their own that they name the writer."""
    found: Any = _DECLARED(root)
    yield from found


def _classed(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Yield the elements whose class says that they name the writer."""
    for element in root.iter(etree.Element):
        if _CLASSES.search(element.get("class") or "") or element.tag == "byline":
            yield element


def _cluster(
    elements: Sequence[html.HtmlElement], near: set[html.HtmlElement], sites: Sequence[str]
) -> tuple[str, ...]:
    """The names in the first element that has some, near the headline if there is one, and in those beside it."""
    named = [(one, names) for one in elements if (names := _others(_of_element(one), sites))]
    if not named:
        return ()
    near_one = next((one for one, _ in named if _touches(one, near)), None)
    top = _group(near_one if near_one is not None else named[0][0])
    group = [name for one, names in named if one is top or top in one.iterancestors() for name in names]
    if near_one is None and sum(one is not top and top not in one.iterancestors() for one, _ in named) > _MOST_FAR:
        return ()  # a list of others' reports
    return tuple(dict.fromkeys(group))


def _group(element: html.HtmlElement) -> html.HtmlElement:
    """The small element around one that holds a name: several writers stand in it together."""
    top = element
    for _ in range(_SIBLINGS):
        parent = top.getparent()
        if parent is None or parent.tag in {"body", "main", "article"}:
            break
        if len(plain(_text(parent)) or "") > 2 * _MAX_PLACE:
            break
        top = parent
    return top


def _of_element(element: html.HtmlElement) -> tuple[str, ...]:
    if element.tag == "meta":
        return page_names.people([element.get("content") or ""])
    if element.tag in {"img", "input", "body", "html", "article", "main"}:
        return ()
    text = plain(_spaced(element)) or ""
    return page_names.printed(text, known=True) if len(text) <= _MAX_PLACE else ()


def _linked(blocks: Iterable[Block], sites: Sequence[str]) -> tuple[str, ...]:
    """The names in the links to writers' own pages in the first block that has some."""
    for block in blocks:
        if len(block.text) > 2 * _MAX_PLACE:
            continue
        links = (link for link in block.element.xpath(".//a[@href] | self::a[@href] | ancestor::a[@href]"))
        names = [
            name
            for link in links
            if _PROFILE.search(link.get("href") or "")
            for name in page_names.printed(_text(link)[:_MAX_PLACE], known=True)
        ]
        if found := _others(tuple(dict.fromkeys(names)), sites):
            return found
    return ()


def _inside(element: html.HtmlElement) -> bool:
    """Whether it stands in the article and not among other reports, comments or in a menu."""
    for ancestor in element.iterancestors():
        if ancestor.tag in _OUTSIDE or (ancestor.tag not in {"body", "html"} and _named_elsewhere(ancestor)):
            return False
    return not _named_elsewhere(element)


def _named_elsewhere(element: html.HtmlElement) -> bool:
    return bool(_ELSEWHERE.search((element.get("class") or "")[:300]))


def _touches(element: html.HtmlElement, near: set[html.HtmlElement]) -> bool:
    return (
        element in near
        or any(one in near for one in element.iterdescendants())
        or (element.getparent() is not None and element.getparent() in near)
    )


def _others(names: tuple[str, ...], sites: Sequence[str]) -> tuple[str, ...]:
    known = {addresses.squeezed(site) for site in sites}
    return tuple(name for name in names if addresses.squeezed(name) not in known)


def _names(value: object, by_id: dict[str, Node]) -> Iterator[str]:
    """The names of people; a body and an administrator's account are none."""
    for one in value if isinstance(value, list) else [value]:
        node = _resolved(one, by_id)
        if isinstance(node, str):
            yield node
        elif isinstance(node, dict) and not _is_body(node) and not _is_account(node):
            yield from _of_node(node)


def _all_names(value: object, by_id: dict[str, Node]) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        node = _resolved(one, by_id)
        if isinstance(node, str):
            yield node
        elif isinstance(node, dict):
            yield from _of_node(node)


def _resolved(value: object, by_id: dict[str, Node]) -> object:
    if isinstance(value, dict) and not ({"name", "familyName"} & value.keys()):
        return by_id.get(str(value.get("@id")), value)
    return value


def _of_node(node: Node) -> Iterator[str]:
    name = node.get("name")
    if name:
        yield from (text for text in (name if isinstance(name, list) else [name]) if isinstance(text, str))
        return
    parts = [plain(node.get("givenName")), plain(node.get("familyName"))]
    if any(parts):
        yield " ".join(filter(None, parts))


def _is_body(node: Node) -> bool:
    """Whether it is an organisation; "Person" beside it is what a personal site says of its owner."""
    kinds = types(node)
    return any("organization" in kind for kind in kinds) and "person" not in kinds


def _is_post(data: PageData) -> bool:
    """Whether the page is a post in a forum, where people write under one word."""
    return bool(types(data.article) & {"discussionforumposting", "socialmediaposting", "question"})


def _is_account(node: Node) -> bool:
    return any(_ACCOUNT.search(str(node.get(key) or "")) for key in ("@id", "url"))


def _text(element: html.HtmlElement) -> str:
    return "".join(str(piece) for piece in element.itertext())


def _spaced(element: html.HtmlElement) -> str:
    """The text of an element with a comma between its lines: names stand in list items of their own."""
    if len(element) > 12:
        return "".join(str(piece) for piece in element.itertext())
    return " ".join(str(piece) for piece in element.itertext())
