"""What was set aside: why, and trying it again."""

from collections import Counter
from typing import Annotated, Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.params import Parameter
from litestar.response import Redirect

from watchfloor.core.aside import Aside
from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import Marking
from watchfloor.web.address import address
from watchfloor.web.answering import there
from watchfloor.web.handed import Sent, Visiting
from watchfloor.web.messages import marked as word
from watchfloor.web.rendering import page

PER_PAGE = 50
MOST_AT_ONCE = 25  # tried again while somebody waits; a report may take half a minute

REASONS = {
    "not-a-report": word("It is a list, a notice or a stub before a paywall; a report would have running text."),
    "empty": word("There is no text in it."),
    "not-text": word("The bytes are of a kind that is not read here."),
    "too-large": word("It is larger than what is read here."),
    "too-slow": word("Reading it took too long; it was stopped so that the others could go on."),
    "unreadable": word("The file could not be opened."),
    "bad-record": word("A field of the record is missing or of another kind."),
}


@get("/setaside", sync_to_thread=True)
def listed(visit: Visiting) -> Response[bytes]:
    """List what was set aside, the latest first."""
    found = sorted(visit.node.store.asides(visit.reader), key=lambda one: (one.at, one.id), reverse=True)
    if visit.as_of is not None:
        found = [one for one in found if one.at.date() <= visit.as_of]
    reasons = Counter(one.reason for one in found)
    reason = visit.value("reason") if visit.value("reason") in reasons else ""
    shown = [one for one in found if not reason or one.reason == reason]
    last = max(1, -(-len(shown) // PER_PAGE))
    number = visit.number("page", 1, 1, last)
    return page(
        visit,
        "setaside.html",
        title=visit.words.gettext("Set aside"),
        data=[_twin(one) for one in shown],
        marking=None if shown else Marking(level="CLEAR"),
        shown=shown[(number - 1) * PER_PAGE : number * PER_PAGE],
        total=len(found),
        reasons=sorted(reasons.items(), key=lambda one: (-one[1], one[0])),
        reason=reason,
        meanings=REASONS,
        number=number,
        last=last,
        kept=sum(one.capture is not None for one in shown),
        most=MOST_AT_ONCE,
        tried=visit.number("tried", 0),
        good=visit.number("good", 0),
    )


@post("/setaside/replay", sync_to_thread=True)
def replay(visit: Visiting, form: Sent) -> Response[Any]:
    """Try again what was set aside: one item, or all of a reason, at most so many at once."""
    form.only("id", "reason")
    id, reason = form.text("id", 80), form.text("reason", 80)
    asides = [one for one in visit.node.store.asides(visit.reader) if one.capture is not None]
    wanted = [one for one in asides if (one.id == id if id else not reason or one.reason == reason)]
    if not wanted:
        raise ConfigError("the bytes of this are not kept, or it is not set aside any more; collect it again")
    receipt = visit.opened.replay([one.id for one in wanted[-MOST_AT_ONCE:]])
    visit.noted({"tried": str(receipt.captured), "good": str(receipt.captured - len(receipt.set_aside))})
    done = {"tried": receipt.captured, "good": receipt.captured - len(receipt.set_aside)}
    return Redirect(address("/setaside", [(name, str(value)) for name, value in done.items()]), status_code=303)


@get("/setaside/{capture:str}/original", sync_to_thread=True)
def original(visit: Visiting, capture: Annotated[str, Parameter(max_length=80)]) -> Response[bytes]:
    """Give the bytes that were set aside, as a file that no browser opens or runs."""
    store = visit.node.store
    kept = there(store.capture(visit.reader, capture) if store.aside_of(visit.reader, capture) is not None else None)
    headers = {
        "Content-Disposition": f'attachment; filename="{quote(kept.id)}.original"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(kept.data, media_type="application/octet-stream", headers=headers)


def _twin(one: Aside) -> dict[str, Any]:
    return {
        "id": one.id,
        "locator": one.locator,
        "room": one.room,
        "reason": one.reason,
        "detail": one.detail,
        "at": one.at.isoformat(),
        "kept": one.capture is not None,
    }


HANDLERS = [listed, replay, original]
