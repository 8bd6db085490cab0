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
_CONTROL_BYTES = bytes([*range(9), 11, 12, *range(14, 32)])
_BLANKED = bytes.maketrans(_CONTROL_BYTES, b" " * len(_CONTROL_BYTES))
_HIGHEST = b"\xef\xbf"  # with what the two that are no letters begin
_REFERENCE = re.compile(
    rb"&#(?:0{0,9}(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])|x0{0,9}(?:[0-8bcef]|1[\da-f]|fff[ef]))(?![\da-f]);?",
    re.IGNORECASE,
)
# All elements alike: lxml.html asks a function of Python for the class of each, which took a twentieth of the time.
_ELEMENTS = etree.ElementDefaultClassLookup(element=html.HtmlElement)


def declared_charset(data: bytes) -> str | None:
    """Return the encoding that the first bytes of a page name, None when they name none."""
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else None


MOST_WORDS_IN_A_TAG = (
    20_000  # attributes of one tag cost the parser the square of their number; assumed: far above any page
)
_STRETCH = MOST_WORDS_IN_A_TAG  # letters without "<", of which a tag of so many words covers one whole


def _has_hostile_tag(markup: str) -> bool:
    """Whether a tag has too many words; only stretches without a new tag are looked at, which takes no time."""
    for at in range(0, len(markup), _STRETCH):
        if markup.find("<", at, at + _STRETCH) < 0:
            opened = markup.rfind("<", 0, at)
            closed = markup.find(">", max(opened, 0), at + _STRETCH)
            if opened >= 0 and closed < 0 and _words(markup, opened) > MOST_WORDS_IN_A_TAG:
                return True
    return False


def _words(markup: str, opened: int) -> int:
    """Words of the tag that opens here, 0 where no tag does."""
    if not markup[opened + 1 : opened + 2].isalpha():
        return 0
    ends = [end for end in (markup.find(sign, opened + 1) for sign in "<>") if end >= 0]
    end = min(ends, default=len(markup))
    return sum(markup.count(blank, opened, end) for blank in " \n\t")


def tree(markup: str) -> html.HtmlElement:
    """Return the tree; raises SetAside "too-large" or "no-body". Entities are never expanded, nothing is fetched.

    The parser gives up on what is nested more than 256 levels deep, and keeps what it has.
    """
    refuse(markup)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    parser.set_element_class_lookup(_ELEMENTS)
    # As bytes of our own, because a page may be wrong about its encoding.
    encoded = _encoded(_DECLARATION.sub("", markup, count=1))
    try:
        return html.document_fromstring(encoded, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise SetAside("no-body", f"found no markup that can be read: {error}") from None


def refuse(markup: str) -> None:
    """Raise SetAside "too-large" or "hostile-markup" for what would cost any parser minutes."""
    if len(markup) > MOST_LETTERS:
        raise SetAside("too-large", f"found a page of {len(markup)} letters; at most {MOST_LETTERS} are read")
    if _has_hostile_tag(markup):
        raise SetAside("hostile-markup", f"found a tag of more than {MOST_WORDS_IN_A_TAG} words; no page needs one")


def _encoded(markup: str) -> bytes:
    """The markup in UTF-8 without the characters that lxml refuses; bytes are looked through faster than letters."""
    encoded = markup.encode("utf-8", "replace")
    if b"&#" in encoded:
        encoded = _REFERENCE.sub(b" ", encoded)
    if len(encoded.translate(None, _CONTROL_BYTES)) < len(encoded):
        encoded = encoded.translate(_BLANKED)
    if _HIGHEST in encoded:
        encoded = encoded.replace("\ufffe".encode(), b" ").replace("\uffff".encode(), b" ")
    return encoded
