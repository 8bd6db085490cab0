"""The TAXII server on loopback, asked by the stock clients and by hand."""

import json
import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx2
import pytest
import stix2
import taxii2client.v21 as client
import uvicorn

from watchfloor.core.collection import Collection
from watchfloor.core.marking import Reader
from watchfloor.flow.publishing import put, revoked
from watchfloor.flow.taxii import TAXII, TaxiiServer
from watchfloor.flow.taxii_fixture import laid_out, read_fixture
from watchfloor.share.doorkeeper import Credential, FixedDoorkeeper, Right
from watchfloor.share.taxii_envelope import stix_object
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store
from watchfloor.web.taxii import application

US = Reader(name="us", partner=None, clearance="RED")
HERE = "5a4b7d10-6b0e-4b5f-9a52-0f6f3b6f8a01"
THERE = "5a4b7d10-6b0e-4b5f-9a52-0f6f3b6f8a02"
NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)  # it stands still: every object is added at the same time
MANY = 230
FIXTURE = Path(__file__).resolve().parents[2] / "examples" / "taxii" / "trial.json"


def note(number: int, modified: str = "2024-10-21T09:00:00.000Z") -> dict[str, Any]:
    return {
        "type": "note",
        "spec_version": "2.1",
        "id": f"note--{uuid.UUID(int=number, version=4)}",
        "created": "2024-10-21T09:00:00.000Z",
        "modified": modified,
        "content": f"Number {number}",
        "object_refs": [f"identity--{uuid.UUID(int=1, version=4)}"],
    }


def user(name: str, partner: str | None, **rights: Right) -> Credential:
    digest = sha256(b"secret").hexdigest()
    reader = Reader(name=name, partner=partner, clearance="GREEN")
    return Credential(name=name, password_sha256=digest, reader=reader, rights={HERE: rights["here"]} if rights else {})


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("taxii") / "a.db", create=True) as opened:
        opened.keep_collection(Collection(id=HERE, title="A", partner="A", alias="a"))
        opened.keep_collection(Collection(id=THERE, title="B", partner="B"))
        opened.shelve(HERE, [stix_object(note(number)) for number in range(MANY)], now=1)
        opened.shelve(THERE, [stix_object({**note(1), "content": "only for B"})], now=1)
        yield opened


@pytest.fixture(scope="module")
def address(store: Store) -> Iterator[str]:
    """A server on a port of loopback; its socket is bound before, so nobody has to wait for it."""
    both = Right(read=True, write=True)
    keeper = FixedDoorkeeper([user("a", "A", here=both), user("b", "B", here=both), user("nobody", None)])
    config = uvicorn.Config(
        application(TaxiiServer(store, keeper, lambda: NOW, page=20)), log_level="error", lifespan="off", ws="none"
    )
    served = uvicorn.Server(config)
    bound = config.bind_socket() if config.port is None else None
    if bound is None:
        import socket

        bound = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=served.run, kwargs={"sockets": [bound]})
    thread.start()
    yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    served.should_exit = True
    thread.join()
    bound.close()


@pytest.fixture
def asked(address: str) -> Iterator[httpx2.Client]:
    headers = {"Accept": TAXII, "Content-Type": TAXII}
    with httpx2.Client(base_url=address, auth=("a", "secret"), headers=headers, trust_env=False) as opened:
        yield opened


def ids(page: dict[str, Any]) -> list[str]:
    return [one["id"] for one in page.get("objects", [])]


WANTED = [note(number)["id"] for number in range(MANY)]
OBJECTS = f"/taxii2/api/collections/{HERE}/objects/"


def test_the_stock_client_reads_everything_page_by_page(address: str) -> None:
    collection = client.Collection(f"{address}/taxii2/api/collections/{HERE}/", user="a", password="secret")
    try:
        pages = list(client.as_pages(collection.get_objects, per_request=50))
    finally:
        collection.close()

    assert [len(page["objects"]) for page in pages] == [50, 50, 50, 50, 30]
    assert [id for page in pages for id in ids(page)] == WANTED


def test_the_stix_library_reads_everything(address: str) -> None:
    collection = client.Collection(f"{address}/taxii2/api/collections/{HERE}/", user="a", password="secret")
    try:
        source = stix2.TAXIICollectionSource(collection, items_per_page=100)
        found = source.query([stix2.Filter("type", "=", "note")])
        one = source.get(WANTED[7])
    finally:
        collection.close()

    assert sorted(str(thing.id) for thing in found) == sorted(WANTED)
    assert one.content == "Number 7"


@pytest.mark.parametrize("habit", ["next", "added_after", "both"])
def test_every_habit_of_paging_reaches_every_object_once_though_all_were_added_at_one_time(
    habit: str, asked: httpx2.Client
) -> None:
    found: list[str] = []
    more: dict[str, str] = {}
    for _ in range(MANY):
        answer = asked.get(OBJECTS, params={"limit": "30", "match[type]": "note", **more})
        page = answer.json()
        found += ids(page)
        if not page.get("more"):
            break
        after = {"added_after": answer.headers["X-TAXII-Date-Added-Last"]}
        more = (after if habit != "next" else {}) | ({"next": page["next"]} if habit != "added_after" else {})

    assert found == WANTED


def test_discovery_leads_to_the_collection(address: str) -> None:
    server = client.Server(f"{address}/taxii2/", user="a", password="secret")
    try:
        told = (server.title, server._raw["api_roots"])
    finally:
        server.close()

    assert told == ("Watchfloor", ["/taxii2/api/"])


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/taxii2/api/collections/", 200),
        ("GET", "/taxii2/api/collections/a/", 200),
        ("GET", "/taxii2/nowhere/", 404),
        ("GET", "/elsewhere", 404),
        ("PUT", OBJECTS, 405),
        ("GET", f"/taxii2/api/collections/{THERE}/", 404),
        ("GET", f"/taxii2/api/collections/{uuid.UUID(int=9, version=4)}/", 404),
        ("GET", f"{OBJECTS}note--{uuid.UUID(int=9999, version=4)}/", 404),
        ("GET", f"{OBJECTS}%00/", 404),
        ("GET", "/taxii2/api/status/1/", 404),
    ],
)
def test_every_answer_has_the_media_type_and_every_error_the_form_of_taxii(
    method: str, path: str, status: int, asked: httpx2.Client
) -> None:
    answer = asked.request(method, path)

    assert (answer.status_code, answer.headers["content-type"]) == (status, TAXII)
    if status >= 400:
        assert answer.json()["http_status"] == str(status)


def test_what_is_not_open_sounds_like_what_is_not_there(asked: httpx2.Client) -> None:
    closed, missing = (
        asked.get(f"/taxii2/api/collections/{id}/objects/") for id in (THERE, uuid.UUID(int=9, version=4))
    )

    assert (closed.status_code, closed.content) == (missing.status_code, missing.content)


def test_a_right_that_was_given_by_mistake_opens_no_collection_of_another_partner(address: str) -> None:
    answer = httpx2.get(f"{address}{OBJECTS}", auth=("b", "secret"), trust_env=False)

    assert answer.status_code == 404


@pytest.mark.parametrize("auth", [None, ("a", "wrong"), ("", ""), ("stranger", "secret")])
def test_whoever_is_not_known_is_asked_who_they_are(auth: tuple[str, str] | None, address: str) -> None:
    answer = httpx2.get(f"{address}{OBJECTS}", auth=auth, trust_env=False)

    assert (answer.status_code, answer.headers["content-type"]) == (401, TAXII)
    assert answer.headers["www-authenticate"].startswith("Basic")


def test_wrong_media_types_are_refused(asked: httpx2.Client) -> None:
    assert asked.get(OBJECTS, headers={"Accept": "text/html"}).status_code == 406
    assert asked.post(OBJECTS, content=b"{}", headers={"Content-Type": "application/json"}).status_code == 415


def test_a_body_that_is_too_long_is_refused(asked: httpx2.Client) -> None:
    answer = asked.post(OBJECTS, content=b" " * 8_000_001, headers={"Connection": "close"})

    assert (answer.status_code, answer.headers["content-type"]) == (413, TAXII)


def test_what_is_sent_is_there_for_others_and_its_status_for_its_sender(asked: httpx2.Client, address: str) -> None:
    sent = {**note(5_000), "content": "Sent"}
    answer = asked.post(OBJECTS, content=json.dumps({"objects": [sent, {**sent, "content": "Other"}]}).encode())
    status = answer.json()

    assert (answer.status_code, status["success_count"], status["failure_count"]) == (202, 1, 1)
    assert asked.get(f"/taxii2/api/status/{status['id']}/").json() == status
    theirs = httpx2.get(f"{address}/taxii2/api/status/{status['id']}/", auth=("b", "secret"), trust_env=False)
    assert theirs.status_code == 404
    assert asked.get(f"{OBJECTS}{sent['id']}/").json() == {"objects": [sent]}
    assert asked.delete(f"{OBJECTS}{sent['id']}/").status_code == 200
    assert asked.get(f"{OBJECTS}{sent['id']}/").status_code == 404


def test_an_object_of_another_version_of_stix_is_not_taken(asked: httpx2.Client) -> None:
    old = {key: value for key, value in note(6_000).items() if key != "spec_version"}
    status = asked.post(OBJECTS, content=json.dumps({"objects": [old]}).encode()).json()

    assert status["failures"][0]["message"] == "expected STIX 2.1"


def test_publishing_again_changes_nothing_and_what_is_no_longer_released_is_taken_back(tmp_path: Path) -> None:
    with open_store(tmp_path / "p.db", create=True) as store:
        store.keep_collection(Collection(id=HERE, title="A", partner="A"))
        first = put(store, US, HERE, [note(1), note(2)], NOW)
        again = put(store, US, HERE, [note(1), note(2)], NOW)
        changed = put(store, US, HERE, [note(1), {**note(2), "content": "Corrected"}], NOW)
        last = put(store, US, HERE, [note(1)], NOW)
        after = put(store, US, HERE, [note(1)], NOW)
        kept = store.published(US, HERE)
        left = store.count_shelved(US, HERE)

    assert (first.new, again.unchanged, changed.changed, last.withdrawn, after.withdrawn) == (2, 2, 1, 1, 0)
    assert json.loads(kept[note(2)["id"]][1])["revoked"] is True
    assert left == 2
    assert not any("Corrected" in body or "Number 2" in body for _, body in kept.values())
    assert stix2.parse(revoked(note(2))).revoked


def test_the_trial_in_the_examples_can_be_laid_out(tmp_path: Path) -> None:
    with open_store(tmp_path / "t.db", create=True) as store:
        keeper = laid_out(store, read_fixture(FIXTURE), now=1)

    access = keeper.who({"authorization": "Basic dHJpYWw6dHJpYWw="})
    assert access is not None
    assert access.rights[HERE] == Right(read=True, write=True)
