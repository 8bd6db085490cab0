"""What the searches of indicators find: by a query that stands in the file, or by one that a team has saved."""

from collections.abc import Callable, Sequence
from datetime import date

from msgspec import structs

from watchfloor.core.errors import ConfigError
from watchfloor.core.indicator import Indicator
from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.core.span import Span
from watchfloor.flow.saved_searches import ALONE
from watchfloor.flow.searching import search
from watchfloor.store.store import Store
from watchfloor.watch.scene import Found
from watchfloor.watch.watch_file import Watch

MOST_FOUND = 2_000  # reports of one search, those that came last (assumed: as many as a picture is put together of)

Searching = Callable[[Sequence[Indicator], Picture], Found]
"""Gives what the searches of indicators find among the reports of a picture."""


def resolved(store: Store, reader: Reader, watch: Watch) -> tuple[Watch, tuple[str, ...]]:
    """Return what is watched for with each saved search replaced by its query, and what is wrong, in words.

    An indicator whose saved search is not there, or is one of several of its name, is left out.
    """
    if not any(one.saved for one in watch.indicators):
        return watch, ()
    known = store.searches.team_searches(reader, ALONE)
    kept, wrong = [], []
    for one in watch.indicators:
        wanted = " ".join(one.saved.split()).casefold()
        fitting = [each for each in known if wanted in (each.name.casefold(), each.id)]
        if not wanted or len(fitting) == 1:
            kept.append(structs.replace(one, search=fitting[0].query) if wanted else one)
            continue
        found = (
            f"{len(fitting)} searches of that name" if fitting else "no search that a team has saved under that name"
        )
        ids = f": {', '.join(each.id for each in fitting)}" if fitting else ""
        wrong.append(f"indicator {one.id!r}, key saved: found {found}, expected one, by its name or id{ids}")
    return structs.replace(watch, indicators=tuple(kept)), tuple(wrong)


def right(store: Store, reader: Reader, watch: Watch) -> Watch:
    """Return what is watched for with each saved search replaced by its query; ConfigError names what is wrong."""
    found, wrong = resolved(store, reader, watch)
    if wrong:
        raise ConfigError("\n".join(["the file of indicators cannot be used:", *(f"  {one}" for one in wrong)]))
    return found


def searching(store: Store, reader: Reader) -> Searching:
    """Return what looks for a reader: nothing is found that they may not see."""

    def look(indicators: Sequence[Indicator], picture: Picture) -> Found:
        queries = dict.fromkeys(one.search for one in indicators if one.search)
        return {query: _found(store, reader, query, picture) for query in queries}

    return look


def _found(store: Store, reader: Reader, query: str, picture: Picture) -> dict[str, Span]:
    as_of: date | None = picture.as_of
    found = search(store, reader, query, limit=MOST_FOUND, as_of=as_of, newest=True, seen=picture)
    here = {report.id for report in picture.reports}
    return {hit.report.id: (*hit.hits, hit.snippet)[0] for hit in found.hits if hit.report.id in here}
