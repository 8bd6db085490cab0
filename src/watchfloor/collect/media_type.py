"""What the bytes are: by looking at them first, then at the name."""

import re
import zlib
from pathlib import PurePosixPath

ZIP = "application/zip"
PDF = "application/pdf"
HTML = "text/html"
MAIL = "message/rfc822"
MARKDOWN = "text/markdown"
PLAIN = "text/plain"

_PEEK_BYTES = 65_536  # looked at to tell text from binary
_MAX_CONTROL_SHARE = 0.02  # of control bytes in a text; random bytes have 0.10; assumed
_MIN_MAIL_HEADERS = 3  # known header names at the very start that make a text a mail without its name saying so

# First bytes of things that are not reports, and what a person calls them.
_SIGNATURES = (
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF sound, film or WebP image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"ID3", "a sound"),
    (b"OggS", "a sound or film"),
    (b"WARC/", "a web archive"),
    (b"%!PS", "a PostScript document"),
)
_OFFICE_MARKS = (b"[Content_Types].xml", b"mimetypeapplication/", b"META-INF/MANIFEST.MF")
_PAGE_START = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|title|meta|div|h1|p)\b", re.IGNORECASE)
_MARKUP_START = re.compile(rb"<(?:\?xml|rss|feed|urlset|sitemapindex|svg|!doctype)\b", re.IGNORECASE)
_MAIL_HEADER = re.compile(
    rb"^(?:return-path|received|delivered-to|mime-version|from|to|subject|date|message-id|content-type|reply-to"
    rb"|dkim-signature|x-[a-z-]{1,40}|list-[a-z]{1,20}|cc|sender)[ \t]*:",
    re.IGNORECASE,
)
_BY_SUFFIX = {
    ".txt": PLAIN,
    ".text": PLAIN,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".shtml": HTML,
    ".eml": MAIL,
}
# Text by its bytes, and yet no report.
_DATA_SUFFIXES = frozenset(
    ".c .cfg .conf .cpp .css .csv .go .h .ini .ipynb .java .js .json .jsonl .lock .log .mjs .ndjson .php .pl .po .py "
    ".rb .rs .rss .atom .sh .sql .svg .tex .toml .ts .tsv .xml .yaml .yml".split()
)


def sniff(data: bytes, name: str) -> str | None:
    """Return the media type of a report or a ZIP archive, None for what cannot be read as a report.

    >>> sniff(b"%PDF-1.7 ...", "notes.txt")
    'application/pdf'
    >>> sniff(b"a,b\\n1,2\\n", "table.csv") is None
    True
    """
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None if _is_office(data) else ZIP
    if signature(data) or not looks_like_text(data):
        return None
    return _text_type(data, PurePosixPath(name.lower()).suffix)


def signature(data: bytes) -> str | None:
    """Return what a person calls this kind of binary file, None when its first bytes are no known sign."""
    if data.startswith(b"PK\x03\x04") and _is_office(data):
        return "an office document, e-book or program package"
    return next((words for start, words in _SIGNATURES if data.startswith(start)), None)


def is_web_archive(start: bytes) -> bool:
    """Return whether a file that begins so is a WARC, packed or not; no other gzip file is."""
    if not start.startswith(b"\x1f\x8b"):
        return start.startswith(b"WARC/")
    try:
        return zlib.decompressobj(31).decompress(start, 16).startswith(b"WARC/")
    except zlib.error:
        return False


def looks_like_text(data: bytes) -> bool:
    """Return whether the bytes may be text in some encoding: UTF-16 and UTF-32 have NULs, in their regular places."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return True
    peek = data[:_PEEK_BYTES]
    if _wide(peek):
        return True
    controls = len(peek) - len(peek.translate(None, bytes(set(range(32)) - set(b"\t\n\r\f\b\x1b\x1a")) + b"\x7f"))
    return controls <= _MAX_CONTROL_SHARE * len(peek)


def _wide(peek: bytes) -> bool:
    """UTF-16 without its mark: nearly every second byte is NUL, and nearly no other."""
    shares = [half.count(0) / max(1, len(half)) for half in (peek[::2], peek[1::2])]
    return len(peek) >= 8 and max(shares) > 0.4 and min(shares) < 0.02


def _text_type(data: bytes, suffix: str) -> str | None:
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().replace(b"\x00", b"")
    if _MARKUP_START.match(start) and not re.search(
        rb"<html\b", data[:_PEEK_BYTES].replace(b"\x00", b""), re.IGNORECASE
    ):
        return None
    if _PAGE_START.match(start) or (start.startswith((b"<?xml", b"<!--", b"<!")) and suffix not in _DATA_SUFFIXES):
        return HTML
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    if suffix in _DATA_SUFFIXES:
        return None
    return MAIL if _is_mail(start) else PLAIN


def _is_mail(start: bytes) -> bool:
    """Known header lines, and nothing else, from the first byte on."""
    headers = 0
    for line in start.splitlines()[:12]:
        if line[:1] in b" \t" and headers:
            continue
        if not _MAIL_HEADER.match(line):
            break
        headers += 1
    return headers >= _MIN_MAIL_HEADERS


def _is_office(data: bytes) -> bool:
    """Office documents and e-books are ZIP archives whose first members have telling names."""
    return any(mark in data[:4096] for mark in _OFFICE_MARKS)
