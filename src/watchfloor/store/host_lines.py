"""Keep and find which lines the pages of a host print, by digest; their words are not kept here.

A page is counted once, by its address: what is added for it a second time, also with another text, changes nothing.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, case, insert, select, update

from watchfloor.core.marking import Reader
from watchfloor.store.markings import visible
from watchfloor.store.portions import portions
from watchfloor.store.schema import host_lines, host_pages, hosts
from watchfloor.store.text import storable


class HostLines(NamedTuple):
    """The lines of one page: its host, the digest of its address, the day it was seen (ISO 8601), digests of lines."""

    host: str
    page: bytes
    day: str
    lines: frozenset[bytes]


class LineSeen(NamedTuple):
    """On how many pages of its host a line was seen, and on which days first and last."""

    pages: int
    first: str
    last: str


class HostSeen(NamedTuple):
    """How many pages of a host were seen, whether this one was, and the lines asked for that were."""

    pages: int
    counted: bool
    lines: Mapping[bytes, LineSeen]


def keep(connection: Connection, given: HostLines) -> None:
    """Count a page and its lines, if it was not counted before."""
    host = storable(given.host)
    if _counted(connection, host, given.page):
        return
    known = connection.execute(_PAGES, {"of": host}).scalar()
    if known is None:
        connection.execute(_NEW_HOST, {"host": host, "pages": 1})
    else:
        connection.execute(_ONE_MORE, {"of": host})
    connection.execute(_NEW_PAGE, {"host": host, "page": given.page})
    before = frozenset(_find(connection, host, given.lines))
    if before:
        connection.execute(_MORE, [{"of": host, "key": line, "day": given.day} for line in sorted(before)])
    if new := sorted(given.lines - before):
        rows = [
            {"host": host, "line": line, "pages": 1, "first_seen": given.day, "last_seen": given.day} for line in new
        ]
        connection.execute(_NEW_LINES, rows)


def find(connection: Connection, reader: Reader, host: str, page: bytes, lines: Iterable[bytes]) -> HostSeen:
    """Return what is known of a host and of these lines of a page of it; for a partner's reader nothing."""
    host = storable(host)
    pages = connection.execute(select(hosts.c.pages).where(hosts.c.host == host, visible(hosts, reader))).scalar()
    if pages is None:
        return HostSeen(0, False, {})
    return HostSeen(pages, _counted(connection, host, page), _find(connection, host, lines))


_OF: BindParameter[str] = bindparam("of")
_DAY: BindParameter[str] = bindparam("day")
_PAGES = select(hosts.c.pages).where(hosts.c.host == _OF)
_ONE_MORE = update(hosts).where(hosts.c.host == _OF).values(pages=hosts.c.pages + 1)
_COUNTED = select(host_pages.c.page).where(host_pages.c.host == _OF, host_pages.c.page == bindparam("page"))
_SEEN = select(host_lines.c.line, host_lines.c.pages, host_lines.c.first_seen, host_lines.c.last_seen).where(
    host_lines.c.host == _OF, host_lines.c.line.in_(bindparam("keys", expanding=True))
)
_NEW_HOST, _NEW_PAGE, _NEW_LINES = insert(hosts), insert(host_pages), insert(host_lines)
_MORE = (
    update(host_lines)
    .where(host_lines.c.host == _OF, host_lines.c.line == bindparam("key"))
    .values(
        pages=host_lines.c.pages + 1,
        first_seen=case((host_lines.c.first_seen > _DAY, _DAY), else_=host_lines.c.first_seen),
        last_seen=case((host_lines.c.last_seen < _DAY, _DAY), else_=host_lines.c.last_seen),
    )
)


def _counted(connection: Connection, host: str, page: bytes) -> bool:
    return connection.execute(_COUNTED, {"of": host, "page": page}).first() is not None


def _find(connection: Connection, host: str, lines: Iterable[bytes]) -> dict[bytes, LineSeen]:
    asked = sorted(set(lines))
    found: dict[bytes, LineSeen] = {}
    for some in portions(asked):
        rows = connection.execute(_SEEN, {"of": host, "keys": some})
        found.update((row.line, LineSeen(row.pages, row.first_seen, row.last_seen)) for row in rows)
    return found
