"""One piece read: collected, cleaned, annotated, and written down as a file of its own.

What a report says depends on its own bytes alone. Nothing is known here of other pages of its host, as it is when pages
are taken in one after the other: what was known would depend on how the work was cut and who came first.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

from msgspec import structs

from watchfloor.clean.reports import clean
from watchfloor.collect.captured import Told
from watchfloor.collect.files import collect
from watchfloor.collect.limits import DEFAULT
from watchfloor.collect.names import locator_of
from watchfloor.collect.warc import captures_in
from watchfloor.collect.warc_originals import Originals
from watchfloor.collect.warc_parts import parts as cut
from watchfloor.core.annotation import Annotation
from watchfloor.core.aside import aside_of
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside, WatchfloorError
from watchfloor.core.report import Report
from watchfloor.flow.bulk.part_file import Item, Light, Refused, path_of, write
from watchfloor.flow.bulk.work import Cut, Header, Part, Places, Read, monday
from watchfloor.flow.copying import earliest_first, fingerprinted
from watchfloor.flow.deadline import deadline
from watchfloor.flow.parts import Part as Annotator
from watchfloor.flow.pipeline import annotated, refuse_other_pages

At = Callable[[int], None]
"""Told before an item is begun which one it is, so that what kills the reader is known."""


def places(work: Cut, header: Header) -> Places:
    """Return where a web archive may be cut."""
    path = Path(work.file)
    try:
        return Places(file=work.file, parts=tuple(cut(path, work.pages)))
    except OSError as error:
        told = SetAside("unreadable", f"cannot be read: {error.strerror or error}")
        return Places(file=work.file, parts=(), aside=aside_of(told, "collect", locator_of(path), header.now))


def read(work: Read, header: Header, chosen: Sequence[Annotator], at: At) -> Part:
    """Read a piece, write its file, and return what came of it."""
    began = time.process_time()
    read: list[Item] = []
    refused: list[Refused] = []
    items = _items(work, header)
    number = 0
    for number in _counted(at):
        item = next(items, None)
        if item is None:
            break
        made = _made(item, number, work, header, chosen)
        if isinstance(made, Item):
            read.append(made)
        else:
            refused.append(made)
    weeks = by_week(read)
    content = path_of(header.folder, work.id)
    digest = write(content, work.id, weeks, refused)
    return Part(
        id=work.id,
        digest=digest,
        size=content.stat().st_size,
        items=number,
        reports=len(read),
        reasons=dict(sorted(Counter(one.aside.reason for one in refused).items())),
        weeks={week: len(some) for week, some in weeks.items()},
        cpu=round(time.process_time() - began, 3),
    )


def by_week(read: Sequence[Item]) -> dict[str, Sequence[tuple[Light, Item]]]:
    """Return reports by the week of their day, or of the day on which they were collected; in order of time."""
    weeks: dict[str, list[tuple[Light, Item]]] = defaultdict(list)
    for item in read:
        day = _day(item.report)
        time_, address, id = earliest_first(item.report)
        ordinal = None if day is None else day.toordinal()
        light = Light(time_, address, id, item.capture.id, ordinal, item.hashes)
        weeks[monday(day or item.report.collected.date())].append((light, item))
    return {week: sorted(some, key=lambda one: _place(one[0])) for week, some in sorted(weeks.items())}


def _place(light: Light) -> tuple[str, str, str, str]:
    return light.time, light.address, light.id, light.capture


def _counted(at: At) -> Iterator[int]:
    number = 0
    while True:
        at(number)
        yield number
        number += 1


def _items(work: Read, header: Header) -> Iterator[Capture | SetAside]:
    told = Told(now=header.now, feed="files", outlet=header.outlet, published=header.published, marking=header.marking)
    if work.part is None:
        yield from collect(
            work.files,
            now=header.now,
            outlet=header.outlet,
            published=header.published,
            marking=header.marking,
        )
        return
    file = work.files[0]
    locator = locator_of(Path(file))
    yield from captures_in(_opener(file), locator, told, originals=_originals(file), file=locator, part=work.part)


@lru_cache(maxsize=2)
def _originals(file: str) -> Originals:
    """Return where revisits of an archive find their originals: in it; piece after piece is mostly of one archive."""
    return Originals([_opener(file)], (), most=DEFAULT.file_bytes)


def _opener(file: str) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        return Path(file).open("rb")

    return opened


def _made(
    item: Capture | SetAside, number: int, work: Read, header: Header, chosen: Sequence[Annotator]
) -> Item | Refused:
    if isinstance(item, SetAside):
        return Refused(number, aside_of(item, "collect", item.locator or work.locator, header.now), None)
    kept = item if header.keeps_bytes else structs.replace(item, data=b"")
    if number in work.skip:
        told = SetAside("poison", "whoever read it died, time and again; it was passed over")
        return Refused(number, aside_of(told, "clean", item.locator, header.now, item.id), _with_bytes(kept))
    made = _report(item, header, chosen)
    if isinstance(made, _Failed):
        aside = aside_of(made.error, made.room, item.locator, header.now, item.id)
        return Refused(number, aside, _with_bytes(kept))
    return Item(number, kept, made.report, made.found, fingerprinted([made.report])[0].hashes)


class _Failed(NamedTuple):
    room: str
    error: SetAside


class _Read(NamedTuple):
    report: Report
    found: tuple[Annotation, ...]


def _report(capture: Capture, header: Header, chosen: Sequence[Annotator]) -> _Read | _Failed:
    room = "clean"
    try:
        with deadline(header.seconds):
            report = clean(capture, quality=header.quality)
            refuse_other_pages(report)
            room = "annotate"
            return _Read(report, annotated(report, chosen))
    except SetAside as error:
        return _Failed(room, error)
    except WatchfloorError:
        raise
    except Exception as error:  # noqa: BLE001 - what nobody foresaw in one report is recorded, and the piece goes on
        told = SetAside("internal-error", f"{type(error).__name__}: {error}; please report it with this file")
        return _Failed(room, told)


def _with_bytes(capture: Capture) -> Capture | None:
    return capture if capture.data else None


def _day(report: Report) -> date | None:
    return report.published.low if report.published else None
