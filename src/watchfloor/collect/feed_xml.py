"""RSS 0.9x, 1.0, 2.0 and Atom that are well-formed, read with lxml; the words stay as the feed gives them."""

import html
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from msgspec import structs

from watchfloor.collect.entries import Channel, Entry, absolute
from watchfloor.core.errors import SourceError

MOST_ENTRIES = 10_000
"""Entries that are read of one feed (assumed: the longest met in practice has some thousands)."""

_ATOM = {"http://www.w3.org/2005/atom": "Atom 1.0", "http://purl.org/atom/ns#": "Atom 0.3"}
_RSS = ("", "http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/", "http://channel.netscape.com/rdf/")
_USERLAND = "backend.userland.com/rss"
_DC = ("http://purl.org/dc/elements/1.0/", "http://purl.org/dc/elements/1.1/")
_TERMS = "http://purl.org/dc/terms/"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_PRISM = "prismstandard.org/namespaces/"

_IN_ATOM = {
    "id": "id", "title": "title", "link": "link", "summary": "summary", "content": "content", "author": "person",
    "published": "published", "issued": "published", "updated": "updated", "modified": "updated", "source": "origin",
    "entry": "entry", "subtitle": "summary",
}  # fmt: skip
_IN_RSS = {
    "guid": "guid", "title": "title", "link": "address", "description": "summary", "author": "author",
    "pubdate": "published", "lastbuilddate": "updated", "source": "outlet", "language": "language", "item": "entry",
    "channel": "channel", "managingeditor": "author",
}  # fmt: skip
_IN_DC = {
    "title": "dc title",
    "creator": "creator",
    "date": "dc date",
    "publisher": "publisher",
    "language": "language",
}
_IN_TERMS = {"issued": "issued", "created": "created", "modified": "modified", "available": "issued"}
_WITH_MARKUP = frozenset({"summary", "content", "encoded", "title"})
_WITH_ATTRIBUTES = frozenset({"guid", "title", "content"})
_NESTED = frozenset({"person", "origin"})
_SPECIAL = _WITH_ATTRIBUTES | _NESTED | {"link", "address", "entry"}
_MOST_FIELDS = 4_096
_FIELDS: dict[Any, str | None] = {}
"""What elements are to us, by their tags: found out once."""

_TAG = re.compile(
    r"</?(?:a|abbr|acronym|b|big|blockquote|br|center|cite|code|div|em|font|h[1-6]|i|img|ins|del|li|mark|nobr|ol|p|pre|q"
    r"|s|small|span|strike|strong|sub|sup|tt|u|ul|wbr)\b[^<>]{0,2000}>|<!--.{0,2000}?-->",
    re.IGNORECASE,
)
_C1 = {number: bytes([number]).decode("cp1252", "replace") for number in range(0x80, 0xA0)}
_C1_SIGN = re.compile("[\x80-\x9f]")
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read(root: Any, address: str, *, has_c1: bool) -> Channel:
    """Return the feed that a parsed document holds; raises SourceError when it holds none.

    root: the root element. address: of the feed, to make others absolute. has_c1: whether characters from U+0080 to
    U+009F may occur in it.
    """
    form, channel, items = _shape(root)
    about = _words(channel)
    entries: list[Entry] = []
    for item in items:
        if len(entries) == MOST_ENTRIES:
            break
        entries.append(_entry(item, address, form))
    return Channel(
        form=form,
        read_by="lxml",
        title=_title(about, form),
        language=about.get("language") or root.get(_LANG) or channel.get(_LANG),
        entries=tuple(map(_mended, entries) if has_c1 else entries),
        note=f"only the first {MOST_ENTRIES:,} entries were read" if len(entries) == MOST_ENTRIES else None,
    )


def plain(text: str) -> str:
    """Return a title as plain text on one line: markup out, character references resolved.

    >>> plain("<b>Ships</b> &amp; grain:\\n  2 &lt; 3")
    'Ships & grain: 2 < 3'
    """
    if "<" in text:
        text = _TAG.sub("", text)
    if "&" in text:
        text = html.unescape(text)
    return " ".join(text.split())


def _shape(root: Any) -> tuple[str, Any, Iterator[Any]]:
    """Return what form the document has, its channel, and its items."""
    name = etree.QName(root)
    local, space = name.localname.lower(), (name.namespace or "").lower()
    if local == "feed" and (space in _ATOM or not space):
        return _ATOM.get(space, "Atom"), root, _items(root)
    channel = next((child for child in root if _field(child.tag) == "channel"), None)
    if local == "rss" and channel is not None:
        version = (root.get("version") or "").strip()[:8]
        return f"RSS {version}".strip(), channel, _items(channel, root)
    if local == "rdf" and channel is not None:
        is_first = "netscape" in (etree.QName(channel).namespace or "").lower()
        return "RSS 0.90" if is_first else "RSS 1.0", channel, _items(root, channel)
    if local == "rdf":
        return "RSS 1.0", root, _items(root)
    if local == "html":
        raise SourceError("found a web page, expected a feed; `watchfloor feed check` looks for the feeds it names")
    if local in ("urlset", "sitemapindex"):
        raise SourceError("found a sitemap, expected a feed; add it with --kind sitemap")
    raise SourceError(f"found XML that begins with <{local[:40]}>, expected RSS, Atom or a JSON feed")


def _items(*parents: Any) -> Iterator[Any]:
    for parent in parents:
        for child in parent:
            if _field(child.tag) == "entry":
                yield child


def _field(tag: Any) -> str | None:
    """Return what an element is to us, None for what is nothing, a comment or an entity."""
    if tag in _FIELDS:
        return _FIELDS[tag]
    name = _meaning(tag)
    if len(_FIELDS) < _MOST_FIELDS:
        _FIELDS[tag] = name
    return name


def _meaning(tag: Any) -> str | None:
    if not isinstance(tag, str):
        return None
    space, _, local = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
    space, local = space.lower(), local.lower()
    if space in _ATOM:
        return _IN_ATOM.get(local)
    if space in _RSS or _USERLAND in space:
        return _IN_RSS.get(local) or ("entry" if local == "entry" else None)
    if space in _DC:
        return _IN_DC.get(local)
    if space == _TERMS:
        return _IN_TERMS.get(local)
    if space == _CONTENT:
        return "encoded" if local == "encoded" else None
    return "issued" if _PRISM in space and local == "publicationdate" else None


def _words(parent: Any, address: str | None = None) -> dict[str, str]:
    """Return what an item or channel says: the words of the first child of each kind that has any.

    Beside them, under names of their own: "url", the address that its links give, made absolute; whether the guid is a
    link; the kind of the title. No element is kept: thousands of them at a time would cost more than reading them.
    """
    words: dict[str, str] = {}
    for child in parent:
        tag = child.tag
        name = _FIELDS[tag] if tag in _FIELDS else _field(tag)
        if name is None or name in words:
            continue
        if name in _SPECIAL:
            said = _special(words, child, name, address)
        elif len(child):
            said = _inner(child, name in _WITH_MARKUP)
        else:
            said = child.text
        if said and (said := said.strip()):
            words[name] = said
    return words


def _special(words: dict[str, str], child: Any, name: str, address: str | None) -> str | None:
    """Return the words of a child that is more than its words; what else it says is noted beside the others."""
    if name == "link" or name == "address":
        if address is not None:
            _take_link(words, child, address, name)
        return None
    if name == "title" or name == "guid" or name == "content":
        _take_attributes(words, child, name)
        return _inner(child, with_markup=True) if len(child) else child.text
    return None if name == "entry" else _nested(child, name)


def _inner(element: Any, with_markup: bool) -> str:
    if with_markup and len(element) == 1 and isinstance(element[0].tag, str):  # in one element, as Atom wants XHTML
        only = element[0]
        inner: str = etree.tostring(only, encoding="unicode", with_tail=False)
        return f"{element.text or ''}{inner}{only.tail or ''}"
    return "".join(_pieces(element, with_markup))


def _take_link(words: dict[str, str], link: Any, address: str, name: str) -> None:
    """Note the address of the item: RSS's link, else the last Atom link to a page, as feedparser has it."""
    href = link.get("href")
    if name == "address" and href is None:
        if found := absolute(_base(link, address), (link.text or "").strip() or None):
            words["url"] = words["address"] = found
    elif href and "address" not in words and _is_page(link) and (found := absolute(_base(link, address), href)):
        words["url"] = found


def _base(element: Any, address: str) -> str:
    """Return what addresses in an element are relative to: its xml:base or that of what it stands in."""
    return element.base or address


def _is_page(link: Any) -> bool:
    """Return whether an Atom link leads to the item itself as a page."""
    return link.get("rel", "alternate").lower() == "alternate" and "html" in link.get("type", "html").lower()


def _take_attributes(words: dict[str, str], child: Any, name: str) -> None:
    if name == "guid" and child.get("isPermaLink", "true").strip().lower() == "true":
        words["guid is link"] = "yes"
    elif name == "title":
        words["title kind"] = (child.get("type") or child.get("mode") or "").lower()
    elif name == "content" and child.get("src"):
        words["content at"] = child.get("src")


def _nested(child: Any, name: str) -> str:
    """Return the name of an Atom person, or the title of the feed that an Atom entry was taken from."""
    if name == "origin":
        return _words(child).get("title", "")
    for part in child:
        if isinstance(part.tag, str) and part.tag.endswith("}name"):
            return (part.text or "").strip()
    return (child.text or "").strip()


def _entry(item: Any, address: str, form: str) -> Entry:
    said = _words(item, address)
    words = said.get
    return Entry(
        id=words("id") or words("guid") or item.get(_ABOUT),
        url=words("url") or _other_url(said, address),
        title=_title(said, form),
        published=words("published") or words("issued") or words("dc date") or words("created"),
        updated=words("updated") or words("modified"),
        author=words("person") or words("author") or words("creator"),
        summary=words("summary"),
        content=words("encoded") or words("content"),
        outlet=_outlet(said),
        language=words("language") or item.get(_LANG),
    )


def _other_url(said: dict[str, str], address: str) -> str | None:
    """Return the address of an item without a link: a guid that is one, or where its content lies."""
    guid = said.get("guid", "")
    if "guid is link" in said and guid.startswith(("http://", "https://")):
        return absolute(address, guid)
    return absolute(address, said.get("content at"))


def _outlet(said: dict[str, str]) -> str | None:
    """Return who published the item when it is taken over from somebody else."""
    named = said.get("origin") or said.get("outlet") or said.get("publisher")
    return plain(named) or None if named else None


def _title(said: dict[str, str], form: str) -> str | None:
    """Return a title as plain text; in Atom only a title that says so is markup, in RSS nobody says."""
    words = said.get("title") or said.get("dc title")
    if not words:
        return None
    kind = said.get("title kind", "")
    if form.startswith("Atom") and "html" not in kind and kind != "escaped":
        return " ".join(words.split())
    return plain(words) or None


def _pieces(element: Any, with_markup: bool) -> Iterator[str]:
    """Yield the words of a mixed content; an entity that nobody declared is the character that HTML calls so."""
    yield element.text or ""
    for child in element:
        if child.tag is etree.Entity:
            yield html.unescape(child.text)
        elif isinstance(child.tag, str):
            if with_markup:
                yield etree.tostring(child, encoding="unicode", with_tail=False)
            else:
                yield from _pieces(child, with_markup)
        yield child.tail or ""


def _mended(entry: Entry) -> Entry:
    """Return the entry with Windows quotes and dashes that were written as if they were Latin-1."""
    if "".join(filter(None, structs.astuple(entry))).isascii():
        return entry
    wrong = {
        name: text
        for name, text in structs.asdict(entry).items()
        if text and not text.isascii() and _C1_SIGN.search(text)
    }
    if not wrong:
        return entry
    return structs.replace(entry, **{name: text.translate(_C1) for name, text in wrong.items()})
