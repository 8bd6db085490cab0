"""The founding reports run through collect, clean, annotate and resolve, for the benches that score them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from watchfloor.clean.reports import clean
from watchfloor.collect.files import collect
from watchfloor.core.annotation import Annotation
from watchfloor.core.capture import Capture
from watchfloor.core.report import Report
from watchfloor.flow.parts import parts
from watchfloor.flow.pipeline import annotated


def read(paths: Sequence[Path]) -> list[tuple[str, Report, tuple[Annotation, ...]]]:
    """Return file name, report and annotations of each founding report."""
    chosen = parts()
    found = []
    for path in paths:
        (capture,) = collect([str(path)], now=datetime(2024, 11, 30, tzinfo=UTC))
        if not isinstance(capture, Capture):
            raise capture
        report = clean(capture)
        found.append((path.name, report, annotated(report, chosen)))
    return found
