"""Who is let in: every request passes here before its handler runs, and before anything it may do is looked up."""

import hmac
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from anyio.to_thread import run_sync
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.exceptions import ClientException, NotFoundException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler

from watchfloor.core.errors import AccessDenied
from watchfloor.flow.admission import Admitted, alone, authenticate, by_session, cleared
from watchfloor.web import permitted
from watchfloor.web.messages import catalogue, chosen
from watchfloor.web.node import LOOPBACK, Node
from watchfloor.web.packing import is_packed
from watchfloor.web.visit import THEMES, Visit

Asked = Request[Any, Any, State]

TOKEN = "token"
"""Name of the hidden field that every form carries."""
TOKEN_HEADER = "x-watchfloor-token"
_CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_OLD_PAGE = "this form is of an old page or of another site; load the page again and repeat what you did"


class SignInNeeded(AccessDenied):
    """Nobody is known to be asking, and the page is not for everybody."""


def door(node: Node) -> Any:
    """Return the guard of an application: it lets a request through or raises."""

    async def guard(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
        request: Asked = connection  # type: ignore[assignment]
        check_host(node, request.headers.get("host", ""))
        template = str(request.scope.get("path_template") or "/")
        if template.startswith(permitted.OWN_DOOR) or template == permitted.OWN_DOOR.rstrip("/"):
            return
        visit = await run_sync(visited, node, request, template)
        request.scope["state"]["visit"] = visit
        if request.method in _CHANGING:
            await _check_form(request, visit)

    return guard


def check_host(node: Node, host: str) -> None:
    """Raise unless the request names this node: a name of somebody else's that leads here is not ours."""
    name = host.lower().rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host.lower()
    if name not in node.names:
        raise ClientException(f"this node is not called {name[:60]!r}")


def visited(node: Node, request: Asked, template: str) -> Visit:
    """Return the visit; raise unless the route is in the table and whoever asks may take it."""
    key = permitted.key(request.method, template)
    is_open = key in permitted.OPEN
    if not is_open and key not in permitted.DOES:
        raise NotFoundException
    session = request.cookies.get(node.cookie)
    by, refused = None, None
    try:
        by = _known(node, request, session)
    except AccessDenied as denied:
        refused = denied
    if by is None and not is_open:
        if refused is not None and refused.retry_after is not None:
            raise refused
        raise SignInNeeded("nobody is known to be asking")
    verb = permitted.DOES.get(key)
    made = visit(node, request, by, session if by is not None else None)
    made.verb = verb
    made.waits = made.waits or verb == "export"
    if key == "POST /sign-in":  # whoever is in already signs in anew by the form that was made for nobody
        made.token = form_token(request.cookies.get(f"{node.cookie}-before") or "")
    request.scope["state"]["visit"] = made
    if by is not None and verb is not None:
        if verb not in by.may and key.startswith("GET "):  # a page that is not theirs is for them not there
            made.noted({"refused": verb})
            raise NotFoundException
        by.require(verb)
    return made


def visit(node: Node, request: Asked, by: Admitted | None = None, session: str | None = None) -> Visit:
    """Return the visit of a request by somebody, or by nobody known."""
    look = request.cookies.get("look", "")
    theme, language, tips = (*look.split("."), "", "", "")[:3]
    words = catalogue(language or chosen(request.headers.get("accept-language", "")))
    secret = session or request.cookies.get(f"{node.cookie}-before") or ""
    accept = request.headers.get("accept", "")
    query = tuple((str(name), str(value)) for name, value in request.query_params.multi_items())
    wants_json = ("format", "json") in query or accept.startswith("application/json")
    return Visit(
        node,
        by,
        path=request.url.path,
        query=tuple(pair for pair in query if pair[0] != "format"),
        session=session,
        token=form_token(secret),
        words=words,
        theme=next((one for one in THEMES if one == theme), "auto"),
        tips=tips != "off",
        wants_json=wants_json,
        is_part=request.headers.get("hx-request") == "true",
        client=request.client.host if request.client else None,
        waits=wants_json or request.method != "GET",
        packs=is_packed(request),
    )


def _known(node: Node, request: Asked, session: str | None) -> Admitted | None:
    """Return who asks: by key or password in the header, or by session; None for nobody."""
    client = request.client.host if request.client else None
    if not node.is_peopled():
        if session and client in LOOPBACK and node.alone.knows(session):
            return alone(node.keeper, node.settings.clearance, node.now())
        return None
    presented = request.headers.get("authorization")
    if presented:
        who: Admitted | None = authenticate(node.store, presented, node.now(), address=client)
    else:
        who = by_session(node.store, session, node.now(), client) if session else None
    return None if who is None else cleared(who, node.settings.clearance)


def form_token(secret: str) -> str:
    """Return what a form must carry so that it is known to be of a page that this browser got from here.

    It follows from the secret in the cookie, which other sites cannot read, and does not give it away.
    """
    return sha256(b"watchfloor form\0" + secret.encode("utf-8", "surrogatepass")).hexdigest() if secret else ""


async def _check_form(request: Asked, visit: Visit) -> None:
    """Raise unless what is to be changed is asked for by a page of this node, in this browser."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise PermissionDeniedException(_OLD_PAGE)
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower():
        raise PermissionDeniedException(_OLD_PAGE)
    if visit.by is not None and visit.by.how in ("key", "password"):
        return  # no browser sends these by itself
    sent = request.headers.get(TOKEN_HEADER)
    if sent is None:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
            raise PermissionDeniedException(_OLD_PAGE)
        sent = str((await request.form()).get(TOKEN, ""))
    if not visit.token or not hmac.compare_digest(sent.encode("utf-8", "surrogatepass"), visit.token.encode()):
        raise PermissionDeniedException(_OLD_PAGE)
