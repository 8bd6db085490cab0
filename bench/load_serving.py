"""Two hundred readers over HTTP while reports are kept, of data and of pages: errors, and how long answers took."""

import http.client
import random
import socket
import statistics
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import uvicorn
from litestar import Litestar, get
from litestar.exceptions import NotFoundException

from load_asking import questions
from load_filling import HOME
from load_reports import made
from load_sharing import serving
from taxii import HEADERS, HERE
from watchfloor.cli.serving import TURN
from watchfloor.flow.configuration import Configuration
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store
from watchfloor.web.app import application as pages_of
from watchfloor.web.node import Node
from watchfloor.web.taxii import routes

READERS = 200
ASKED = 6  # of each reader
_LONGEST = 120  # seconds that a reader waits (assumed: longer is an error for anybody)


def application(store: Store) -> Litestar:
    """Return an application that answers searches, reports and TAXII."""

    @get("/search", sync_to_thread=True)
    def search(q: str) -> dict[str, object]:
        found = store.search(HOME, q)
        return {"total": found.total, "found": [hit.report.id for hit in found.hits]}

    @get("/report/{id:str}", sync_to_thread=True)
    def report(id: str) -> dict[str, object]:
        one = store.report(HOME, id)
        if one is None:
            raise NotFoundException
        return {"text": one.text, "found": len(store.annotations(HOME, [id])[id])}

    return Litestar([routes(serving(store)), search, report], openapi_config=None, logging_config=None)


def readers(where: str, count: int, statements: int, number: int = READERS) -> dict[str, str]:
    """Serve the database, have readers ask and one writer keep; return errors, times and what was kept meanwhile."""
    paths = _paths(count, statements, number * ASKED)
    bound = socket.create_server(("127.0.0.1", 0), backlog=number)
    sys.setswitchinterval(TURN)
    with open_store(where, create=False) as store, open_store(where, create=False) as line:
        served = uvicorn.Server(
            uvicorn.Config(application(store), log_level="error", lifespan="off", ws="none", backlog=number)
        )
        thread = threading.Thread(target=served.run, kwargs={"sockets": [bound]})
        thread.start()
        done = threading.Event()
        with ThreadPoolExecutor(number + 1) as pool:
            writing = pool.submit(_write, line, count, statements, done)
            port = bound.getsockname()[1]
            answers = list(pool.map(lambda nth: _ask(port, paths[nth::number]), range(number)))
            done.set()
            kept = writing.result()
        served.should_exit = True
        thread.join()
    wrong = Counter(error for _, errors in answers for error in errors)
    times = [one for took, _ in answers for one in took]
    name = f"{number} readers at once, one keeps"
    return {
        f"{name}: errors of {len(paths):,}": f"{wrong.total()} {dict(wrong) or ''}".strip(),
        f"{name}: an answer": walls(times),
        f"{name}: kept meanwhile": f"{kept:,} reports",
    }


def walls(times: list[float]) -> str:
    """Return p50 / p95 / p99 of what answers took by the wall."""
    cuts = statistics.quantiles(times, n=100)
    return f"{cuts[49]:.0f} / {cuts[94]:.0f} / {cuts[98]:.0f}"


def _paths(count: int, statements: int, many: int) -> list[str]:
    chance = random.Random(3)
    typed = [one for some in questions(count, statements).values() for one in some if "origins" not in one]
    some = [made(chance.randrange(count), statements).report.id for _ in range(20)]
    kinds = [
        lambda: f"/search?q={quote(chance.choice(typed)[:500])}",
        lambda: f"/report/{chance.choice(some)}",
        lambda: f"/taxii2/api/collections/{HERE}/objects/?limit=100",
    ]
    return [kinds[n % 3]() for n in range(many)]


def _ask(port: int, paths: list[str], headers: dict[str, str] = HEADERS) -> tuple[list[float], list[str]]:
    took, errors = [], []
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=_LONGEST)
    try:
        for path in paths:
            began = time.perf_counter()
            try:
                line.request("GET", path, headers=headers)
                answer = line.getresponse()
                body = answer.read()
                if answer.status != 200:
                    errors.append(f"{answer.status} {path[:12]} {body[:60]!r}")
            except (OSError, http.client.HTTPException) as error:
                errors.append(type(error).__name__)
                line.close()
            took.append(1000 * (time.perf_counter() - began))
    finally:
        line.close()
    return took, errors


def _write(store: Store, count: int, statements: int, done: threading.Event) -> int:
    """Keep reports one by one, as the pipeline does, until told to stop; they are those that come next."""
    first = written = store.counts(HOME)["captures"]
    while not done.is_set():
        one = made(max(written, count), statements)
        store.keep_capture(one.capture)
        store.keep_report(one.report, one.found, "load")
        written += 1
    return written - first


PAGES = ("/", "/claims", "/claims?sort=newest", "/brief", "/contacts", "/timeline", "/search?q=the", "/reports")


def browsers(where: str, count: int, statements: int, number: int = READERS, at_once: int = 2_000) -> dict[str, str]:
    """Serve the pages, have readers walk through them while one keeps; return errors, times and what was kept."""
    bound = socket.create_server(("127.0.0.1", 0), backlog=number)
    sys.setswitchinterval(TURN)
    with open_store(where, create=False) as store, open_store(where, create=False) as line:
        node = Node(store, Configuration(reports_at_once=at_once), port=bound.getsockname()[1])
        served = uvicorn.Server(
            uvicorn.Config(pages_of(node), log_level="error", lifespan="off", ws="none", backlog=number)
        )
        thread = threading.Thread(target=served.run, kwargs={"sockets": [bound]})
        thread.start()
        cookie = _let_in(node)
        began = time.perf_counter()
        while node.pictures.awaited(HOME, most=0):  # the first picture: nobody sees a page before it
            time.sleep(0.5)
        first = time.perf_counter() - began
        done = threading.Event()
        with ThreadPoolExecutor(number + 1) as pool:
            writing = pool.submit(_write, line, count, statements, done)
            walks = [[PAGES[(nth + step) % len(PAGES)] for step in range(ASKED)] for nth in range(number)]
            answers = list(pool.map(lambda walk: _ask(node.port, walk, cookie), walks))
            done.set()
            kept = writing.result()
        served.should_exit = True
        thread.join()
    wrong = Counter(error for _, errors in answers for error in errors)
    name = f"{number} browsers at once, one keeps"
    return {
        "the first picture, seconds": f"{first:.0f}",
        f"{name}: errors of {number * ASKED:,}": f"{wrong.total()} {dict(wrong) or ''}".strip(),
        f"{name}: a page": walls([one for took, _ in answers for one in took]),
        f"{name}: kept meanwhile": f"{kept:,} reports",
    }


def _let_in(node: Node) -> dict[str, str]:
    """Return the headers of a browser that the terminal let in."""
    line = http.client.HTTPConnection("127.0.0.1", node.port, timeout=_LONGEST)
    try:
        line.request("GET", node.entrance().removeprefix(node.address.rstrip("/")))
        answer = line.getresponse()
        answer.read()
        kept = [value.partition(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
        return {"Cookie": "; ".join(kept)}
    finally:
        line.close()
