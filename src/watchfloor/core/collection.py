"""A TAXII collection: what is asked of it, what lies in it. Instants are whole microseconds since 1970 (UTC)."""

from msgspec import Struct


class Collection(Struct, frozen=True, kw_only=True):
    """A place where one partner or group fetches what is released to it.

    id: UUID (version 4). partner: name of the partner or group whose it is, None for one of this node only.
    alias: another name for its address.
    """

    id: str
    title: str
    partner: str | None = None
    description: str | None = None
    alias: str | None = None


class StixObject(Struct, frozen=True, kw_only=True):
    """One version of one STIX object, serialised.

    version: `modified`, else `created`, as written; None for an object that has neither. moment: the same instant.
    body: the object as JSON, in the form in which it is sent. rests_on: ids of the reports that it tells from; whoever
    may not see one of them does not see the object.
    """

    id: str
    type: str
    version: str | None
    moment: int | None
    spec_version: str
    body: str
    rests_on: tuple[str, ...] = ()


class Shelved(Struct, frozen=True, kw_only=True):
    """One version of an object as it lies in a collection.

    added: when it was added; no two in a collection have the same. version: of the object, as written.
    body: None where only the record of it was asked for.
    """

    id: str
    added: int
    version: str
    body: str | None = None


class Selection(Struct, frozen=True, kw_only=True):
    """What of a collection is asked for; everything given must hold, of several values one.

    versions: "last", "first", "all", or instants. after: only what was added later. most: at most so many.
    """

    most: int
    ids: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    versions: tuple[str | int, ...] = ("last",)
    spec_versions: tuple[str, ...] = ()
    after: int | None = None


class Page(Struct, frozen=True, kw_only=True):
    """What was found, oldest first, and whether there is more behind it."""

    found: tuple[Shelved, ...]
    more: bool
