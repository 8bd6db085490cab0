"""What is released to a partner goes into the partner's collection; what no longer is, is taken back there.

The release gate has spoken before anything comes here. An object that says the same as before stays as it is; one that
says something else is a new version; one that is no longer released becomes a revoked version without content, and its
earlier versions leave the collection, so that whoever fetches later finds only that it was taken back. That is for
good: what is released again is another object, which says for which one it stands (share.stix_succession).
"""

from collections.abc import Collection as Collection_
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec import Struct, structs

from watchfloor.core.collection import Collection, Selection, StixObject
from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import LEVELS, Reader
from watchfloor.flow.release import Prepared
from watchfloor.share.export_stix import grounded
from watchfloor.share.gate import release
from watchfloor.share.instants import instant, micros, millis, timestamp
from watchfloor.share.stix_succession import again, heirs, renamed, standing_for, stood_for
from watchfloor.share.taxii_envelope import stix_object
from watchfloor.store.portions import portions
from watchfloor.store.store import Store

Object = dict[str, Any]

NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})

_TAKEN_BACK = "Withdrawn by the node that released it."
_REFERS = {"report": "object_refs", "note": "object_refs", "grouping": "object_refs", "observed-data": "object_refs"}
_REVOCABLE = frozenset((*_REFERS, "relationship"))
_MANY = 400  # objects asked for at once


class Published(Struct, frozen=True, kw_only=True):
    """What publishing came to: objects that are new, changed, taken back, and as they were."""

    new: int
    changed: int
    withdrawn: int
    unchanged: int


def collection_of(store: Store, reader: Reader, partner: str) -> Collection:
    """Return the collection of a partner; raises ConfigError when there is none, or more than one."""
    found = [one for one in store.collections(reader) if one.partner == partner]
    if len(found) != 1:
        raise ConfigError(
            f"{len(found)} collections are {partner!r}'s, expected one; "
            f"make one: watchfloor taxii collection {partner!r}"
        )
    return found[0]


def publish(store: Store, reader: Reader, collection: Collection, ready: Prepared, now: datetime) -> Published:
    """Put what the partner may have into the collection; raises ConfigError when the collection is another's."""
    found = released_to(collection, ready)
    return put(store, reader, collection.id, [one for one, _ in found], now, {one["id"]: on for one, on in found})


def released_to(collection: Collection, ready: Prepared) -> list[tuple[Object, tuple[str, ...]]]:
    """Return what the gate leaves for a partner as STIX, each object with the ids of the reports that it rests on.

    Raises ConfigError when the collection is another's.
    """
    if collection.partner is None or ready.reader.partner != collection.partner:
        raise ConfigError(
            f"the collection {collection.title!r} is not {ready.reader.partner!r}'s; nothing was published"
        )
    return grounded(release(ready.picture, ready.brief, ready.reader), ready.picture)


def put(
    store: Store,
    reader: Reader,
    collection: str,
    given: Sequence[Object],
    now: datetime,
    rests_on: Mapping[str, Sequence[str]] = NOTHING,
) -> Published:
    """Make the collection say what these objects say, and nothing else of this node's.

    rests_on: ids of reports by object id; who may not see one of them does not see the object.
    """
    known = _known(store, reader, collection)
    named, grounds = _named(given, known, rests_on)
    fresh: list[Object] = []
    new = changed = unchanged = 0
    for one in named:
        kept = known.get(one["id"])
        if kept is None:
            fresh.append(one)
            new += 1
            continue
        same_object = {**one, **({"created": kept.body["created"]} if "created" in one else {})}
        if _same(same_object, kept.body) or "modified" not in one:
            unchanged += 1
        else:
            fresh.append(_later(same_object, kept.moment, now))
            changed += 1
    shelved = [structs.replace(stix_object(one), rests_on=tuple(grounds.get(one["id"], ()))) for one in fresh]
    here = {one["id"] for one in named}
    gone = _taken_back(known, here, now)
    store.shelve(collection, [*shelved, *gone], micros(now))
    store.keep_grounds(collection, {id: on for id, on in grounds.items() if id in known})
    _forget(store, collection, gone, known)
    return Published(new=new, changed=changed, withdrawn=len(gone), unchanged=unchanged)


def take_back(store: Store, reader: Reader, collection: str, still: Iterable[Object], now: datetime) -> int:
    """Take back what of this node's is no longer among these objects; return how many. Nothing new is put in."""
    known = _known(store, reader, collection)
    named, _ = _named(list(still), known, NOTHING)
    return _leave(store, collection, known, {one["id"] for one in named}, now)


def take_back_from(store: Store, reader: Reader, collection: str, report: str, now: datetime) -> int:
    """Take back all that rests on a report; return how many objects."""
    return _leave(store, collection, _known(store, reader, collection, resting_on=report), frozenset(), now)


def differs(store: Store, reader: Reader, collection: str, given: Sequence[Object]) -> bool:
    """Return whether the collection lacks any of these objects, or says something else of one."""
    known = _known(store, reader, collection)
    named, _ = _named(given, known, NOTHING)
    for one in named:
        kept = known.get(one["id"])
        created = {"created": kept.body["created"]} if kept and "created" in one else {}
        if kept is None or ("modified" in one and not _same({**one, **created}, kept.body)):
            return True
    return False


class _Kept(Struct, frozen=True):
    """The last version of an object of this node's in a collection."""

    moment: int
    body: Object

    @property
    def is_over(self) -> bool:
        return self.body.get("revoked") is True


def _known(store: Store, reader: Reader, collection: str, *, resting_on: str | None = None) -> dict[str, _Kept]:
    """Return what this node published there, also what rests on reports above the clearance of whoever publishes."""
    whole = structs.replace(reader, clearance=LEVELS[-1])
    found = store.published(whole, collection, resting_on=resting_on)
    return {id: _Kept(moment, msgspec.json.decode(body)) for id, (moment, body) in found.items()}


def _named(
    given: Sequence[Object], known: Mapping[str, _Kept], rests_on: Mapping[str, Sequence[str]]
) -> tuple[list[Object], dict[str, Sequence[str]]]:
    """Return the objects under the ids by which they go on, with the reports that each rests on by that id."""
    ids = {one["id"] for one in given}
    going = [kept.body for id, kept in known.items() if id not in ids and not kept.is_over]
    names = heirs([one for one in given if one["id"] not in known], going)
    for id in ids - names.keys():
        if id in known and known[id].is_over:
            names[id] = _unused(id, known)
    named = []
    for first, one in zip([one["id"] for one in given], renamed(given, names), strict=True):
        kept = known.get(one["id"])
        before = stood_for(kept.body) if kept is not None else first if one["id"] != first else None
        named.append(one if before is None else standing_for(one, before))
    return named, {names.get(id, id): on for id, on in rests_on.items()}


def _unused(id: str, known: Mapping[str, _Kept]) -> str:
    """Return the id under which something goes on that was taken back: what is over stays over."""
    while id in known and known[id].is_over:
        id = again(id)
    return id


def _leave(store: Store, collection: str, known: Mapping[str, _Kept], here: Collection_[str], now: datetime) -> int:
    gone = _taken_back(known, here, now)
    store.shelve(collection, gone, micros(now))
    _forget(store, collection, gone, known)
    return len(gone)


def _taken_back(known: Mapping[str, _Kept], here: Collection_[str], now: datetime) -> list[StixObject]:
    return [
        stix_object(_later(revoked(kept.body), kept.moment, now))
        for id, kept in known.items()
        if id not in here and kept.body["type"] in _REVOCABLE and not kept.is_over
    ]


def _forget(store: Store, collection: str, gone: Iterable[StixObject], known: Mapping[str, _Kept]) -> None:
    """Take the earlier versions of what is over out; an earlier run may have died before it did."""
    over = {id: stix_object(kept.body).version for id, kept in known.items() if kept.is_over}
    over |= {one.id: one.version for one in gone}
    home = Reader(name="publishing", partner=None, clearance=LEVELS[-1])
    for these in portions(sorted(over), _MANY):
        some = Selection(most=2 * _MANY, ids=tuple(these), versions=("all",))
        while earlier := [
            one for one in store.shelved(home, collection, some, bodies=False).found if one.version != over[one.id]
        ]:
            for one in earlier:
                moment = instant(one.version)
                store.unshelve(collection, one.id, Selection(most=1, versions=(moment or one.added,)))


def revoked(old: Object) -> Object:
    """Return the object as it is when it was taken back: what STIX requires of its type, and none of what it said."""
    kept = ("type", "spec_version", "id", "created", "modified", "object_marking_refs")
    bare: Object = {name: old[name] for name in kept if name in old} | {"revoked": True}
    first = stood_for(old)
    bare = bare if first is None else standing_for(bare, first)
    kind = old["type"]
    if kind in _REFERS:
        bare["object_refs"] = [old["id"]] if kind != "observed-data" else old["object_refs"]
    if kind in ("report", "grouping"):
        bare["name"] = _TAKEN_BACK
    more: dict[str, Object] = {
        "report": {"published": old.get("published", old["created"])},
        "grouping": {"context": "unspecified"},
        "note": {"content": _TAKEN_BACK},
        "observed-data": {name: old.get(name) for name in ("first_observed", "last_observed", "number_observed")},
        "relationship": {name: old.get(name) for name in ("relationship_type", "source_ref", "target_ref")},
    }
    return bare | more[kind]


def _later(one: Object, before: int, now: datetime) -> Object:
    """Return the object as a version later than the one before; STIX counts in milliseconds."""
    moment = max(now, _datetime(before) + timedelta(milliseconds=1))
    return {**one, "modified": millis(moment)}


def _datetime(instant: int) -> datetime:
    return datetime.fromisoformat(timestamp(instant))


def _same(one: Object, other: Object) -> bool:
    def said(object: Object) -> Object:
        return {name: value for name, value in object.items() if name != "modified"}

    return said(msgspec.json.decode(msgspec.json.encode(one))) == said(other)
