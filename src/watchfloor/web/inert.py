"""Text from reports made inert for a page: no control of direction, no controls, no endless lines."""

import re

from markupsafe import Markup

LONGEST = 700  # characters of one text on a page; longer ones are cut and the evidence has the place; assumed
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufff9-\ufffb\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_HARMFUL = re.compile("|".join(one.pattern for one in (_DIRECTION, _CONTROL, _SURROGATE)))


def inert(text: str) -> str:
    """Return the text with direction overrides shown by their number instead of obeyed, and controls taken out.

    Escaping for HTML is the template's work. Marks that right-to-left scripts need (U+200E, U+200F) stay.

    >>> inert("cod\u202egpj.exe")
    'cod[U+202E]gpj.exe'
    """
    if (text.isascii() and text.isprintable()) or not _HARMFUL.search(text):
        return text
    text = _DIRECTION.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)
    return _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", text))


def finalized(value: object) -> object:
    """Return every text that goes into a page inert; what is markup already is ours."""
    return inert(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def shown(text: str, limit: int = LONGEST) -> str:
    """Return the text inert, on one line, cut after a word to at most `limit` characters."""
    text = " ".join(inert(text[: 4 * limit]).split()) if len(text) > 4 * limit else " ".join(inert(text).split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    if " " in cut[limit // 2 :]:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip() + "…"
