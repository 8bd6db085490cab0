"""A bulk run as a person asks for it: where from, where to, who works."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal

from msgspec import Struct

from watchfloor import __version__
from watchfloor.clean.reports import Quality
from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import Marking
from watchfloor.flow import clock
from watchfloor.flow.bulk import tables
from watchfloor.flow.bulk.child import made_with
from watchfloor.flow.bulk.into_store import Keeping
from watchfloor.flow.bulk.local import LocalWorkers
from watchfloor.flow.bulk.manifest import opened
from watchfloor.flow.bulk.planning import PAGES
from watchfloor.flow.bulk.run import BulkReceipt, Run, Told
from watchfloor.flow.bulk.work import Header
from watchfloor.flow.bulk.workers import Workers
from watchfloor.flow.configuration import Configuration, configuration, file_of, own_files
from watchfloor.flow.parts import configured, recipe
from watchfloor.flow.situation import situation

Engine = Literal["local", "dask"]

_OWN = "_work"  # in the folder of a dataset; readers of Parquet pass over names that begin so
_BESIDE = ".bulk"  # behind the name of a database file


class Wanted(Struct, frozen=True, kw_only=True):
    """What is asked for. to: a folder for Parquet files, or a database: a file, or postgresql://.

    workers: how many, of a cluster of our own or of this machine; None for as many as there are cores. work: the
    folder for the run's own files, by default beside what is written. pages: pages or files in a piece.
    """

    inputs: tuple[str, ...]
    to: str
    engine: Engine = "local"
    scheduler: str | None = None
    workers: int | None = None
    resume: bool = False
    work: str | None = None
    pages: int = PAGES
    quality: Quality = "bulk"
    outlet: str | None = None
    published: str | None = None
    marking: Marking | None = None


def bulk(wanted: Wanted, told: Told) -> BulkReceipt:
    """Do what is asked for and return the receipt.

    Raises ConfigError for what cannot be asked, SourceError when a scheduler stays away, StoreError when nothing can be
    written; what was done until then is done, and the same with `resume` goes on.
    """
    if wanted.scheduler is not None and wanted.engine != "dask":
        raise ConfigError("--scheduler names a Dask cluster; add --engine dask")
    settings = configuration()
    database = wanted.to if is_database(wanted.to) else None
    if database is None:
        tables.needed("arro3.core")
        tables.needed("arro3.io")
    folder = _folder(wanted, database)
    header = header_for(wanted, settings, folder, keeps_bytes=database is not None)
    own = [*own_files(settings, database or settings.database), folder, *([] if database else [Path(wanted.to)])]
    with ExitStack() as open_:
        store = open_.enter_context(situation(database, create=True)).store if database is not None else None
        manifest = open_.enter_context(opened(folder, header, resume=wanted.resume))
        workers = open_.enter_context(at_work(manifest.header, wanted))
        keeping = None if store is None else Keeping(store, manifest.header)
        return Run(manifest, workers, keeping, told).run(wanted.inputs, wanted.pages, own)


def is_database(to: str) -> bool:
    """Return whether a target is a database and no folder.

    >>> is_database("postgresql://watch@db.example/watchfloor"), is_database("situation.db"), is_database("archive")
    (True, True, False)
    """
    path = file_of(to)
    return path is None or path.suffix == ".db" or path.is_file()


def header_for(wanted: Wanted, settings: Configuration, folder: Path, *, keeps_bytes: bool) -> Header:
    """Return what holds for a run that begins now."""
    gazetteer = None if settings.gazetteer is None else str(Path(settings.gazetteer).resolve())
    return Header(
        base=str(Path.cwd()),
        folder=str(folder),
        now=clock.now(),
        recipe=recipe(configured(settings), __version__),
        made_with=made_with(),
        keeps_bytes=keeps_bytes,
        dataset=None if keeps_bytes else str(Path(wanted.to).resolve()),
        parts=settings.parts,
        gazetteer=gazetteer,
        seconds=settings.seconds_per_report,
        quality=wanted.quality,
        outlet=wanted.outlet,
        published=wanted.published,
        marking=wanted.marking,
    )


@contextmanager
def at_work(header: Header, wanted: Wanted) -> Iterator[Workers]:
    """Have workers for the block."""
    number = wanted.workers or os.cpu_count() or 1
    workers: Workers
    if wanted.engine == "dask":
        from watchfloor.flow.bulk.on_dask import DaskWorkers

        workers = DaskWorkers(header, wanted.scheduler, number)
    else:
        workers = LocalWorkers(header, number)
    try:
        yield workers
    finally:
        workers.close()


def _folder(wanted: Wanted, database: str | None) -> Path:
    if wanted.work is not None:
        return Path(wanted.work).resolve()
    if database is None:
        return Path(wanted.to).resolve() / _OWN
    file = file_of(database)
    return Path("watchfloor-bulk").resolve() if file is None else file.with_name(file.name + _BESIDE).resolve()
