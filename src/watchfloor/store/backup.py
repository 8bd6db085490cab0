"""Everything that is kept as one file, which can be restored into a database of either kind.

A backup is a ZIP file: `tables/NAME.jsonl` has a row a line, as JSON with its columns' names, bytes as base64, in the
order of the primary key; `manifest.json` says the shape, when it was made and of every table how many rows it has and
the sha256 of its lines; `manifest.sha256` is the manifest's own. The index of words is left out: it follows from the
reports. It is written from one moment of the database, beside its place, and moved there when it is whole.
"""

import binascii
import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, LargeBinary, MetaData, Table, delete, func, insert, select

from watchfloor.core.errors import StoreError
from watchfloor.core.marking import Reader
from watchfloor.store import fulltext, migrate, postgresql
from watchfloor.store.connection import WAIT, open_store, renew
from watchfloor.store.dump import refuse_partial
from watchfloor.store.packed import Packed
from watchfloor.store.progress import Tell, counted, silent
from watchfloor.store.schema import HEAD, metadata
from watchfloor.store.schema_sharing import audit_seal, turns
from watchfloor.store.store import Store
from watchfloor.store.text import moment

FORMAT = "watchfloor-backup/1"

_MANIFEST, _DIGEST = "manifest.json", "manifest.sha256"
_MOST_MANIFEST = 1_000_000  # bytes (assumed: a hundred times what one has)
_ROWS = 500  # written or read at once
_encode = msgspec.json.Encoder(order="deterministic").encode

_BORN_WITH = (audit_seal, turns)  # tables that are not empty in an empty database


class Kept(Struct, frozen=True, kw_only=True):
    """One table in a backup: how many rows, the sha256 of its lines, its columns that are bytes."""

    rows: int
    sha256: str
    binary: tuple[str, ...] = ()


class Manifest(Struct, frozen=True, kw_only=True):
    """What a backup holds. made_from: the kind of database. tables: by name, in the order in which they are filled."""

    format: str
    shape: str
    made_at: str
    made_from: str
    tables: dict[str, Kept]


def back_up(store: Store, reader: Reader, path: Path, now: datetime, tell: Tell = silent) -> Manifest:
    """Write everything into a new file; return what it holds.

    Raises StoreError when the file is there already or cannot be written, ReleaseDenied for who may not see everything.
    """
    refuse_partial(reader, "a backup holds everything")
    if path.exists():
        raise StoreError(f"{path} is there already; a backup overwrites nothing: name another file")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(part, "xb", opener=_for_us_only) as file, store._transaction(writes=False) as connection:
            manifest = _write(file, connection, now, tell)
            file.flush()
            os.fsync(file.fileno())
        _move(part, path)
    except OSError as error:
        raise StoreError(f"{path} cannot be written ({error.strerror}); name a place where there is room") from None
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _for_us_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)  # it holds what is marked RED


def _move(part: Path, path: Path) -> None:
    """Give the whole file its name, unless something has it by now."""
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise StoreError(f"{path} is there already; a backup overwrites nothing: name another file") from None
    except OSError:  # a disk without links
        part.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write(file: IO[bytes], connection: Connection, now: datetime, tell: Tell) -> Manifest:
    tables: dict[str, Kept] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for table in metadata.sorted_tables:
            with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as member:
                digest, rows = hashlib.sha256(), 0
                number = connection.execute(select(func.count()).select_from(table)).scalar_one()
                for line in counted(_lines(connection, table), table.name, number, tell):
                    member.write(line)
                    digest.update(line)
                    rows += 1
            binary = tuple(str(column.name) for column in table.c if isinstance(column.type, LargeBinary))
            tables[str(table.name)] = Kept(rows=rows, sha256=digest.hexdigest(), binary=binary)
        manifest = Manifest(
            format=FORMAT, shape=HEAD, made_at=moment(now), made_from=connection.dialect.name, tables=tables
        )
        written = msgspec.json.format(_encode(manifest))
        archive.writestr(_MANIFEST, written)
        archive.writestr(_DIGEST, hashlib.sha256(written).hexdigest())
    return manifest


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    rows = connection.execution_options(yield_per=_ROWS).execute(select(table).order_by(*table.primary_key))
    for row in rows.mappings():
        yield _encode({str(name): value for name, value in row.items()}) + b"\n"


def look_into(path: Path) -> Manifest:
    """Return what a backup holds, after every digest in it was found right; raise StoreError when one is not."""
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(_MANIFEST).file_size > _MOST_MANIFEST:
                raise StoreError(f"{path} is no backup: its manifest is too large; name another file")
            written = archive.read(_MANIFEST)
            if hashlib.sha256(written).hexdigest() != archive.read(_DIGEST).decode("ascii", "replace"):
                raise _damaged(path, "its manifest is not the one that was written")
            manifest = msgspec.json.decode(written, type=Manifest)
            if manifest.format != FORMAT:
                raise StoreError(f"{path}: found a backup in the form {manifest.format!r}, expected {FORMAT!r}")
            for name, kept in manifest.tables.items():
                with archive.open(f"tables/{name}.jsonl") as member:
                    found = hashlib.file_digest(member, "sha256").hexdigest()  # type: ignore[arg-type]
                if found != kept.sha256:
                    raise _damaged(path, f"the rows of {name} are not those that were written")
    except FileNotFoundError:
        raise StoreError(f"there is no file {path}; name a backup") from None
    except (zipfile.BadZipFile, KeyError, EOFError, OSError, NotImplementedError, msgspec.DecodeError) as error:
        raise _damaged(path, str(error)) from None
    if manifest.shape > HEAD:
        raise StoreError(
            f"{path} was made by a newer Watchfloor: its shape is {manifest.shape}, this program knows shapes up to "
            f"{HEAD}; update the program"
        )
    return manifest


def _damaged(path: Path, why: str) -> StoreError:
    return StoreError(f"{path} is no whole backup ({why}); take another one")


def restore(path: Path, where: str | Path, *, wait: float = WAIT, tell: Tell = silent) -> Manifest:
    """Fill an empty database with what a backup holds, all or nothing; return what it holds.

    where: as open_store takes it; a file is made when there is none. An older shape is brought up to date. Raises
    StoreError when the backup is damaged or newer than the program, and when the database holds anything.
    """
    manifest = look_into(path)
    with (
        open_store(where, create=True, wait=wait) as store,
        store._transaction(writes=True, changes="nothing") as connection,
    ):
        if connection.dialect.name == "postgresql":
            postgresql.prepare(connection)
        _refuse_filled(connection, store.name)
        if manifest.shape != HEAD:
            migrate.downgrade(connection, manifest.shape)
        _fill(connection, path, manifest, tell)
        renew(connection, store.name)
        if not fulltext.is_whole(connection):
            fulltext.refill(connection)
        if manifest.shape == HEAD:
            _compare(connection, path, manifest, tell)
    return manifest


def _refuse_filled(connection: Connection, name: str) -> None:
    for table in metadata.sorted_tables:
        if table not in _BORN_WITH and connection.execute(select(func.count()).select_from(table)).scalar_one():
            raise StoreError(f"{name} holds {table.name} already; a backup is restored into an empty database only")


def _fill(connection: Connection, path: Path, manifest: Manifest, tell: Tell) -> None:
    there = MetaData()
    there.reflect(connection, only=lambda name, _: name in manifest.tables)
    if missing := manifest.tables.keys() - there.tables.keys():
        raise StoreError(f"{path} has tables that this program does not know: {', '.join(sorted(missing))}")
    _pack(connection, there)
    with zipfile.ZipFile(path) as archive:
        for table in there.sorted_tables:
            connection.execute(delete(table))  # the rows that a new database is born with
            kept = manifest.tables[table.name]
            with archive.open(f"tables/{table.name}.jsonl") as member:
                for rows in _batches(counted(member, table.name, kept.rows, tell), kept.binary):
                    connection.execute(insert(table), rows)
            if connection.dialect.name == "postgresql":
                postgresql.renumber(connection, table)


def _pack(connection: Connection, there: MetaData) -> None:
    """Have long texts packed on their way in, as they are now; a server's columns of an older shape cannot hold bytes.

    A backup holds them as text.
    """
    for table in there.tables.values():
        for column in table.c:
            known = metadata.tables[table.name].c.get(column.name) if table.name in metadata.tables else None
            is_packed = known is not None and isinstance(known.type, Packed)
            if is_packed and (connection.dialect.name == "sqlite" or isinstance(column.type, LargeBinary)):
                column.type = Packed()


def _batches(lines: Iterable[bytes], binary: tuple[str, ...]) -> Iterator[list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    for line in lines:
        row = msgspec.json.decode(line)
        for name in binary:
            row[name] = None if row[name] is None else binascii.a2b_base64(row[name])
        rows.append(row)
        if len(rows) == _ROWS:
            yield rows
            rows = []
    if rows:
        yield rows


def _compare(connection: Connection, path: Path, manifest: Manifest, tell: Tell) -> None:
    """Raise StoreError unless the database now holds, byte for byte, what the backup does."""
    for table in metadata.sorted_tables:
        digest = hashlib.sha256()
        kept = manifest.tables.get(table.name)
        for line in counted(_lines(connection, table), f"{table.name}, compared", kept.rows if kept else 0, tell):
            digest.update(line)
        if kept is None or digest.hexdigest() != kept.sha256:
            raise StoreError(f"{path}: {table.name} came out otherwise than it went in; nothing was restored")
