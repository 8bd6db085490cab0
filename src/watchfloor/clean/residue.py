"""Which stretches of an extracted text are the report, and why the rest is not."""

from collections.abc import Callable, Iterator, Sequence

from watchfloor.clean import bylines, captions, embedded, front_matter, headings, notices, widgets
from watchfloor.clean.labels import Label, Labels
from watchfloor.clean.units import Unit
from watchfloor.core.report import Passage

Judge = Callable[[Sequence[Unit], Labels], Iterator[tuple[int, Label]]]

TEXT: tuple[Judge, ...] = (
    front_matter.front_matter,
    headings.markdown_headings,
    widgets.controls,
    notices.copyright_lines,
    notices.disclosures,
    notices.credits,
    bylines.bylines,
    captions.captions,
    widgets.prompts,
    widgets.modules,
    widgets.runs,
    widgets.other_scripts,
    headings.headlines,
    headings.datelines,
    headings.subheads,
)
"""The judges of plain text, in order: the first to speak about a unit is right. What is left is body."""

PAGE: tuple[Judge, ...] = (
    widgets.controls,
    notices.copyright_lines,
    notices.disclosures,
    notices.credits,
    widgets.prompts,
    headings.datelines,
)
"""The judges of a body that an extractor took out of a page: it has seen to the rest already."""


def judged(units: Sequence[Unit], judges: Sequence[Judge]) -> tuple[Labels, embedded.Appendix | None]:
    """Return one label per unit, None for body, and the block appended after the report if there is one."""
    labels: Labels = [None] * len(units)
    for judge in judges:
        for index, label in tuple(judge(units, labels)):
            labels[index] = labels[index] or label
    block = embedded.find(units, labels)
    if block:
        embedded.mark(labels, block)
    return labels, block


def passages(units: Sequence[Unit], labels: Labels) -> tuple[Passage, ...]:
    """Return the passages that the labels make of the units."""
    return tuple(passage for unit, label in zip(units, labels, strict=True) for passage in _passages(unit, label))


def _passages(unit: Unit, label: Label | None) -> Iterator[Passage]:
    if label is None:
        yield Passage(start=unit.start, end=unit.end, kind="body")
        return
    if label.prefix is None:
        yield Passage(start=unit.start, end=unit.end, kind=label.kind, reason=label.reason)
        return
    middle = unit.start + label.prefix
    gap = len(unit.head[label.prefix :]) - len(unit.head[label.prefix :].lstrip())
    yield Passage(start=unit.start, end=middle, kind=label.kind, reason=label.reason)
    yield Passage(start=middle + gap, end=unit.end, kind="body")
