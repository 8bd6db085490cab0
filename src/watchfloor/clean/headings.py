"""Judges of headline, dek, subheads and date lines: by where they stand."""

import re
from collections.abc import Iterator, Sequence

from watchfloor.clean.labels import Label, Labels
from watchfloor.clean.units import Unit

_MIN_HEADLINE = 3  # weight
_MAX_HEADLINE = 40
_MIN_LEAD = 12  # weight of a first paragraph
_MAX_SUBHEAD = 16
_MAX_SUBHEAD_RUN = 2  # more unclosed lines in a row are a list, not headings
_MAX_TRAILING = 12  # weight of a line after the end that is no cut-off sentence
_QUESTION = re.compile(r"[?!？！][\"'”’]?$")
_MARKDOWN = re.compile(r"^(#{1,6})\s+(?=\S)")
_BULLET = re.compile(r"^(?:[•◦▪■●○▶►※*·‣–—-]|\(?\d{1,2}[.)])\s")
_AGENCY_LINE = re.compile(
    r"^(?P<place>[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ .'’-]{2,30}(?:[,/]\s?[A-Z][\w .'’-]{1,25})?|"
    r"[A-Z][\w'’.-]{2,20}(?:,\s[A-Z][\w'’. -]{2,20})?)"
    r"(?P<date>,?\s(?:\w{3,9}\.?\s\d{1,2}|\d{1,2}\s\w{3,9}\.?)(?:,?\s\d{4})?)?"
    r"\s?(?:\((?P<agency>[A-Z][\w .&/-]{1,40})\))?\s?(?:-{1,2}|–|—)\s(?=\S)"
)
_PLACE_IN_CAPITALS = re.compile(r"^[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ .'’-]+")


def agency_line(unit: Unit) -> re.Match[str] | None:
    """Return the match of an agency's date line at the head of a paragraph ("SEOUL, Oct. 21 (Example) -- ").

    A place with nothing but a dash after it must be in capitals: "Kim — who ..." is a sentence.
    """
    match = _AGENCY_LINE.match(unit.head)
    if not match or not unit.prose:
        return None
    shouted = _PLACE_IN_CAPITALS.match(match["place"])
    return match if match["agency"] or match["date"] or (shouted and len(match["place"]) > 3) else None


def datelines(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge the agency's date line that opens the first paragraph; the rest of the paragraph stays body."""
    for index, unit in enumerate(units):
        if labels[index] is None and unit.prose:
            match = agency_line(unit)
            if match:
                yield index, Label("dateline", "agency date line", len(match[0].rstrip()))
            return


def headlines(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge the lines before the first paragraph: the first is the headline, the next the dek."""
    lead = next((i for i, unit in enumerate(units) if labels[i] is None and _is_lead(unit)), None)
    if lead is None:
        return
    found = any(label is not None and label.kind == "headline" for label in labels)
    for index in range(lead):
        unit = units[index]
        if labels[index] is not None or unit.weight > _MAX_HEADLINE or _MARKDOWN.match(unit.head):
            continue
        if unit.closed and not (_QUESTION.search(unit.tail) and not found):
            continue
        if unit.weight < _MIN_HEADLINE:
            yield index, Label("boilerplate", "section name or label before the report")
        else:
            yield index, Label("dek" if found else "headline", "line below the headline" if found else "first line")
            found = True


def markdown_headings(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge lines marked as headings; the first "#" is the headline."""
    found = False
    for index, unit in enumerate(units):
        match = _MARKDOWN.match(unit.head)
        if match and unit.weight <= _MAX_HEADLINE:
            first = len(match[1]) == 1 and not found
            found = found or first
            yield index, Label("headline" if first else "subhead", "marked as a heading")


def subheads(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge short lines without full stop: between paragraphs subheads, after the last one furniture."""
    body = [i for i, unit in enumerate(units) if labels[i] is None and unit.prose]
    if not body:
        return
    run: list[int] = []
    for index in range(body[0], len(units)):
        if _is_subhead(units[index]) and labels[index] is None:
            run.append(index)
            continue
        if len(run) <= _MAX_SUBHEAD_RUN and index < body[-1] + 1 and (labels[index] is None):
            yield from ((place, Label("subhead", "short line between paragraphs")) for place in run)
        run = []
    for index in range(body[-1] + 1, len(units)):
        unit = units[index]
        if labels[index] is None and not unit.closed and unit.weight <= _MAX_TRAILING and not _BULLET.match(unit.head):
            yield index, Label("boilerplate", "short line after the end")


def title_of(line: str) -> str:
    """Return a headline without its Markdown sign."""
    return _MARKDOWN.sub("", line).strip()


def _is_lead(unit: Unit) -> bool:
    return unit.prose and unit.weight >= _MIN_LEAD and (unit.closed or unit.weight > _MAX_HEADLINE)


def _is_subhead(unit: Unit) -> bool:
    return not unit.closed and 2 <= unit.weight <= _MAX_SUBHEAD and not _BULLET.match(unit.head)
