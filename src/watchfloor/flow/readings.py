"""Readings kept from run to run: the annotator reads a paragraph once, however often it is printed."""

from watchfloor.annotate import reading
from watchfloor.core.marking import Reader
from watchfloor.core.report import Report
from watchfloor.store.readings import Readings
from watchfloor.store.store import Store


def recall(store: Store, reader: Reader, report: Report) -> frozenset[str]:
    """Hand the annotator the kept readings of a report's paragraphs; return the keys of the paragraphs without one."""
    paragraphs = reading.keys(report)
    known = store.readings(reader, reading.version(), paragraphs)
    return frozenset(paragraphs) - reading.put(paragraphs, known)


def fresh(missing: frozenset[str]) -> Readings:
    """Return what the annotator has read since of the paragraphs that were missing, to be kept with their report."""
    return Readings(reading.version(), reading.fresh(sorted(missing)))
