"""XML of strangers, made harmless before any library sees it: no document type, so no entities to expand or fetch."""

import codecs
import re

from lxml import etree

from watchfloor.core.errors import SourceError

JUNK_BYTES = 8_192
"""How far into the bytes a document may begin: some servers print warnings before it (assumed)."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = ((b"<\x00?\x00", "utf-16-le"), (b"\x00<\x00?", "utf-16-be"), (b"<\x00\x00\x00", "utf-32-le"))
_START = re.compile(rb"<(?:\?xml\b|!DOCTYPE\b|!--|[A-Za-z_])", re.IGNORECASE)
_DECLARATION = re.compile(rb"<\?xml\b[^>]{0,500}\?>")
_ENCODING = re.compile(rb"""\bencoding\s{0,9}=\s{0,9}["']([A-Za-z0-9._:-]{1,40})["']""")
_TYPE_TOKEN = re.compile(rb"\"(?:[^\"]*\")?|'(?:[^']*')?|<!--(?:.*?-->)?|<\?(?:.*?\?>)?|\[|\]|>", re.DOTALL)
_UNENDED = frozenset({b'"', b"'", b"<!--", b"<?"})
_BLANKS = re.compile(rb"\s*")
_KNOWN = re.compile(
    r"(?:utf-?8|us-ascii|ascii|iso-?8859-\d{1,2}|iso-2022-(?:jp|kr)|latin-?\d|windows-\d{3,4}|cp125\d|koi8-[ru]|euc-?(?:jp|kr|cn|tw)"
    r"|shift_?-?jis|sjis|cp932|gb2312|gbk|gb18030|big5(?:-hkscs)?|ks_c_5601-1987|cp949|tis-620|macintosh)",
    re.IGNORECASE,
)
"""Encodings that write markup as ASCII does; in any other (UTF-7, EBCDIC) a document type could hide from us."""

_UTF8 = b'<?xml version="1.0" encoding="utf-8"?>'
_SAME = {"gb2312": "gb18030", "gbk": "gb18030"}  # what is declared so is seldom only that
_LAST_RESORTS = ("utf-8", "windows-1252")


def parser() -> etree.XMLParser:
    """Return a strict parser that neither expands nor loads anything, with libxml2's limits on depth and size."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, collect_ids=False)


def harmless(data: bytes) -> bytes:
    """Return the document from its declaration on, without its document type; UTF-16 and UTF-32 become UTF-8.

    What stands before it is cut off, and so is a declaration of an encoding that could hide markup. Raises SourceError
    for what cannot be XML.
    """
    data, is_utf8 = _narrow(data)
    began = _START.search(data, 0, JUNK_BYTES)
    if began is None:
        raise SourceError("found no XML in the first bytes, expected a feed or sitemap; look at the address")
    at = began.start()
    declaration = _DECLARATION.match(data, at)
    root, has_type = _root(data, declaration.end() if declaration else at)
    is_declared = declaration is not None and _declared(declaration[0]) is not None
    if at == 0 and not has_type and not is_utf8 and (declaration is None or is_declared):
        return data  # the usual case: a copy of the whole would take as long as reading it
    kept = declaration[0] if declaration and is_declared else b""
    return (_UTF8 if is_utf8 else kept) + data[root:]


def declares(document: bytes) -> bool:
    """Return whether a harmless document says in which encoding it is."""
    return document.startswith(b"<?xml")


def decoded(document: bytes, charset: str | None) -> tuple[bytes, str]:
    """Return a harmless document in UTF-8 without declaration, and the encoding that it turned out to be in.

    Tries what the document declares, `charset` (what the server says), UTF-8 and Windows-1252; replaces in the end.
    """
    declaration = _DECLARATION.match(document)
    body = document[declaration.end() :] if declaration else document
    for name in (_declared(declaration[0] if declaration else b""), charset, *_LAST_RESORTS):
        if not name or not _KNOWN.fullmatch(name):
            continue
        try:
            return body.decode(_SAME.get(name.lower(), name)).encode("utf-8", "replace"), name.lower()
        except (LookupError, ValueError):
            continue
    return body.decode("utf-8", "replace").encode(), "utf-8, with characters replaced"


def _narrow(data: bytes) -> tuple[bytes, bool]:
    """Return the bytes without byte order mark, as UTF-8 where they were wide; and whether that is sure to be UTF-8."""
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            body = data[len(mark) :]
            return body if name == "utf-8" else _transcoded(body, name), True
    for start, name in _UNMARKED:
        if data.startswith(start):
            return _transcoded(data, name), True
    return data, False


def _transcoded(data: bytes, name: str) -> bytes:
    return data.decode(name, "replace").encode("utf-8", "replace")


def _declared(declaration: bytes) -> str | None:
    """Return the encoding that is declared, None when there is none or one that could hide markup."""
    found = _ENCODING.search(declaration)
    name = found[1].decode("ascii") if found else ""
    return name if _KNOWN.fullmatch(name) else None


def _root(data: bytes, at: int) -> tuple[int, bool]:
    """Return where the root element begins, and whether a document type stands before it."""
    has_type = False
    while True:
        blanks = _BLANKS.match(data, at)
        at = blanks.end() if blanks else at
        if data.startswith(b"<!--", at):
            at = _past(data, b"-->", at)
        elif data.startswith(b"<?", at):
            at = _past(data, b"?>", at)
        elif data[at : at + 9].upper() == b"<!DOCTYPE":
            at, has_type = _past_type(data, at + 9), True
        else:
            return at, has_type


def _past(data: bytes, end: bytes, at: int) -> int:
    found = data.find(end, at)
    if found < 0:
        raise SourceError(f"what begins before its root element never ends in {end.decode()}; it is cut off or no XML")
    return found + len(end)


def _past_type(data: bytes, at: int) -> int:
    """Return where a document type ends, its internal subset included, whatever is quoted inside."""
    depth = 0
    for token in _TYPE_TOKEN.finditer(data, at):
        if token[0] in _UNENDED:
            break
        depth += {b"[": 1, b"]": -1}.get(token[0], 0)
        if token[0] == b">" and depth <= 0:
            return token.end()
    raise SourceError("its document type never ends; it is cut off or no XML")
