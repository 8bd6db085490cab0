"""Jobs: what runs and ran, what is due, what waits."""

from litestar import Response, get

from watchfloor.flow.job_page import job_page
from watchfloor.flow.rounds import rounds
from watchfloor.web.handed import Visiting
from watchfloor.web.rendering import page


@get("/jobs", sync_to_thread=True)
def jobs(visit: Visiting) -> Response[bytes]:
    """Show what this node works through."""
    found = rounds(visit.opened)
    work = job_page(visit.opened.store, visit.reader)
    waits = sum(one.waits for one in found.due)
    return page(
        visit,
        "jobs.html",
        title=visit.words.gettext("Jobs"),
        data={
            "ran": [{"feed": o.feed, "at": o.run.at, "outcome": o.run.outcome, "new": o.run.new} for o in found.ran],
            "due": [{"feed": o.feed.name, "due": o.due, "waiting": o.waits} for o in found.due],
            "set_aside": found.aside,
            "workers": [{"name": one.name, "seen": one.seen, "done": one.done} for one in work.workers],
            "units": [{"kind": j.kind, "unit": j.unit, "state": j.state, "tries": j.tries} for j in work.jobs],
        },
        work=work,
        found=found,
        waits=waits,
        now=visit.node.now(),
    )


HANDLERS = [jobs]
