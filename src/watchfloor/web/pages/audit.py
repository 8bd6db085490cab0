"""Audit log: who did what; filter it, check the chain, take it along."""

from typing import Any

from litestar import Response, get, post
from litestar.response import Stream

from watchfloor.core.audit import Verdict
from watchfloor.core.permission import VERBS
from watchfloor.flow import auditing
from watchfloor.web.handed import Sent, Visiting
from watchfloor.web.rendering import page
from watchfloor.web.sending import kept_as
from watchfloor.web.visit import Visit

MOST = 100  # entries on a page (assumed: some screens)
OUTCOMES = ("done", "refused", "failed", "stopped")
DEEDS = (*VERBS, "sign in", "sign out")


@get("/audit", sync_to_thread=True)
def audit(visit: Visiting) -> Response[bytes]:
    """Show the last entries, the newest first."""
    return _log(visit)


@get("/audit/export", sync_to_thread=True)
def export(visit: Visiting) -> Stream:
    """Hand out the whole log as lines of JSON, which `watchfloor audit verify --file` checks anywhere."""
    name = f"audit-{visit.node.now():%Y-%m-%d}.jsonl"
    lines = auditing.exported(visit.node.store, visit.admitted)
    return Stream(lines, media_type="application/x-ndjson", headers=kept_as(name))


@post("/audit/verify", sync_to_thread=True, status_code=200)
def verify(visit: Visiting, form: Sent) -> Response[Any]:
    """Read the whole chain and say whether it holds."""
    form.only("anchor")
    verdict = auditing.verified(visit.node.store, visit.admitted, form.text("anchor", 200) or None)
    visit.noted({"entries": str(verdict.entries), "holds": "yes" if verdict.broken is None else "no"})
    return _log(visit, verdict)


def _log(visit: Visit, verdict: Verdict | None = None) -> Response[bytes]:
    store, by = visit.node.store, visit.admitted
    who, verb, outcome = visit.value("who"), visit.value("verb"), visit.value("outcome")
    before = visit.number("before", 0) or None
    found = auditing.latest(
        store, by, before=before, most=MOST, who=who or None, verb=verb or None, outcome=outcome or None
    )
    return page(
        visit,
        "audit.html",
        title=visit.words.gettext("Audit log"),
        data=found,
        entries_=found,
        who=who,
        verb=verb,
        outcome=outcome,
        verbs=DEEDS,
        outcomes=OUTCOMES,
        older=found[-1].number if len(found) == MOST else None,
        seal=auditing.sealed(store, by),
        verdict=verdict,
        told=auditing.told(verdict) if verdict else "",
    )


HANDLERS = [audit, export, verify]
