"""Judges of rows of labels: many in one line, or one below the other."""

import re
from collections.abc import Iterator, Sequence

from watchfloor.clean import markdown
from watchfloor.clean.addresses import ONLINE
from watchfloor.clean.labels import Label, Labels
from watchfloor.clean.units import Unit
from watchfloor.clean.widgets import is_control

_MAX_SHORT = 4  # weight of a label as they stand in rows
_MIN_RUN = 3  # labels in a row that make a menu or a counter
_MAX_ROW = 30  # weight of a line that holds a menu
_MAX_ONLINE = 8  # weight of the words of a link to the same text
_MAX_CELL = 3  # words of one entry of a menu
_MIN_SECTIONS = 3  # names of sections in a row that make a menu
_MIN_HEADLINE = 3  # weight
_DIGIT = re.compile(r"\d")  # a row of a table has figures, a menu has none
_BARS = re.compile(r"\s*[|·•›»¦]\s*|\s+/\s+")

# Names of sections as they stand in the menus of papers.
_SECTIONS = frozenset(
    """
    home news world nation national international local politics business economy money markets finance companies
    tech technology science health climate environment culture arts entertainment life lifestyle living style food
    travel sport sports football opinion comment editorial analysis investigations video videos audio podcasts
    photos pictures weather obituaries puzzles crosswords games jobs property cars motoring education society
    asia europe africa americas latest live more about contact archive newsletters subscribe shop events
    startseite politik wirtschaft kultur sport wissen panorama meinung regional ausland inland reise
    accueil monde politique économie société culture sports sciences opinions régions
    inicio mundo política economía sociedad cultura deportes ciencia opinión
    главная политика экономика общество культура спорт мир
    정치 경제 사회 국제 문화 스포츠 연예 오피니언 홈 전국 포토 동영상
    """.split()
)


def label_rows(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge lines that hold a whole menu: short entries parted by bars, names of sections, or links."""
    for index, unit in enumerate(units):
        if labels[index] is None and unit.end - unit.start <= len(unit.head):
            if markdown.is_row_of_links(unit.head):
                yield index, Label("boilerplate", "row of links")
            elif unit.weight <= _MAX_ROW and ONLINE.search(unit.head) and _is_online(unit):
                yield index, Label("boilerplate", "link to the same text on the web")
            elif unit.weight <= _MAX_ROW and _is_menu(unit):
                yield index, Label("boilerplate", "menu in one line")


def runs(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge three or more very short lines in a row, unless they stand inside the report as a list may."""
    index = 0
    while index < len(units):
        end = index
        while end < len(units) and _in_a_run(units, labels, end):
            end += 1
        if end - index >= _MIN_RUN and _at_an_edge(index, end, units, labels):
            for place in range(index, end):
                yield place, Label("boilerplate", "row of short labels")
        index = max(end, index + 1)


def _in_a_run(units: Sequence[Unit], labels: Labels, index: int) -> bool:
    """A byline is no label, and a line right above one is the headline."""
    unit = units[index]
    if unit.weight > _MAX_SHORT or unit.closed or _signs(labels, index):
        return False
    return not (unit.weight >= _MIN_HEADLINE and labels[index] is None and _signs(labels, index + 1))


def _signs(labels: Labels, index: int) -> bool:
    label = labels[index] if index < len(labels) else None
    return label is not None and label.kind in {"byline", "dateline"}


def _is_online(unit: Unit) -> bool:
    """A link, an address at its end, or nothing but a few words: a sentence about browsers is none of these."""
    return "](" in unit.head or "://" in unit.head or (unit.weight <= _MAX_ONLINE and not unit.closed)


def _is_menu(unit: Unit) -> bool:
    line = markdown.words(unit.head)
    cells = [cell.strip() for cell in _BARS.split(line.strip(" |·•›»¦/"))]
    if len(cells) >= _MIN_RUN:
        return not unit.closed and all(0 < len(cell.split()) <= _MAX_CELL and not _DIGIT.search(cell) for cell in cells)
    if len(cells) == 2 and all(map(is_control, cells)):
        return True
    names = [word.strip(",;").lower() for word in line.split()]
    sections = sum(name in _SECTIONS for name in names)
    return sections >= _MIN_SECTIONS and all(name in _SECTIONS or is_control(name) for name in names)


def _at_an_edge(start: int, end: int, units: Sequence[Unit], labels: Labels) -> bool:
    """Whether the row touches other furniture, or the beginning or the end; a list inside a report touches neither."""
    before = start == 0 or labels[start - 1] is not None
    after = end == len(units) or labels[end] is not None
    inside = sum(labels[place] is not None for place in range(start, end))
    announced = start > 0 and units[start - 1].head.endswith(":")
    return not announced and (before or after or inside * 3 >= end - start)
