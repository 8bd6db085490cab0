"""What goes with every answer: the security headers, and the entry in the log."""

from time import perf_counter
from typing import Any

from anyio.to_thread import run_sync
from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

from watchfloor.core.audit import Note
from watchfloor.web import permitted
from watchfloor.web.node import LOOPBACK
from watchfloor.web.visit import Visit

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}


async def before_send(message: Message, scope: Scope) -> None:
    """Lay the headers on an answer that begins, and write down what was done before anything of it is sent."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    for name, value in ALWAYS.items():
        if not (headers.get(name) or "").startswith("sandbox"):  # a file from outside has a stricter one of its own
            headers[name] = value
    if headers.get("cache-control") is None:
        headers["Cache-Control"] = "no-store"
    visit = scope.get("state", {}).get("visit")
    if isinstance(visit, Visit) and visit.by is not None:
        if may_know_times(visit):
            headers["Server-Timing"] = times(visit)
        await run_sync(_note, visit, scope, int(message["status"]))


def may_know_times(visit: Visit) -> bool:
    """Return whether whoever asks may see what took how long: of others' secrets it could tell.

    They are administrators, or sit at this machine; a proxy on this machine asks for others.
    """
    return visit.may("people") or (visit.client in LOOPBACK and not visit.node.https)


def times(visit: Visit) -> str:
    """Return what took how many milliseconds, for Server-Timing."""
    spent = {**visit.spent, "total": perf_counter() - visit.began}
    return ", ".join(f"{what};dur={1000 * seconds:.1f}" for what, seconds in spent.items())


def _note(visit: Visit, scope: Any, status: int) -> None:
    """Write down what was done; what is only read once people are registered, as on the command line."""
    by = visit.admitted
    if visit.verb is None or (visit.verb == "see" and by.person is None) or visit.notes.get("said") == "itself":
        return
    outcome = "done" if status < 400 else "refused" if status in (401, 403) or "refused" in visit.notes else "failed"
    key = permitted.key(str(scope["method"]), str(scope.get("path_template") or "/"))
    detail = {"page": visit.path[:200], "as": by.how, **visit.notes}
    visit.node.store.audit.keep_note(
        Note(at=visit.node.now(), who=by.name, verb=visit.verb, what=key, outcome=outcome, detail=detail)
    )
