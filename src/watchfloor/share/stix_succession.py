"""Which id an object is sent under: STIX counts versions by id, and what was revoked is over for good.

A claim's id here changes with what it rests on, while a reader of STIX wants one object that changes; so a note that
shares words with one that would go takes its id. What was taken back and is released again is another object, that
says which one it stands for (STIX 2.1, section 3.2, `revoked`: no new versions).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from watchfloor.share.stix_ids import stix_id
from watchfloor.share.stix_markings import EXTENSION

Object = dict[str, Any]
_Words = tuple[str, int, int]


def again(id: str) -> str:
    """Return the id under which an object is sent again after it was taken back."""
    return stix_id(id.partition("--")[0], "released again", id)


def renamed(given: Iterable[Object], names: Mapping[str, str]) -> list[Object]:
    """Return the objects with other ids, in their references too.

    >>> renamed([{"id": "note--1", "object_refs": ["report--1"]}], {"report--1": "report--2"})
    [{'id': 'note--1', 'object_refs': ['report--2']}]
    """
    return [_renamed(one, names) for one in given]


def _renamed(one: Object, names: Mapping[str, str]) -> Object:
    changed = dict(one)
    for key, value in one.items():
        if key == "id" or key.endswith("_ref"):
            changed[key] = names.get(value, value)
        elif key.endswith("_refs") and isinstance(value, list):
            changed[key] = [names.get(ref, ref) for ref in value]
    return changed


def standing_for(one: Object, first: str) -> Object:
    """Return the object with the id of the one, taken back, in whose place it stands."""
    ours = one.get("extensions", {}).get(EXTENSION, {"extension_type": "property-extension"})
    return {**one, "extensions": {**one.get("extensions", {}), EXTENSION: {**ours, "released_again": first}}}


def stood_for(one: Mapping[str, Any]) -> str | None:
    """Return the id of the object in whose place this one stands, None when it stands for itself; anybody's object."""
    extensions = one.get("extensions")
    ours = extensions.get(EXTENSION) if isinstance(extensions, dict) else None
    told = ours.get("released_again") if isinstance(ours, dict) else None
    is_of_its_kind = isinstance(told, str) and told.partition("--")[0] == one.get("type")
    return told if is_of_its_kind and isinstance(told, str) else None


def heirs(new: Iterable[Object], going: Iterable[Object]) -> dict[str, str]:
    """Return for ids of new notes the id of the note that each goes on from: the one of its label it shares most with.

    Each takes one id and each id goes to one; what shares no words with any is new.
    """
    words = {one["id"]: (label, found) for one in going for label, found in [_words(one)] if found}
    shared = sorted(
        (
            (-len(found & words[old][1]), one["id"], old)
            for one in new
            for label, found in [_words(one)]
            for old in words
            if words[old][0] == label and found & words[old][1]
        ),
    )
    taken: dict[str, str] = {}
    for _, id, old in shared:
        if id not in taken and old not in taken.values():
            taken[id] = old
    return taken


def _words(one: Object) -> tuple[str, frozenset[_Words]]:
    """Return the label of a note of ours and where the words stand that it tells; none of any other object."""
    ours = one.get("extensions", {}).get(EXTENSION, {})
    claim, contact = ours.get("claim_fact"), ours.get("contact_fact")
    if claim is not None:
        places = [stated["where"] for stated in (*claim.get("positions", ()), *claim.get("figures", ()))]
    elif contact is not None:
        places = list(contact.get("tellings", ()))
    else:
        return "", frozenset()
    label = ",".join(one.get("labels", ()))
    return label, frozenset((place["report"], place["start"], place["end"]) for place in places)
