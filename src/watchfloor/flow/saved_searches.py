"""Searches that people keep: saved, looked at again, followed as an Atom feed, removed.

A feed's address holds a secret that stands for one person and one search. What it shows is what that person may see at
that moment; it ends with the search, with the person, and when another one is made. Only its hash is kept.
"""

import secrets
from datetime import date, datetime

from msgspec import Struct, structs

from watchfloor.core.audit import Note
from watchfloor.core.errors import AccessDenied, ConfigError
from watchfloor.core.identity import content_id
from watchfloor.core.marking import LEVELS, Level
from watchfloor.core.saved_search import SavedSearch
from watchfloor.flow.admission import DOOR, Admitted, admitted, alone
from watchfloor.flow.searching import search
from watchfloor.flow.tokens import hashed
from watchfloor.share.atom import AtomEntry, AtomFeed, written
from watchfloor.share.release import banner, effective
from watchfloor.store.search import Found, Hit
from watchfloor.store.store import Store

MOST_ENTRIES = 50  # in a feed (assumed: what comes between two visits of a program that asks every hour)
MOST_SEARCHES = 50  # that one person keeps: a page counts what is new in each (assumed)
LONGEST_NAME, LONGEST_QUERY = 100, 2_000  # code points (assumed)
_BEGINNING = 80  # code points of a report without a headline that stand for one
_NOBODY = "this feed is not known here: it has ended, or its address was cut off"


ALONE = "whoever works here"
"""Whose the searches are on a node without people: whoever holds the file, by whatever name they come."""


class Watched(Struct, frozen=True, kw_only=True):
    """A saved search and how it stands. total: reports that fit now. new: of those, come in since it was looked at."""

    search: SavedSearch
    total: int
    new: int


def _owner(by: Admitted) -> Admitted:
    """Return who asks under the name by which searches are theirs."""
    if by.person is not None:
        return by
    return structs.replace(by, name=ALONE, reader=structs.replace(by.reader, name=ALONE))


def save(store: Store, by: Admitted, name: str, query: str, now: datetime, *, team: bool = False) -> SavedSearch:
    """Keep a query under a name, in the place of the one of that name; return it. team: the whole team sees it.

    Raises ConfigError for no name, no query, or no team; AccessDenied.
    """
    by.require("see")
    by = _owner(by)
    called, asked = " ".join(name.split()), query.strip()
    if not called or len(called) > LONGEST_NAME or not called.isprintable():
        raise ConfigError(f"found a name of {len(called)} characters; expected 1 to {LONGEST_NAME} that can be printed")
    if not asked or len(asked) > LONGEST_QUERY:
        raise ConfigError(f"found a search of {len(asked)} characters; expected 1 to {LONGEST_QUERY:,}")
    of = by.person.team if by.person is not None and by.person.partner is None else None
    if team and of is None:
        raise ConfigError(f"{by.name} is in no team; save it for yourself, or ask an administrator: people team")
    id = content_id("sch", by.reader.partner, by.name, called.casefold())
    before = store.searches.search(by.reader, id)
    if before is None and sum(one.owner == by.name for one in store.searches.searches(by.reader)) >= MOST_SEARCHES:
        raise ConfigError(f"{by.name} keeps {MOST_SEARCHES} searches already; remove one: watchfloor searches remove")
    kept = SavedSearch(
        id=id,
        owner=by.name,
        partner=by.reader.partner,
        team=of if team else None,
        name=called,
        query=asked,
        made=before.made if before else now,
    )
    store.searches.keep_search(kept, _note(by, id, now, "search changed" if before else "search saved"))
    return kept


def named(store: Store, by: Admitted, name: str) -> SavedSearch:
    """Return the search of this name or id, one's own before the team's. Raises ConfigError."""
    by.require("see")
    by = _owner(by)
    wanted = " ".join(name.split()).casefold()
    known = store.searches.searches(by.reader)
    fitting = [one for one in known if wanted and (one.name.casefold() == wanted or one.id.startswith(wanted))]
    if not fitting:
        raise ConfigError(f"there is no saved search {name!r}; see: watchfloor searches list")
    return next((one for one in fitting if one.owner == by.name), fitting[0])


def watched(store: Store, by: Admitted) -> list[Watched]:
    """Return one's own searches and the team's with how many reports fit, and how many came in since the last look."""
    by.require("see")
    by = _owner(by)
    return [_counted(store, by, one) for one in store.searches.searches(by.reader)]


def _counted(store: Store, by: Admitted, one: SavedSearch) -> Watched:
    total = search(store, by.reader, one.query, limit=0).total
    if one.seen is None or not total:
        return Watched(search=one, total=total, new=total)
    return Watched(search=one, total=total, new=search(store, by.reader, one.query, limit=0, since=one.seen).total)


def looked_at(
    store: Store, by: Admitted, name: str, now: datetime, *, limit: int = 20, as_of: date | None = None
) -> tuple[SavedSearch, Found]:
    """Return a saved search and what it finds, the newest first; from now on that has been seen."""
    by = _owner(by)
    one = named(store, by, name)
    found = search(store, by.reader, one.query, limit=limit, as_of=as_of, newest=True)
    store.searches.keep_visit(one.id, by.name, now)
    return one, found


def remove(store: Store, by: Admitted, name: str, now: datetime) -> SavedSearch:
    """Remove one's own search, and its feeds with it; return it. Raises ConfigError, AccessDenied for another's."""
    by = _owner(by)
    one = named(store, by, name)
    if one.owner != by.name:
        raise AccessDenied(f"{one.name!r} belongs to {one.owner}; its owner removes it", known=True)
    store.searches.remove_search(one.id, _note(by, one.id, now, "search removed"))
    return one


def feed_secret(store: Store, by: Admitted, name: str, now: datetime) -> tuple[SavedSearch, str]:
    """Return a search and a new secret for the address of its feed, shown this once; the one before ends."""
    by.require("keys")
    by = _owner(by)
    one = named(store, by, name)
    secret = secrets.token_urlsafe(32)
    store.searches.keep_feed_secret(one.id, by.name, hashed(secret), _note(by, one.id, now, "feed address made"))
    return one, secret


def feed(store: Store, by: Admitted, name: str, now: datetime, *, site: str | None = None) -> str:
    """Return the Atom feed of a saved search for its owner or a member of the team.

    site: the address of this node's pages ("https://watch.example"), None for entries without links.
    """
    return _feed(store, by, named(store, by, name), now, site, None)


def feed_by_secret(
    store: Store, secret: str, clearance: Level, now: datetime, *, site: str | None = None, own: str | None = None
) -> str:
    """Return the Atom feed that a secret address stands for, as its person may see it now.

    clearance: that of this machine; nobody sees more on it. own: the address itself. Raises AccessDenied.
    """
    found = store.searches.feed_of(DOOR, hashed(secret))
    if found is None:
        raise AccessDenied(_NOBODY)
    id, name = found
    by = _person(store, name, clearance, now)
    by.require("see")
    one = store.searches.search(by.reader, id)
    if one is None:
        raise AccessDenied(_NOBODY)
    return _feed(store, by, one, now, site, own)


def _person(store: Store, name: str, clearance: Level, now: datetime) -> Admitted:
    person = store.people.person(DOOR, name)
    if person is None and not any(one.partner is None for one in store.people.people(DOOR)):
        return _owner(alone(name, clearance, now))
    if person is None or person.disabled:
        raise AccessDenied(_NOBODY)
    who = admitted(store, person, now, how="key")
    level = min(who.reader.clearance, clearance, key=LEVELS.index)
    return structs.replace(who, reader=structs.replace(who.reader, clearance=level))


def _feed(store: Store, by: Admitted, one: SavedSearch, now: datetime, site: str | None, own: str | None) -> str:
    found = search(store, by.reader, one.query, limit=MOST_ENTRIES, newest=True)
    hits = found.hits
    return written(
        AtomFeed(
            key=one.id,
            title=one.name,
            subtitle=f"{found.total} {found.meaning}" if found.meaning else f"search: {one.query}",
            updated=max((hit.report.collected for hit in hits), default=one.made),
            entries=[_entry(hit, site) for hit in hits],
            own=own,
            page=f"{site}/searches/{one.id}" if site else None,
            rights=banner(effective(hit.report.marking for hit in hits)) if hits else "",
        )
    )


def _entry(hit: Hit, site: str | None) -> AtomEntry:
    report = hit.report
    return AtomEntry(
        key=report.id,
        title=report.headline or f"{' '.join(report.text[:_BEGINNING].split())} …",
        updated=report.collected,
        link=f"{site}/r/{report.id}" if site else None,
        author=report.outlet,
        summary=report.text[hit.snippet.start : hit.snippet.end],
        rights=banner(report.marking),
    )


def _note(by: Admitted, id: str, now: datetime, change: str) -> Note:
    return Note(at=now, who=by.name, verb="see", what=id, detail={"change": change})  # not what is looked for
