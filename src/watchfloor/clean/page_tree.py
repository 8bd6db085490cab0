"""A page's markup as a tree, whatever the markup is like."""

import re

from lxml import etree, html

from watchfloor.core.errors import SetAside

MOST_LETTERS = 3_000_000
"""Longest page read, in letters: it takes up to eight seconds per million; the longest of 774 had 0.74 million."""

_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>", re.IGNORECASE)
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s{0,4}=\s{0,4}[\"']?([\w:.-]{2,40})", re.IGNORECASE
)
# Characters that no XML may hold, by themselves and as references; lxml refuses to copy them.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE = re.compile(
    r"&#(?:0{0,9}(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])|x0{0,9}(?:[0-8bcef]|1[\da-f]|fff[ef]))(?![\da-f]);?",
    re.IGNORECASE,
)


def declared_charset(data: bytes) -> str | None:
    """Return the encoding that the first bytes of a page name, None when they name none."""
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else None


MOST_WORDS_IN_A_TAG = (
    20_000  # attributes of one tag cost the parser the square of their number; assumed: far above any page
)
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{40000,}")


def _words(tag: str) -> int:
    return tag.count(" ") + tag.count("\n") + tag.count("\t")


def tree(markup: str) -> html.HtmlElement:
    """Return the tree; raises SetAside "too-large" or "no-body". Entities are never expanded, nothing is fetched.

    The parser gives up on what is nested more than 256 levels deep, and keeps what it has.
    """
    if len(markup) > MOST_LETTERS:
        raise SetAside("too-large", f"found a page of {len(markup)} letters; at most {MOST_LETTERS} are read")
    if any(_words(found[0]) > MOST_WORDS_IN_A_TAG for found in _LONG_TAG.finditer(markup)):
        raise SetAside("hostile-markup", f"found a tag of more than {MOST_WORDS_IN_A_TAG} words; no page needs one")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    # As bytes of our own, because a page may be wrong about its encoding.
    encoded = _without_controls(_DECLARATION.sub("", markup, count=1)).encode("utf-8", "replace")
    try:
        return html.document_fromstring(encoded, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise SetAside("no-body", f"found no markup that can be read: {error}") from None


def _without_controls(markup: str) -> str:
    return _CONTROLS.sub(" ", _REFERENCE.sub(" ", markup))
