"""Reports that came more than once: their ids sorted piece by piece, and those that stand in several weeks found.

A page that is collected again weeks later, and says no day, gives the same report in another week. It is kept in its
first one. Ids are sorted in groups of pieces and compared in stretches, so that no one ever holds all of them.
"""

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from watchfloor.core.aside import Aside
from watchfloor.flow.bulk import tables
from watchfloor.flow.bulk.part_file import PartFile, path_of, put
from watchfloor.flow.bulk.reading import At
from watchfloor.flow.bulk.work import Doubled, Doubles, Group, Grouped, Header, encode

_ROW = np.dtype([("high", "<u8"), ("low", "<u2"), ("week", "<i4")])
_PREFIX = "rep_"
_SPAN = 1 << 64  # of the upper part of an id

Rows = NDArray[Any]

_found_of = msgspec.msgpack.Decoder(dict[str, list[str]]).decode


def group(work: Group, header: Header, dataset: Path, at: At) -> Grouped:
    """Write the sorted ids of some pieces, and the table of what was set aside in them."""
    rows: list[Rows] = []
    asides: dict[str, Aside] = {one.id: one for one in work.more}
    for number, piece in enumerate(work.pieces):
        at(number)
        part = PartFile(path_of(header.folder, piece), piece)
        rows.append(_rows(part.ids()))
        asides.update((one.aside.id, one.aside) for one in part.refused())
    ids = np.unique(np.concatenate([*rows, np.empty(0, dtype=_ROW)]))
    put(_ids_path(header, work.number), ids.tobytes())
    told = sorted(asides.values(), key=lambda one: (one.locator, one.reason, one.id))
    tables.write(
        dataset / "asides" / f"group-{work.number:06d}.parquet",
        tables.ASIDES,
        [(one.id, one.locator, one.capture, one.room, one.reason, one.detail, one.at) for one in told],
    )
    return Grouped(number=work.number, of=work.of, ids=len(ids), asides=len(told))


def doubles(work: Doubles, header: Header) -> Doubled:
    """Write which reports of a stretch of ids are left out of which week, because an earlier one has them."""
    low = work.number * _SPAN // work.stretches
    high = (work.number + 1) * _SPAN // work.stretches - 1
    some = []
    for number in range(work.groups):
        ids = np.fromfile(_ids_path(header, number), dtype=_ROW)
        some.append(ids[ids["high"].searchsorted(np.uint64(low)) : ids["high"].searchsorted(np.uint64(high), "right")])
    ids = np.unique(np.concatenate([*some, np.empty(0, dtype=_ROW)]))  # in the order of id, then of week
    again = np.flatnonzero((ids["high"][1:] == ids["high"][:-1]) & (ids["low"][1:] == ids["low"][:-1])) + 1
    found: dict[str, list[str]] = {}
    for upper, lower, week in ids[again].tolist():
        found.setdefault(_day(week), []).append(f"{_PREFIX}{upper:016x}{lower:04x}")
    put(_found_path(header, work.number), encode(found))
    return Doubled(number=work.number, of=work.of, found={week: len(some) for week, some in sorted(found.items())})


def left_out(header: Header, stretches: int, week: str) -> frozenset[str]:
    """Return the ids of the reports that a week leaves to an earlier one."""
    found: set[str] = set()
    for number in range(stretches):
        found.update(_found_of(_found_path(header, number).read_bytes()).get(week, ()))
    return frozenset(found)


def _rows(ids: list[tuple[str, str]]) -> Rows:
    made = np.empty(len(ids), dtype=_ROW)
    for number, (id, week) in enumerate(ids):
        digits = id.removeprefix(_PREFIX)
        made[number] = (int(digits[:16], 16), int(digits[16:], 16), _ordinal(week))
    return made


def _ordinal(week: str) -> int:
    return int(np.datetime64(week, "D").astype(np.int64))


def _day(ordinal: int) -> str:
    return str(np.datetime64(ordinal, "D"))


def _ids_path(header: Header, number: int) -> Path:
    return Path(header.folder) / "groups" / f"{number:06d}.ids"


def _found_path(header: Header, number: int) -> Path:
    return Path(header.folder) / "doubles" / f"{number:06d}.bin"
