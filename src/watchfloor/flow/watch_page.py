"""What the faces show of watching: the board, the alerts, their feed, the file with its problems, and a trial of it."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct, structs

from watchfloor.core.alert import Alert
from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import LEVELS, Level, Marking, Reader
from watchfloor.core.picture import Picture
from watchfloor.flow.configuration import Configuration
from watchfloor.flow.watch_file import digest_of, path_of, problems_of, right, text_of
from watchfloor.flow.watch_searches import right as with_queries
from watchfloor.flow.watch_searches import searching
from watchfloor.flow.watching import Fired, tested
from watchfloor.share import export_atom
from watchfloor.store.alerts import Noticed
from watchfloor.store.store import Store
from watchfloor.watch.board import Board, board
from watchfloor.watch.first_indicators import first_indicators
from watchfloor.watch.watch_file import Problem, Watch, read

MOST_IN_FEED = 100  # alerts, the latest (assumed: feed readers ask every hour)
MOST_SHOWN = 50  # alerts on the page, the latest
MOST_DAYS = 62  # of a trial in the browser; more is for the command line, which nobody waits for in vain (assumed)


class WatchPage(Struct, frozen=True, kw_only=True):
    """Everything that the page shows.

    outlets: by report id who published what is cited. markings: of all that is shown. problems: what is wrong with
    the file, then the board shows what can be read of it. has_file: whether there is one.
    """

    board: Board
    alerts: tuple[Noticed, ...]
    outlets: dict[str, str]
    markings: tuple[Marking | None, ...]
    open: int
    has_file: bool
    problems: tuple[Problem, ...] = ()


class Edited(Struct, frozen=True, kw_only=True):
    """A text of the file as somebody edits it: what is wrong with it, and what it would have raised on past days.

    instead_of: digest of the text that is being changed, "" when there is no file yet. since, until: of the trial.
    indicators: ids of those tried. outlets: by report id who published what the trial cites. markings: of what a text
    to begin with was taken from.
    """

    text: str
    instead_of: str
    problems: tuple[Problem, ...] = ()
    fired: tuple[Fired, ...] | None = None
    since: date | None = None
    until: date | None = None
    indicators: tuple[str, ...] = ()
    outlets: dict[str, str] = {}
    markings: tuple[Marking | None, ...] = ()


def watch_page(
    store: Store, reader: Reader, settings: Configuration, *, as_of: date | None = None, open_only: bool = False
) -> WatchPage:
    """Return what is watched for and what came of it, for the reader, as of a day; a partner is shown nothing of it."""
    has_file = reader.partner is None and path_of(settings).exists()
    watch, problems = read(text_of(settings)) if has_file else (Watch(), ())
    until = None if as_of is None else datetime.combine(as_of + timedelta(days=1), time(0), UTC)
    every = [one for one in store.alerts.alerts(reader, most=1_000) if until is None or one.alert.at < until]
    seen = {
        name: tuple(one for one in those if until is None or one.first < until)
        for name, those in store.alerts.seen(reader).items()
    }
    moves = [one for one in store.alerts.moves(reader) if until is None or one.at < until]
    made = board(watch.indicators, watch.measures, seen, [one.alert for one in every], moves)
    shown = tuple(one for one in every if not open_only or one.acknowledged is None)[:MOST_SHOWN]
    cited = [*(one.alert for one in shown), *(alert for row in made.rows for alert in row.alerts)]
    return WatchPage(
        board=made,
        alerts=shown,
        outlets=outlets_of(store, reader, cited, [span.report for row in made.rows for span in row.evidence]),
        markings=(
            *(one.marking for one in cited),
            *(one.marking for those in seen.values() for one in those),
            *(one.marking for one in moves if one.evidence),
        ),
        open=sum(one.acknowledged is None for one in every),
        has_file=has_file,
        problems=problems,
    )


def edited(settings: Configuration, picture: Callable[[], Picture]) -> Edited:
    """Return the file as it is, to be edited; while there is none, one taken from what the reports here say."""
    if not path_of(settings).exists():
        seen = picture()
        markings = (*(one.marking for one in seen.claims), *(one.marking for one in seen.encounters))
        return Edited(text=first_indicators(seen), instead_of="", markings=markings)
    text = text_of(settings)
    return Edited(text=text, instead_of=digest_of(text), problems=problems_of(text))


def checked(given: Edited) -> Edited:
    """Return an edited text with what is wrong with it."""
    return structs.replace(given, problems=problems_of(given.text))


def tried(
    store: Store, reader: Reader, given: Edited, pictures: Callable[[date], Picture], since: date, until: date
) -> Edited:
    """Return an edited text with what it would have raised; one that is not right comes back with what is wrong."""
    found = checked(given)
    if found.problems:
        return found
    length = (until - since).days + 1
    if length > MOST_DAYS:
        raise ConfigError(f"found {length} days, expected at most {MOST_DAYS}; more: watchfloor watch test --since")
    watch = with_queries(store, reader, right(given.text, "the text"))
    fired = tuple(tested(watch, pictures, since, until, searching(store, reader)))
    names = tuple(one.id for one in watch.indicators)
    cited = {span.report for one in fired for span in one.alert.evidence}
    outlets = {id: name for id, name in pictures(until).outlets.items() if name and id in cited} if cited else {}
    return structs.replace(found, fired=fired, since=since, until=until, indicators=names, outlets=outlets)


def atom_feed(
    store: Store,
    reader: Reader,
    settings: Configuration,
    *,
    clearance: Level | None = None,
    title: str = "Watchfloor alerts",
    address: str = "urn:watchfloor:alerts",
    indicator: str | None = None,
) -> bytes:
    """Return the alerts that the reader may have as an Atom feed, the latest first.

    clearance: for a feed that others read: no more than this level, and nothing that is unmarked.
    """
    found = [one.alert for one in store.alerts.alerts(reader, indicator=indicator, most=MOST_IN_FEED)]
    if clearance is not None:
        found = [one for one in found if one.marking is not None]
        reader = structs.replace(reader, clearance=min(reader.clearance, clearance, key=LEVELS.index))
    page = settings.alerts.page
    return export_atom.export(
        found,
        reader=reader,
        title=title,
        address=address,
        outlets=outlets_of(store, reader, found),
        page=f"{page.rstrip('/')}/watch" if page else None,
    )


def outlets_of(store: Store, reader: Reader, alerts: Iterable[Alert], reports: Iterable[str] = ()) -> dict[str, str]:
    """Return by report id who published what the alerts cite, and these reports."""
    ids = sorted({span.report for alert in alerts for span in alert.evidence} | set(reports))
    return {id: one.outlet for id, one in store.reports_named(reader, ids).items() if one.outlet}
