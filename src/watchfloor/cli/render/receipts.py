"""The receipt of an add, and the state of a database."""

from collections import Counter

from rich.table import Table

from watchfloor.cli.render import terminal
from watchfloor.flow.receipt import Receipt
from watchfloor.flow.situation import Situation

MOST_ASIDES = 10  # items set aside that a receipt lists one by one; the rest is counted by reason


def receipt(done: Receipt, as_json: bool) -> None:
    """Print what became of everything that was captured."""
    if as_json:
        terminal.json(done)
        return
    out = terminal.console()
    counts = (
        f"{done.new} new, {done.unchanged} unchanged, {done.new_versions} new versions, {len(done.set_aside)} set aside"
    )
    out.print(terminal.styled(f"{done.captured} captured: {counts} ({done.seconds:.1f} s)", "bold"))
    if not done.captured:
        out.print(terminal.styled("Nothing was found there; name files, folders, globs or archives", "yellow"))
    if done.resumed:
        out.print(terminal.styled(f"{done.resumed} left behind by an interrupted run were finished first"))
    if done.renewed:
        out.print(
            terminal.styled(f"{done.renewed} kept reports were annotated again, since the annotators have changed")
        )
    for note in done.notes[:MOST_ASIDES]:
        out.print(terminal.styled(f"  note       {terminal.safe(note)}", "yellow"))
    if len(done.notes) > MOST_ASIDES:
        out.print(terminal.styled(f"  and {len(done.notes) - MOST_ASIDES} more of the kind", "yellow"))
    for aside in done.set_aside[:MOST_ASIDES]:
        out.print(terminal.styled(f"  set aside  {terminal.safe(aside.locator)}", "yellow"))
        out.print(terminal.indented(f"{aside.reason}: {terminal.safe(aside.detail)}", 13))
    if rest := done.set_aside[MOST_ASIDES:]:
        reasons = Counter(aside.reason for aside in rest).most_common()
        told = ", ".join(f"{count} {reason}" for reason, count in reasons)
        out.print(terminal.styled(f"  and {len(rest)} more: {told}; all of them: watchfloor setaside", "yellow"))
    if any(aside.capture for aside in done.set_aside):
        out.print(terminal.styled("Their bytes are kept; to try them again: watchfloor setaside --replay", "dim"))


def status(opened: Situation, as_json: bool) -> None:
    """Print what the database holds and what needs a look."""
    counts = opened.store.counts(opened.reader)
    reports = opened.store.reports(opened.reader)
    days = sorted(r.published.value for r in reports if r.published and r.published.value and r.published.low)
    languages = Counter(r.language or "unknown" for r in reports)
    mixed = Counter(p.language for r in reports for p in r.passages if p.language)
    outlets = Counter(r.outlet or "unknown" for r in reports)
    flags = Counter(flag.name for r in reports for flag in {f.name: f for f in r.flags}.values())
    if as_json:
        terminal.json(
            {
                "database": opened.store.name,
                "counts": counts,
                "first": days[0] if days else None,
                "last": days[-1] if days else None,
                "undated": sum(r.published is None for r in reports),
                "languages": dict(sorted(languages.items())),
                "paragraphs_in_other_languages": dict(sorted(mixed.items())),
                "outlets": dict(sorted(outlets.items())),
                "flags": dict(sorted(flags.items())),
            }
        )
        return
    out = terminal.console()
    table = Table.grid(padding=(0, 2))
    table.add_row("database", terminal.styled(opened.store.name))
    for name, count in _told(counts):
        table.add_row(name, f"{count:,}")
    if reports:
        undated = sum(r.published is None for r in reports)
        table.add_row("published", f"{days[0]} to {days[-1]}" if days else "no report is dated")
        table.add_row("", f"{undated} without a date") if undated else None
        table.add_row("languages", _listed(languages))
        table.add_row("", f"paragraphs in others: {_listed(mixed)}") if mixed else None
        table.add_row(
            "outlets", terminal.styled(", ".join(f"{terminal.safe(name)} {n}" for name, n in outlets.most_common(8)))
        )
        table.add_row("flags", ", ".join(f"{name} {n}" for name, n in sorted(flags.items())) or "none")
    out.print(table)
    if not reports:
        out.print("Nothing here yet. Next: watchfloor add REPORTS...")


def _listed(counted: Counter[str]) -> str:
    return ", ".join(f"{name} {n}" for name, n in counted.most_common())


def _told(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Return what a person wants to know of the counts: what came in, and what became of it."""
    aside = counts["set_aside"] + counts["unreadable"]
    told = [("items taken in", counts["captures"] + counts["unreadable"]), ("reports", counts["reports"])]
    rest = [("earlier versions", counts["versions"] - counts["reports"]), ("set aside", aside)]
    return (
        told
        + rest
        + [(name, counts[key]) for name, key in (("waiting", "pending"), ("judgements", "judgements")) if counts[key]]
    )
