"""Inputs cut into pieces: a web archive between its records, other files some at a time. Planned once, in one order."""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from watchfloor.collect.files import files, is_web_archive
from watchfloor.core.aside import aside_of
from watchfloor.core.errors import ConfigError, SetAside
from watchfloor.core.identity import content_id
from watchfloor.flow.bulk.manifest import File, Manifest, Planned, Refusal
from watchfloor.flow.bulk.work import Cut, GivenUp, Places, Read
from watchfloor.flow.bulk.workers import Workers

PAGES = 200  # of a piece: less than a minute of work, so that little is lost with a worker
_LIST = "@"  # before the name of a file that lists inputs
_ENDS = 65_536  # first and last bytes of a file that tell it from one of the same name and size


def plan(
    inputs: Sequence[str],
    manifest: Manifest,
    workers: Workers,
    pages: int,
    own: Sequence[Path],
    told: Callable[[str], None],
) -> None:
    """Plan the inputs that are not planned yet. Those that are keep their pieces, so that a run can be given more."""
    archives: list[File] = []
    others: list[File] = []
    for found in files(list(_listed(inputs)), [path.resolve() for path in own]):
        if isinstance(found, SetAside):
            _refuse(found, manifest)
            continue
        try:
            str(found).encode()
            file = _file(found)
        except (OSError, UnicodeEncodeError) as error:
            _refuse(SetAside("unreadable", f"cannot be named or read: {error}", repr(str(found))), manifest)
            continue
        if file not in manifest.files:
            (archives if is_web_archive(found) else others).append(file)
    told(f"{len(archives):,} web archives and {len(others):,} other files to plan")
    places: dict[str, Places] = {}
    for unit, outcome in workers.work(Cut(file=one.path, pages=pages) for one in archives):
        if isinstance(outcome, Places):
            places[outcome.file] = outcome
            told(f"{len(places):,} of {len(archives):,} web archives cut")
        elif isinstance(outcome, GivenUp) and isinstance(unit, Cut):
            refused = aside_of(SetAside(outcome.reason, outcome.detail), "collect", unit.file, manifest.header.now)
            places[unit.file] = Places(file=unit.file, parts=(), aside=refused)
    for file in archives:
        found_places = places[file.path]
        if found_places.aside is not None:
            manifest.add(Refusal(aside=found_places.aside))
        manifest.add(Planned(files=(file,), pieces=tuple(_pieces(file, found_places))))
    for first in range(0, len(others), pages):
        some = others[first : first + pages]
        id = content_id("piece", *((one.path, one.size, one.ends) for one in some))
        piece = Read(id=id, files=tuple(one.path for one in some))
        manifest.add(Planned(files=tuple(some), pieces=(piece,)))


def _pieces(file: File, places: Places) -> Iterator[Read]:
    for start, end in places.parts:
        id = content_id("piece", file.path, file.size, file.ends, start, end)
        yield Read(id=id, files=(file.path,), part=(start, end))


def _listed(inputs: Sequence[str]) -> Iterator[str]:
    """Yield the inputs, of a list what stands in it, one a line; beside the list where it is not in the folder."""
    for one in inputs:
        if not one.startswith(_LIST):
            yield one
            continue
        path = Path(one.removeprefix(_LIST))
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"the list {path} cannot be read ({error}); expected one file or folder a line") from None
        for line in filter(None, map(str.strip, lines)):
            beside = path.parent / line
            yield line if Path(line).exists() or not beside.exists() else str(beside)


def _file(path: Path) -> File:
    size = path.stat().st_size
    with path.open("rb") as stream:
        ends = sha256(stream.read(_ENDS))
        if size > _ENDS:
            stream.seek(max(_ENDS, size - _ENDS))
            ends.update(stream.read(_ENDS))
    return File(path=path.as_posix(), size=size, ends=ends.hexdigest()[:16])


def _refuse(found: SetAside, manifest: Manifest) -> None:
    if found.reason == "not-found":
        raise ConfigError(f"{found.locator}: {found.detail}")
    aside = aside_of(found, "collect", found.locator or "unknown", manifest.header.now)
    if aside.id not in manifest.refusals:
        manifest.add(Refusal(aside=aside))
