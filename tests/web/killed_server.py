"""A TAXII server in a process of its own that takes in objects until it is killed; and what of them is there after."""

import json
import socket
import subprocess
import sys
from base64 import b64encode
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from uuid import UUID

from msgspec import Struct

from watchfloor.core.collection import Selection
from watchfloor.core.marking import Reader
from watchfloor.flow.taxii import TAXII
from watchfloor.store.connection import open_store

FIXTURE = Path(__file__).resolve().parents[2] / "examples" / "taxii" / "trial.json"
SHELF = "5a4b7d10-6b0e-4b5f-9a52-0f6f3b6f8a01"
OBJECTS = f"/taxii2/api/collections/{SHELF}/objects/"
HEADERS = {
    "Accept": TAXII,
    "Content-Type": TAXII,
    "Authorization": "Basic " + b64encode(b"trial:trial").decode(),
}
HOME = Reader(name="test", partner=None, clearance="RED")
AT_ONCE = 3  # objects of one request


class Round(Struct, frozen=True, kw_only=True):
    """What one round came to. lost: acknowledged objects and requests that are not there afterwards.

    halved: requests of which some objects are there and some are not. findings: of `db check`.
    """

    acknowledged: int
    lost: int
    halved: int
    findings: int


def killed_while_writing(database: str, number: int, after: int) -> Round:
    """Serve the database, send requests, kill the server after so many were acknowledged; return what was lost.

    Nothing waits for the end of a request: one is under way when the server dies.
    """
    port = _free()
    serve = [sys.executable, "-c", _SERVE, database, str(FIXTURE), str(port)]
    with subprocess.Popen(serve, stdout=subprocess.PIPE) as served:
        assert served.stdout is not None
        served.stdout.readline()  # "ready"
        acknowledged: list[tuple[str, list[str]]] = []
        sent: list[list[str]] = []
        with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as wire:
            for request in range(after):
                sent.append(_send(wire, number, request))
                answer = wire.getresponse()
                told = json.loads(answer.read())
                assert answer.status == 202, told
                acknowledged.append((told["id"], sent[-1]))
            sent.append(_send(wire, number, after))
            served.kill()
            try:  # it may have been answered before the signal came
                told = json.loads(wire.getresponse().read())
                acknowledged.append((told["id"], sent[-1]))
            except (HTTPException, OSError, ValueError):
                pass
    return _afterwards(database, acknowledged, sent)


def _afterwards(database: str, acknowledged: list[tuple[str, list[str]]], sent: list[list[str]]) -> Round:
    with open_store(database, create=False) as store:
        everything = Selection(most=100_000, versions=("all",))
        there = {one.id for one in store.shelved(HOME, SHELF, everything, bodies=False).found}
        lost = sum(id not in there for _, ids in acknowledged for id in ids)
        lost += sum(store.taxii_status("trial", status) is None for status, _ in acknowledged)
        halved = sum(0 < len(there.intersection(ids)) < len(ids) for ids in sent)
        return Round(acknowledged=len(acknowledged), lost=lost, halved=halved, findings=len(store.check(HOME)))


def _send(wire: HTTPConnection, number: int, request: int) -> list[str]:
    notes = [_note(number, request, which) for which in range(AT_ONCE)]
    wire.request("POST", OBJECTS, body=json.dumps({"objects": notes}), headers=HEADERS)
    return [note["id"] for note in notes]


def _note(number: int, request: int, which: int) -> dict[str, Any]:
    unique = UUID(int=(number << 64) | (request << 32) | which, version=4)
    return {
        "type": "note",
        "spec_version": "2.1",
        "id": f"note--{unique}",
        "created": "2024-10-21T09:00:00.000Z",
        "modified": "2024-10-21T09:00:00.000Z",
        "content": f"Round {number}, request {request}. " + "Words are here to be written down. " * 40,
        "object_refs": [f"note--{unique}"],
    }


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as bound:
        return int(bound.getsockname()[1])


_SERVE = """
import sys, threading, time, uvicorn
from pathlib import Path
from watchfloor.flow import clock
from watchfloor.flow.taxii import TaxiiServer
from watchfloor.flow.taxii_fixture import laid_out, read_fixture
from watchfloor.store.connection import open_store
from watchfloor.web.taxii import application
with open_store(sys.argv[1], create=True) as store:
    keeper = laid_out(store, read_fixture(Path(sys.argv[2])), 1)
    class Served(uvicorn.Server):
        async def startup(self, sockets=None):
            await super().startup(sockets)
            print("ready", flush=True)
    app = application(TaxiiServer(store, keeper, clock.now))
    Served(uvicorn.Config(app, port=int(sys.argv[3]), log_level="error", lifespan="off")).run()
"""
