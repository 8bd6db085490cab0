"""Which day a time in UTC is where the outlet is, by what else its page says for machines.

A story of nine in the evening in New York is of the next day in UTC. Believed, in this order: a plain day under a name
of publication in the page's scripts, which is how outlets count their own pages; one time zone that the page names as
its own; one offset that the other times of its data have.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lxml import html

from watchfloor.core.partial_date import PartialDate

_UTC = re.compile(
    r"((?:19|20)\d\d-\d\d-\d\d)[T\s]{1,2}(\d{1,2}:\d\d)(?::\d\d(?:[.,]\d+)?)?\s?(?:Z|[+-]00:?00|UTC|GMT)\s*$"
)
_DAY = re.compile(r"""["']((?:19|20)\d\d)([-/]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])["']""")
_CALLED = re.compile(
    r"""["'][\w.-]{0,40}(?:date_?-?(?:de_?)?(?:publi|creat)[a-z]{0,8}|(?:publi|creat)[a-z]{0,8}_?-?date)["']\s{0,3}:\s{0,3}$""",
    re.IGNORECASE,
)
_LONGEST_KEY = 80  # letters before a day in which its name stands
_ZONE = re.compile(
    r"""time_?-?zone[^<>\[\]]{0,60}?["'](Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)\\?/"""
    r"""([A-Za-z_]{2,30}(?:\\?/[A-Za-z_]{2,30})?)["']""",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s?([+-])(\d\d):?(\d\d)\s*$")
_MOST_LETTERS = 3_000_000  # of all scripts that are looked through; assumed: ten times what a news page has
_NEAR = timedelta(days=1)


def of_outlet(
    found: PartialDate, value: str, root: html.HtmlElement, others: Iterable[str], who: str
) -> PartialDate | None:
    """Return the outlet's own day of a time in UTC, None when the page does not tell it or it is the same.

    found: the day in UTC. value: the words that it was read from. others: more times of the page's data. who: whom the
    reason names for the value.
    """
    clock = _UTC.search(value)
    if clock is None or found.low is None:
        return None
    scripts = "\n".join(map(str, root.xpath("//script/text()")))[:_MOST_LETTERS]
    days = _plain_days(scripts)
    if days:
        return _counted(days.pop(), found.low, value, who) if len(days) == 1 else None
    zone, why = _zone(scripts, others)
    try:
        moment = datetime.fromisoformat(f"{clock[1]}T{clock[2]:0>5}").replace(tzinfo=UTC).astimezone(zone)
    except (ValueError, OverflowError):
        return None
    if zone is None or moment.date() == found.low:
        return None
    return PartialDate(
        value=moment.strftime("%Y-%m-%dT%H:%M"),
        low=moment.date(),
        high=moment.date(),
        precision="minute",
        how=f"{who} says {value!r} in UTC, and {why}",
    )


def _counted(day: date, utc: date, value: str, who: str) -> PartialDate | None:
    if abs(day - utc) != _NEAR:
        return None
    how = f"{who} says {value!r} in UTC, and the page's scripts name {day.isoformat()} as its day"
    return PartialDate(value=day.isoformat(), low=day, high=day, precision="day", how=how)


def _plain_days(scripts: str) -> set[date]:
    found = set()
    for match in _DAY.finditer(scripts):
        if not _CALLED.search(scripts[max(0, match.start() - _LONGEST_KEY) : match.start()]):
            continue
        try:
            found.add(date(int(match[1]), int(match[3]), int(match[4])))
        except ValueError:
            continue
    return found


def _zone(scripts: str, others: Iterable[str]) -> tuple[tzinfo | None, str]:
    """Return the one zone that the page names, else the one offset of its other times, and what says so."""
    names = {f"{match[1]}/{match[2]}".replace("\\", "") for match in _ZONE.finditer(scripts)}
    if len(names) == 1:
        name = names.pop()
        try:
            return ZoneInfo(name), f"it names {name} as its time zone"
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return None, ""
    offsets = {match.groups() for other in others if (match := _OFFSET.search(other))}
    offsets = {one for one in offsets if one[1:] != ("00", "00")}
    if names or len(offsets) != 1:
        return None, ""
    sign, hours, minutes = offsets.pop()
    if int(hours) > 14 or int(minutes) > 59:
        return None, ""
    away = timedelta(hours=int(hours), minutes=int(minutes))
    offset = away if sign == "+" else -away
    return timezone(offset), f"its other times are at {sign}{hours}:{minutes}"
