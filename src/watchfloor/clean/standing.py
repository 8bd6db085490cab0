"""Whether a text that another version of the cleaning made still stands in the bytes that it was made from."""

import re
import unicodedata

from watchfloor.clean.decoding import decode
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside
from watchfloor.core.report import Passage, Report

_NOT_SEEN = re.compile(r"[\s\u00ad\u200b-\u200d\u2060\ufeff]+")
_TEXTS = ("text/plain", "text/markdown")
_PAGES = ("text/html", "application/xhtml+xml")


def missing(kept: Report, capture: Capture, today: Report | None) -> Passage | None:
    """Return the first passage of a kept report whose letters do not stand together in the bytes; None when all do.

    today: what cleaning makes of the bytes now; its text counts as being in the bytes, and for PDF and mail, whose
    letters do not lie open, it is all there is.
    """
    there = [_letters(text) for text in (_raw(capture), today.text if today is not None else "") if text]
    for passage in kept.passages:
        letters = _letters(kept.text[passage.start : passage.end])
        if not any(letters in text for text in there):
            return passage
    return None


def _raw(capture: Capture) -> str:
    """All text of the bytes, uncleaned."""
    try:
        if capture.media_type in _TEXTS:
            return decode(capture.data)
        if capture.media_type in _PAGES:
            from watchfloor.clean.page_tree import declared_charset, tree

            markup = decode(capture.data, declared_charset(capture.data))
            page = tree(markup)
            attributes = " ".join(str(value) for value in page.xpath("//@content | //@alt | //@title"))
            return f"{page.text_content()} {attributes}"
    except SetAside:
        pass
    return ""


def _letters(text: str) -> str:
    return _NOT_SEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()
