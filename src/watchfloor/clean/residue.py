"""Which stretches of an extracted text are the report, and why the rest is not."""

from collections.abc import Callable, Iterator, Sequence

from watchfloor.clean import (
    bylines,
    captions,
    embedded,
    front_matter,
    headings,
    mastheads,
    notices,
    rows,
    whole_page,
    widgets,
)
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
    mastheads.mastheads,
    rows.label_rows,
    captions.captions,
    notices.signatures,
    widgets.prompts,
    widgets.modules,
    rows.runs,
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
    bylines.bylines,
    captions.captions,
    notices.signatures,
    widgets.prompts,
    widgets.modules,
    headings.datelines,
)
"""The judges of a body that an extractor took out of a page: it has seen to the rest already."""

QUICK: tuple[Judge, ...] = tuple(judge for judge in PAGE if judge is not bylines.bylines)
"""The judges of a page of an archive, for which there are milliseconds."""

BLOCKS: tuple[Judge, ...] = tuple(
    judge for judge in TEXT if judge not in {front_matter.front_matter, headings.markdown_headings}
)
"""The judges of a page that no extractor could part: its own blocks, with all of their furniture."""

WHOLE: tuple[Judge, ...] = (whole_page.furniture, whole_page.headline, *TEXT)
"""The judges of a page's whole text: the line model has the first word, the rules see what it leaves."""

MOST_UNITS = 6_000
"""Lines of a text that are judged, half of them from either end; no report is as long. The rest is body."""


def judged(units: Sequence[Unit], judges: Sequence[Judge]) -> tuple[Labels, embedded.Appendix | None]:
    """Return one label per unit, None for body, and the block appended after the report if there is one."""
    if len(units) > MOST_UNITS:
        return _ends_judged(units, judges), None
    labels = _judged(units, judges)
    block = embedded.find(units, labels)
    if block:
        embedded.mark(labels, block)
    return labels, block


def quick(units: Sequence[Unit]) -> Labels:
    """Return one label per unit as the quick judges see it, None for body; no block is looked for."""
    return _judged(units, QUICK) if whole(units) else _ends_judged(units, QUICK)


def whole(units: Sequence[Unit]) -> bool:
    """Return whether all of the units are judged, not only those at either end."""
    return len(units) <= MOST_UNITS


def _judged(units: Sequence[Unit], judges: Sequence[Judge]) -> Labels:
    labels: Labels = [None] * len(units)
    for judge in judges:
        for index, label in tuple(judge(units, labels)):
            labels[index] = labels[index] or label
    return labels


def _ends_judged(units: Sequence[Unit], judges: Sequence[Judge]) -> Labels:
    half = MOST_UNITS // 2
    ends = _judged((*units[:half], *units[-half:]), judges)
    return [*ends[:half], *[None] * (len(units) - MOST_UNITS), *ends[half:]]


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
