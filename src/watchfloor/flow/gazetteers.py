"""A full gazetteer from a GeoNames dump that the user supplies, and the one that the settings name."""

import heapq
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from io import TextIOWrapper
from pathlib import Path

from watchfloor.annotate.geonames import BadRow, entries
from watchfloor.annotate.place_file import Entry, PlaceFile, packed, write
from watchfloor.core.errors import ConfigError

_RUN = 500_000  # names sorted at one time: about 150 MB
_TOLD_EVERY = 100_000  # lines
_ORDER = ("country", "region", "county", "city", "feature")
_MOST = 10**11  # more than all people

Told = Callable[[str, int], None]
"""Told what is being done ("reading", "writing") and how far it is, in lines or names."""


def opened(path: str | None) -> PlaceFile | None:
    """Return the gazetteer that the settings name, None without one; raise ConfigError when it is none."""
    return None if path is None else PlaceFile(Path(path))


def build(dump: Path, out: Path, told: Told) -> int:
    """Write the gazetteer of a dump (allCountries.txt, a country's XX.txt, or either as .zip); return how many names.

    Memory stays the same for any size of dump: names are sorted in parts on disk beside `out`, which is replaced only
    when all is done. Raise ConfigError when the dump cannot be read or is none.
    """
    if not out.parent.is_dir():
        raise ConfigError(f"the folder {out.parent} does not exist; make it, or choose another --out")
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".gazetteer-") as folder, ExitStack() as stack:
        runs = _runs(dump, Path(folder), told)
        if not runs:
            raise ConfigError(f"{dump} holds no place; expected a GeoNames dump such as allCountries.zip or UA.txt")
        files = [stack.enter_context(run.open(encoding="utf-8")) for run in runs]
        written = Path(folder) / "written"
        with written.open("wb") as file:
            names = write(file, _told(_merged(heapq.merge(*files)), told))
        written.replace(out)
    return names


def _runs(dump: Path, folder: Path, told: Told) -> list[Path]:
    """Write the names of the dump in sorted parts and return these."""
    runs: list[Path] = []
    lines: list[str] = []

    def close() -> None:
        runs.append(folder / f"{len(runs):05}")
        runs[-1].write_text("".join(sorted(lines)), encoding="utf-8")
        lines.clear()

    try:
        with _text(dump) as text:
            for name, entry in entries(_counted(text, told)):
                lines.append(_line(name, entry))
                if len(lines) >= _RUN:
                    close()
    except BadRow as error:
        raise ConfigError(f"{dump}: {error}; expected allCountries.txt, XX.txt or a .zip with one of them") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{dump} is not UTF-8 text; a GeoNames dump is, unpacked or as .zip") from None
    except (OSError, zipfile.BadZipFile) as error:
        raise ConfigError(f"{dump} cannot be read: {error}") from None
    if lines:
        close()
    return runs


@contextmanager
def _text(dump: Path) -> Iterator[Iterator[str]]:
    """Open the dump as lines; of an archive the one text file that is no readme."""
    if dump.suffix.lower() != ".zip":
        with dump.open(encoding="utf-8", newline="\n") as file:
            yield file
        return
    with zipfile.ZipFile(dump) as archive:
        inside = [name for name in archive.namelist() if name.endswith(".txt") and "readme" not in name.lower()]
        if len(inside) != 1:
            raise ConfigError(f"{dump} holds {len(inside)} text files where a GeoNames archive holds one")
        with archive.open(inside[0]) as packed_file:
            yield TextIOWrapper(packed_file, encoding="utf-8", newline="\n")


def _line(name: str, entry: Entry) -> str:
    """Return a line that sorts by name, then as `candidates` orders; its last field is what is kept."""
    rank = f"{_ORDER.index(entry.kind)}{int(entry.alias)}{_MOST - entry.people:012}{entry.geonames_id:012}"
    return f"{name}\t{rank}\t{packed(name, entry)}\n"


def _merged(lines: Iterator[str]) -> Iterator[tuple[str, str]]:
    last = ""
    for line in lines:
        if line != last:
            name, _, fields = line.rstrip("\n").split("\t")
            yield name, fields
        last = line


def _counted(lines: Iterator[str], told: Told) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number % _TOLD_EVERY == 0:
            told("reading", number)
        yield line


def _told(names: Iterator[tuple[str, str]], told: Told) -> Iterator[tuple[str, str]]:
    for number, name in enumerate(names):
        if number % _TOLD_EVERY == 0:
            told("writing", number)
        yield name
