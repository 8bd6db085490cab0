"""A partner's TAXII 2.1 collection, read page by page; it ends, whatever the server does.

Servers differ in how one goes on. Some send `next`; some send only `more`, and one asks for what was added after the
last object; several have many objects of one time, of which a page holds only some. So: `next` is sent back with the
question as it was; without it the time of the last object is, a microsecond earlier, so that those of the same time
come again, and again as it is when nothing new comes; what was had before is passed over; and a page that brings
nothing new, a cursor met before, or too many pages end the run. The next run goes on where this one ended.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from watchfloor.core.errors import SourceError
from watchfloor.core.exchange import Fetch

ACCEPT = "application/taxii+json;version=2.1"
PAGE = 500  # objects asked for at once; servers may send fewer
MOST_PAGES = 100  # of one run; the next one goes on from there (assumed)
MOST_OBJECTS = 100_000  # of one run (assumed)

Ask = Callable[[str], Fetch]
"""Asks an address for JSON and says whatever came of it."""


class Pulled(Struct, frozen=True, kw_only=True):
    """One page: its objects that were not had before, and from when on to ask the next time.

    last: as the server wrote it, None when it says none. ended: why the run ends with this page, None when it goes on.
    """

    objects: tuple[dict[str, Any], ...]
    last: str | None
    ended: str | None = None


class _Envelope(Struct, frozen=True, kw_only=True):
    more: bool = False
    next: str | None = None
    objects: list[dict[str, Any]] = []


def pull(ask: Ask, collection: str, after: str | None) -> Iterator[Pulled]:
    """Yield the pages of a collection that hold anything added after a time, the earliest first.

    collection: its address, ".../collections/<id>/". after: `last` of the run before, None for all there is.
    Raises SourceError when the server does not answer, or with what is no TAXII.
    """
    address = collection.rstrip("/") + "/objects/"
    start = _before(after) if after else None
    question = {"limit": str(PAGE), **({"added_after": start} if start else {})}
    seen: set[tuple[str, str]] = set()
    asked: set[str] = set()
    last = after
    for number in range(1, MOST_PAGES + 1):
        url = f"{address}?{urlencode(question)}"
        asked.add(url)
        fetch = ask(url)
        envelope = _read(fetch)
        last = _header(fetch, "x-taxii-date-added-last") or last
        new = tuple(one for one in envelope.objects if _is_new(one, seen))
        ways = _following(question, envelope, last, bool(new)) if envelope.more else []
        following = next((way for way in ways if f"{address}?{urlencode(way)}" not in asked), None)
        ended = _end(envelope, ways, following, len(seen), number)
        yield Pulled(objects=new, last=last, ended=ended)
        if ended is not None or following is None:
            return
        question = following


def _read(fetch: Fetch) -> _Envelope:
    if fetch.outcome != "got":
        raise SourceError(fetch.detail or fetch.outcome)
    try:
        return msgspec.json.decode(fetch.content, type=_Envelope)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise SourceError(f"found no TAXII envelope ({error}); is it the address of a collection?") from None


def _is_new(one: Mapping[str, Any], seen: set[tuple[str, str]]) -> bool:
    key = (str(one.get("id")), str(one.get("modified", one.get("created", ""))))
    if key in seen:
        return False
    seen.add(key)
    return True


def _following(question: dict[str, str], page: _Envelope, last: str | None, is_new: bool) -> list[dict[str, str]]:
    """Return the next questions that may be asked, the better first; none when the server does not say how to go on."""
    if page.next:
        return [{**question, "next": page.next}]
    if last is None:
        return []
    times = [_before(last), last] if is_new else [last]
    return [{"limit": question["limit"], "added_after": one} for one in times]


def _end(
    page: _Envelope, ways: list[dict[str, str]], following: dict[str, str] | None, have: int, number: int
) -> str | None:
    if not page.more:
        return "all of it"
    if not ways:
        return "the server says that there is more, and not how to get it"
    if following is None:
        return "the server sends the same page again and again"
    if number == MOST_PAGES or have >= MOST_OBJECTS:
        return "as much as one run takes; the next one goes on"
    return None


def _before(moment: str) -> str:
    """Return the time a microsecond earlier, so that objects of the same time come again; as it is when it is odd."""
    head, dot, fraction = moment.removesuffix("Z").partition(".")
    if not dot or not fraction.isdecimal() or len(fraction) > 6 or int(fraction) == 0:
        return moment
    digits = int(fraction.ljust(6, "0")) - 1
    return f"{head}.{digits:06d}Z"


def _header(fetch: Fetch, name: str) -> str | None:
    headers = fetch.exchanges[-1].headers if fetch.exchanges else ()
    found = next((value for key, value in headers if key.lower() == name), None)
    return found if found and len(found) < 64 and found.isascii() and found.isprintable() else None
