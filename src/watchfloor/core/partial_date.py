"""A date as far as it is known."""

from datetime import date
from typing import Literal

from msgspec import Struct

Precision = Literal["minute", "hour", "day", "week", "month", "season", "year", "decade", "weekday", "unknown"]


class PartialDate(Struct, frozen=True, kw_only=True):
    """A date as far as it is known: "June" is a month, "Monday" without a date line is only a weekday.

    value: ISO 8601 cut at its precision ("2024-10", "2024-10-30T18:01"), with X for unknown digits as in
        TimeML ("XXXX-WXX-1" is some Monday, "XXXX-XX-25" the 25th of some month); None if only the bounds are known.
    low, high: first and last possible day, both inclusive; None where the words give no bound.
    how: the reasoning in plain words, e.g. "Monday before the date line 2024-10-22".
    """

    value: str | None
    low: date | None
    high: date | None
    precision: Precision
    how: str
