"""Imported by the process that programs are forked from: the whole code, and all that a first report loads."""

import pkgutil
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import watchfloor
from watchfloor.flow.situation import situation

REPORT = "Harbour closed\n\n2024-10-21\n\nMinister Bob Roy said on Monday that 300 soldiers had arrived in Lund."

for _found in pkgutil.walk_packages(watchfloor.__path__, "watchfloor."):
    if not _found.name.endswith("__main__"):
        with suppress(ImportError):  # of an extra that is not installed
            import_module(_found.name)

with TemporaryDirectory() as _folder, situation(Path(_folder) / "a.db", create=True) as _opened:
    (_report := Path(_folder) / "a.txt").write_text(REPORT, encoding="utf-8")
    _opened.add([str(_report)])
