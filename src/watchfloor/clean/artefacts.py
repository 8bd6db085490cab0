"""Traces that machine translation leaves in English text, each with its place; one alone proves nothing."""

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from watchfloor.clean.bylines import parse
from watchfloor.clean.labels import Labels
from watchfloor.clean.units import Unit


class Artefact(Struct, frozen=True):
    """One trace: its kind in words and its offsets in the text."""

    kind: str
    start: int
    end: int


_SPLIT = re.compile(r"\b(?P<word>[a-z]{4,20})\. (?P<next>[a-z]{2,20})\b")
_ABBREVIATED = frozenset("approx assoc dept etal corp govt intl univ para sect prof messrs capt comdr".split())
_STRANDED = re.compile(
    r"[”\"] [“\"]\w{1,30}(?:['’]\w{1,30})?(?: \w{1,30}(?:['’]\w{1,30})?){0,2}[,.][”\"] (?:he|she|they) \w+"
)
_COUNTER = re.compile(r"^\W{0,4}\d{1,5}(?P<word>[^\W\d_]{2,12})\W*$")
_MAX_LABEL = 4  # weight of a label; the first ones of an appended block may be counters of the report
_USUAL_COUNTERS = frozenset(
    "min mins sec st nd rd th am pm km cm mm kg gb mb px views view likes like shares share comments comment".split()
)
_MAX_UNIT = 20_000  # letters of a paragraph looked at for broken quotation marks


def artefacts(text: str, units: Sequence[Unit], labels: Labels) -> tuple[Artefact, ...]:
    """Return the traces found, at most one of each kind, in the order of the kinds."""
    finders: tuple[Callable[[str, Sequence[Unit], Labels], Iterator[Artefact]], ...] = (
        _broken_quotes,
        _split_sentences,
        _stranded_predicates,
        _glued_counters,
        _order_of_byline,
    )
    return tuple(first for finder in finders if (first := next(finder(text, units, labels), None)))


def _body(text: str, units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, str]]:
    for unit, label in zip(units, labels, strict=True):
        if label is None or label.prefix is not None:
            yield unit.start, text[unit.start : min(unit.end, unit.start + _MAX_UNIT)]


def _broken_quotes(text: str, units: Sequence[Unit], labels: Labels) -> Iterator[Artefact]:
    """A closing mark that nothing opened, in a paragraph that uses curly marks only."""
    for start, paragraph in _body(text, units, labels):
        if "”" not in paragraph or '"' in paragraph or "„" in paragraph:
            continue
        depth = 0
        for place, letter in enumerate(paragraph):
            depth += (letter == "“") - (letter == "”")
            if depth < 0:
                yield Artefact("quotation marks broken across a sentence", start, start + place + 1)
                break


def _split_sentences(text: str, units: Sequence[Unit], labels: Labels) -> Iterator[Artefact]:
    """A full stop inside a phrase: the next word goes on in lower case."""
    for start, paragraph in _body(text, units, labels):
        for match in _SPLIT.finditer(paragraph):
            if match["word"] not in _ABBREVIATED:
                yield Artefact("sentence split inside a phrase", start + match.start(), start + match.end())


def _stranded_predicates(text: str, units: Sequence[Unit], labels: Labels) -> Iterator[Artefact]:
    """A quotation of up to three words right after another one: a verb that stood at the end of the sentence."""
    for start, paragraph in _body(text, units, labels):
        for match in _STRANDED.finditer(paragraph):
            yield Artefact(
                "the verb of a quotation stranded in marks of its own", start + match.start(), start + match.end()
            )


def _glued_counters(text: str, units: Sequence[Unit], labels: Labels) -> Iterator[Artefact]:
    """A counter word that became a noun: "0piece" in one label, "piece" alone in another."""
    furniture = [
        unit
        for unit, label in zip(units, labels, strict=True)
        if label and (label.kind == "boilerplate" or (label.kind == "embedded" and unit.weight <= _MAX_LABEL))
    ]
    alone = {unit.head.strip(" -•*·").lower() for unit in furniture}
    for unit in furniture:
        match = _COUNTER.match(unit.head)
        if match and match["word"].lower() in alone - _USUAL_COUNTERS:
            yield Artefact("counter word translated as a noun", unit.start, unit.end)


def _order_of_byline(text: str, units: Sequence[Unit], labels: Labels) -> Iterator[Artefact]:
    """ "Reporter" before the name: how Korean bylines come out word by word."""
    for unit, label in zip(units, labels, strict=True):
        if label and label.kind == "byline":
            byline = parse(unit)
            if byline and byline.korean_order:
                yield Artefact("byline in the word order of another language", unit.start, unit.end)
