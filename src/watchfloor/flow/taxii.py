"""The TAXII server without its wire: the answer to each of the eleven requests (TAXII 2.1, OASIS, June 2021)."""

import secrets
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from watchfloor.core.collection import Collection, Page, Selection, Shelved
from watchfloor.share.doorkeeper import Access, Doorkeeper, Right
from watchfloor.share.instants import micros, timestamp
from watchfloor.share.taxii_asked import DEFAULT_PAGE, Parameters, cursor, every_version, selection
from watchfloor.share.taxii_envelope import MAX_BYTES, SPEC, envelope
from watchfloor.share.taxii_error import TaxiiError, unknown
from watchfloor.store.store import Store

TAXII = "application/taxii+json;version=2.1"
STIX = "application/stix+json;version=2.1"
ROOT = "/taxii2/api/"

_encode = msgspec.json.Encoder().encode


class Reply(Struct, frozen=True, kw_only=True):
    """An answer: JSON, and the headers that go with it."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = {}


class TaxiiServer:
    """Answers the requests of TAXII clients from the store.

    doorkeeper: says who asks and what is open to them. now: the clock. page: objects of a page
    when nobody says how many.
    """

    def __init__(
        self,
        store: Store,
        doorkeeper: Doorkeeper,
        now: Callable[[], datetime],
        *,
        title: str = "Watchfloor",
        page: int = DEFAULT_PAGE,
    ) -> None:
        self._store, self._doorkeeper, self._now = store, doorkeeper, now
        self._title, self._page = title, page

    def discovery(self, headers: Mapping[str, str]) -> Reply:
        """Return what the server offers."""
        self._who(headers)
        return _reply({"title": self._title, "default": ROOT, "api_roots": [ROOT]})

    def root(self, headers: Mapping[str, str]) -> Reply:
        """Return what the one API root speaks."""
        self._who(headers)
        return _reply({"title": self._title, "versions": [TAXII], "max_content_length": MAX_BYTES})

    def status(self, headers: Mapping[str, str], id: str) -> Reply:
        """Return what became of objects that the same one sent."""
        found = self._store.taxii_status(self._who(headers).name, id) if _is_uuid(id) else None
        if found is None:
            raise unknown("status")
        return Reply(body=found.encode())

    def collections(self, headers: Mapping[str, str]) -> Reply:
        """Return the collections that are open to the one who asks."""
        access = self._who(headers)
        open_ = [(one, access.rights.get(one.id, Right())) for one in self._store.collections(access.reader)]
        told = [_described(one, right) for one, right in open_ if right.read or right.write]
        return _reply({"collections": told} if told else {})

    def collection(self, headers: Mapping[str, str], name: str) -> Reply:
        """Return one collection."""
        _, collection, right = self._opened(headers, name)
        return _reply(_described(collection, right))

    def objects(self, headers: Mapping[str, str], name: str, parameters: Parameters) -> Reply:
        """Return a page of objects."""
        access, collection = self._readable(headers, name)
        about = f"objects {collection.id}"
        asked = selection(parameters, about, page=self._page)
        page = self._store.shelved(access.reader, collection.id, asked)
        return _page(page, "objects", [one.body or "" for one in page.found], parameters, about)

    def manifest(self, headers: Mapping[str, str], name: str, parameters: Parameters) -> Reply:
        """Return a page of records: of each version when it was added."""
        access, collection = self._readable(headers, name)
        about = f"manifest {collection.id}"
        asked = selection(parameters, about, page=self._page)
        page = self._store.shelved(access.reader, collection.id, asked, bodies=False)
        return _page(page, "objects", [_record(one) for one in page.found], parameters, about)

    def object(self, headers: Mapping[str, str], name: str, id: str, parameters: Parameters) -> Reply:
        """Return versions of one object, by default the last."""
        access, collection = self._readable(headers, name)
        about = f"object {collection.id} {id}"
        asked = self._of_one(access, collection, id, selection(parameters, about, page=self._page))
        page = self._store.shelved(access.reader, collection.id, asked)
        return _page(page, "objects", [one.body or "" for one in page.found], parameters, about)

    def versions(self, headers: Mapping[str, str], name: str, id: str, parameters: Parameters) -> Reply:
        """Return which versions of one object there are."""
        access, collection = self._readable(headers, name)
        about = f"versions {collection.id} {id}"
        asked = self._of_one(access, collection, id, every_version(selection(parameters, about, page=self._page)))
        page = self._store.shelved(access.reader, collection.id, asked, bodies=False)
        return _page(page, "versions", [_encode(_version(one)).decode() for one in page.found], parameters, about)

    def may_add(self, headers: Mapping[str, str], name: str) -> Reply:
        """Return an empty reply when the one who asks may add objects; raises TaxiiError otherwise."""
        if not self._opened(headers, name)[2].write:
            raise TaxiiError(403, "this collection may not be written")
        return _reply({})

    def add(self, headers: Mapping[str, str], name: str, body: bytes) -> Reply:
        """Add what was sent; return what became of each object."""
        access, collection, right = self._opened(headers, name)
        if not right.write:
            raise TaxiiError(403, "this collection may not be written")
        given = envelope(body)
        now = micros(self._now())
        right_kind = [one for one in given if one.spec_version == SPEC]
        told = iter(self._store.shelve(collection.id, right_kind, now, sender=access.name))
        answers = [next(told) if one.spec_version == SPEC else f"expected STIX {SPEC}" for one in given]
        details = [
            {"id": one.id, "version": one.version or timestamp(now), **({"message": answer} if answer else {})}
            for one, answer in zip(given, answers, strict=True)
        ]
        failed = [detail for detail in details if "message" in detail]
        well = [detail for detail in details if "message" not in detail]
        status = {
            "id": str(uuid.UUID(bytes=secrets.token_bytes(16), version=4)),
            "status": "complete",
            "request_timestamp": timestamp(now),
            "total_count": len(given),
            "success_count": len(well),
            **({"successes": well} if well else {}),
            "failure_count": len(failed),
            **({"failures": failed} if failed else {}),
            "pending_count": 0,
        }
        written = _encode(status)
        self._store.keep_taxii_status(str(status["id"]), access.name, now, written.decode())
        return Reply(body=written, status=202)

    def delete(self, headers: Mapping[str, str], name: str, id: str, parameters: Parameters) -> Reply:
        """Take an object out of the collection, all its versions unless some are named."""
        access, collection, right = self._opened(headers, name)
        if not (right.read and right.write):
            raise TaxiiError(403, "nothing may be deleted from this collection")
        asked = selection(parameters, "delete")
        if not any(key == "match[version]" for key, _ in parameters):
            asked = every_version(asked)
        wanted = Selection(most=1, versions=asked.versions, spec_versions=asked.spec_versions)
        is_here = self._store.is_shelved(access.reader, collection.id, id)
        if not is_here or not self._store.unshelve(collection.id, id, wanted):
            raise unknown("object")
        return _reply({})

    def _who(self, headers: Mapping[str, str]) -> Access:
        access = self._doorkeeper.who(headers)
        if access is None:
            raise TaxiiError(401, "who are you?", "Send a name and a password, or a key, that this server knows.")
        return access

    def _opened(self, headers: Mapping[str, str], name: str) -> tuple[Access, Collection, Right]:
        """Return a collection by id or alias; what is not open sounds like what is not there."""
        access = self._who(headers)
        for one in self._store.collections(access.reader):
            right = access.rights.get(one.id, Right())
            if name in (one.id, one.alias) and (right.read or right.write):
                return access, one, right
        raise unknown("collection")

    def _readable(self, headers: Mapping[str, str], name: str) -> tuple[Access, Collection]:
        access, collection, right = self._opened(headers, name)
        if not right.read:
            raise TaxiiError(403, "this collection may not be read")
        return access, collection

    def _of_one(self, access: Access, collection: Collection, id: str, asked: Selection) -> Selection:
        if "\x00" in id or not self._store.is_shelved(access.reader, collection.id, id):
            raise unknown("object")
        return msgspec.structs.replace(asked, ids=(id,), types=())


def error(wrong: TaxiiError) -> Reply:
    """Return an error as it is sent."""
    told = {"title": wrong.title, "http_status": str(wrong.status)}
    if wrong.description:
        told["description"] = wrong.description
    door = {"WWW-Authenticate": 'Basic realm="watchfloor", charset="UTF-8"'} if wrong.status == 401 else {}
    wait = {"Retry-After": str(wrong.retry_after)} if wrong.retry_after else {}
    return Reply(body=_encode(told), status=wrong.status, headers={**door, **wait})


def _reply(told: Mapping[str, object]) -> Reply:
    return Reply(body=_encode(told))


def _described(one: Collection, right: Right) -> dict[str, object]:
    more = {"description": one.description, "alias": one.alias}
    return {
        "id": one.id,
        "title": one.title,
        **{key: value for key, value in more.items() if value},
        "can_read": right.read,
        "can_write": right.write,
        "media_types": [STIX],
    }


def _page(page: Page, key: str, written: Sequence[str], parameters: Parameters, about: str) -> Reply:
    """Return a page put together from what is written already."""
    if not page.found:
        return _reply({})
    first, last = page.found[0].added, page.found[-1].added
    more = f'"more":true,"next":"{cursor(parameters, about, last)}",' if page.more else ""
    headers = {"X-TAXII-Date-Added-First": timestamp(first), "X-TAXII-Date-Added-Last": timestamp(last)}
    return Reply(body=f'{{{more}"{key}":[{",".join(written)}]}}'.encode(), headers=headers)


def _version(one: Shelved) -> str:
    return one.version or timestamp(one.added)


def _record(one: Shelved) -> str:
    told = {"id": one.id, "date_added": timestamp(one.added), "version": _version(one), "media_type": STIX}
    return _encode(told).decode()


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
