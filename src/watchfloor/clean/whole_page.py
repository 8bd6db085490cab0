"""A page's whole text, menus and all, as it is when somebody copies everything: told from a report, and judged."""

from collections.abc import Iterator, Sequence

from watchfloor.clean.labels import Label, Labels
from watchfloor.clean.units import Unit

_MIN_LINES = 40  # 97 of 100 whole pages have more, and half of them short: 5 of 100 extracted texts do
_MIN_SHORT = 0.5  # share of lines that are no prose; the founding report with most furniture has .4
_ABOVE = 20  # lines above the report among which its headline stands; assumed
_MIN_HEADLINE, _MAX_HEADLINE = 4, 40  # weight
_LONG_WORD = 4  # letters
_MIN_SHARED = 0.3  # of a headline's longer words, that the report has too; assumed


def is_whole(units: Sequence[Unit]) -> bool:
    """Return whether a text looks like a page's whole text: many lines, most of them no prose."""
    return len(units) >= _MIN_LINES and sum(not unit.prose for unit in units) >= _MIN_SHORT * len(units)


def furniture(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge what the line model holds to be no part of the report."""
    from watchfloor.clean import line_model  # numpy: only for such a text

    yield from line_model.judged(units, labels, line_model.weigh(units, "whole"))


def headline(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge the line above the report that shares most of its words with it; it overrules the model."""
    first = next((index for index, label in enumerate(labels) if label is None and units[index].prose), None)
    if first is None:
        return
    report = {word for index, label in enumerate(labels) if label is None for word in _words(units[index])}
    best, shared = None, _MIN_SHARED
    for index in range(max(0, first - _ABOVE), first):
        unit = units[index]
        words = _words(unit)
        if words and _MIN_HEADLINE <= unit.weight <= _MAX_HEADLINE and not unit.closed:
            share = len(words & report) / len(words)
            if share > shared or (best is None and share >= shared):
                best, shared = index, share
    if best is not None:
        labels[best] = None
        yield best, Label("headline", "its words are the report's, and it stands above it")


def _words(unit: Unit) -> set[str]:
    return {word for word in unit.head.lower().split() if len(word) >= _LONG_WORD}
