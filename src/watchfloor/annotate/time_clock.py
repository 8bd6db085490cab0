"""Times of day: by the clock and by its parts, as TimeML writes them."""

import re

from watchfloor.annotate.time_frame import Frame
from watchfloor.annotate.time_words import folded
from watchfloor.core.partial_date import PartialDate

_ZONE = (
    r"(?:\s?\(?(?:[ECMP][SD]T|[ECMP]T|GMT|UTC|BST|CES?T|EES?T|MSK|JST|KST|IST|AE[SD]T|Z"
    r"|(?:eastern|central|mountain|pacific|local|greenwich|moscow)(?:\s(?:standard|daylight|mean))?(?:\stime)?"
    r"|(?:GMT|UTC)[+-]\d{1,2}(?::?\d{2})?)\)?)?"
)
TIME = re.compile(
    r"(?:at\s)?(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?::(?P<second>\d{2}))?"
    r"(?:\s?(?P<half>[ap])\.?\s?m\.?(?!\w)|(?P<sharp>\s?(?:o['’]clock|hours))|(?<=:\d\d))"
    rf"|(?P<named>noon|midday|midnight)){_ZONE}",
    re.I,
)
"""A time by the clock: "10 p.m. EST", "16:30 GMT", "noon"."""

PARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "dawn": "MO", "dusk": "EV"}
PART_OF_DAY = re.compile(
    rf"(?:(?:early|mid|late|later|in\sthe|on\sthe|during\sthe|the)[\s-])*(?P<part>{'|'.join(PARTS)}|overnight)\b", re.I
)
"""A part of a day: "late evening", "in the morning"."""


def clock(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """3 p.m.; 10:30 am"""
    hour, minute = int(match["hour"]), match["minute"]
    if not 1 <= hour <= 12 or (minute and int(minute) > 59):
        return None
    hour = hour % 12 + (12 if match["half"].casefold().startswith("p") else 0)
    value = f"T{hour:02}:{minute}" if minute else f"T{hour:02}"
    return PartialDate(
        value=value, low=None, high=None, precision="minute" if minute else "hour", how="a time of day without its day"
    )


def written(time: re.Match[str]) -> str | None:
    """Return "T22:00" for a match of TIME, None when no clock shows it; zones are left out, as TimeML values do.

    >>> [written(TIME.match(words)) for words in ("10 p.m. EST", "noon", "25:10")]
    ['T22:00', 'T12:00', None]
    """
    if time["named"]:
        return "T24:00" if folded(time["named"]) == "midnight" else "T12:00"
    hour, minute = int(time["hour"]), int(time["minute"] or 0)
    if time["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if time["half"].casefold() == "p" else 0)
    if hour > 24 or minute > 59:
        return None
    return f"T{hour:02}:{minute:02}" + (f":{time['second']}" if time["second"] else "")


def part_of_day(words: str) -> str:
    """Return "TNI" for words with a night, "TMO" for a morning and so on, "" without any.

    >>> part_of_day("late on Tuesday night"), part_of_day("tonight"), part_of_day("Tuesday")
    ('TNI', 'TNI', '')
    """
    found = re.search(rf"(?:\b|to|over)({'|'.join(PARTS)})s?\b", words, re.I)
    return f"T{PARTS[found[1].casefold()]}" if found else ""
