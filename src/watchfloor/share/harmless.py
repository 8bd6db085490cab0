"""Text from reports made harmless for other programs: no control or direction marks, half characters or formulas."""

import re

_CONTROL = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\uffff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_FORMULA = frozenset("=+-@|%＝＋－＠")


def on_one_line(text: str) -> str:
    r"""Return the text on one line, without control and direction marks and without half characters.

    >>> on_one_line("two\nlines\u202e")
    'two lines'
    """
    return " ".join(_CONTROL.sub(" ", _SURROGATE.sub("?", text)).split())


def cell(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula: such a one is led by an apostrophe.

    >>> cell("=HYPERLINK(1)"), cell("about -3")
    ("'=HYPERLINK(1)", 'about -3')
    """
    plain = on_one_line(text)
    return f"'{plain}" if plain[:1] in _FORMULA and plain else plain
