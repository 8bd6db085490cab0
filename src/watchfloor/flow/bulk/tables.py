"""Parquet files: columns of a few kinds, the same bytes for the same rows. Needs arro3, from the extra "dask"."""

import importlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

from watchfloor.core.errors import ConfigError

Kind = Literal["text", "texts", "number", "share", "day", "instant", "bytes"]

_EPOCH = date(1970, 1, 1)
_ORIGIN = datetime(1970, 1, 1, tzinfo=UTC)
_PACKED = "zstd(3)"

REPORTS: Mapping[str, Kind] = {
    "id": "text",
    "outlet": "text",
    "headline": "text",
    "authors": "texts",
    "published": "text",
    "published_low": "day",
    "published_high": "day",
    "language": "text",
    "text": "text",
    "url": "text",
    "address": "text",
    "credited_outlets": "texts",
    "flags": "texts",
    "copy_of": "text",
    "copy_kind": "text",
    "collected": "instant",
    "capture": "text",
    "locator": "text",
    "sha256": "text",
    "media_type": "text",
    "archive": "text",
    "archive_offset": "number",
    "archive_length": "number",
    "archive_record": "text",
    "tlp": "text",
    "releasable_to": "texts",
    "fingerprint": "bytes",
    "document": "text",
}
"""A row for each report. fingerprint: by which its copies are found. document: all of it, as the store keeps it."""

ANNOTATIONS: Mapping[str, Kind] = {
    "report": "text",
    "number": "number",
    "annotation": "text",
    "start": "number",
    "end": "number",
    "generated_by": "text",
    "body": "text",
}
"""A row for each annotation, in the order of its report. body: all of it, as JSON."""

COPIES: Mapping[str, Kind] = {
    "child": "text",
    "parent": "text",
    "kind": "text",
    "score": "share",
    "evidence": "text",
}
"""A row for each copy. evidence: the matching runs in the child as JSON, [start, end] each, the longest first."""

ASIDES: Mapping[str, Kind] = {
    "id": "text",
    "locator": "text",
    "capture": "text",
    "room": "text",
    "reason": "text",
    "detail": "text",
    "at": "instant",
}
"""A row for what could not be used, and why."""


def write(path: Path, columns: Mapping[str, Kind], rows: Sequence[Sequence[Any]]) -> None:
    """Write rows, values in the order of the columns, as a Parquet file: whole or not at all."""
    core, io = needed("arro3.core"), needed("arro3.io")
    values = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    table = core.Table.from_pydict(
        {name: _array(core, given, kind) for (name, kind), given in zip(columns.items(), values, strict=True)}
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        io.write_parquet(table, str(beside), compression=_PACKED)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def needed(name: str) -> Any:
    """Return a module that comes with the extra "dask"; raise ConfigError where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        package = name.split(".")[0] if name != "arro3.io" else "arro3-io"
        raise ConfigError(f"{package} is not installed; pip install 'watchfloor[dask]'") from None


def _array(core: Any, values: Sequence[Any], kind: Kind) -> Any:
    types = core.DataType
    if kind == "texts":
        return _lists(core, values)
    if kind == "day":
        days = [None if one is None else (one - _EPOCH).days for one in values]
        return core.Array(days, type=types.int32()).cast(types.date32())
    if kind == "instant":
        instants = [None if one is None else _microseconds(one) for one in values]
        return core.Array(instants, type=types.int64()).cast(types.timestamp("us", tz="UTC"))
    made = {"number": types.int64(), "share": types.float64(), "bytes": types.binary()}
    return core.Array(list(values), type=made.get(kind, types.string()))


def _lists(core: Any, values: Sequence[Sequence[str]]) -> Any:
    offsets: list[int] = [0]
    flat: list[str] = []
    for one in values:
        flat += one
        offsets.append(len(flat))
    types = core.DataType
    return core.list_array(
        core.Array(offsets, type=types.int32()),
        core.Array(flat, type=types.string()),
        type=types.list(core.Field("item", types.string())),
    )


def _microseconds(moment: datetime) -> int:
    past = moment - _ORIGIN
    return (past.days * 86_400 + past.seconds) * 1_000_000 + past.microseconds
