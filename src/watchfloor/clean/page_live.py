"""The entries of a live blog, each with its time: extractors melt them, drop them, or lose when each was written."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from lxml import html
from msgspec import Struct

from watchfloor.clean import dates, published
from watchfloor.clean.page_blocks import blocks
from watchfloor.clean.page_data import PageData, plain, texts
from watchfloor.clean.page_nodes import types
from watchfloor.core.partial_date import PartialDate

_MIN_ENTRIES = 3  # of one kind beside each other; two are a report with a note of correction
_MOST_ENTRIES = 500
_MIN_WORDS = 4  # of an entry
_MIN_WIDE = 10  # letters of one in Chinese, Japanese or Korean
_CLASSES = re.compile(
    r"live-?(?:blog|ticker|feed|update|text|post|event)|minute-?by-?minute|newsticker|directo\b", re.I
)
_HOLDERS = ("div", "section", "article", "ol", "ul", "main")  # elements that may hold the entries
_SIGNS = ("live", "minute", "ticker", "directo")  # one of which each of these classes has, found in no time
_CLOCK = re.compile(r"^\W{0,3}([01]?\d|2[0-3])[:.h]([0-5]\d)\b")
_CONTROL = re.compile(r"^\W*(?:share|teilen|partager|compartir|copy link|link|tweet|facebook|email|print)\W*$", re.I)
_MAX_STAMP = 40  # letters of a line that holds the time of an entry
_MAX_HEADING = 200


class Live(Struct, frozen=True):
    """One entry as the page has it: its heading if it has one, its paragraphs, its time as far as the page says."""

    heading: str | None
    paragraphs: tuple[str, ...]
    published: PartialDate | None


def entries(root: html.HtmlElement, data: PageData, day: PartialDate | None, collected: date) -> tuple[Live, ...]:
    """Return the entries of a live blog in the order of the page, () for any other page.

    They are taken from the markup; from the article data when the markup shows fewer. day: that of the page, to which a
    clock beside an entry belongs when the page was not changed on another day.
    """
    node = next((node for node in data.articles if "liveblogposting" in types(node)), None)
    if node is None and not _says_live(root):
        return ()
    told = tuple(_of_data(node.get("liveBlogUpdate"), collected)) if node else ()
    shown = _of_markup(root, None if node and _changed_later(node, day) else day, collected)
    best = shown if len(shown) >= len(told) else told
    return best if len(best) >= _MIN_ENTRIES else ()


def _says_live(root: html.HtmlElement) -> bool:
    named = (element.get("class") for element in root.iter(*_HOLDERS))
    joined = "\n".join(filter(None, named))
    lower = joined.lower()
    return any(sign in lower for sign in _SIGNS) and bool(_CLASSES.search(joined))


def _changed_later(node: dict[str, object], day: PartialDate | None) -> bool:
    changed = next(texts(node.get("dateModified") or node.get("coverageEndTime")), "")
    return bool(changed and day and day.low and not changed.startswith(day.low.isoformat()))


def _of_data(updates: object, collected: date) -> Iterator[Live]:
    for one in (updates if isinstance(updates, list) else [updates])[:_MOST_ENTRIES]:
        if not isinstance(one, dict):
            continue
        told = next(texts(one.get("datePublished")), "")
        body = one.get("articleBody")
        lines = [line for part in (body if isinstance(body, str) else "").splitlines() if (line := plain(part))]
        if lines:
            stamp = published.read(told, "datePublished of the entry", collected) if told else None
            yield Live(next(texts(one.get("headline")), None), tuple(lines), stamp)


def _of_markup(root: html.HtmlElement, day: PartialDate | None, collected: date) -> tuple[Live, ...]:
    """The entries among which the most text stands, of all groups of like elements that each have a time."""
    groups: dict[tuple[html.HtmlElement, str], list[html.HtmlElement]] = {}
    for stamp in root.xpath("//time | //*[contains(@class,'time') or contains(@class,'date')]"):
        for element in (stamp, *stamp.iterancestors()):
            parent = element.getparent()
            if parent is None or element.tag in {"body", "html"}:
                break
            group = groups.setdefault((parent, str(element.tag)), [])
            if element not in group[-1:]:
                group.append(element)
    best: tuple[Live, ...] = ()
    most = 0
    for (parent, _), group in groups.items():
        if len(group) < _MIN_ENTRIES or not _is_live(parent, group[0]):
            continue
        found = tuple(entry for element in group[:_MOST_ENTRIES] if (entry := _entry(element, day, collected)))
        letters = sum(len(text) for entry in found for text in entry.paragraphs)
        if len(found) >= _MIN_ENTRIES and letters > most:
            best, most = found, letters
    return best


def _is_live(parent: html.HtmlElement, element: html.HtmlElement) -> bool:
    """Whether a group says that it is one of a live blog, itself or by what it stands in."""
    around = (element, parent, *parent.iterancestors())
    return any(
        _CLASSES.search(f"{one.get('class') or ''} {one.get('id') or ''}")
        or "LiveBlog" in (one.get("itemtype") or "")
        or (one.get("itemprop") or "") == "liveBlogUpdate"
        for one in around
    )


def _entry(element: html.HtmlElement, day: PartialDate | None, collected: date) -> Live | None:
    found = blocks(element)
    heading = next((block.text for block in found if block.heading and len(block.text) < _MAX_HEADING), None)
    stamps = {" ".join(str(one.text_content()).split()) for one in element.iter("time")}
    lines = [b.text for b in found if not (b.heading or b.text in stamps or _is_furniture(b.text))]
    if sum(len(line.split()) for line in lines) < _MIN_WORDS and sum(map(len, lines)) < _MIN_WIDE:
        return None
    return Live(heading, tuple(lines), _stamp(element, [block.text for block in found], day, collected))


def _is_furniture(line: str) -> bool:
    if _CONTROL.match(line):
        return True
    return len(line) < _MAX_STAMP and (bool(_CLOCK.match(line)) or any(True for _ in dates.full(line)))


def _stamp(
    element: html.HtmlElement, lines: Sequence[str], day: PartialDate | None, collected: date
) -> PartialDate | None:
    for told in element.xpath(".//time/@datetime | .//*[@itemprop='datePublished']/@content")[:1]:
        if found := published.read(str(told), "the time element of the entry", collected):
            return found
    short = [line for line in lines if len(line) < _MAX_STAMP]
    for line in short:
        if found := published.read(line, "the entry", collected):
            return found
    clock = next((match for line in short if (match := _CLOCK.match(line))), None)
    if clock is None or day is None or day.low is None or day.low != day.high:
        return None
    value = f"{day.low.isoformat()}T{int(clock[1]):02d}:{clock[2]}"
    how = f"the clock {clock[0].strip()!r} at the entry, on the day of the page"
    return PartialDate(value=value, low=day.low, high=day.high, precision="minute", how=how)
