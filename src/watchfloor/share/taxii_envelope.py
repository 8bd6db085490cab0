"""Objects that a client sends: read within limits, each with the id and version by which it is kept."""

import re
from typing import Any

import msgspec

from watchfloor.core.collection import StixObject
from watchfloor.share.instants import instant
from watchfloor.share.taxii_error import TaxiiError

MAX_BYTES = 8_000_000  # of one request; assumed: some thousands of objects
MOST_OBJECTS = 10_000  # of one request; assumed
DEEPEST = 48  # lists and objects within each other; assumed, STIX needs about ten

SPEC = "2.1"
_ID = re.compile(r"([a-z0-9-]{1,250})--([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})", re.ASCII)
_encode = msgspec.json.Encoder().encode


def envelope(body: bytes) -> list[StixObject]:
    """Return the objects of an envelope; raises TaxiiError 413, 400 or 422 when it is none."""
    if len(body) > MAX_BYTES:
        raise TaxiiError(413, "the request is too long", f"Send at most {MAX_BYTES} bytes at once.")
    try:
        found = msgspec.json.decode(body)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        raise TaxiiError(400, "the body is not JSON", 'Expected an envelope: {"objects": [...]}.') from None
    objects = found.get("objects") if isinstance(found, dict) else None
    if not isinstance(objects, list):
        raise TaxiiError(422, "the body is no envelope", 'Expected an envelope: {"objects": [...]}.')
    if len(objects) > MOST_OBJECTS:
        raise TaxiiError(422, f"there are more than {MOST_OBJECTS} objects", "Send them in several requests.")
    return [stix_object(one) for one in objects]


def stix_object(found: object) -> StixObject:
    """Return the object as it is kept; raises TaxiiError 422 when it cannot be told what it is."""
    if not isinstance(found, dict):
        raise TaxiiError(422, "an object of the envelope is no JSON object")
    id, kind = found.get("id"), found.get("type")
    match = _ID.fullmatch(id) if isinstance(id, str) else None
    if match is None or match[1] != kind:
        raise TaxiiError(422, "an object has no id of its type", "Expected such as note--… with a UUID.")
    _look_deep(found)
    version = found.get("modified", found.get("created"))
    moment = instant(version) if isinstance(version, str) else None
    if version is not None and moment is None:
        raise TaxiiError(422, f"{id} has no readable `modified` or `created`", "Expected a time in UTC, ending in Z.")
    told = found.get("spec_version", SPEC if "created" not in found else None)
    try:
        body = _encode(found).decode("utf-8")
    except (ValueError, TypeError, OverflowError, UnicodeError, RecursionError):
        raise TaxiiError(422, f"{id} holds what cannot be kept", "Expected plain JSON numbers and text.") from None
    return StixObject(
        id=match[0],
        type=match[1],
        version=version,
        moment=moment,
        spec_version=told if isinstance(told, str) else "2.0",
        body=body,
    )


def _look_deep(found: dict[str, Any]) -> None:
    layer: list[object] = [found]
    for _ in range(DEEPEST):
        inner = [value for one in layer for value in (one.values() if isinstance(one, dict) else one)]  # type: ignore[attr-defined]
        layer = [value for value in inner if isinstance(value, dict | list)]
        if not layer:
            return
    raise TaxiiError(422, f"an object is deeper than {DEEPEST} levels")
