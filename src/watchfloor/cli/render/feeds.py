"""Feeds: the list, one of them, what a look found, what a run came to."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import to_builtins
from rich.console import Console
from rich.table import Table

from watchfloor.cli.render import terminal
from watchfloor.core.feed import Feed, FeedState
from watchfloor.flow.feed_runs import FeedsReceipt
from watchfloor.flow.looking import Look
from watchfloor.store.feeds import Run

MOST_SHOWN = 10  # entries, candidates and things set aside that are shown one by one
_BAD = "yellow"


def feed_added(made: Feed, is_guess: bool, as_json: bool) -> None:
    """Print that a feed was added, and what to do next."""
    if as_json:
        terminal.json(_shape(made))
        return
    out = terminal.console()
    guess = " (guessed from its address; --kind says otherwise)" if is_guess else ""
    out.print(
        terminal.styled(f"{terminal.safe(made.name)} is a feed of kind {made.kind}{guess}, every {_every(made.every)}")
    )
    marked = f"marked {made.marking.level}" if made.marking else "not marked, so no partner sees it"
    out.print(terminal.styled(f"What comes from it is {marked}; its reliability is F until somebody grades it.", "dim"))
    out.print(terminal.styled(f"Next: watchfloor feed check {terminal.safe(made.name)}, watchfloor feed run"))


def feed_changed(changed: Feed, said: str, as_json: bool) -> None:
    """Print what was changed."""
    if as_json:
        terminal.json(_shape(changed))
    else:
        terminal.console().print(terminal.styled(terminal.safe(said)))


def feeds(listed: Sequence[Feed], states: Mapping[str, FeedState], waiting: Mapping[str, int], as_json: bool) -> None:
    """Print the feeds and how they fare."""
    if as_json:
        terminal.json([_shape(one, states.get(one.name, FeedState()), waiting.get(one.name, 0)) for one in listed])
        return
    out = terminal.console()
    if not listed:
        out.print("No feed yet. Look what a site offers: watchfloor feed check https://...")
        out.print("Then: watchfloor feed add NAME ADDRESS")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("name", "kind", "grade", "last run", "outcome", "new", "waiting", "next"):
        table.add_column(name, justify="right" if name in ("new", "waiting") else "left", overflow="fold")
    for one in listed:
        state = states.get(one.name, FeedState())
        table.add_row(
            terminal.styled(terminal.safe(one.name)),
            one.kind,
            one.reliability,
            when(state.tried) or "never",
            terminal.styled(_fared(state), "" if _is_good(state) else _BAD),
            str(state.new),
            str(waiting.get(one.name, 0)),
            "paused" if one.paused else when(state.next_try) or "now",
        )
    out.print(table)
    for one in listed:
        state = states.get(one.name, FeedState())
        if not _is_good(state):
            out.print(terminal.styled(f"{terminal.safe(one.name)}: {terminal.safe(state.detail, 300)}", _BAD))


def one_feed(found: Feed, state: FeedState, runs: Sequence[Run], as_json: bool) -> None:
    """Print one feed with its grades and last runs."""
    if as_json:
        terminal.json({**_shape(found, state), "runs": to_builtins(runs)})
        return
    out = terminal.console()
    table = Table.grid(padding=(0, 2))
    rows = [
        ("name", found.name),
        ("kind", found.kind),
        ("address", found.address),
        ("outlet", found.outlet or "as its items say"),
        ("language", found.language or "as its items are written"),
        ("asked every", _every(found.every)),
        ("marking", found.marking.level if found.marking else "none: no partner sees what comes from it"),
        ("added", when(found.added) or ""),
        ("last good", when(state.good) or "never"),
        ("next", "paused" if found.paused else when(state.next_try) or "now"),
    ]
    for name, value in rows:
        table.add_row(name, terminal.styled(terminal.safe(value)))
    out.print(table)
    out.print(
        terminal.styled("Grades" if found.grades else "Not graded yet: F. watchfloor feed grade NAME A..F", "bold")
    )
    for grade in reversed(found.grades):
        told = f"  {grade.reliability}  {when(grade.at)}  {terminal.safe(grade.by)}: {terminal.safe(grade.reason)}"
        out.print(terminal.styled(told))
    out.print(terminal.styled("Last runs" if runs else "Not run yet. Next: watchfloor feed run", "bold"))
    for run in runs:
        told = f"  {when(run.at)}  {run.outcome}  {run.new} new  {terminal.safe(run.detail, 200)}"
        out.print(terminal.styled(told, "" if run.outcome in ("got", "not-modified") else _BAD))


def look(found: Look, as_json: bool) -> None:
    """Print what was found at an address and how to add it."""
    if as_json:
        terminal.json(found)
        return
    out = terminal.console()
    told = ", ".join(filter(None, (found.form, found.title and f"“{terminal.safe(found.title, 80)}”", found.language)))
    out.print(terminal.styled(f"{terminal.safe(found.address)}: {terminal.safe(told)}", "bold"))
    if found.detail:
        out.print(terminal.styled(terminal.safe(found.detail, 400), _BAD if found.kind == "feed" else ""))
    if found.kind == "feed" or found.entries:
        without = sum(entry.url is None for entry in found.entries)
        told = f"{len(found.entries)} entries" + (f", {without} without an address" if without else "")
        out.print(told if found.kind != "page" else "Links that may be reports:" if found.entries else "")
    _entries(out, found)
    if found.sitemaps:
        out.print(f"It names {len(found.sitemaps)} sitemaps; a run asks those that changed.")
    _candidates(out, found)
    if found.kind and not found.candidates:
        out.print(
            terminal.styled(
                f"To collect from it: watchfloor feed add NAME {terminal.safe(found.address)} --kind {found.kind}"
            )
        )


def _entries(out: Console, found: Look) -> None:
    for entry in found.entries[:MOST_SHOWN]:
        out.print(
            terminal.styled(f"  {terminal.safe(entry.published or entry.updated, 40) or 'undated'}", "dim"), end="  "
        )
        out.print(terminal.styled(terminal.safe(entry.title, 100) or "(no title)"))
        out.print(terminal.styled(f"    {terminal.safe(entry.url, 200) or 'no address'}", "dim"))
    if len(found.entries) > MOST_SHOWN:
        out.print(f"  and {len(found.entries) - MOST_SHOWN:,} more")


def _candidates(out: Console, found: Look) -> None:
    """Print the feeds and sitemaps of a page: those that it names, then how many guesses there are."""
    sure = [one for one in found.candidates if one.certainty != "guessed"]
    guesses = len(found.candidates) - len(sure)
    if found.kind != "page":
        return
    out.print(terminal.styled("Feeds and sitemaps it offers" if sure else "It names no feed and no sitemap.", "bold"))
    for one in sure[: 2 * MOST_SHOWN]:
        title = f" “{terminal.safe(one.title, 60)}”" if one.title else ""
        out.print(terminal.styled(f"  {one.kind:<8} {terminal.safe(one.address)}{title}"))
        out.print(terminal.styled(f"           {terminal.safe(one.reason)}", "dim"))
    if len(sure) > 2 * MOST_SHOWN:
        out.print(f"  and {len(sure) - 2 * MOST_SHOWN} more; --json lists all")
    if guesses:
        out.print(terminal.styled(f"{guesses} more are guesses from usual paths; --json lists them.", "dim"))
    if sure:
        out.print(
            terminal.styled("Look at one: watchfloor feed check ADDRESS; keep it: watchfloor feed add NAME ADDRESS")
        )


def feeds_receipt(done: FeedsReceipt, known: Sequence[Feed], states: Mapping[str, FeedState], as_json: bool) -> None:
    """Print what a run of feeds came to."""
    if as_json:
        terminal.json(done)
        return
    out = terminal.console()
    if not known:
        out.print("No feed yet. Next: watchfloor feed add NAME ADDRESS")
        return
    if not done.ran:
        waits = [
            state.next_try for one in known if not one.paused and (state := states.get(one.name)) and state.next_try
        ]
        told = f"; the next is due at {when(min(waits))}" if waits else ""
        out.print(terminal.styled(f"Nothing is due{told}. To run all the same: watchfloor feed run --all"))
        return
    for one in done.ran:
        good = one.outcome in ("got", "not-modified")
        counts = f"{one.new} new, {one.unchanged} unchanged, {one.set_aside} set aside"
        counts += f", {one.waiting} waiting" if one.waiting else ""
        out.print(terminal.styled(f"{terminal.safe(one.feed)}: {one.outcome}, {counts}", "bold" if good else _BAD))
        out.print(terminal.indented(terminal.safe(one.detail, 300), 2, "dim" if good else _BAD))
        if not good and one.next_try:
            out.print(terminal.styled(f"  it is asked again at {when(one.next_try)}", "dim"))
    for aside in done.set_aside[:MOST_SHOWN]:
        out.print(terminal.styled(f"  set aside  {terminal.safe(aside.locator)}", _BAD))
        out.print(terminal.indented(f"{aside.reason}: {terminal.safe(aside.detail, 300)}", 13))
    if len(done.set_aside) > MOST_SHOWN:
        out.print(f"  and {len(done.set_aside) - MOST_SHOWN} more; all of them: watchfloor setaside")
    new = sum(one.new for one in done.ran)
    out.print(
        terminal.styled(
            f"{_counted(len(done.ran), 'feed')}, {_counted(new, 'new report')} ({done.seconds:.1f} s)", "bold"
        )
    )


def when(moment: datetime | None) -> str | None:
    """Return an instant as this machine's clock shows it, with its offset from UTC."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M %z") if moment else None


def _every(seconds: int) -> str:
    for unit, name in ((86_400, "d"), (3_600, "h"), (60, "m")):
        if seconds % unit == 0:
            return f"{seconds // unit}{name}"
    return f"{seconds}s"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _fared(state: FeedState) -> str:
    if state.outcome is None:
        return "-"
    return f"{state.outcome}, {state.failures} in a row" if state.failures > 1 else state.outcome


def _is_good(state: FeedState) -> bool:
    return state.outcome in (None, "got", "not-modified")


def _shape(found: Feed, state: FeedState | None = None, waiting: int | None = None) -> dict[str, Any]:
    shape: dict[str, Any] = to_builtins(found)
    shape["reliability"] = found.reliability
    if state is not None:
        shape["state"] = to_builtins(state)
    if waiting is not None:
        shape["waiting"] = waiting
    return shape
