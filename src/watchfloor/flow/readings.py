"""Readings kept from run to run: the annotator reads a paragraph once, however often it is printed."""

from collections.abc import Callable, Iterable, Mapping

from watchfloor.annotate import reading
from watchfloor.core.report import Report
from watchfloor.store.readings import Readings

Known = Callable[[str, Iterable[str]], Mapping[str, bytes]]
"""Answers which readings of a version are kept, of those with these keys."""


def recall(known: Known, report: Report) -> frozenset[str]:
    """Hand the annotator the kept readings of a report's paragraphs; return the keys of the paragraphs without one."""
    paragraphs = reading.keys(report)
    return frozenset(paragraphs) - reading.put(paragraphs, known(reading.version(), paragraphs))


def fresh(missing: frozenset[str]) -> Readings:
    """Return what the annotator has read since of the paragraphs that were missing, to be kept with their report."""
    return Readings(reading.version(), reading.fresh(sorted(missing)))
