"""What is answered when something goes wrong: what to do about it, and nothing of what lies within."""

from http import HTTPStatus
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect

from watchfloor.core.errors import AccessDenied, ConfigError, ReleaseDenied
from watchfloor.web import door, permitted
from watchfloor.web.address import address, safe_next
from watchfloor.web.messages import marked
from watchfloor.web.node import Node
from watchfloor.web.pages.signing import opened
from watchfloor.web.rendering import encoded, page
from watchfloor.web.visit import Later, Visit

MILLISECONDS = 16  # to put one report into a picture (measured: 10 to 16)
WHAT = {
    400: (marked("That was not understood"), marked("Go back and look at what was asked for.")),
    401: (marked("Who are you?"), marked("Sign in, or send a key.")),
    403: (marked("That is not yours to do"), marked("Somebody with another role can do it.")),
    404: (marked("There is no such page"), marked("It may never have been here, or it is not yours to see.")),
    405: (marked("That is not answered here"), marked("Go back and use the buttons of the page.")),
    413: (marked("That was too much at once"), marked("Send less.")),
    429: (marked("Too many attempts"), marked("Wait, then try again.")),
    500: (marked("Something failed here"), marked("Try again. If it stays, tell whoever keeps this node.")),
}


def answering(node: Node) -> Any:
    """Return what makes an answer of any error."""

    def answer(request: Request[Any, Any, Any], wrong: Exception) -> Response[Any]:
        if request.scope["path"].startswith(permitted.OWN_DOOR):
            from watchfloor.web.taxii import told

            return told(request, wrong)
        kept = request.scope.get("state", {}).get("visit")
        visit = kept if isinstance(kept, Visit) else door.visit(node, request)
        if isinstance(wrong, door.SignInNeeded) and _is_page(request, visit):
            if (invitation := visit.value("t")) and (way := opened(visit, invitation, visit.here(t=None))) is not None:
                return way
            here = address(request.url.path, visit.query)
            return Redirect(address("/sign-in", [("next", safe_next(here))]), status_code=303)
        if isinstance(wrong, Later):
            return later(visit, wrong.reports)
        status, detail = told_of(wrong)
        headers = {}
        if isinstance(wrong, AccessDenied) and wrong.retry_after is not None:
            headers["Retry-After"] = str(wrong.retry_after)
        return failure(visit, status, detail, headers)

    return answer


def told_of(wrong: Exception) -> tuple[int, str]:
    """Return the status of an error and what may be said of it to whoever asked."""
    if isinstance(wrong, AccessDenied):
        if wrong.retry_after is not None:
            return 429, str(wrong)
        return (403, str(wrong)) if wrong.known else (401, "")
    if isinstance(wrong, ConfigError):
        return 400, str(wrong)
    if isinstance(wrong, ReleaseDenied):
        return 403, str(wrong)
    if isinstance(wrong, HTTPException) and wrong.status_code < 500:
        status = wrong.status_code
        known = status if status in WHAT else 400
        own = wrong.detail if status in (400, 403) and wrong.detail != HTTPStatus(status).phrase else ""
        return known, own
    return 500, ""


def later(visit: Visit, reports: int) -> Response[bytes]:
    """Return the page that says that a picture is being put together, and asks for it again."""
    visit.looked_at = None
    return page(
        visit,
        "later.html",
        title=visit.words.gettext("One moment"),
        status=503,
        headers={"Retry-After": str(max(2, reports * MILLISECONDS // 1000))},
        reports=reports,
        seconds=max(2, reports * MILLISECONDS // 1000),
    )


def failure(visit: Visit, status: int, detail: str, headers: dict[str, str] | None = None) -> Response[bytes]:
    """Return the page of an error."""
    what, do = WHAT[status]
    _forget_unreadable_days(visit)
    if visit.wants_json:
        body = {"error": {"status": status, "title": what, "detail": detail or do}}
        return Response(encoded(body), status_code=status, headers=headers, media_type="application/json")
    words = visit.words
    visit.query, visit.looked_at = (), None  # what was wrong with it is wrong for this page too
    return page(
        visit,
        "failure.html",
        title=words.gettext(what),
        status=status,
        headers=headers,
        detail=detail,
        number=status,
        advice=words.gettext(do),
    )


def _is_page(request: Request[Any, Any, Any], visit: Visit) -> bool:
    return request.method in ("GET", "HEAD") and not visit.wants_json and not request.headers.get("authorization")


def _forget_unreadable_days(visit: Visit) -> None:
    """Take days that are none out of the address of the visit: the page of the error has a frame that shows them."""
    try:
        visit.as_of, visit.since  # noqa: B018 - reading them is the question
    except ConfigError:
        visit.query = tuple(pair for pair in visit.query if pair[0] not in ("as_of", "from"))
