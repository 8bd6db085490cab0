"""Coming in by an identity provider: on the way to it, and back."""

import hmac
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import quote, unquote

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from watchfloor.core.errors import AccessDenied, SourceError
from watchfloor.flow.admission import sign_out
from watchfloor.flow.vouching import LASTS, Begun, Provider, vouched
from watchfloor.web.address import safe_next
from watchfloor.web.handed import Visiting
from watchfloor.web.pages.signing import again, bake
from watchfloor.web.visit import Visit

_BACK = "/sign-in/issuer"
_PARAMETERS = ("state", "code", "error", "iss")


@get("/sign-in/issuer", sync_to_thread=True)
def go(visit: Visiting) -> Response[Any]:
    """Send the browser to the identity provider with what it must bring back."""
    try:
        begun = _provider(visit).begin(visit.node.now())
    except SourceError:
        return _failed(visit)
    done: Response[Any] = Redirect(begun.address, status_code=303)
    carried = (begun.state, begun.nonce, begun.verifier, str(int(begun.at.timestamp())), safe_next(visit.value("next")))
    done.set_cookie(
        key=_cookie(visit),
        value=_written(visit.node.secret, carried),
        path=_BACK,
        max_age=int(LASTS.total_seconds()),
        httponly=True,
        secure=visit.node.https,
        samesite="lax",  # the way back begins on another site
    )
    return done


@get("/sign-in/issuer/back", sync_to_thread=True)
def back(request: Request[Any, Any, Any], visit: Visiting) -> Response[Any]:
    """Let in whoever the identity provider vouches for, in a new session whatever the browser had before."""
    provider, node = _provider(visit), visit.node
    begun, onward = _carried(node.secret, request.cookies.get(_cookie(visit), ""))
    told = {name: visit.value(name) for name in _PARAMETERS if visit.value(name)}
    visit.query = (("next", onward),)
    try:
        if begun is None:
            raise AccessDenied("no visit was begun in this browser")
        claims = provider.claims(begun, told, node.now())
        token, _ = vouched(node.store, node.settings.issuer, claims, node.now(), address=visit.client)  # type: ignore[arg-type]
    except AccessDenied:
        return _gone(visit, again(visit, 401, visit.words.gettext("Your organisation did not let you in here.")))
    except SourceError:
        return _failed(visit)
    if visit.session:
        sign_out(node.store, visit.session, node.now())
    done: Response[Any] = Redirect(onward, status_code=303)
    bake(node, done, node.cookie, token)
    return _gone(visit, done)


def _provider(visit: Visit) -> Provider:
    if visit.node.provider is None:
        raise NotFoundException
    return visit.node.provider


def _failed(visit: Visit) -> Response[Any]:
    problem = visit.words.gettext("Your organisation's sign-in does not answer.")
    left = _provider(visit).left_alone(visit.node.now())
    if not left:
        return _gone(visit, again(visit, 502, problem))
    later = visit.words.gettext("It is asked again in %(seconds)s seconds.") % {"seconds": left}
    return _gone(visit, again(visit, 502, f"{problem} {later}", {"Retry-After": str(left)}))


def _gone(visit: Visit, response: Response[Any]) -> Response[Any]:
    response.delete_cookie(_cookie(visit), path=_BACK)
    return response


def _cookie(visit: Visit) -> str:
    """Return the cookie's name; the prefix for hosts wants the path /, so here it is the one for secure cookies."""
    return f"{'__Secure-' if visit.node.https else ''}watchfloor{visit.node.port}-visit"


def _written(secret: bytes, parts: Sequence[str]) -> str:
    """Return the cookie's text, signed: nobody makes this node ask the provider about a visit it did not begin."""
    told = ".".join(quote(part, safe="").replace(".", "%2E") for part in parts)
    return f"{told}.{_signature(secret, parts)}"


def _signature(secret: bytes, parts: Sequence[str]) -> str:
    return hmac.new(secret, "\0".join(parts).encode("utf-8", "replace"), sha256).hexdigest()


def _carried(secret: bytes, text: str) -> tuple[Begun | None, str]:
    """Return what the browser carried, and where it wanted to go; None for anything that was not written here."""
    told, _, signed = text.rpartition(".")
    parts = [unquote(part) for part in told.split(".")]
    if not hmac.compare_digest(_signature(secret, parts).encode(), signed.encode("utf-8", "replace")):
        return None, "/"
    if len(parts) != 5 or not all(parts) or not (parts[3].isascii() and parts[3].isdigit() and len(parts[3]) < 12):
        return None, "/"
    at = datetime.fromtimestamp(int(parts[3]), UTC)
    return Begun(address="", state=parts[0], nonce=parts[1], verifier=parts[2], at=at), safe_next(parts[4])


HANDLERS = [go, back]
