"""What an expression that means a week, month, season or years means: one function for each shape."""

import re
from datetime import date

from watchfloor.annotate import days, numbers
from watchfloor.annotate.time_frame import Frame, is_ahead, is_behind
from watchfloor.annotate.time_words import (
    BACK,
    FORTH,
    LONG_MONTH,
    ORDINAL,
    TO_A_YEAR,
    TOLD,
    folded,
    month_number,
    weekday_number,
)
from watchfloor.core.partial_date import PartialDate, Precision

PRECISION: dict[str, Precision] = {
    "week": "week", "weekend": "day", "month": "month", "quarter": "month", "year": "year", "decade": "decade",
}  # fmt: skip
_NEAR = 4  # months ahead that a month without a year may lie when no word looks back (measured on TimeBank)
_LIST = 80  # characters before a month in which the month before it in a list stands (assumed)
_IN = re.compile(
    r"\b(?:in|since|by|until|till|through|from|of|before|after|during|for|to|and|between|the|around|last|this|next)\s$",
    re.I,
)
_IN_A_YEAR = re.compile(r"\b(?:in|since|by|until|during)\s$", re.I)


def month_alone(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """October 2024; last June; in June; early December"""
    number, part = month_number(match["month"]), match["part"] and match["part"].casefold()
    if match["year"]:
        return days.month(int(match["year"]), number, "month and year are given", part)
    if not (match["which"] or part) and _is_a_word(match, frame.text):
        return None
    which = folded(match["which"])
    if not which and (beside := TO_A_YEAR.match(frame.text, match.end())):
        return days.month(int(beside["year"]), number, "the year stands at the end of the range", part)
    if which in {"this", "current"} and frame.around is not None:
        return days.month(frame.around.year, number, f"of this year, {frame.around_how}", part)
    if frame.told_year and not which:
        return days.month(frame.told_year, number, f"the year of {frame.told[1]}", part)
    if frame.around is None:
        return PartialDate(
            value=f"XXXX-{number:02}", low=None, high=None, precision="month", how="the words give no year"
        )
    if not which and (start := _listed_after(match, frame)):
        return days.month(
            *days.months_on(start, (number - start.month) % 12), f"the next of that name after {start}", part
        )
    forth = (number - frame.around.month) % 12 or (12 if which == "next" else 0)
    ahead = which in FORTH or (not which and _lies_ahead(match, frame, forth))
    back = (frame.around.month - number) % 12 or (12 if which in BACK else 0)
    year, number = days.months_on(frame.around, forth if ahead else -back)
    return days.month(year, number, f"the {'next' if ahead else 'latest'} of that name, {frame.around_how}", part)


def _lies_ahead(match: re.Match[str], frame: Frame, forth: int) -> bool:
    """Return whether a month or season that begins in `forth` months is the next one, by the words before it."""
    return is_ahead(match, frame.text) or (forth <= _NEAR and not is_behind(match, frame.text))


def _listed_after(match: re.Match[str], frame: Frame) -> date | None:
    """Return the month to come that stands before this one in a list: "in May in Oslo, in July in Rome"."""
    start = frame.spoken.low if frame.spoken else None
    if start is None or frame.around is None or start <= frame.around:
        return None
    sentence = re.split(r"[.!?\n]\s", frame.text[max(0, match.start() - _LIST) : match.start()])[-1]
    return start if re.search(rf"\b{LONG_MONTH}", sentence) else None


def _is_a_word(match: re.Match[str], text: str) -> bool:
    """Return whether a bare month may be a verb or a name: "May", "March on", "June Carter"."""
    before = text[max(0, match.start() - 12) : match.start()]
    if _IN.search(before) or not (before or text[match.end() :]):
        return False
    return (
        match["month"] in {"May", "March"} or re.match(r"\s[A-Z][a-z]", text[match.end() : match.end() + 3]) is not None
    )


def month_of(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """January last year; June of this year; the first quarter of next year"""
    start, how = frame.told if match["of"].casefold() in {"the same", "that", "that same"} else (
        frame.around, frame.around_how
    )  # fmt: skip
    offset = {"last": -1, "next": 1}.get(match["of"].casefold(), 0)
    if start is None:
        return days.between(None, None, "no publication date", "month")
    return days.month(start.year + offset, month_number(match["month"]), how)


def year_alone(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """in 2019; late 2023"""
    before = frame.text[max(0, match.start() - 12) : match.start()]
    if not match["part"] and not _IN.search(before) and not before.endswith("("):
        return None  # 2,000 of something, written without its comma
    if not _IN_A_YEAR.search(before) and re.match(r"\s[a-z]+s\b", frame.text[match.end() : match.end() + 20]):
        return None  # "between 1950 and 2000 soldiers"
    return days.year(int(match["year"]), "the year is given", (match["part"] or "").casefold())


def given_year(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """655; AD 655; fiscal 2021: figures that are known to be a year"""
    return days.year(int(match["year"]), "the year is given")


def short_year(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """'72: the century is that of the year spoken of, else the latest that fits"""
    start = frame.told[0]
    if re.search(r"\byear\s$", frame.text[max(0, match.start() - 6) : match.start()], re.I):
        return days.year(int(match["year"]), "the year is given")
    if start is None:
        return None
    number = start.year // 100 * 100 + int(match["year"])
    return days.year(number - 100 if number > start.year + 50 else number, f"the century of {start}")


def decade(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """the 1990s; the late '80s"""
    start = int(match["year"])
    part = (match["part"] or "").casefold()
    if start < 100:
        return days.decade(1900 + start, "a decade of the last century", part) if start % 10 == 0 else None
    return days.decade(start, "the decade is given", part)


def century(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """the 19th century; the late 20th century"""
    number = numbers.ordinal(match["nth"])
    return days.century(number, "the century is given") if number else None


def near_span(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """last week; this month; next year; the current quarter; the following year"""
    unit, which = match["unit"].casefold(), folded(match["which"])
    start, how = frame.told if which in TOLD else (frame.around, frame.around_how)
    if start is None:
        return days.between(None, None, "no publication date", PRECISION[unit])
    if which in {"past", "this past"} and unit != "weekend":
        first = span_at(start, -1, unit, how)
        return days.between(first.low, start, f"the {unit} up to then, {how}") if first else None
    back = which in BACK | {"past", "this past"} or (which == "latest" and unit in {"quarter", "weekend"})
    return span_at(start, -1 if back else 1 if which in FORTH else 0, unit, how, match["part"])


def same_span(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """that year; that same month: one that holds the date last spoken of; "the quarter" alone, the last that ended"""
    unit, (start, how) = match["unit"].casefold(), frame.told
    offset = -1 if unit == "quarter" and frame.spoken is None else 0
    return span_at(start, offset, unit, how) if start else None


def beside_span(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """the year before; the month after: beside the one that holds the date last spoken of"""
    start, how = frame.told
    offset = -1 if match["side"].casefold() == "before" else 1
    return span_at(start, offset, match["unit"].casefold(), how) if start else None


def year_ago(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """year-ago; year-earlier"""
    return days.year(frame.around.year - 1, frame.around_how) if frame.around else None


def span_at(start: date, offset: int, unit: str, how: str, part: str | None = None) -> PartialDate | None:
    """Return the week, weekend, month, quarter, year or decade that many units from the one that holds the day."""
    if unit in {"week", "weekend"}:
        day = days.shift(start, 7 * offset)
        return (days.week if unit == "week" else days.saturday_and_sunday)(day, how) if day else None
    if unit == "month":
        return days.month(*days.months_on(start, offset), how, part)
    if unit == "quarter":
        year, month = days.months_on(start, 3 * offset)
        return days.part_of_year(year, "Q", (month + 2) // 3, how)
    if unit == "decade":
        return days.decade(start.year // 10 * 10 + 10 * offset, how, part)
    return days.year(start.year + offset, how, part)


def weekend(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """over the weekend; at the weekend: the last one begun, or the next where the words look ahead"""
    if frame.around is None:
        return days.between(None, None, "no publication date", "day")
    begun = frame.around.weekday() >= days.WEEKDAYS.index("saturday")
    offset = 0 if begun or is_ahead(match, frame.text) else -1
    return span_at(frame.around, offset, "weekend", frame.around_how)


def week_of(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """Friday of last week; Monday next week: that day of the week that is meant"""
    which = folded(match["which"]).removeprefix("the ")
    start, how = frame.told if which in TOLD else (frame.around, frame.around_how)
    week = span_at(start, -1 if which in BACK else 1 if which in FORTH else 0, "week", how) if start else None
    day = days.shift(week.low, weekday_number(match["weekday"])) if week and week.low else None
    return days.known(day, f"that day of the week {week.value}, {how}") if week and day else None


def end_of(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """the end of the year; year-end; the end of 2024"""
    if match["year"]:
        whole = days.year(int(match["year"]), "the year is given")
    elif frame.around is None:
        return days.between(None, None, "no publication date")
    else:
        unit = (match["unit"] or "year").casefold()
        offset = {"last": -1, "next": 1}.get((match["which"] or "").casefold(), 0)
        whole = span_at(frame.around, offset, unit, frame.around_how)
    if whole is None or whole.high is None:
        return None
    return PartialDate(
        value=whole.high.isoformat(), low=whole.high, high=whole.high, precision="day", how=f"the last day, {whole.how}"
    )


def season(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """last summer; spring 2025; the winter of 2023"""
    name, which = match["season"].casefold(), folded(match["which"])
    if match["year"]:
        return days.season(int(match["year"]), name, "season and year are given")
    if frame.told_year and not which:
        return days.season(frame.told_year, name, f"the year of {frame.told[1]}")
    if frame.around is None:
        return PartialDate(
            value=f"XXXX-{days.SEASONS[name][0]}", low=None, high=None, precision="season", how="the words give no year"
        )
    this = days.season(frame.around.year, name, frame.around_how)
    if this is None or this.low is None or this.high is None:
        return this
    year = frame.around.year
    if which in BACK | {"past", "this past"} and frame.around <= this.high:
        year -= 1
    elif which in {"next", "coming"} and frame.around >= this.low:
        year += 1
    elif not which and not _lies_ahead(match, frame, (this.low.year - year) * 12 + this.low.month - frame.around.month):
        year -= this.low > frame.around
    return days.season(year, name, frame.around_how)


def quarter(match: re.Match[str], frame: Frame) -> PartialDate | None:
    """the third quarter of 2024; Q3 2024; the first half of 2023; the fourth quarter"""
    nth, half = match["nth"].casefold(), (match["size"] or match["nth"][0]).casefold() in {"half", "h"}
    which = {"last": 2, "latter": 2}.get(nth) if half else None
    which = which or ORDINAL.get(nth) or (int(nth[-1]) if nth[-1].isdigit() else None)
    if which is None:
        return None
    letter = "H" if half else "Q"
    if match["year"]:
        return days.part_of_year(int(match["year"]), letter, which, "the year is given")
    if match["of"]:
        offset = {"last": -1, "next": 1}.get(folded(match["of"]), 0)
        return days.part_of_year(frame.around.year + offset, letter, which, frame.around_how) if frame.around else None
    if frame.around is None:
        return days.between(None, None, "the words give no year")
    this = days.part_of_year(frame.around.year, letter, which, frame.around_how)
    if this is None or this.low is None or this.high is None:
        return this
    forth = this.low.month - frame.around.month
    if forth > 0 and not _lies_ahead(match, frame, forth):
        return days.part_of_year(frame.around.year - 1, letter, which, frame.around_how)
    if this.high < frame.around and is_ahead(match, frame.text):
        return days.part_of_year(frame.around.year + 1, letter, which, frame.around_how)
    return this
