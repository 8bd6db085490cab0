"""What the faces show of watching: the alerts as a feed, the board with its words, the file with its problems."""

from collections.abc import Iterable

from msgspec import structs

from watchfloor.core.alert import Alert
from watchfloor.core.marking import LEVELS, Level, Reader
from watchfloor.flow.configuration import Configuration
from watchfloor.share import export_atom
from watchfloor.store.store import Store

MOST_IN_FEED = 100  # alerts, the latest (assumed: feed readers ask every hour)


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


def outlets_of(store: Store, reader: Reader, alerts: Iterable[Alert]) -> dict[str, str]:
    """Return by report id who published what the alerts cite."""
    ids = sorted({span.report for alert in alerts for span in alert.evidence})
    return {id: one.outlet for id, one in store.reports_named(reader, ids).items() if one.outlet}
