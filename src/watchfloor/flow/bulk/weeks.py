"""One week written down: its reports, what was found in them, and what they copy, as Parquet files."""

import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from watchfloor.core.annotation import Annotation
from watchfloor.core.copy import Copy
from watchfloor.core.report import Report
from watchfloor.flow.bulk import tables
from watchfloor.flow.bulk.doubles import left_out
from watchfloor.flow.bulk.part_file import ITEMS_IN_BLOCK, Item, Light, PartFile, path_of
from watchfloor.flow.bulk.reading import At
from watchfloor.flow.bulk.tables import Kind
from watchfloor.flow.bulk.week_copies import WEEKS_BEFORE, WeekCopies
from watchfloor.flow.bulk.work import Header, Inputs, Week, Written, inputs_of, weeks_before
from watchfloor.store.text import written

MOST_FOR_TRANSLATIONS = 20_000
"""Reports of two weeks above which no translations are looked for among them: some 30 kB of memory each (assumed)."""

ROWS = 20_000  # rows in one file (assumed: some 200 MB in memory)
_BLOCKS = 256  # blocks of reports that are kept in memory

_Where = tuple[PartFile, str, int]


def write(work: Week, header: Header, dataset: Path, at: At) -> Written:
    """Write the reports, annotations and copies of a week, and return what was written."""
    began = time.process_time()
    inputs = inputs_of(Path(work.inputs).read_bytes())
    lights, where = _lights(work.monday, header, inputs)
    asked = [week == work.monday for _, week, _ in where]
    blocks = _Blocks()
    copies = WeekCopies(lights, asked, lambda number: blocks.item(where[number]).report)
    edges, translates = _edges(copies, lights, where, work.monday, at)
    out = _Out(dataset, work.monday)
    for number, light in enumerate(lights):
        if asked[number]:
            at(number)
            item = blocks.item(where[number])
            out.add(item, edges.get(light.id))
    counted, files = out.finish()
    return Written(
        monday=work.monday,
        of=work.of,
        reports=counted["reports"],
        annotations=counted["annotations"],
        copies=counted["copies"],
        translations=translates,
        files=files,
        cpu=round(time.process_time() - began, 3),
    )


def _edges(
    copies: WeekCopies, lights: Sequence[Light], where: Sequence[_Where], monday: str, at: At
) -> tuple[dict[str, Copy], bool]:
    """Return the edges of a week by child, and whether translations were looked for."""
    found: dict[int, Copy] = {}
    for some, edges in copies.edges():
        at(some[0])
        found.update(edges)
    near = weeks_before(monday, 1)
    since = next((number for number, (_, week, _) in enumerate(where) if week in near), len(lights))
    translates = len(lights) - since <= MOST_FOR_TRANSLATIONS
    if translates:
        found.update(copies.translated(found, since))
    return {lights[number].id: edge for number, edge in found.items()}, translates


def _lights(monday: str, header: Header, inputs: Inputs) -> tuple[list[Light], list[_Where]]:
    """Return the reports of a week and of those before it in order of time, each once, and where each lies."""
    weeks = weeks_before(monday, WEEKS_BEFORE)
    gone = {week: left_out(header, inputs.doubles, week) for week in weeks}
    read: list[tuple[Light, _Where]] = []
    for piece in inputs.pieces:
        part = PartFile(path_of(header.folder, piece), piece)
        for week in set(weeks) & set(part.weeks()):
            lights = enumerate(part.lights(week))
            read += ((light, (part, week, place)) for place, light in lights if light.id not in gone[week])
    read.sort(key=lambda one: (one[0].time, one[0].address, one[0].id, one[0].capture))
    first: dict[str, tuple[Light, _Where]] = {}
    for one in read:
        first.setdefault(one[0].id, one)
    return [light for light, _ in first.values()], [place for _, place in first.values()]


class _Blocks:
    """Reports by where they lie; the blocks read last are kept."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, str, int], list[Item]] = OrderedDict()

    def item(self, where: _Where) -> Item:
        part, week, place = where
        key = id(part), week, place // ITEMS_IN_BLOCK
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = part.items(week, place // ITEMS_IN_BLOCK)
            if len(self._kept) > _BLOCKS:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return found[place % ITEMS_IN_BLOCK]


class _Out:
    """The files of one week, which grow row by row; what an earlier run wrote there is replaced."""

    def __init__(self, dataset: Path, monday: str) -> None:
        self._dataset, self._monday = dataset, monday
        self._tables: dict[str, Mapping[str, Kind]] = {
            "reports": tables.REPORTS,
            "annotations": tables.ANNOTATIONS,
            "copies": tables.COPIES,
        }
        self._rows: dict[str, list[Sequence[Any]]] = {name: [] for name in self._tables}
        self._counts = dict.fromkeys(self._tables, 0)
        self._written: dict[str, list[Path]] = {name: [] for name in self._tables}

    def add(self, item: Item, copy: Copy | None) -> None:
        """Add a report with all that belongs to it."""
        self._put("reports", [_report_row(item, copy)])
        self._put("annotations", _annotation_rows(item.report, item.found))
        self._put("copies", [] if copy is None else [_copy_row(copy)])

    def finish(self) -> tuple[dict[str, int], dict[str, str]]:
        """Write what is left, remove files of an earlier run, and return rows by table and digests by name."""
        files: dict[str, str] = {}
        for name in self._tables:
            self._flush(name)
            folder = self._folder(name)
            for path in folder.glob("*.parquet") if folder.is_dir() else ():
                if path not in self._written[name]:
                    path.unlink()
            for path in self._written[name]:
                files[path.relative_to(self._dataset).as_posix()] = sha256(path.read_bytes()).hexdigest()
        return self._counts, files

    def _put(self, name: str, rows: Sequence[Sequence[Any]]) -> None:
        self._rows[name] += rows
        self._counts[name] += len(rows)
        if len(self._rows[name]) >= ROWS:
            self._flush(name)

    def _flush(self, name: str) -> None:
        if self._rows[name]:
            path = self._folder(name) / f"part-{len(self._written[name]):05d}.parquet"
            tables.write(path, self._tables[name], self._rows[name])
            self._written[name].append(path)
            self._rows[name] = []

    def _folder(self, name: str) -> Path:
        return self._dataset / name / f"week={self._monday}"


def _report_row(item: Item, copy: Copy | None) -> Sequence[Any]:
    report, capture = item.report, item.capture
    published, record, marking = report.published, capture.evidence, report.marking
    return (
        report.id,
        report.outlet,
        report.headline,
        report.authors,
        published.value if published else None,
        published.low if published else None,
        published.high if published else None,
        report.language,
        report.text,
        report.url,
        report.address,
        report.credited_outlets,
        tuple(dict.fromkeys(flag.name for flag in report.flags)),
        copy.parent if copy else None,
        copy.kind if copy else None,
        report.collected,
        report.capture,
        capture.locator,
        capture.sha256,
        capture.media_type,
        record.file if record else None,
        record.offset if record else None,
        record.length if record else None,
        record.record if record else None,
        marking.level if marking else None,
        tuple(sorted(marking.releasable_to)) if marking else (),
        item.hashes,
        written(report),
    )


def _annotation_rows(report: Report, found: Sequence[Annotation]) -> list[Sequence[Any]]:
    rows: list[Sequence[Any]] = []
    for number, one in enumerate(found):
        tag = str(one.__struct_config__.tag)
        rows.append((report.id, number, tag, one.span.start, one.span.end, one.generated_by, written(one)))
    return rows


def _copy_row(copy: Copy) -> Sequence[Any]:
    return copy.child, copy.parent, copy.kind, copy.score, written([[one.start, one.end] for one in copy.evidence])
