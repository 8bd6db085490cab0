"""The TAXII server on the wire: paths, media types, errors. What is answered is flow.taxii's to say."""

from collections.abc import Callable, Mapping
from typing import Any

from anyio.to_thread import run_sync
from litestar import Litestar, Request, Response, Router, delete, get, post
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from msgspec import Struct

from watchfloor.flow.taxii import ROOT, TAXII, Reply, TaxiiServer, error
from watchfloor.share.taxii_asked import Parameters
from watchfloor.share.taxii_envelope import MAX_BYTES
from watchfloor.share.taxii_error import TaxiiError, unknown

Asked = Request[Any, Any, State]

_ACCEPTED = frozenset(("*/*", "application/*", "application/taxii+json"))
_SENT = "application/taxii+json"


def application(server: TaxiiServer) -> Litestar:
    """Return an application that serves TAXII and nothing else."""
    return Litestar(
        [routes(server)],
        openapi_config=None,
        exception_handlers={Exception: told},
        request_max_body_size=MAX_BYTES,
        logging_config=None,
    )


def routes(server: TaxiiServer) -> Router:
    """Return the eleven requests of TAXII 2.1, for an application of which they are a part.

    The application needs `told` for what lies below /taxii2/ and matches none of them.
    """
    collection = f"{ROOT}collections/{{collection:str}}/"
    one = f"{collection}objects/{{id:str}}/"

    @get("/taxii2/", sync_to_thread=True)
    def discovery(request: Asked) -> Response[bytes]:
        return _answered(request, lambda ask: server.discovery(ask.headers))

    @get(ROOT, sync_to_thread=True)
    def root(request: Asked) -> Response[bytes]:
        return _answered(request, lambda ask: server.root(ask.headers))

    @get(f"{ROOT}status/{{id:str}}/", sync_to_thread=True)
    def status(request: Asked) -> Response[bytes]:
        return _answered(request, lambda ask: server.status(ask.headers, ask.id))

    @get(f"{ROOT}collections/", sync_to_thread=True)
    def collections(request: Asked) -> Response[bytes]:
        return _answered(request, lambda ask: server.collections(ask.headers))

    @get(collection, sync_to_thread=True)
    def described(request: Asked) -> Response[bytes]:
        return _answered(request, lambda ask: server.collection(ask.headers, ask.collection))

    @get(f"{collection}manifest/", sync_to_thread=True)
    def manifest(request: Asked) -> Response[bytes]:
        return _answered(request, lambda ask: server.manifest(ask.headers, ask.collection, ask.query))

    @get(f"{collection}objects/", sync_to_thread=True)
    def objects(request: Asked) -> Response[bytes]:
        return _answered(request, lambda ask: server.objects(ask.headers, ask.collection, ask.query))

    @post(f"{collection}objects/")
    async def add(request: Asked) -> Response[bytes]:
        may = await run_sync(_answered, request, lambda ask: server.may_add(ask.headers, ask.collection))
        if may.status_code != 200:
            return may  # before a byte of the body is read
        body = await request.body()

        def answer(ask: _Ask) -> Reply:
            return server.add(ask.headers, ask.collection, _sent(ask.headers, body))

        return await run_sync(_answered, request, answer)

    @get(one, sync_to_thread=True)
    def object_(request: Asked) -> Response[bytes]:
        return _answered(request, lambda ask: server.object(ask.headers, ask.collection, ask.id, ask.query))

    @delete(one, sync_to_thread=True, status_code=200)
    def delete_(request: Asked) -> Response[bytes]:
        return _answered(request, lambda ask: server.delete(ask.headers, ask.collection, ask.id, ask.query))

    @get(f"{one}versions/", sync_to_thread=True)
    def versions(request: Asked) -> Response[bytes]:
        return _answered(request, lambda ask: server.versions(ask.headers, ask.collection, ask.id, ask.query))

    handlers = [discovery, root, status, collections, described, manifest, objects, add, object_, delete_, versions]
    return Router("/", route_handlers=handlers, exception_handlers={Exception: told})


class _Ask(Struct, frozen=True, kw_only=True):
    """A request in plain words: headers by small name, parameters in order, what its path names."""

    headers: Mapping[str, str]
    query: Parameters
    collection: str
    id: str


def _answered(request: Asked, answer: Callable[[_Ask], Reply]) -> Response[bytes]:
    ask = _Ask(
        headers={name.lower(): value for name, value in request.headers.items()},
        query=list(request.query_params.multi_items()),
        collection=str(request.path_params.get("collection", "")),
        id=str(request.path_params.get("id", "")),
    )
    if not acceptable(ask.headers.get("accept", "")):
        return _response(error(TaxiiError(406, "what is accepted is not what this server sends", f"Accept {TAXII}.")))
    try:
        return _response(answer(ask))
    except TaxiiError as wrong:
        return _response(error(wrong))


def told(_request: Asked, wrong: Exception) -> Response[bytes]:
    """Return any error as TAXII tells it; what goes wrong within is told to nobody outside."""
    if isinstance(wrong, TaxiiError):
        return _response(error(wrong))
    if isinstance(wrong, HTTPException) and wrong.status_code < 500:
        what = unknown("page") if wrong.status_code == 404 else TaxiiError(wrong.status_code, _title(wrong))
        return _response(error(what))
    return _response(error(TaxiiError(500, "the server failed", "Try again; if it stays, tell its keeper.")))


def _title(wrong: HTTPException) -> str:
    titles = {405: "this request is not answered here", 413: "the request is too long"}
    return titles.get(wrong.status_code, "the request cannot be read")


def _response(reply: Reply) -> Response[bytes]:
    return Response(
        reply.body,
        status_code=reply.status,
        headers={**reply.headers, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
        media_type=TAXII,
    )


def acceptable(accept: str) -> bool:
    """Return whether an Accept header lets us send TAXII 2.1; none at all does.

    >>> acceptable("text/html, application/taxii+json;version=2.1;q=0.9"), acceptable("text/xml")
    (True, False)
    """
    if not accept.strip():
        return True
    for one in accept.split(","):
        kind, *parameters = (part.strip().lower() for part in one.split(";"))
        versions = [value for value in parameters if value.startswith("version=")]
        if kind in _ACCEPTED and all(value.replace('"', "") == "version=2.1" for value in versions):
            return True
    return False


def _sent(headers: Mapping[str, str], body: bytes) -> bytes:
    kind, *parameters = (part.strip().lower() for part in headers.get("content-type", "").split(";"))
    versions = [value for value in parameters if value.startswith("version=")]
    if kind != _SENT or any(value.replace('"', "") != "version=2.1" for value in versions):
        raise TaxiiError(415, "what is sent is not TAXII 2.1", f"Send it as {TAXII}.")
    return body
