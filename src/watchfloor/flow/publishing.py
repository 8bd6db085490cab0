"""What is released to a partner goes into the partner's collection; what no longer is, is taken back there.

The release gate has spoken before anything comes here. An object that says the same as before stays as it is; one that
says something else is a new version; one that is no longer released becomes a revoked version without content, and its
earlier versions leave the collection, so that whoever fetches later finds only that it was taken back.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct

from watchfloor.core.collection import Collection, Selection, StixObject
from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import Reader
from watchfloor.flow.release import Prepared
from watchfloor.share.export_stix import objects
from watchfloor.share.gate import release
from watchfloor.share.instants import micros, millis, timestamp
from watchfloor.share.taxii_envelope import stix_object
from watchfloor.store.store import Store

Object = dict[str, Any]

_TAKEN_BACK = "Withdrawn by the node that released it."
_REFERS = {"report": "object_refs", "note": "object_refs", "grouping": "object_refs", "observed-data": "object_refs"}
_REVOCABLE = frozenset((*_REFERS, "relationship"))


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
    if collection.partner is None or ready.reader.partner != collection.partner:
        raise ConfigError(
            f"the collection {collection.title!r} is not {ready.reader.partner!r}'s; nothing was published"
        )
    released = release(ready.picture, ready.brief, ready.reader)
    return put(store, reader, collection.id, objects(released, ready.picture), now)


def put(store: Store, reader: Reader, collection: str, given: Sequence[Object], now: datetime) -> Published:
    """Make the collection say what these objects say, and nothing else of this node's."""
    known = store.published(reader, collection)
    fresh: list[StixObject] = []
    new = changed = unchanged = 0
    for one in given:
        kept = known.get(one["id"])
        if kept is None:
            fresh.append(stix_object(one))
            new += 1
        elif _same(one, msgspec.json.decode(kept[1])) or "modified" not in one:
            unchanged += 1
        else:
            fresh.append(stix_object(_later(one, kept[0], now)))
            changed += 1
    ids = {one["id"] for one in given}
    gone = [
        stix_object(_later(revoked(old), moment, now))
        for id, (moment, body) in known.items()
        if id not in ids and (old := msgspec.json.decode(body))["type"] in _REVOCABLE and not old.get("revoked")
    ]
    store.shelve(collection, [*fresh, *gone], micros(now))
    before = [stix_object(old) for _, body in known.values() if (old := msgspec.json.decode(body)).get("revoked")]
    half_done = [one for one in before if one.id not in ids]  # an earlier run may have died at this point
    for last in [*gone, *half_done]:
        _forget_before(store, collection, last)
    return Published(new=new, changed=changed, withdrawn=len(gone), unchanged=unchanged)


def revoked(old: Object) -> Object:
    """Return the object as it is when it was taken back: what STIX requires of its type, and none of what it said."""
    kept = ("type", "spec_version", "id", "created", "modified", "object_marking_refs")
    bare: Object = {name: old[name] for name in kept if name in old} | {"revoked": True}
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


def _forget_before(store: Store, collection: str, last: StixObject) -> None:
    """Take the earlier versions of an object out of the collection."""
    everything = Selection(most=1000, ids=(last.id,), versions=("all",))
    home = Reader(name="publishing", partner=None, clearance="RED")
    for one in store.shelved(home, collection, everything).found:
        moment = stix_object(msgspec.json.decode(one.body or "{}")).moment
        if moment is not None and moment != last.moment:
            store.unshelve(collection, last.id, Selection(most=1, versions=(moment,)))
