"""What is otherwise than it was: since a day, or since somebody last looked."""

from datetime import date, datetime, timedelta

from msgspec import Struct

from watchfloor.core.change import Change
from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.flow import at_hand
from watchfloor.flow.picture import Since
from watchfloor.flow.pictures import FEW, Pictures

QUARTER = 15  # minutes


class News(Struct, frozen=True, kw_only=True):
    """What changed. since: the first day of it, or the moment of the last look. after: the picture it is told of.

    is_there: False while the picture of before is still being put together; then nothing is found yet.
    """

    since: date | datetime
    found: tuple[Change, ...]
    after: Picture
    is_there: bool = True


def since_day(
    pictures: Pictures,
    reader: Reader,
    first: date,
    as_of: date | None = None,
    since: Since = "newest",
    *,
    waits: bool = True,
) -> News:
    """Return what reports of this day and later changed. Raises ConfigError for a day after the one that is shown.

    waits: until the picture of before is there, however long that takes.
    """
    if as_of is not None and as_of < first:
        raise ConfigError(f"the changes since {first} cannot be shown as of {as_of}; expected an earlier day")
    after = pictures.picture(reader, as_of, since)
    day = first - timedelta(days=1)
    ground: Since = after.since or "all"  # the same
    if not waits and pictures.awaited(reader, day, ground, most=FEW):
        return News(since=first, found=(), after=after, is_there=False)
    before = pictures.picture(reader, day, ground)
    return News(since=first, found=at_hand.difference(before, after), after=after)


def since_look(
    pictures: Pictures,
    reader: Reader,
    moment: datetime,
    as_of: date | None = None,
    since: Since = "newest",
    *,
    waits: bool = True,
) -> News:
    """Return what changed by reports that were collected after a moment, of whatever day they are.

    Of more than a few reports a moment is taken for the quarter of an hour that it is in, so that those who looked at
    about the same time share the picture of before. waits: until that is there, however long that takes.
    """
    after = pictures.picture(reader, as_of, since)
    if all(report.collected <= moment for report in after.reports):
        return News(since=moment, found=(), after=after)
    if len(after.reports) > FEW:
        moment = moment.replace(minute=moment.minute // QUARTER * QUARTER, second=0, microsecond=0)
    ground: Since = after.since or "all"
    if not waits and pictures.awaited(reader, as_of, ground, moment=moment, most=FEW):
        return News(since=moment, found=(), after=after, is_there=False)
    before = pictures.collected(reader, moment, as_of, ground)
    return News(since=moment, found=at_hand.difference(before, after), after=after)


def newest_day(made: Picture) -> date | None:
    """Return the day of the newest report whose day is known; None without one."""
    days = [report.published.high for report in made.reports if report.published and report.published.high]
    return max(days, default=None)
