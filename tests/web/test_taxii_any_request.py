"""Whatever is asked of the TAXII server, by whoever it is: an answer in the form of TAXII, and never an error of ours.

The requests are made up by schemathesis from a description of the eleven requests, half of them against it.
"""

import json
import os
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from litestar.testing import TestClient
from schemathesis.generation import GenerationMode
from tests.flow.node import NOW, Node, to

from watchfloor.core.collection import StixObject
from watchfloor.flow import passwords
from watchfloor.flow.admission import make_key
from watchfloor.flow.publishing import publish
from watchfloor.flow.release import prepared
from watchfloor.flow.taxii import TAXII, TaxiiServer
from watchfloor.flow.taxii_doors import PeopleDoorkeeper
from watchfloor.web.taxii import application

OWN = "0b1a4a9e-3b6e-4e0e-9d0c-000000000000"
OBJECT = "note--7c1b4a9e-3b6e-4e0e-9d0c-000000000001"
SECRET = "harbourq"
ROOT = "/taxii2/api"
EXAMPLES = int(os.environ.get("WATCHFLOOR_EXAMPLES", "12"))  # of each; bench/partners.py asks for more

_ID = {"name": "id", "in": "path", "required": True, "schema": {"anyOf": [{"const": OBJECT}, {"type": "string"}]}}
_SHELF = {
    "name": "shelf",
    "in": "path",
    "required": True,
    "schema": {"anyOf": [{"const": OWN}, {"type": "string", "minLength": 1}]},
}
_FILTERS = [
    {"name": name, "in": "query", "schema": schema}
    for name, schema in {
        "added_after": {"type": "string", "format": "date-time"},
        "limit": {"type": "integer", "minimum": 1},
        "next": {"type": "string"},
        "match[id]": {"type": "string"},
        "match[type]": {"type": "string"},
        "match[version]": {"enum": ["all", "last", "first", "2024-10-21T09:00:00.000Z"]},
        "match[spec_version]": {"enum": ["2.1", "2.0"]},
    }.items()
]
_STIX = {
    "type": "object",
    "required": ["type", "id"],
    "properties": {
        "type": {"const": "note"},
        "id": {"type": "string", "pattern": "^note--[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$"},
        "spec_version": {"const": "2.1"},
        "created": {"type": "string", "format": "date-time"},
        "modified": {"type": "string"},
        "content": {"type": "string"},
    },
}
_ENVELOPE = {
    "required": True,
    "content": {TAXII: {"schema": {"type": "object", "properties": {"objects": {"type": "array", "items": _STIX}}}}},
}


def _does(*parameters: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"parameters": list(parameters), "responses": {"default": {"description": "an answer"}}, **more}


DESCRIPTION: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "TAXII 2.1", "version": "1"},
    "paths": {
        "/taxii2/": {"get": _does()},
        f"{ROOT}/": {"get": _does()},
        f"{ROOT}/status/{{id}}/": {"get": _does(_ID)},
        f"{ROOT}/collections/": {"get": _does()},
        f"{ROOT}/collections/{{shelf}}/": {"get": _does(_SHELF)},
        f"{ROOT}/collections/{{shelf}}/manifest/": {"get": _does(_SHELF, *_FILTERS)},
        f"{ROOT}/collections/{{shelf}}/objects/": {
            "get": _does(_SHELF, *_FILTERS),
            "post": _does(_SHELF, requestBody=_ENVELOPE),
        },
        f"{ROOT}/collections/{{shelf}}/objects/{{id}}/": {
            "get": _does(_SHELF, _ID, *_FILTERS),
            "delete": _does(_SHELF, _ID, *_FILTERS),
        },
        f"{ROOT}/collections/{{shelf}}/objects/{{id}}/versions/": {"get": _does(_SHELF, _ID, *_FILTERS)},
    },
}
DESCRIBED = schemathesis.openapi.from_dict(DESCRIPTION)


class Door:
    """A node with one partner's analyst, who reads and writes, and what is not theirs: a word and another shelf."""

    def __init__(self, node: Node) -> None:
        self.node = node
        node.partner("Alder")
        node.partner("Birch")
        node.report(f"{SECRET} called nobody.", to("Birch"), address="https://courier.example/1")
        for name in ("Alder", "Birch"):
            shelf = next(one for one in node.store.collections(node.opened.reader) if one.partner == name)
            publish(node.store, node.opened.reader, shelf, prepared(node.opened, receiver=node.reader(name)), NOW)
        kept = StixObject(
            id=OBJECT, type="note", version="2024-10-21T09:00:00.000Z", moment=1, spec_version="2.1", body="{}"
        )
        node.store.shelve(OWN, [kept], 1)
        guest = node.person("guest", "analyst", partner="Alder")
        self.key, _ = make_key(node.store, guest, "guest", guest.may, NOW)
        self.client = TestClient(
            application(TaxiiServer(node.store, PeopleDoorkeeper(node.store, lambda: NOW), lambda: NOW))
        )


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    node = Node(tmp_path_factory.mktemp("door") / "a.db")
    with pytest.MonkeyPatch.context() as cheap:
        cheap.setattr(passwords, "TIME_COST", 1)
        cheap.setattr(passwords, "MEMORY_COST", 8)
        passwords._hasher.cache_clear()
        passwords._nobodys.cache_clear()
        made = Door(node)
        with made.client:
            yield made
    passwords._hasher.cache_clear()
    passwords._nobodys.cache_clear()
    node.close()


ASKED = [
    (path, method, mode)
    for path, methods in DESCRIPTION["paths"].items()
    for method, told in methods.items()
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or len(told["parameters"]) > len(_FILTERS) or "requestBody" in told
]
"""Each request as described; and against the description, where there is something to be wrong about."""


@pytest.mark.parametrize(("path", "method", "mode"), ASKED)
def test_any_request_is_answered_in_the_form_of_taxii(door: Door, path: str, method: str, mode: GenerationMode) -> None:
    asked = DESCRIBED[path][method.upper()].as_strategy(generation_mode=mode)

    @settings(max_examples=EXAMPLES, phases=[Phase.generate])
    @given(asked)
    def ask(case: Any) -> None:
        sent = case.as_transport_kwargs(base_url="http://testserver")
        sent["headers"] = {**sent.get("headers", {}), "Authorization": f"Bearer {door.key}"}
        if isinstance(sent.get("data"), bytes | str):
            sent["content"] = sent.pop("data")
        answer = door.client.request(**{name: value for name, value in sent.items() if name in _SENT})
        _looked_at(answer)

    ask()


_SCHEME = st.sampled_from(["Basic ", "basic ", "Bearer ", "Digest ", "wf_", "Basic", "", " ", "Basic  "])
_TOLD = st.one_of(
    st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace")),
    st.binary(max_size=60),
    st.text(max_size=40).map(lambda text: b64encode(text.encode("utf-8", "replace"))),
    st.builds(lambda name, word: b64encode(f"{name}:{word}".encode("utf-8", "replace")), st.text(), st.text()),
    st.just(b64encode(b"guest:wf_0_0")),
)


@settings(max_examples=80, phases=[Phase.generate])
@given(scheme=_SCHEME, told=_TOLD, cookie=st.binary(max_size=60), with_cookie=st.booleans())
def test_nobody_comes_in_by_a_header_that_is_made_up(
    door: Door, scheme: str, told: bytes, cookie: bytes, with_cookie: bool
) -> None:
    presented = bytes(byte for byte in scheme.encode() + told if byte not in b"\r\n\x00")
    headers = [(b"authorization", presented)]
    if with_cookie:
        headers.append((b"cookie", bytes(byte for byte in cookie if byte not in b"\r\n\x00")))

    answer = door.client.get(f"{ROOT}/collections/", headers=headers)

    _looked_at(answer)
    assert answer.status_code in (401, 429)
    assert (answer.status_code == 401) == ("www-authenticate" in answer.headers)


_SENT = ("method", "url", "headers", "params", "json", "data", "content")


def _looked_at(answer: Any) -> None:
    assert answer.status_code < 500, answer.text
    assert SECRET not in answer.text
    assert answer.headers["content-type"] == TAXII
    if answer.status_code >= 400:
        told = json.loads(answer.content)
        assert told["http_status"] == str(answer.status_code)
        assert told["title"]
