"""Markdown's signs inside a line: links and emphasis."""

import re

LINK = re.compile(r"!?\[(?P<words>[^\[\]]{0,200})\]\((?P<address>[^()\s]{1,500})(?:\s\"[^\"]{0,200}\")?\)")
_EMPHASIS = re.compile(r"(?<!\w)(?:\*{1,3}|_{1,3})(?=[^\s*_])|(?<=[^\s*_])(?:\*{1,3}|_{1,3})(?!\w)")
_BETWEEN = re.compile(r"^[\W_]*$")
_MIN_LINKS = 2  # a single link on a line of its own may be the end of a report


def words(line: str) -> str:
    """Return a line as it is read: links by their words, emphasis without its signs.

    >>> words("*Norddal Courier newsroom* · [Read on site](https://courier.example/flood)")
    'Norddal Courier newsroom · Read on site'
    """
    if "](" in line:
        line = LINK.sub(lambda link: link["words"], line)
    return _EMPHASIS.sub("", line) if "*" in line or "_" in line else line


def is_row_of_links(line: str) -> bool:
    """Return whether a line holds two or more links and nothing else but signs between them.

    >>> is_row_of_links("[Share](https://a.example/s) · [Print](https://a.example/p)")
    True
    """
    if line.count("](") < _MIN_LINKS:
        return False
    return len(LINK.findall(line)) >= _MIN_LINKS and bool(_BETWEEN.match(LINK.sub("", line)))
