"""What an expression of time means beside the report's own date: one function for each shape."""

import re
from collections.abc import Callable
from datetime import date

from msgspec import Struct, structs

from watchfloor.annotate import days, numbers
from watchfloor.core.partial_date import PartialDate, Precision

_PRECISION: dict[str, Precision] = {"week": "week", "month": "month", "year": "year", "decade": "decade"}
_LOOK_BACK = 120  # characters before an expression in which the tense of its clause is looked for (assumed)
_IN = re.compile(
    r"\b(?:in|since|by|until|till|through|from|of|before|after|during|for|to|and|between|the|around|last|this|next)\s$",
    re.I,
)
_IN_A_YEAR = re.compile(r"\b(?:in|since|by|until|during)\s$", re.I)
_AHEAD = re.compile(
    r"\b(?:(?:will|shall|would|could|might|may|can|must)\s(?:not\s)?(?:be\s|have\s)?\w+|scheduled|planned|plans?"
    r"|expect(?:s|ed|ing)?|intends?|slated|due|upcoming|forthcoming|ahead\sof|hopes?|deadline)\b",
    re.I,
)
_BEHIND = re.compile(
    r"\b(?:\w{2,}ed|said|told|was|were|had|did|held|met|made|went|took|came|spoke|left|sent|gave|began|won|saw|fell|rose"
    r"|became|brought|wrote|read|set|put|struck|shot|since)\b",
    re.I,
)


class Frame(Struct):
    """What the expressions of one report are read against.

    reference: the day of publication, None when unknown. collected: the day the report was collected, a last day only.
    dated: weekdays that the report itself gives a date for. anchor: the first of these dates, in place of a missing
    reference for months and years. last: the day last spoken of in running text; weekday: when only that is known.
    """

    text: str
    reference: date | None
    collected: date
    dated: dict[int, date]
    anchor: date | None = None
    last: date | None = None
    weekday: PartialDate | None = None

    def speak_of(self, when: PartialDate) -> None:
        """Note the day last spoken of, which "earlier in the day" counts from."""
        if when.precision == "day" and when.low is not None and when.low == when.high:
            self.last, self.weekday = when.low, None
        elif when.precision == "weekday":
            self.last, self.weekday = None, when

    @property
    def around(self) -> date | None:
        """The day that months and years are counted from."""
        return self.reference or self.anchor

    @property
    def around_how(self) -> str:
        """That day in words."""
        if self.reference:
            return f"published {self.reference}"
        return f"no publication date, the report's own {self.anchor}" if self.anchor else "no publication date"


Resolve = Callable[[re.Match[str], Frame], PartialDate | None]


def _is_ahead(match: re.Match[str], text: str) -> bool:
    """Return whether the words just before speak of what is to come."""
    before = re.split(
        r"[.!?;\n]\s|\b(?:during|when|after)\b", text[max(0, match.start() - _LOOK_BACK) : match.start()]
    )[-1]
    ahead = max((cue.end() for cue in _AHEAD.finditer(before)), default=-1)
    behind = max((cue.end() for cue in _BEHIND.finditer(before)), default=-1)
    return ahead >= behind and ahead >= 0


def _month_number(match: re.Match[str]) -> int:
    return days.MONTHS[match["month"].rstrip(".").casefold()]


def _weekday_number(word: str) -> int:
    return next(number for number, name in enumerate(days.WEEKDAYS) if name.startswith(word[:3].casefold()))


def _with_clock(day: PartialDate, hour: str | None, minute: str | None) -> PartialDate:
    if hour is None or minute is None or not (int(hour) < 24 and int(minute) < 60):
        return day
    return structs.replace(day, value=f"{day.value}T{int(hour):02}:{minute}", precision="minute")


def full_day(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """2024-10-30, 2024. 10. 30. 18:01"""
    day = days.make(int(match["year"]), int(match["month"]), int(match["day"]))
    return _with_clock(days.known(day, "written in full"), match["hour"], match["minute"]) if day else None


def figures_day(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """30/10/2024, 30.10.2024: day and month may stand either way round."""
    first, second, number = int(match["first"]), int(match["second"]), int(match["year"])
    day_first, month_first = days.make(number, second, first), days.make(number, first, second)
    if match["sep"] == "." or month_first is None or day_first == month_first:
        return days.known(day_first, "written in full") if day_first else None
    if day_first is None:
        return days.known(month_first, "written in full")
    return days.between(min(day_first, month_first), max(day_first, month_first), "day and month may be swapped", "day")


def calendar_day(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """Oct. 29; 29 October 2024; Friday, October 18; October 21-23"""
    number, day = _month_number(match), int(match["day"])
    named, how = match["weekday"], "written in full"
    if match["year"]:
        year: int | None = int(match["year"])
    elif frame.reference is not None:
        year = days.nearest_year(number, day, frame.reference)
        how = f"the year nearest to the publication, {frame.reference}"
    elif named:
        year = days.year_by_weekday(number, day, _weekday_number(named), frame.collected)
        how = f"the latest year before collection in which it is a {named}"
    else:
        year = days.nearest_year(number, day, frame.anchor) if frame.anchor else None
        how = f"the year of {frame.anchor}, which the report dates by its weekday"
    low = days.make(year, number, day) if year else None
    if low is None:
        possible = days.make(2000, number, day)  # a leap year: every day that some year has
        if possible is None or match["year"]:
            return None
        return PartialDate(
            value=f"XXXX-{number:02}-{day:02}", low=None, high=None, precision="day", how="the words give no year"
        )
    high = days.make(low.year, number, int(match["to"])) if match["to"] else None
    if high is not None and high > low:
        return PartialDate(value=f"{low}/{high}", low=low, high=high, precision="day", how=how)
    return days.known(low, how)


def month_alone(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """October 2024; last June; in June; early December"""
    number, part = _month_number(match), match["part"] and match["part"].casefold()
    if match["year"]:
        return days.month(int(match["year"]), number, "month and year are given", part)
    if not (match["year"] or match["which"] or part) and _is_a_word(match, frame.text):
        return None
    if frame.around is None:
        return PartialDate(
            value=f"XXXX-{number:02}", low=None, high=None, precision="month", how="the words give no year"
        )
    which = (match["which"] or "").casefold()
    ahead = which in {"next", "coming", "this coming"} or (not which and _is_ahead(match, frame.text))
    back = (frame.around.month - number) % 12 or (12 if which in {"last", "previous"} else 0)
    forth = (number - frame.around.month) % 12 or (12 if which == "next" else 0)
    year, number = days.months_on(frame.around, forth if ahead else -back)
    return days.month(year, number, f"the {'next' if ahead else 'latest'} of that name, {frame.around_how}", part)


def _is_a_word(match: re.Match[str], text: str) -> bool:
    """Return whether a bare month may be a verb or a name: "May", "March on", "June Carter"."""
    if _IN.search(text[max(0, match.start() - 12) : match.start()]):
        return False
    return (
        match["month"] in {"May", "March"} or re.match(r"\s[A-Z][a-z]", text[match.end() : match.end() + 3]) is not None
    )


def year_alone(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """in 2019; late 2023"""
    before = frame.text[max(0, match.start() - 12) : match.start()]
    if not match["part"] and not _IN.search(before) and not before.endswith("("):
        return None  # 2,000 of something, written without its comma
    if not _IN_A_YEAR.search(before) and re.match(r"\s[a-z]+s\b", frame.text[match.end() : match.end() + 20]):
        return None  # "between 1950 and 2000 soldiers"
    return days.year(int(match["year"]), "the year is given", (match["part"] or "").casefold())


def decade(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """the 1990s; the late '80s"""
    start = int(match["year"])
    part = (match["part"] or "").casefold()
    if start < 100:
        return days.decade(1900 + start, "a decade of the last century", part) if start % 10 == 0 else None
    return days.decade(start, "the decade is given", part)


def weekday(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """Monday; this Friday; last Monday"""
    name = match["weekday"]
    number, which = _weekday_number(name), (match["which"] or "").casefold()
    if frame.reference is None:
        if number in frame.dated and which not in {"last", "next", "following", "previous"}:
            return days.known(frame.dated[number], f"the report dates that {name}")
        return PartialDate(
            value=f"XXXX-WXX-{number + 1}", low=None, high=None, precision="weekday", how="no publication date"
        )
    ahead = which in {"next", "coming", "this coming", "following"} or (
        which in {"", "this"} and _is_ahead(match, frame.text)
    )
    strictly = which in {"last", "next", "previous", "following"}
    day = days.weekday_near(number, frame.reference, ahead=ahead, strictly=strictly)
    side = "after" if ahead else "before"
    return days.known(day, f"{name} on or {side} the publication, {frame.reference}") if day else None


def day_of_month(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """the 25th (local time); the 3rd of last month"""
    number = int(match["day"])
    if not 1 <= number <= 31:
        return None
    if frame.reference is None:
        return PartialDate(
            value=f"XXXX-XX-{number:02}", low=None, high=None, precision="day", how="the words give no month"
        )
    if match["which"]:
        offset = {"last": -1, "next": 1}.get(match["which"].casefold(), 0)
        day = days.make(*days.months_on(frame.reference, offset), number)
    else:
        day = days.latest_day_of_month(number, frame.reference)
    return days.known(day, f"the latest {number} of a month, {frame.around_how}") if day else None


_DAYS_OFF = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "last night": -1}


def near_day(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """today; yesterday; this morning"""
    words = " ".join(match["words"].casefold().split())
    if frame.reference is None:
        return days.between(None, None, "no publication date", "day")
    day = days.shift(frame.reference, _DAYS_OFF.get(words, 0))
    return days.known(day, f"published {frame.reference}") if day else None


def same_day(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """earlier in the day; the same day; the previous day; the next day"""
    words = match["words"].casefold()
    offset = (
        -1 if re.search("before|previous|earlier$", words) else 1 if re.search("next|following|after", words) else 0
    )
    if frame.weekday is not None and offset == 0:
        return structs.replace(frame.weekday, how=f"the weekday spoken of before, {frame.around_how}")
    start = frame.last or frame.reference
    if start is None:
        return days.between(None, None, "no day to count from", "day")
    day = days.shift(start, offset)
    return days.known(day, f"counted from {start}") if day else None


def near_span(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """last week; this month; next year"""
    unit, which = match["unit"].casefold(), match["which"].casefold()
    if frame.around is None:
        return days.between(None, None, "no publication date", _PRECISION[unit])
    offset = -1 if which in {"last", "previous"} else 1 if which in {"next", "coming", "following"} else 0
    if which in {"past", "this past"}:
        start = _ago(frame.around, 1, unit, frame.around_how)
        return days.between(start.low, frame.around, f"the {unit} up to then, {frame.around_how}") if start else None
    return _span_at(frame.around, offset, unit, frame.around_how, match["part"])


def _span_at(start: date, offset: int, unit: str, how: str, part: str | None = None) -> PartialDate | None:
    """Return the week, month, year or decade that many units from the one that holds the day."""
    if unit == "week":
        day = days.shift(start, 7 * offset)
        return days.week(day, how) if day else None
    if unit == "month":
        return days.month(*days.months_on(start, offset), how, part)
    if unit == "decade":
        return days.decade(start.year // 10 * 10 + 10 * offset, how, part)
    return days.year(start.year + offset, how, part)


def _ago(start: date, count: int, unit: str, how: str) -> PartialDate | None:
    """Return the day, week, month, year or decade that many units before the day."""
    if unit == "day":
        day = days.shift(start, -count)
        return days.known(day, how) if day else None
    return _span_at(start, -count, unit, how)


def counted(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """two weeks ago; within three days; in five years' time"""
    count = numbers.value(" ".join(match["count"].split()))
    back = match["within"] is None
    if not back and match["within"].casefold() == "in" and not match["after"] and not _is_ahead(match, frame.text):
        return None  # "the first time in 20 years" is a length of time
    if frame.around is None or count is None:
        low, high = (None, frame.around) if back else (frame.around, None)
        return days.between(low, high, "no publication date" if count else "the words do not say how many")
    when = _ago(frame.around, count if back else -count, match["unit"].casefold(), frame.around_how)
    if when is not None and match["within"] and match["within"].casefold() == "within":
        return days.between(frame.around, when.high, f"within that time, {frame.around_how}")
    return when


def vague_past(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """recently; in recent weeks"""
    return days.between(None, frame.around, "some time before")


def soon(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """soon"""
    return days.between(None, None, "some time to come")


def vague_future(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """in a matter of days; in the coming weeks"""
    return days.between(frame.around, None, "some time to come")


def end_of(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """the end of the year; year-end; the end of 2024"""
    if match["year"]:
        whole = days.year(int(match["year"]), "the year is given")
    elif frame.around is None:
        return days.between(None, None, "no publication date")
    else:
        unit = (match["unit"] or "year").casefold()
        offset = {"last": -1, "next": 1}.get((match["which"] or "").casefold(), 0)
        whole = _span_at(frame.around, offset, unit, frame.around_how)
    if whole is None or whole.high is None:
        return None
    return PartialDate(
        value=whole.high.isoformat(), low=whole.high, high=whole.high, precision="day", how=f"the last day, {whole.how}"
    )


def season(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """last summer; spring 2025; the winter of 2023"""
    name, which = match["season"].casefold(), (match["which"] or "").casefold()
    if match["year"]:
        return days.season(int(match["year"]), name, "season and year are given")
    if frame.around is None:
        return PartialDate(
            value=f"XXXX-{days.SEASONS[name][0]}", low=None, high=None, precision="season", how="the words give no year"
        )
    this = days.season(frame.around.year, name, frame.around_how)
    if this is None or this.low is None or this.high is None:
        return this
    year = frame.around.year
    if which in {"last", "past", "previous"} and frame.around <= this.high:
        year -= 1
    elif which in {"next", "coming"} and frame.around >= this.low:
        year += 1
    return days.season(year, name, frame.around_how)


def quarter(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """the third quarter of 2024; Q3 2024; the first half of 2023"""
    which = {"first": 1, "second": 2, "third": 3, "fourth": 4}.get(match["nth"].casefold()) or int(match["nth"][-1])
    size = 6 if (match["size"] or "").casefold() == "half" else 3
    year = int(match["year"]) if match["year"] else frame.around.year if frame.around else None
    if year is None:
        return days.between(None, None, "the words give no year")
    low = days.make(year, min((which - 1) * size + 1, 12), 1)
    last = days.month(year, min(which * size, 12), "") if low else None
    if low is None or last is None or which * size > 12:
        return None
    how = "the year is given" if match["year"] else frame.around_how
    return PartialDate(
        value=f"{year:04}-{'H' if size == 6 else 'Q'}{which}", low=low, high=last.high, precision="month", how=how
    )


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
