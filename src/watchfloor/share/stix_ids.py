"""Ids of STIX objects: the same thing has the same id on every node and on every run.

STIX wants a namespace of one's own for ids that are computed, and gives one for observables.
"""

import uuid
from hashlib import sha256

from watchfloor.share.json_text import encoded

NAMESPACE = uuid.UUID("0d0c3b1e-6e61-4a52-9d0a-5d4b1f6c7e21")
"""Of everything but observables: drawn once at random for Watchfloor."""

OBSERVABLES = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
"""Of observables (STIX 2.1, section 2.9)."""

EPOCH = "2026-01-01T00:00:00.000Z"
"""`created` of objects that are nothing but their name, so that they are the same object everywhere."""


def stix_id(kind: str, *parts: object) -> str:
    """Return the id of an object of ours; parts are kept apart.

    The UUID is a digest that has the form of version 4: STIX takes no other for its domain objects without a warning
    (section 2.9), and a digest is as good as chance for everybody who does not know the parts.

    >>> stix_id("identity", "organization", "NATO") == stix_id("identity", "organization", "NATO")
    True
    """
    named = NAMESPACE.bytes + encoded([kind, *map(str, parts)])
    return f"{kind}--{uuid.UUID(bytes=sha256(named).digest()[:16], version=4)}"


def observable_id(kind: str, **contributing: str) -> str:
    """Return the id of an observable from the properties that make it what it is.

    >>> observable_id("url", value="https://example.com/")
    'url--be22e93a-5e33-5678-b19f-8b4ea06df0bd'
    """
    return f"{kind}--{uuid.uuid5(OBSERVABLES, encoded(dict(sorted(contributing.items()))).decode())}"
