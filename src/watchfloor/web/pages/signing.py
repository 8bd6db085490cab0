"""Coming in and going out."""

import secrets
from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from watchfloor.core.errors import AccessDenied
from watchfloor.flow.admission import sign_in, sign_out
from watchfloor.web.address import safe_next
from watchfloor.web.door import form_token
from watchfloor.web.handed import Sent, Visiting
from watchfloor.web.node import LOOPBACK, Node
from watchfloor.web.rendering import page
from watchfloor.web.visit import Visit

LONGEST_PASSWORD = 1_024


@get("/sign-in", sync_to_thread=True)
def ask(visit: Visiting) -> Response[bytes]:
    """Ask who somebody is, or let a browser in that was opened from the terminal."""
    return _asked(visit)


def _asked(
    visit: Visit, status: int = 200, problem: str = "", headers: dict[str, str] | None = None
) -> Response[bytes]:
    before = secrets.token_urlsafe(32)
    visit.token = form_token(before)
    made = page(
        visit,
        "sign_in.html",
        title=visit.words.gettext("Sign in"),
        status=status,
        headers=headers,
        onward=safe_next(visit.value("next")),
        problem=problem,
        is_peopled=visit.node.is_peopled(),
    )
    _bake(visit.node, made, f"{visit.node.cookie}-before", before, same_site="strict")
    return made


@post("/sign-in", sync_to_thread=True)
def enter(visit: Visiting, form: Sent) -> Response[Any]:
    """Let somebody in with name and password, in a new session whatever the browser had before."""
    form.only("name", "password", "next")
    onward = safe_next(form.text("next"))
    node = visit.node
    try:
        token, _ = sign_in(
            node.store,
            form.text("name", 200),
            form.secret("password", LONGEST_PASSWORD),
            node.now(),
            address=visit.client,
        )
    except AccessDenied as denied:
        waits = denied.retry_after
        visit.query = (("next", onward),)
        words = visit.words.gettext("Name or password is not right.")
        if waits is not None:
            words = visit.words.gettext("Too many failed attempts. Try again in %(seconds)s seconds.") % {
                "seconds": waits
            }
        headers = {"Retry-After": str(waits)} if waits is not None else None
        return _asked(visit, 401 if waits is None else 429, words, headers)
    if visit.session:
        sign_out(node.store, visit.session, node.now())
    done: Response[Any] = Redirect(onward, status_code=303)
    _bake(node, done, node.cookie, token)
    done.delete_cookie(f"{node.cookie}-before", path="/")
    return done


def opened(visit: Visit, invitation: str, onward: str) -> Response[Any] | None:
    """Return the way on for a browser that was opened from the terminal; None when the invitation is used up."""
    node = visit.node
    session = node.alone.enter(invitation) if visit.client in LOOPBACK and not node.is_peopled() else None
    if session is None:
        return None
    done: Response[Any] = Redirect(onward, status_code=303)
    _bake(node, done, node.cookie, session)
    node.told(node.entrance())  # for another browser
    return done


@post("/sign-out", sync_to_thread=True)
def leave(visit: Visiting, form: Sent) -> Response[Any]:
    """End the session."""
    form.only()
    if visit.session:
        visit.node.alone.leave(visit.session)
        if visit.node.is_peopled():
            sign_out(visit.node.store, visit.session, visit.node.now())
    done: Response[Any] = Redirect("/sign-in", status_code=303)
    done.delete_cookie(visit.node.cookie, path="/")
    return done


def _bake(node: Node, response: Response[Any], name: str, value: str, same_site: Any = "lax") -> None:
    response.set_cookie(key=name, value=value, path="/", httponly=True, secure=node.https, samesite=same_site)


HANDLERS = [ask, enter, leave]
