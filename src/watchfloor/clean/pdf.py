"""A report from a PDF: its pages' text, lines joined to paragraphs."""

import logging
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO

import msgspec

from watchfloor.clean import plain, residue
from watchfloor.clean.decoding import whole
from watchfloor.clean.draft import Draft
from watchfloor.clean.labels import Label, Labels
from watchfloor.clean.units import Unit
from watchfloor.core.errors import SetAside
from watchfloor.core.report import Flag

PART = "clean.pdf@1"

# pypdf warns of every oddity of a file; what matters comes as an error.
logging.getLogger("pypdf").addHandler(logging.NullHandler())

_MOST_PAGES = 200  # pages read; a second for about 50 pages of prose
_MOST_LETTERS = 2_000_000  # letters read over all pages
_MOST_STREAM = 5_000_000  # bytes of one page's drawing orders, which take a second per million or so
_FULL = 0.75  # share of the usual width from which a line goes on in the next
_MIN_HEADS = 3  # pages on which the same line makes it a running head

# Everything that pypdf lets through on files that were damaged by accident or on purpose, besides its own error.
_DAMAGE = (
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    RecursionError,
    NotImplementedError,
    OSError,
    AssertionError,
    ArithmeticError,
    EOFError,
    struct.error,
    zlib.error,
    RuntimeError,
)


def draft(data: bytes, collected: date) -> Draft:
    """Return what a PDF says; raises SetAside "encrypted", "broken-pdf" or "no-text"."""
    pages, total = _pages(data)
    text = whole("\n\n".join("\n".join(_paragraphs(page)) for page in pages))
    if not text.strip():
        raise SetAside(
            "no-text", f"found {total} pages without text, most likely pictures; run text recognition over it first"
        )
    made = plain.draft(text, collected, (_running_heads, *residue.TEXT), PART)
    if len(pages) == total:
        return made
    unread = Flag(name="truncated", certainty="certain", detail=f"the first {len(pages)} of {total} pages were read")
    return msgspec.structs.replace(made, flags=(*made.flags, unread))


def _pages(data: bytes) -> tuple[list[str], int]:
    """Return the texts of the pages that the limits allow, and how many there are."""
    from pypdf import PdfReader  # heavy
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise SetAside("encrypted", "the PDF is locked by a password; save it without one")
        total = len(reader.pages)
        texts: list[str] = []
        letters = 0
        for number in range(min(total, _MOST_PAGES)):
            page = reader.pages[number]
            contents = page.get_contents()
            if contents is not None and len(contents.get_data()) > _MOST_STREAM:
                break
            texts.append(page.extract_text())
            letters += len(texts[-1])
            if letters > _MOST_LETTERS:
                break
    except (PyPdfError, *_DAMAGE) as damage:
        raise SetAside("broken-pdf", f"not readable as PDF: {str(damage)[:200]}") from None
    return texts, total


def _paragraphs(page: str) -> Iterator[str]:
    """Join full lines to the next; a word parted by a hyphen becomes whole again."""
    lines = page.splitlines()
    width = max((len(line.strip()) for line in lines), default=0)
    joined = ""
    for line in lines:
        inner = line.strip()
        if not inner:
            yield joined
            joined = ""
        elif not joined:
            joined = inner
        elif re.search(r"[a-z]-$", joined) and inner[:1].islower():
            joined = joined[:-1] + inner
        else:
            joined = f"{joined} {inner}"
        ends = len(inner) < _FULL * width or (len(inner) < 0.9 * width and re.search(r"[.!?。]['\"”’)]?$", inner))
        if joined and ends and not joined.endswith("-"):
            yield joined
            joined = ""
    yield joined


def _running_heads(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge lines that come back page after page, but for their numbers."""
    keys = [re.sub(r"\d+", "0", unit.head) if unit.weight <= 20 else "" for unit in units]
    counts = Counter(keys)
    for index, key in enumerate(keys):
        if key and counts[key] >= _MIN_HEADS:
            yield index, Label("boilerplate", "running head or foot of the pages")
