"""On which line of a TOML text a key stands; the standard library reads the values and forgets the lines."""

import re
from collections import Counter

_HEADER = re.compile(r"\s*\[(?P<many>\[)?\s*(?P<name>[A-Za-z0-9_.\"' -]{1,200}?)\s*\]")
_KEY = re.compile(r"\s*(?P<key>[A-Za-z0-9_-]{1,100}|\"[^\"\\]{0,100}\"|'[^']{0,100}')\s*=\s*(?P<value>.*)")
_MARKS = ('"""', "'''")

Place = tuple[str, int, str | None]
"""Name of a table, its number among those of that name (0 first), and a key in it, None for the table itself."""


def lines(text: str) -> dict[Place, int]:
    """Return the line of every table and of every key in one, counted from 1; keys before any table are in "".

    >>> lines('[[indicator]]\\nid = "a"\\n')[("indicator", 0, "id")]
    2
    """
    found: dict[Place, int] = {}
    met: Counter[str] = Counter()
    table, number, inside = "", 0, None
    for at, line in enumerate(text.splitlines(), 1):
        if inside is not None:
            inside = None if inside in line else inside
            continue
        if header := _HEADER.match(line):
            table = header["name"]
            number = met[table]
            met[table] += 1
            found.setdefault((table, number, None), at)
        elif key := _KEY.match(line):
            found.setdefault((table, number, key["key"].strip("\"'")), at)
            inside = next((mark for mark in _MARKS if key["value"].count(mark) == 1), None)
    return found
