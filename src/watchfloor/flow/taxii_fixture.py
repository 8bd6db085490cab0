"""A file that says who may do what on a TAXII server for trials: users, collections, and objects that lie in them."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from watchfloor.core.collection import Collection, StixObject
from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import Level, Reader
from watchfloor.share.doorkeeper import Credential, FixedDoorkeeper, Right
from watchfloor.share.instants import instant
from watchfloor.share.taxii_envelope import stix_object
from watchfloor.share.taxii_error import TaxiiError
from watchfloor.store.store import Store


class User(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A user: the password plain, or its SHA-256. partner: whose reader; None for this node's own."""

    name: str
    password: str | None = None
    password_sha256: str | None = None
    partner: str | None = None
    clearance: Level = "GREEN"


class Shelf(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A collection. access: "r", "w", "rw" or "" by user. objects: STIX; added: when each was, by its place."""

    id: str
    title: str
    partner: str | None = None
    description: str | None = None
    alias: str | None = None
    access: dict[str, str] = {}
    objects: tuple[dict[str, Any], ...] = ()
    added: tuple[str, ...] = ()


class Fixture(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file."""

    users: tuple[User, ...]
    collections: tuple[Shelf, ...] = ()


def read_fixture(path: Path) -> Fixture:
    """Return what the file says; raises ConfigError naming what is wrong."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Fixture)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: {error}; expected users and collections, see docs/share.md") from None


def laid_out(store: Store, fixture: Fixture, now: int) -> FixedDoorkeeper:
    """Make the collections and put the objects in; return who knows the users."""
    for shelf in fixture.collections:
        store.keep_collection(
            Collection(
                id=shelf.id,
                title=shelf.title,
                partner=shelf.partner,
                description=shelf.description,
                alias=shelf.alias,
            )
        )
        fixed = [instant(told) for told in shelf.added]
        if shelf.objects:
            store.shelve(shelf.id, _objects(shelf), now, sender="fixture", fixed=fixed)
    return FixedDoorkeeper([_credential(user, fixture.collections) for user in fixture.users])


def _objects(shelf: Shelf) -> list[StixObject]:
    try:
        return [stix_object(one) for one in shelf.objects]
    except TaxiiError as error:
        raise ConfigError(f"collection {shelf.id}: {error.title}") from None


def _credential(user: User, shelves: Sequence[Shelf]) -> Credential:
    digest = user.password_sha256 or (sha256(user.password.encode()).hexdigest() if user.password else None)
    if digest is None:
        raise ConfigError(f"user {user.name!r} has no password; give password or password_sha256")
    rights = {shelf.id: shelf.access.get(user.name, "") for shelf in shelves}
    return Credential(
        name=user.name,
        password_sha256=digest,
        reader=Reader(name=user.name, partner=user.partner, clearance=user.clearance),
        rights={id: Right(read="r" in told, write="w" in told) for id, told in rights.items()},
    )
