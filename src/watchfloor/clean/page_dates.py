"""When a page was published: what it says for machines, what it prints, then htmldate; never when it was changed.

A time for machines may fall on another day than the outlet's own: in UTC it does so every evening or morning, and a
story put out at night belongs to the edition of the next day. The day printed beside the headline is right then.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from lxml import etree, html
from msgspec import structs

from watchfloor.clean import date_order, dates, page_zone, published
from watchfloor.clean.page_beside import Beside
from watchfloor.clean.page_blocks import Block
from watchfloor.clean.page_data import PageData, texts
from watchfloor.core.partial_date import PartialDate

logging.getLogger("htmldate").addHandler(logging.NullHandler())  # it warns of every page without a date

_META = (
    "article:published_time",
    "og:published_time",
    "article:published",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "publish-date",
    "pubdate",
    "pub_date",
    "publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "citation_publication_date",
    "cxenseparse:recs:publishtime",
    "rnews:datepublished",
    "date",
)
_PLACES = (
    "//time[@pubdate or @itemprop='datePublished' or @itemprop='dateCreated']/@datetime"
    " | //*[@itemprop='datePublished' or @itemprop='dateCreated']/@content"
)
# What htmldate must not see: a change is no publication.
_CHANGED = ("modif", "updat", "revis", "lastmod")
_UTC = re.compile(r"T?\s?\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s?(?:Z|\+00:?00|UTC|GMT)\s*$")
_MAX_LINE = 160  # letters of a line that is printed beside a headline and holds a date
_MAX_WORDS = 14  # that it has beside the date
_OTHER = re.compile(
    r"joined|member since|registered|born|geboren|mitglied seit|inscrit le|photo|foto|©|\(c\)|copyright|archiv|"
    r"getty|file picture|사진",
    re.IGNORECASE,
)
_MOST_TEXT = 2_000  # letters of one piece of text in which a day is looked for; assumed
_BELOW = 3  # lines below the report in which its date may stand
_NEAR = timedelta(days=1)  # between a day in UTC and the outlet's own
_EVENING = 17  # the hour from which on a story may be of the next day's edition; assumed
_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_ADDRESS_WORDS = re.compile(
    r"/((?:19|20)\d\d)/(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}/(0?[1-9]|[12]\d|3[01])(?=/|$)", re.I
)
_SHORT_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def page_date(
    root: html.HtmlElement, data: PageData, collected: date, url: str | None, around: Beside
) -> PartialDate | None:
    """Return the day of publication with the place it was found in, None when the page gives none."""
    order = date_order.of_outlet(root.get("lang"), url)
    for value, where in _told(root, data):
        if found := published.read(value, where, collected, order):
            near = tuple(_printed(around.after, order, collected))
            return (
                _as_printed(found, value, near) or page_zone.of_outlet(found, value, root, _times(data), where) or found
            )
    printed = (
        next(_printed((*around.after, *around.before), order, collected), None)
        or next(_printed(around.below()[:_BELOW], order, collected), None)
        or next(_stamped(around.after, collected), None)
    )
    if printed:
        return printed
    return _of_address(url, collected) or _searched(root, collected, url)


def _told(root: html.HtmlElement, data: PageData) -> Iterator[tuple[str, str]]:
    """Yield what the page says for machines, best first, and where."""
    for node in data.articles:
        for key in ("datePublished", "dateCreated"):
            for value in texts(node.get(key)):
                yield value, f"{key} in the page's article data"
    for name in _META:
        for value in data.meta.get(name, ()):
            yield value, f"the meta element {name}"
    for value in list(root.xpath(_PLACES))[:3]:
        yield str(value), "the page's time element"
    for node in data.pages:
        for value in texts(node.get("datePublished")):
            yield value, "datePublished in the page's data"


def _times(data: PageData) -> Iterator[str]:
    """Yield the other times of the page's data, changes among them: they tell at which offset the outlet writes."""
    for node in data.articles:
        for key in ("dateModified", "datePublished", "dateCreated"):
            yield from texts(node.get(key))
    for name in ("article:modified_time", "article:published_time", "og:updated_time"):
        yield from data.meta.get(name, ())


def _as_printed(found: PartialDate, value: str, near: Sequence[PartialDate]) -> PartialDate | None:
    """The day printed beside the headline, when what is said for machines is one day off; None when nothing decides.

    Where the same day is printed, it is the day. In other zones than UTC only the next day counts, printed without an
    hour, of a story put out in the evening: it is that of the edition. With an hour it is that of a later change.
    """
    if found.low is None or found.low in {one.low for one in near}:
        return found if near else None
    if _UTC.search(value):
        other = next((one for one in near if one.low and abs(one.low - found.low) == _NEAR), None)
        why = "is in UTC"
    else:
        is_late = found.precision == "minute" and int((found.value or "")[11:13]) >= _EVENING
        days = {one.low for one in near}
        other = near[0] if is_late and days == {found.low + _NEAR} and near[0].precision == "day" else None
        why = "is the evening before"
    return structs.replace(other, how=f"{other.how}; {value!r} in the page's data {why}") if other else None


def _printed(blocks: Sequence[Block], order: date_order.Order | None, collected: date) -> Iterator[PartialDate]:
    """Yield the days printed in short lines beside the headline or below the report; no changes, no pictures' days."""
    said = ""
    for block in blocks:
        line = block.text
        if not _OTHER.search(said[-_MAX_LINE:]) and not _is_caption(block):
            yield from _of_line(line, order, collected)
        said = line


def _of_line(line: str, order: date_order.Order | None, collected: date) -> Iterator[PartialDate]:
    found = tuple(dates.full(line)) if len(line) <= _MAX_LINE and not _OTHER.search(line) else ()
    if not found and (alone := dates.short(line)) and order:  # 03.04.05 can be anything where nothing gives the order
        found = (alone,)
    if not found or len(line[: found[0].start].split()) + len(line[found[-1].end :].split()) > _MAX_WORDS:
        return
    before = 0
    for one in found:
        words = line[one.start : one.end].strip()
        changed = published.UPDATED.search(line[before : one.start])
        before = one.end
        made = dates.partial(date_order.settled(one, order), f"printed beside the headline as {words!r}")
        if made and made.low and not changed and published.possible(made, collected):
            yield made


def _stamped(blocks: Sequence[Block], collected: date) -> Iterator[PartialDate]:
    """Yield the days of time elements beside the headline ("1 minute ago")."""
    for block in blocks:
        if block.linked or _is_caption(block) or published.UPDATED.search(block.text[:_MAX_LINE]):
            continue
        for stamp in block.element.xpath("(self::time | .//time)/@datetime")[:1]:
            if made := published.read(str(stamp), "a time element beside the headline", collected):
                yield made


def _is_caption(block: Block) -> bool:
    return block.element.tag in {"figcaption", "caption"} or "caption" in (block.element.get("class") or "").lower()


def _of_address(url: str | None, collected: date) -> PartialDate | None:
    """The day in the address: /2024/05/03/ or /2024/may/03/."""
    if match := _ADDRESS.search(url or ""):
        day = "-".join(match.groups())
    elif match := _ADDRESS_WORDS.search(url or ""):
        day = f"{match[1]}-{_SHORT_MONTHS.index(match[2].lower()) + 1:02d}-{int(match[3]):02d}"
    else:
        return None
    return published.read(day, "the page's address", collected)


def _searched(root: html.HtmlElement, collected: date, url: str | None) -> PartialDate | None:
    """Ask htmldate, which looks through markup, address and text; it may not look past the day of collection."""
    from htmldate import find_date  # heavy, and rarely needed

    latest = datetime.combine(collected + timedelta(days=1), time())
    try:
        value = find_date(_unchanged(root), original_date=True, extensive_search=True, url=url, max_date=latest)
    except (ValueError, OverflowError, etree.LxmlError):
        return None
    found = published.read(value, "htmldate, from markup, address or text,", collected) if value else None
    return found if found and found.low and _stands_in(root, found.low, url) else None


def _stands_in(root: html.HtmlElement, day: date, url: str | None) -> bool:
    """Return whether the page or its address has this very day: htmldate makes days out of months and years as well."""
    places = (
        url or "",
        *map(str, root.xpath("//@content | //@datetime | //@title | //@href | //@src | //script/text()")),
    )
    digits = rf"(?<!\d){day.year}[-/._]?{day.month:02d}[-/._]?{day.day:02d}(?!\d)"
    if any(re.search(digits, place) for place in places if str(day.year) in place):
        return True
    return any(
        day == one.other or (day.year, day.month, day.day) == (one.year, one.month, one.day)
        for text in root.xpath("//text()[not(parent::script or parent::style)] | //@content | //@title")
        for one in dates.full(str(text)[:_MOST_TEXT])
    )


def _unchanged(root: html.HtmlElement) -> html.HtmlElement:
    """A copy without the elements that tell of later changes."""
    copy = html.fromstring(html.tostring(root), parser=html.HTMLParser(encoding="utf-8"))
    for element in list(copy.iter("meta")):
        parent = element.getparent()
        names = " ".join(
            filter(None, (element.get(key) for key in ("property", "name", "itemprop", "http-equiv")))
        ).lower()
        if parent is not None and any(word in names for word in _CHANGED):
            parent.remove(element)
    return copy
