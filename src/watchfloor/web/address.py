"""Addresses of pages: made, changed in one place, and checked when somebody else made them."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlencode, urlsplit

Query = tuple[tuple[str, str], ...]


def address(path: str, query: Iterable[tuple[str, str]] = ()) -> str:
    """Return the address of a page; what is empty is left out.

    >>> address("/claims", [("party", "North & South"), ("as_of", "")])
    '/claims?party=North+%26+South'
    """
    pairs = [(name, value) for name, value in query if value != ""]
    return quote(path, safe="/:@-._~!$'()*,;=") + (f"?{urlencode(pairs)}" if pairs else "")


def changed(query: Query, changes: Mapping[str, object]) -> Query:
    """Return the query with some names given other values; None takes a name away, a list gives it several.

    >>> changed((("a", "1"), ("b", "2")), {"a": None, "c": 3})
    (('b', '2'), ('c', '3'))
    """
    kept = [(name, value) for name, value in query if name not in changes]
    for name, value in changes.items():
        values = value if isinstance(value, list | tuple) else [] if value is None else [value]
        kept.extend((name, str(one)) for one in values)
    return tuple(kept)


def safe_next(given: str) -> str:
    """Return where to go on to after signing in: a page of this node, else the first one.

    >>> safe_next("/claims?party=A"), safe_next("//other.example/"), safe_next("/\\\\other.example")
    ('/claims?party=A', '/', '/')
    """
    is_path = given.startswith("/") and not given.startswith("//") and "\\" not in given and given.isprintable()
    if not is_path:
        return "/"
    try:
        parts = urlsplit(given)
    except ValueError:
        return "/"
    return given if not parts.scheme and not parts.netloc else "/"
