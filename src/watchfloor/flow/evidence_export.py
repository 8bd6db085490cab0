"""The evidence of one report as a web archive of its own, for whoever wants to check it without us."""

import os
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from watchfloor.collect.warc_group import info_record, resource_record
from watchfloor.collect.warc_records import Record, record_at
from watchfloor.collect.warc_reread import Reread, repacked
from watchfloor.core.capture import Capture
from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.report import Report
from watchfloor.flow.evidence import Lies, looked_up
from watchfloor.flow.keeping import place_of
from watchfloor.store.store import Store

_MOST = 1 << 30  # bytes of a record that is copied


class Exported(Struct, frozen=True, kw_only=True):
    """What was written. records: how many. notes: what could not go along, and what went in its place."""

    path: str
    records: int
    notes: tuple[str, ...] = ()


def export(store: Store, reader: Reader, folder: Path, report: Report, to: Path, now: datetime) -> Exported:
    """Write the records of a report, copied bit by bit where they lie packed; a report from a file as a resource.

    What the node noted for itself (feed, marking, partners) does not go along. Raises ConfigError when the file
    cannot be written; what was there before is then as it was.
    """
    members: dict[str, bytes] = {}
    notes: list[str] = []
    for lies, again in looked_up(store, reader, folder, report):
        if again is None:
            notes.append(f"{lies.evidence.file} at byte {lies.evidence.offset}: {lies.state}, {lies.detail}")
            continue
        for record, path in (*_original(store, reader, folder, again), *((one, _path(lies)) for one in again.about)):
            members.setdefault(record.id, repacked(path, record))
    capture = store.capture(reader, report.capture)
    if not members and capture is not None:
        notes += [f"the bytes kept in the database go along in its place ({capture.sha256})"] if notes else []
        resource = resource_record(_address(capture, reader), capture.collected, capture.data, capture.media_type)
        members[resource.id] = resource.data
    about = info_record(
        to.name,
        now,
        description=f"evidence of report {report.id}",
        isPartOf=report.url or report.id,
        marking=_said(report.marking, reader),
    )
    _write(to, [about.data, *members.values()])
    return Exported(path=str(to), records=len(members), notes=tuple(notes))


def _path(lies: Lies) -> Path:
    return Path(lies.path)


def _original(store: Store, reader: Reader, folder: Path, again: Reread) -> list[tuple[Record, Path]]:
    """The record that holds the bytes of a revisit, without which it shows nothing."""
    name = again.record.headers.get("warc-refers-to", "").strip("<> ")
    evidence = store.evidence_of_record(reader, name) if again.record.type == "revisit" and name else None
    if evidence is None:
        return []
    path = place_of(evidence, folder)
    with path.open("rb") as stream:
        found = record_at(stream, evidence.offset, evidence.record, most=_MOST)
    return [] if found is None else [(found, path)]


def _address(capture: Capture, reader: Reader) -> str:
    """An address for bytes from a file; to a partner not where it lay on this machine."""
    if capture.url:
        return capture.url
    locator = capture.locator if reader.partner is None else capture.locator.rpartition("/")[2]
    return f"file:{quote(locator, errors='replace')}"


def _said(marking: Marking | None, reader: Reader) -> str:
    if marking is None:
        return "unmarked: not for release"
    partners = sorted(marking.releasable_to) if reader.partner is None else [reader.partner]
    rel = f" REL {', '.join(partners)}" if partners else ""
    return "; ".join((f"TLP:{marking.level}{rel}", *marking.caveats))


def _write(to: Path, members: list[bytes]) -> None:
    beside = to.with_name(f".{to.name}.new")
    try:
        with beside.open("wb") as out:
            for member in members:
                out.write(member)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(to)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise ConfigError(f"{to} cannot be written: {error.strerror}; name a file in a folder that is there") from None
