"""What the expressions of one report are read against, and whether the words look ahead or back."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date

from msgspec import Struct

from watchfloor.core.partial_date import PartialDate

_LOOK_BACK = 120  # characters before an expression in which the tense of its clause is looked for (assumed)
_FAR = 2  # years from its own that make a year one of history (assumed)
_HISTORY_YEARS = 5  # years in figures, far ones, that a history names at least (assumed)
_HISTORY_SHARE = 0.8  # of all years in figures that are far in a history (assumed)
_HISTORY_NEAR = 0.2  # words of today's news for each far year that a history holds at most (assumed)
_NEWS = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|tomorrow|(?:this|last)\sweek)\b", re.I
)
_FIGURES_YEAR = re.compile(r"\b(?:1\d|20)\d{2}\b(?![\d,.]\d|%)")
_AHEAD = re.compile(
    r"\b(?:(?:will|shall|would|could|might|(?-i:may)|can|must)\s(?:not\s)?(?:be\s|have\s)?\w+|(?:is|are)\sto\s(?:be\s)?\w+|scheduled|planned|plans?"
    r"|expect(?:s|ed|ing)?|intends?|slated|due|upcoming|forthcoming|ahead\sof|hopes?|deadline"
    r"|(?:has|have)\s(?:called|summoned|invited|ordered|asked)\s(?:[\w’'-]+\s){1,8}?(?:for|to)\s(?:[\w-]+\s){0,3}?"
    r"(?:talks|meeting|negotiations|consultations|hearing|summit)"
    r"|(?:agree[sd]?|wants?|promise[sd]?|pledge[sd]?|invited|preparing)\sto\s\w+)\b",
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
    reference for months and years. history: the report tells of other years, so that a date without one has the year
    spoken of. last: the day last spoken of in running text; weekday: when only that is known. spoken: the date of any
    size last spoken of.
    """

    text: str
    reference: date | None
    collected: date
    dated: dict[int, date]
    anchor: date | None = None
    history: bool = False
    last: date | None = None
    weekday: PartialDate | None = None
    spoken: PartialDate | None = None

    def speak_of(self, when: PartialDate) -> None:
        """Note the date last spoken of, which "earlier in the day" and "a year later" count from."""
        if when.precision == "day" and when.low is not None and when.low == when.high:
            self.last, self.weekday = when.low, None
        elif when.precision == "weekday":
            self.last, self.weekday = None, when
        if when.value is not None and when.low is not None and when.high is not None:
            self.spoken = when

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

    @property
    def told(self) -> tuple[date | None, str]:
        """The day that "later" and "the following" are counted from, and what it is."""
        if self.spoken is not None and self.spoken.low is not None:
            return self.spoken.low, f"counted from {self.spoken.value}, spoken of before"
        return self.around, self.around_how

    @property
    def told_year(self) -> int | None:
        """In a history, the year last spoken of."""
        return self.spoken.low.year if self.history and self.spoken and self.spoken.low else None


Resolve = Callable[[re.Match[str], Frame], PartialDate | None]


def is_history(text: str, reference: date | None) -> bool:
    """Return whether most years in figures are far from the day of publication, and few words are of its news."""
    if reference is None:
        return False
    years = Counter(int(found[0]) for found in _FIGURES_YEAR.finditer(text))
    far = sum(times for number, times in years.items() if abs(number - reference.year) >= _FAR)
    if far < _HISTORY_YEARS or far < _HISTORY_SHARE * years.total():
        return False
    return len(_NEWS.findall(text)) <= _HISTORY_NEAR * far


def is_ahead(match: re.Match[str], text: str) -> bool:
    """Return whether the words just before speak of what is to come."""
    ahead, behind = _cues(match, text)
    return ahead >= behind and ahead >= 0


def is_behind(match: re.Match[str], text: str) -> bool:
    """Return whether the words just before speak of what has been."""
    ahead, behind = _cues(match, text)
    return behind > ahead


def _cues(match: re.Match[str], text: str) -> tuple[int, int]:
    """Return where the last word of what is to come and of what has been stand in the clause, -1 without one."""
    before = re.split(
        r"[.!?;\n]\s|\b(?:during|when|after)\b", text[max(0, match.start() - _LOOK_BACK) : match.start()]
    )[-1]
    ahead = max((cue.end() for cue in _AHEAD.finditer(before)), default=-1)
    return ahead, max((cue.end() for cue in _BEHIND.finditer(before)), default=-1)
