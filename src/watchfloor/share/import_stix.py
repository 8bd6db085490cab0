"""What a STIX bundle of a partner says, read back: the facts of our own extension, and reports and notes of anybody.

What comes in is text from outside: it is read within limits and nothing in it is followed or believed. A sender's
marking is kept and never made freer: what says no level is taken as RED, and to whom it may go is for this node's own
people to say.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from watchfloor.core.errors import SourceError
from watchfloor.core.marking import Level
from watchfloor.share.stix_facts import ClaimFact, ContactFact, ReportFact
from watchfloor.share.stix_markings import EXTENSION, level_of
from watchfloor.share.stix_succession import stood_for

Object = dict[str, Any]
_MOST_BYTES = 50_000_000  # of one bundle; assumed


class Told(Struct, frozen=True, kw_only=True):
    """The facts of a bundle of ours, each kind sorted by id."""

    reports: tuple[ReportFact, ...]
    claims: tuple[ClaimFact, ...]
    contacts: tuple[ContactFact, ...]


def read(bundle: bytes) -> Told:
    """Return the facts that a bundle holds in our extension; raises SourceError when it is no bundle.

    A fact that does not keep to its form is passed over.
    """
    return facts(_objects(bundle))


def facts(objects: Iterable[Object]) -> Told:
    """Return the facts that the objects hold in our extension."""
    told: dict[str, dict[str, Any]] = {"report_fact": {}, "claim_fact": {}, "contact_fact": {}}
    kinds: dict[str, type[Any]] = {"report_fact": ReportFact, "claim_fact": ClaimFact, "contact_fact": ContactFact}
    for one in objects:
        extensions = one.get("extensions")
        ours = extensions.get(EXTENSION) if isinstance(extensions, dict) else None
        for key, kind in kinds.items():
            if isinstance(ours, dict) and key in ours:
                try:
                    fact = msgspec.convert(ours[key], kind)
                except msgspec.ValidationError:
                    continue
                told[key][fact.watchfloor_id] = fact

    def of(key: str) -> tuple[Any, ...]:
        return tuple(told[key][id] for id in sorted(told[key]))

    return Told(reports=of("report_fact"), claims=of("claim_fact"), contacts=of("contact_fact"))


def _objects(bundle: bytes) -> list[Object]:
    if len(bundle) > _MOST_BYTES:
        raise SourceError(f"found a bundle of {len(bundle)} bytes, expected at most {_MOST_BYTES}")
    try:
        found = msgspec.json.decode(bundle)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise SourceError(f"found no JSON where a STIX bundle was expected ({error})") from None
    objects = found.get("objects", []) if isinstance(found, dict) and found.get("type") == "bundle" else None
    if not isinstance(objects, list):
        raise SourceError("found JSON that is no STIX bundle; expected an object of type bundle")
    return [one for one in objects if isinstance(one, dict)]


class Item(Struct, frozen=True, kw_only=True):
    """A report or note of a partner as a text that can be taken in.

    id, version: of the STIX object. title: its name. text: what it says. url: where it first stood. published: as told.
    level: the sender's TLP level, RED where the sender names none. outlet: who published it, None when not told.
    place: the id under which it was first sent: what was taken back and is released again has another `id` and the
    same place. withdrawn: the sender took it back; there is no text then.
    """

    id: str
    version: str
    title: str | None
    text: str
    url: str | None
    published: str | None
    level: Level
    outlet: str | None
    language: str | None
    place: str
    withdrawn: bool = False


def items(objects: Iterable[Object], known: Mapping[str, Object]) -> list[Item]:
    """Return what of the objects can be read as a text, or was one and is taken back, in their order.

    known: marking definitions by id that came with these or earlier objects.
    """
    found = []
    for one in objects:
        if one.get("type") not in ("report", "note"):
            continue
        item = _item(one, known)
        if item is not None:
            found.append(item)
    return found


def _item(one: Object, known: Mapping[str, Object]) -> Item | None:
    id, version = _text(one, "id"), _text(one, "modified")
    if one.get("revoked") is True:
        return None if id is None or version is None else _withdrawn(one, id, version, known)
    title = _text(one, "name") or _text(one, "abstract")
    body = _text(one, "description") or _text(one, "content")
    if id is None or version is None or not (title or body):
        return None
    reference = _reference(one)
    return Item(
        id=id,
        version=version,
        title=title,
        text="\n\n".join(part for part in (title, body) if part),
        url=reference.get("url"),
        published=_text(one, "published") or _text(one, "created"),
        level=level_of(one.get("object_marking_refs"), known) or "RED",
        outlet=reference.get("source_name"),
        language=_text(one, "lang"),
        place=stood_for(one) or id,
    )


def _withdrawn(one: Object, id: str, version: str, known: Mapping[str, Object]) -> Item:
    return Item(
        id=id,
        version=version,
        title=None,
        text="",
        url=None,
        published=version,
        level=level_of(one.get("object_marking_refs"), known) or "RED",
        outlet=None,
        language=None,
        place=stood_for(one) or id,
        withdrawn=True,
    )


def _reference(one: Object) -> dict[str, str]:
    references = one.get("external_references")
    first = references[0] if isinstance(references, list) and references else None
    told = first if isinstance(first, dict) else {}
    return {key: told[key] for key in ("url", "source_name") if isinstance(told.get(key), str)}


def _text(one: Object, key: str) -> str | None:
    value = one.get(key)
    return value if isinstance(value, str) and value.strip() else None
