"""What a row of a table may hold, and the Arrow type of each column."""

from collections.abc import Callable
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

from watchfloor.core.marking import Marking
from watchfloor.share.release import banner

Kind = Literal["text", "number", "share", "truth", "day", "instant", "texts", "numbers", "marking"]

_KINDS: dict[Any, Kind] = {
    str: "text",
    int: "number",
    float: "share",
    bool: "truth",
    date: "day",
    datetime: "instant",
    Marking: "marking",
    tuple[str, ...]: "texts",
    tuple[int, ...]: "numbers",
}


class Row(Struct, frozen=True, kw_only=True):
    """One row of a table: the fields of a kind of row are its columns, and their types the types of the columns.

    marking: effective marking of all that the row rests on, None when anything of it is unmarked.
    """

    marking: Marking | None = None


def columns(kind: type[Row]) -> dict[str, Kind]:
    """Return the columns of a kind of row, its own first and marking last, each with what stands in it.

    >>> class Named(Row, frozen=True, kw_only=True):
    ...     name: str | None
    >>> columns(Named)
    {'name': 'text', 'marking': 'marking'}
    """
    hints = get_type_hints(kind)
    own = [name for level in kind.__mro__ if issubclass(level, Row) for name in level.__annotations__]
    return {name: _kind(hints[name]) for name in own}


def _kind(hint: Any) -> Kind:
    if get_origin(hint) in (Union, UnionType):
        (hint,) = {one if get_origin(one) is not Literal else str for one in get_args(hint)} - {NoneType}
    return _KINDS[str if get_origin(hint) is Literal else hint]


def cells(rows: list[Any], name: str, kind: Kind) -> list[Any]:
    """Return a column of rows as plain values: text that can be written, a marking as its words."""
    plain = _PLAIN.get(kind)
    found = [getattr(row, name) for row in rows]
    return found if plain is None else [None if one is None and kind != "marking" else plain(one) for one in found]


def _writable(text: str) -> str:
    """Return the text without halves of characters, which no Arrow column can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


_PLAIN: dict[Kind, Callable[[Any], Any]] = {
    "text": _writable,
    "texts": lambda texts: tuple(map(_writable, texts)),
    "marking": banner,
}
