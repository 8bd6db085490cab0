"""What is otherwise than it was: since a day, or since somebody last looked."""

from datetime import date, datetime, timedelta

from msgspec import Struct

from watchfloor.core.change import Change
from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.flow.picture import Since
from watchfloor.flow.pictures import Pictures
from watchfloor.watch.changes import changes


class News(Struct, frozen=True, kw_only=True):
    """What changed. since: the first day of it, or the moment of the last look. after: the picture it is told of."""

    since: date | datetime
    found: tuple[Change, ...]
    after: Picture


def since_day(
    pictures: Pictures, reader: Reader, first: date, as_of: date | None = None, since: Since = "newest"
) -> News:
    """Return what reports of this day and later changed. Raises ConfigError for a day after the one that is shown."""
    if as_of is not None and as_of < first:
        raise ConfigError(f"the changes since {first} cannot be shown as of {as_of}; expected an earlier day")
    after = pictures.picture(reader, as_of, since)
    before = pictures.picture(reader, first - timedelta(days=1), after.since or "all")  # on the same ground
    return News(since=first, found=changes(before, after), after=after)


def since_look(
    pictures: Pictures, reader: Reader, moment: datetime, as_of: date | None = None, since: Since = "newest"
) -> News:
    """Return what changed by reports that were collected after a moment, of whatever day they are."""
    after = pictures.picture(reader, as_of, since)
    if all(report.collected <= moment for report in after.reports):
        return News(since=moment, found=(), after=after)
    return News(
        since=moment, found=changes(pictures.collected(reader, moment, as_of, after.since or "all"), after), after=after
    )


def newest_day(made: Picture) -> date | None:
    """Return the day of the newest report whose day is known; None without one."""
    days = [report.published.high for report in made.reports if report.published and report.published.high]
    return max(days, default=None)
