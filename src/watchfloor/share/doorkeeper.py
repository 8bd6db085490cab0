"""Who comes to the TAXII server, and which collections are open to them. Who holds the keys is another's to say."""

import binascii
from base64 import b64decode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from hmac import compare_digest
from typing import Protocol

from msgspec import Struct

from watchfloor.core.marking import Reader


class Right(Struct, frozen=True, kw_only=True):
    """What may be done with a collection."""

    read: bool = False
    write: bool = False


class Access(Struct, frozen=True, kw_only=True):
    """Somebody who was recognised.

    name: whose requests these are; what became of them is told to the same name only. reader: as whom the store is
    asked. rights: by collection id; a collection that is not named is not there for them.
    """

    name: str
    reader: Reader
    rights: Mapping[str, Right]


class Doorkeeper(Protocol):
    """Recognises who asks by the headers of the request."""

    def who(self, headers: Mapping[str, str]) -> Access | None:
        """Return who asks, None for anybody who is not known; names of headers are in small letters."""
        ...


class Credential(Struct, frozen=True, kw_only=True):
    """A user of a fixed list, with the password as SHA-256 (hexadecimal): for trials; people have other keys."""

    name: str
    password_sha256: str
    reader: Reader
    rights: Mapping[str, Right]


class FixedDoorkeeper:
    """Knows a fixed list of users by HTTP Basic; every attempt costs the same, whatever is wrong with it."""

    def __init__(self, credentials: Sequence[Credential]) -> None:
        self._credentials = tuple(credentials)

    def who(self, headers: Mapping[str, str]) -> Access | None:
        """Return the user whose name and password the headers carry."""
        name, password = basic(headers.get("authorization", ""))
        digest = sha256(password.encode("utf-8", "surrogatepass")).hexdigest()
        found = None
        for one in self._credentials:  # every one is compared, so that the time tells nothing
            is_name = compare_digest(one.name.encode(), name.encode("utf-8", "surrogatepass"))
            is_password = compare_digest(one.password_sha256.lower().encode(), digest.encode())
            found = one if is_name & is_password else found
        return None if found is None else Access(name=found.name, reader=found.reader, rights=found.rights)


def basic(header: str) -> tuple[str, str]:
    """Return name and password of an Authorization header, two empty words when it carries none.

    >>> basic("Basic YWRhOnNlY3JldA==")
    ('ada', 'secret')
    """
    scheme, _, told = header.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        name, colon, password = b64decode(told.strip(), validate=True).decode("utf-8").partition(":")
    except (binascii.Error, ValueError):
        return "", ""
    return (name, password) if colon else ("", "")
