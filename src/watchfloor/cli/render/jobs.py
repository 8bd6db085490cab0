"""The service's work: who does what, what waits, what was set aside."""

from datetime import datetime

from rich.table import Table

from watchfloor.cli.render import terminal
from watchfloor.flow.job_page import JobPage
from watchfloor.watch.wording import count


def listed(page: JobPage, as_json: bool) -> None:
    """Print the work of the service."""
    if as_json:
        terminal.json(page)
        return
    out = terminal.console()
    if not page.workers:
        out.print("Nobody works. Begin with: watchfloor run")
    for worker in page.workers:
        doing = worker.doing or "nothing"
        said = f"{worker.name}: {doing[:12]}, {count(worker.done, 'unit')} done, seen {_when(worker.seen)}"
        out.print(terminal.styled(terminal.safe(said)))
    out.print(terminal.styled(f"{count(page.backlog, 'capture')} waiting to be read", "bold"))
    if page.reread:
        out.print(f"{count(page.reread, 'report')} in the queue to be read again, as another recipe read them")
    if not page.jobs:
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("job", "kind", "state", "tries", "since", "reason"):
        table.add_column(name, justify="right" if name == "tries" else "left", no_wrap=name != "reason")
    for job in page.jobs:
        table.add_row(
            terminal.styled(job.id[:12]),
            job.kind,
            terminal.styled(job.state, "yellow" if job.state == "aside" else ""),
            str(job.tries),
            _when(job.ended or job.began or job.made),
            terminal.styled(terminal.safe(job.reason or "", 120)),
        )
    out.print(table)


def _when(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"
