"""The file of indicators and measures that a node begins with."""

from pathlib import Path

from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.flow.configuration import configuration, file_of
from watchfloor.flow.sample import watch_file
from watchfloor.flow.situation import situation
from watchfloor.watch.first_indicators import first_indicators


def first_watch(database: Path | str | None, *, sample: bool = False) -> str:
    """Return the text to begin with: taken from what the reports of the database say, as the reader sees them.

    Without a database it is that of an empty one. sample: that of the sample situation, whatever is in the database.
    """
    if sample:
        return watch_file().read_text(encoding="utf-8")
    settings = configuration()
    path = file_of(database or settings.database)
    if path is not None and not path.exists():
        return first_indicators(_nothing(Reader(name="", clearance=settings.clearance, partner=None)))
    with situation(database) as opened:
        return first_indicators(opened.picture())


def _nothing(reader: Reader) -> Picture:
    return Picture(
        reader=reader,
        as_of=None,
        reports=(),
        annotations={},
        copies=(),
        stories=(),
        entities=(),
        claims=(),
        encounters=(),
    )
