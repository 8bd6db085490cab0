"""Columns as an Arrow table, through which polars, pandas and DuckDB read them without a copy of their own."""

import importlib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from watchfloor.core.errors import ConfigError
from watchfloor.notebook.row import Kind, Row, cells, columns

_EPOCH = date(1970, 1, 1)
_ORIGIN = datetime(1970, 1, 1, tzinfo=UTC)


def arrow_table(rows: Sequence[Row], kind: type[Row]) -> Any:
    """Return the rows as an arro3 Table; raises ConfigError when arro3-core is not installed.

    Days are date32, instants microseconds in UTC, places in a text int64, several values an Arrow list.
    """
    core = _core()
    given = list(rows)
    return core.Table.from_pydict(
        {name: _array(core, cells(given, name, holds), holds) for name, holds in columns(kind).items()}
    )


def _core() -> Any:
    try:
        return importlib.import_module("arro3.core")
    except ImportError:
        raise ConfigError(
            "arro3-core is not installed, by which polars, pandas and DuckDB read tables; "
            "pip install 'watchfloor[notebook]', or take the rows as they are: list(table)"
        ) from None


def _array(core: Any, values: list[Any], holds: Kind) -> Any:
    types = core.DataType
    if holds == "day":
        days = [None if one is None else (one - _EPOCH).days for one in values]
        return core.Array(days, type=types.int32()).cast(types.date32())
    if holds == "instant":
        instants = [None if one is None else _microseconds(one) for one in values]
        return core.Array(instants, type=types.int64()).cast(types.timestamp("us", tz="UTC"))
    if holds in ("texts", "numbers"):
        return _lists(core, values, types.string() if holds == "texts" else types.int64())
    made = {"number": types.int64(), "share": types.float64(), "truth": types.bool()}.get(holds, types.string())
    return core.Array(values, type=made)


def _lists(core: Any, values: list[Sequence[Any] | None], item: Any) -> Any:
    """Return a column of lists; one that is not known is empty."""
    offsets = [0]
    flat: list[Any] = []
    for one in values:
        flat += one or ()
        offsets.append(len(flat))
    types = core.DataType
    return core.list_array(
        core.Array(offsets, type=types.int32()), core.Array(flat, type=item), type=types.list(core.Field("item", item))
    )


def _microseconds(moment: datetime) -> int:
    past = moment - _ORIGIN
    return (past.days * 86_400 + past.seconds) * 1_000_000 + past.microseconds
