"""What a TAXII client asks for, read from the parameters of its request; and the cursor that leads to the next page.

The cursor carries the place where to go on and a digest of what was asked, so that it needs no memory and a cursor of
another question is refused. It opens nothing: whoever makes one up gets what they may read anyway.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from hashlib import blake2b
from hmac import compare_digest

from msgspec.structs import replace

from watchfloor.core.collection import Selection
from watchfloor.share.instants import instant
from watchfloor.share.taxii_error import TaxiiError

DEFAULT_PAGE = 100  # objects, when the client does not say
LONGEST_PAGE = 1_000  # objects; whoever asks for more gets so many, and the word that there is more
MOST_VALUES = 200  # of one filter; assumed
_DIGEST = 12  # bytes
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)

_FILTERS = ("match[id]", "match[type]", "match[version]", "match[spec_version]")

Parameters = Sequence[tuple[str, str]]


def selection(parameters: Parameters, about: str, *, page: int = DEFAULT_PAGE) -> Selection:
    """Return what is asked for; raises TaxiiError 400 naming the parameter that cannot be read.

    about: what the question is about (endpoint, collection, object), for the cursor. Unknown parameters are passed
    over.
    """
    given = _given(parameters)
    after = _instant("added_after", given["added_after"]) if "added_after" in given else None
    if "next" in given:
        place = _place(given["next"], _digest(about, given))
        after = place if after is None else max(place, after)
    return Selection(
        most=min(_limit(given["limit"]) if "limit" in given else page, LONGEST_PAGE),
        ids=_values(given, "match[id]"),
        types=_values(given, "match[type]"),
        versions=_versions(given),
        spec_versions=_values(given, "match[spec_version]"),
        after=after,
    )


def every_version(asked: Selection) -> Selection:
    """Return the selection over all versions of what it names."""
    return replace(asked, versions=("all",))


def cursor(parameters: Parameters, about: str, place: int) -> str:
    """Return the cursor with which the same question goes on behind a place."""
    return urlsafe_b64encode(_digest(about, _given(parameters)) + place.to_bytes(8, "big")).decode().rstrip("=")


def _given(parameters: Parameters) -> dict[str, str]:
    """Return the parameters that we know, each once."""
    given: dict[str, str] = {}
    for name, value in parameters:
        if name not in (*_FILTERS, "added_after", "limit", "next"):
            continue
        if name in given:
            raise TaxiiError(400, f"{name} is given twice", "Separate several values by commas.")
        given[name] = value
    return given


def _digest(about: str, given: dict[str, str]) -> bytes:
    """Return a digest of the question. `limit` and `added_after` are no part of it.

    Some clients send the time of the last object they got beside the cursor; both lead to the same place.
    """
    digest = blake2b(digest_size=_DIGEST)
    for part in (about, *(f"{name}={given[name]}" for name in _FILTERS if name in given)):
        written = part.encode("utf-8", "surrogatepass")
        digest.update(len(written).to_bytes(8, "big") + written)
    return digest.digest()


def _place(told: str, digest: bytes) -> int:
    try:
        raw = urlsafe_b64decode(told.encode("ascii") + b"=" * (-len(told) % 4)) if len(told) < 100 else b""
    except ValueError:
        raw = b""
    if len(raw) != _DIGEST + 8 or not compare_digest(raw[:_DIGEST], digest):
        raise TaxiiError(400, "next does not belong to this question", "Ask with the filters of the page before.")
    return int.from_bytes(raw[_DIGEST:], "big") & (2**63 - 1)


def _limit(told: str) -> int:
    if not _NUMBER.fullmatch(told) or int(told) == 0:
        raise TaxiiError(400, "limit cannot be read", "Expected a whole number above 0.")
    return int(told)


def _instant(name: str, told: str) -> int:
    found = instant(told)
    if found is None:
        raise TaxiiError(400, f"{name} cannot be read", "Expected a time such as 2024-10-21T09:00:00.000000Z.")
    return found


def _values(given: dict[str, str], name: str) -> tuple[str, ...]:
    if name not in given:
        return ()
    values = given[name].split(",")
    if "" in values or len(values) > MOST_VALUES or any("\x00" in one for one in values):
        raise TaxiiError(400, f"{name} cannot be read", f"Expected up to {MOST_VALUES} values, separated by commas.")
    return tuple(values)


def _versions(given: dict[str, str]) -> tuple[str | int, ...]:
    told = _values(given, "match[version]")
    if "all" in told and len(told) > 1:
        raise TaxiiError(400, "match[version] cannot be read", "`all` stands alone.")
    words = ("last", "first", "all")
    return tuple(one if one in words else _instant("match[version]", one) for one in told) or ("last",)
