"""Watch: what are we waiting for, how far has it gone, what was raised, and the file that says so."""

import re
from datetime import date, timedelta
from typing import Any, get_args

from litestar import Response, get, post
from litestar.response import Redirect

from watchfloor.core.errors import ConfigError
from watchfloor.core.measure import MeasureStatus
from watchfloor.flow.watch_file import replace, watched
from watchfloor.flow.watch_page import Edited, atom_feed, checked, edited, tried, watch_page
from watchfloor.flow.watching import acknowledge, move, undo
from watchfloor.web.handed import Sent, Visiting
from watchfloor.web.rendering import marked, page
from watchfloor.web.visit import Visit

LONGEST_TEXT = 200_000  # characters of the file in the form
TRIED_DAYS = 14  # of a trial, unless said otherwise
_COUNTED = re.compile(r"(?P<number>\d+) of (?P<asked>\d+) (?P<what>origins|reports)")
STATUSES: tuple[MeasureStatus, ...] = get_args(MeasureStatus)


@get("/watch", sync_to_thread=True)
def watch(visit: Visiting) -> Response[bytes]:
    """Show the indicators, the ladder and the alerts."""
    opened = visit.opened
    only_open = visit.value("alerts") != "all"
    found = watch_page(opened.store, visit.reader, visit.node.settings, as_of=visit.as_of, open_only=only_open)
    return page(
        visit,
        "watch.html",
        title=visit.words.gettext("Watch"),
        marking=marked(found.markings),
        data={"indicators": found.board.rows, "ladder": found.board.ladder, "alerts": found.alerts, "open": found.open},
        found=found,
        only_open=only_open,
        chosen=visit.value("alert"),
        statuses=STATUSES,
        state=lambda state: _state(visit, state),
    )


def _state(visit: Visit, state: str) -> str:
    """Return how an indicator stands in the words of the page."""
    match = _COUNTED.fullmatch(state)
    if match is None:
        return visit.words.gettext(state)
    if match["what"] == "origins":
        said = visit.words.gettext("%(number)s of %(asked)s origins")
    else:
        said = visit.words.gettext("%(number)s of %(asked)s reports")
    return said % {"number": match["number"], "asked": match["asked"]}


@get("/watch/alerts.atom", sync_to_thread=True)
def feed(visit: Visiting) -> Response[bytes]:
    """Give the alerts as a feed."""
    indicator = visit.value("indicator") or None
    made = atom_feed(visit.opened.store, visit.reader, visit.node.settings, indicator=indicator)
    return Response(made, media_type="application/atom+xml", headers={"Cache-Control": "no-store"})


@post("/watch/acknowledge", sync_to_thread=True)
def noted(visit: Visiting, form: Sent) -> Response[Any]:
    """Keep that somebody has taken note of an alert."""
    form.only("alert", "note")
    id = acknowledge(
        visit.opened.store, visit.admitted, form.text("alert", 60), form.text("note") or None, visit.node.now()
    )
    visit.noted({"alert": id})
    return Redirect(visit.to("/watch"), status_code=303)


@post("/watch/move", sync_to_thread=True)
def moved(visit: Visiting, form: Sent) -> Response[Any]:
    """Give a measure a status."""
    form.only("measure", "status", "because")
    status = form.one_of("status", STATUSES)
    if status is None:
        raise ConfigError("found no status; choose proposed, agreed, taken or lifted")
    found = watched(visit.node.settings)
    made = move(
        visit.opened.store,
        visit.admitted,
        found,
        form.text("measure", 80),
        status,  # type: ignore[arg-type]
        form.text("because"),
        visit.node.now(),
    )
    visit.noted({"measure": made.measure, "status": str(made.status)})
    return Redirect(visit.to("/watch") + "#ladder", status_code=303)


@post("/watch/undo", sync_to_thread=True)
def undone(visit: Visiting, form: Sent) -> Response[Any]:
    """Take back the last move of a measure."""
    form.only("measure", "because")
    found = watched(visit.node.settings)
    made = undo(
        visit.opened.store, visit.admitted, found, form.text("measure", 80), form.text("because"), visit.node.now()
    )
    visit.noted({"measure": made.measure, "undoes": made.undoes or ""})
    return Redirect(visit.to("/watch") + "#ladder", status_code=303)


@get("/watch/edit", sync_to_thread=True)
def edit(visit: Visiting) -> Response[bytes]:
    """Show the file, to be changed."""
    return _edit(visit, edited(visit.node.settings, visit.opened.picture))


@post("/watch/edit", sync_to_thread=True)
def changed(visit: Visiting, form: Sent) -> Response[Any]:
    """Check the text, try it on past reports, or put it in the place of the file."""
    form.only("text", "instead_of", "since", "until", "do")
    text = form.text("text", LONGEST_TEXT).replace("\r\n", "\n") + "\n"
    given = Edited(text=text, instead_of=form.text("instead_of", 64))
    do = form.one_of("do", ("check", "test", "save")) or "check"
    if do == "test":
        since, until = _day(form.text("since", 10), "since"), _day(form.text("until", 10), "until")
        try:
            return _edit(
                visit, tried(visit.node.store, visit.reader, given, visit.opened.picture, since, until), did=do
            )
        except ConfigError as error:
            return _edit(visit, checked(given), did=do, problem=str(error))
    found = checked(given)
    if do == "check" or found.problems:
        return _edit(visit, found, did=do)
    try:
        replace(
            visit.opened.store,
            visit.admitted,
            visit.node.settings,
            text,
            instead_of=given.instead_of or None,
            now=visit.node.now(),
        )
    except ConfigError as error:
        return _edit(visit, found, did=do, problem=str(error))
    visit.noted({"changed": "the file of indicators"})
    return Redirect(visit.to("/watch"), status_code=303)


def _edit(visit: Visit, found: Edited, *, did: str = "", problem: str = "") -> Response[bytes]:
    until = found.until or visit.node.now().date()
    return page(
        visit,
        "watch_edit.html",
        title=visit.words.gettext("What is watched for"),
        marking=marked((*(one.alert.marking for one in found.fired or ()), *found.markings)),
        status=422 if problem or (did and found.problems) else 200,
        found=found,
        did=did,
        problem=problem,
        since=found.since or until - timedelta(days=TRIED_DAYS - 1),
        until=until,
    )


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigError(f"{name} is {text!r}; expected a day such as 2024-10-22") from None


HANDLERS = [watch, feed, noted, moved, undone, edit, changed]
