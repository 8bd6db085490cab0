"""What one reader can know as of a day, as tables."""

import weakref
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from types import TracebackType
from typing import Self, TypeVar

from watchfloor.core.errors import ConfigError
from watchfloor.core.picture import Picture
from watchfloor.flow.release import prepared
from watchfloor.flow.situation import Situation
from watchfloor.notebook import listing, rows
from watchfloor.notebook.briefing import Briefing
from watchfloor.notebook.row import Row
from watchfloor.notebook.table import Table
from watchfloor.store.search import Found
from watchfloor.watch.brief import brief

R = TypeVar("R", bound=Row)


class View:
    """What one reader can know as of a day, as tables that are read when they are first wanted and do not change.

    What is added to the database later is in a view that is opened later. `with` or `close` lets the database go.
    """

    def __init__(self, opened: Situation, as_of: date | None = None) -> None:
        self._opened = opened
        self._as_of = as_of
        weakref.finalize(opened, opened.store.close)  # a notebook seldom closes what it opens

    @cached_property
    def picture(self) -> Picture:
        """Everything that the reader can know, as core.picture has it."""
        return self._opened.picture(self._as_of)

    @cached_property
    def reports(self) -> Table[rows.ReportRow]:
        """The reports, earliest first."""
        shown = ("date", "outlet", "headline", "language", "flags", "reliability", "copy_kind")
        return Table("reports", rows.ReportRow, lambda: listing.reports(self.picture), shown)

    @cached_property
    def statements(self) -> Table[rows.StatementRow]:
        """Who said what in which report."""
        shown = ("speaker", "speaks_for", "act", "words", "via", "outlet", "date")
        return Table("statements", rows.StatementRow, lambda: listing.statements(self.picture), shown)

    @cached_property
    def claims(self) -> Table[rows.ClaimRow]:
        """The propositions, each with its reports, outlets and independent origins."""
        shown = ("proposition", "reports", "outlets", "origins_min", "origins_max", "parties", "stances", "credibility")
        return Table("claims", rows.ClaimRow, lambda: listing.claims(self.picture), shown)

    @cached_property
    def positions(self) -> Table[rows.PositionRow]:
        """Every party's stance on a claim in one report."""
        shown = ("claim", "party", "stance", "words", "outlet", "date")
        return Table("positions", rows.PositionRow, lambda: listing.positions(self.picture), shown)

    @cached_property
    def figures(self) -> Table[rows.FigureRow]:
        """Figures over time, by what is counted and who says so."""
        shown = ("indicator", "party", "date", "low", "high", "words", "outlet")
        return Table("figures", rows.FigureRow, lambda: listing.figures(self.picture), shown)

    @cached_property
    def contacts(self) -> Table[rows.ContactRow]:
        """The contact log."""
        shown = ("date", "contact_type", "parties", "place", "status", "reports", "told_by")
        return Table("contacts", rows.ContactRow, lambda: listing.contacts(self.picture), shown)

    @cached_property
    def events(self) -> Table[rows.EventRow]:
        """Who did what to whom, in PLOVER terms."""
        shown = ("date", "event_type", "mode", "actors", "recipients", "status", "place", "words")
        return Table("events", rows.EventRow, lambda: listing.events(self.picture), shown)

    @cached_property
    def places(self) -> Table[rows.PlaceRow]:
        """The places named, each time."""
        shown = ("name", "country", "latitude", "longitude", "words", "report")
        return Table("places", rows.PlaceRow, lambda: listing.places(self.picture), shown)

    @cached_property
    def entities(self) -> Table[rows.EntityRow]:
        """Persons, bodies and places over all their names."""
        shown = ("name", "schema", "country", "titles", "mentions", "reports", "score")
        return Table("entities", rows.EntityRow, lambda: listing.entities(self.picture), shown)

    @cached_property
    def stories(self) -> Table[rows.StoryRow]:
        """Reports grouped by what happened."""
        shown = ("title", "reports", "outlets", "languages", "first", "last")
        return Table("stories", rows.StoryRow, lambda: listing.stories(self.picture), shown)

    @cached_property
    def origins(self) -> Table[rows.OriginRow]:
        """Where each claim comes from, and why reports were held to share an origin."""
        shown = ("claim", "party", "reports", "may_be", "reasons")
        return Table("origins", rows.OriginRow, lambda: listing.origins(self.picture), shown)

    def as_of(self, day: date | str) -> "View":
        """Return the view as it was on a day: what was reported by its end."""
        return View(self._opened, as_day(day))

    def brief(self, *, since: date | str | None = None, title: str | None = None) -> Briefing:
        """Return the situation brief, or what changed from a day on; every sentence cited, as far as you may see."""
        first = as_day(since) if since is not None else None
        return Briefing(prepared(self._opened, as_of=self._as_of, title=title, since=first))

    def search(self, query: str, *, limit: int = 100) -> Table[rows.HitRow]:
        """Return the reports that fit, the best first; the words are those of `watchfloor search`.

        What was looked for stands in the table's note. Every string is a query.
        """
        found = self._opened.search(query, limit=limit, as_of=self._as_of)
        meant = f"{found.total:,} reports: {found.meaning or 'nothing to look for'}"
        note = f"{meant} ({found.note})" if found.note else meant
        shown = ("date", "outlet", "headline", "snippet", "hits")
        return Table("hits", rows.HitRow, lambda: _hits(found, self.picture), shown, note)

    def close(self) -> None:
        """Let the database go; what was read stays. Closing twice is no error."""
        self._opened.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        day = f" as of {self._as_of}" if self._as_of else ""
        return f"<view on {self._opened.store.name}{day}, seen by {self._opened.reader.name}>"

    def _repr_html_(self) -> str:
        from watchfloor.notebook.html import of_picture

        return of_picture(self.picture, self.claims[:5], brief(self.picture))


def as_day(given: date | str) -> date:
    """Return the day that was given, as one or as ISO text; ConfigError says what was expected."""
    try:
        return date.fromisoformat(given) if isinstance(given, str) else given
    except ValueError:
        raise ConfigError(f"{given!r} is no day; expected one such as 2024-10-22") from None


def _hits(found: Found, picture: Picture) -> Iterator[rows.HitRow]:
    for one in found.hits:
        report = one.report
        yield rows.HitRow(
            report=report.id,
            outlet=picture.outlets.get(report.id) or report.outlet,
            headline=report.headline,
            hits=len(one.hits),
            snippet=report.text[one.snippet.start : one.snippet.end],
            start=one.hits[0].start if one.hits else one.snippet.start,
            end=one.hits[0].end if one.hits else one.snippet.end,
            marking=report.marking,
            **listing.dated(report.published),
        )
