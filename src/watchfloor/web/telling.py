"""Changes as pages tell them: a sign and a word for each kind, and since when they are told."""

from collections.abc import Container
from datetime import date, datetime

from msgspec import Struct

from watchfloor.core.change import Change, ChangeKind
from watchfloor.core.errors import ConfigError
from watchfloor.core.span import Span
from watchfloor.flow import news
from watchfloor.flow.news import News
from watchfloor.web.citing import thing
from watchfloor.web.inert import shown
from watchfloor.web.messages import marked as message
from watchfloor.web.visit import Visit

SIGNS: dict[ChangeKind, tuple[str, str]] = {
    "newly independent": ("▲", message("More origins")),
    "less independent": ("▽", message("Fewer origins")),
    "withdrawn": ("✕", message("Taken back")),
    "no longer carried": ("–", message("No longer carried")),
    "denied": ("✕", message("Denied or doubted")),
    "confirmed": ("✓", message("Confirmed")),
    "revised": ("↻", message("Revised")),
    "carried out": ("●", message("Carried out")),
    "new contact": ("+", message("New contact")),
    "new claim": ("+", message("New claim")),
    "repeated": ("=", message("Repeated")),
}
"""A sign and a word for each kind of change; the word always stands beside the sign."""


class Item(Struct, frozen=True, kw_only=True):
    """One change as it is shown; to: the page of what it is about."""

    kind: ChangeKind
    sign: str
    word: str
    what: str
    detail: str
    to: str
    spans: tuple[Span, ...]


def item(visit: Visit, change: Change, there: Container[str]) -> Item:
    """Return a change as a page shows it. there: the ids of what the later picture has."""
    sign, word = SIGNS[change.kind]
    return Item(
        kind=change.kind,
        sign=sign,
        word=visit.words.gettext(word),
        what=shown(change.what, 240),
        detail=shown(change.detail, 200),
        to=thing(visit, change.about) if change.about in there else "",
        spans=change.spans,
    )


def told(visit: Visit, last: datetime | None) -> News:
    """Return what changed since the day of the address, a look, or the day of the newest report."""
    pictures, reader, as_of, since = visit.node.pictures, visit.reader, visit.as_of, visit.since
    first = visit.day("since")
    if not visit.waits:
        visit.soon()
    if first is None and last is not None:
        return news.since_look(pictures, reader, last, as_of, since, waits=visit.waits)
    if first is None:
        first = news.newest_day(pictures.picture(reader, as_of, since)) or as_of or visit.node.now().date()
        first = min(first, as_of) if as_of else first
    return news.since_day(pictures, reader, first, as_of, since, waits=visit.waits)


def look(text: str) -> datetime | None:
    """Return the moment that an address names, None for none; ConfigError says what was expected."""
    if not text:
        return None
    found = moment(text)
    if found is None:
        raise ConfigError(f"look is {text[:40]!r}; expected a moment such as 2024-10-22T06:00:00+00:00")
    return found


def moment(text: str) -> datetime | None:
    """Return the moment that a text says, None where it says none or gives no zone."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def day_of(found: News) -> date | None:
    """Return the day since when changes are told, None where it is a moment."""
    return found.since if not isinstance(found.since, datetime) else None


def moment_of(found: News) -> datetime | None:
    """Return the moment since when changes are told, None where it is a day."""
    return found.since if isinstance(found.since, datetime) else None
