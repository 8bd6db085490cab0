"""The terminal itself: width, colour, JSON, and text from reports made harmless."""

import re
import sys
import unicodedata
from typing import Any

import msgspec
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]")
WIDTH_WHEN_PIPED = 110  # columns when the output is no terminal, so that piped output does not depend on who pipes


def console() -> Console:
    """Return the console for results: coloured at a terminal, plain and of fixed width in a pipe."""
    made = Console(highlight=False)
    return made if made.is_terminal else Console(highlight=False, width=WIDTH_WHEN_PIPED, no_color=True)


def json(shape: Any) -> None:
    """Write a shape as one JSON document, indented for people, in UTF-8."""
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(shape), indent=2) + b"\n")
    sys.stdout.buffer.flush()


def safe(text: str | None, limit: int | None = None) -> str:
    """Return the text on one line without control and direction characters, cut at a word with an ellipsis.

    Reports are hostile: an escape sequence in a headline must not reach the terminal.

    >>> safe("a\\x1b[31m  b")
    'a [31m b'
    """
    plain = " ".join(unicodedata.normalize("NFC", _CONTROL.sub(" ", text or "")).split())
    if limit is None or len(plain) <= limit:
        return plain
    cut = plain[: limit - 1].rsplit(" ", 1)[0] or plain[: limit - 1]
    return cut.rstrip(" ,;:") + "…"


def indented(text: str, by: int, style: str = "") -> Padding:
    """Return text that Rich prints so far from the left, every line of it."""
    return Padding(Text(text, style=style), (0, 0, 0, by), expand=False)


def styled(text: str, style: str = "") -> Text:
    """Return text that Rich prints as it is, markup characters included."""
    return Text(text, style=style)
