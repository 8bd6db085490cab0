"""What is said of the database itself."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec
from rich.table import Table

from watchfloor.cli.render import terminal
from watchfloor.store.backup import Manifest
from watchfloor.store.checking import Finding
from watchfloor.store.upkeep import Info

MOST = 20  # findings of one part that are printed (assumed: a screen); JSON has them all


def info(found: Info, as_json: bool) -> None:
    """Print what a database is."""
    if as_json:
        terminal.json(msgspec.to_builtins(found))
        return
    table = Table.grid(padding=(0, 2))
    for name, value in (
        ("database", found.name),
        ("kind", f"{found.kind} {found.version}"),
        ("shape", found.shape),
        ("size", f"{found.size:,} bytes"),
    ):
        table.add_row(name, terminal.styled(value))
    for name, count in found.rows.items():
        table.add_row(name, f"{count:,} rows")
    terminal.console().print(table)


def findings(found: Sequence[Finding], name: str, as_json: bool) -> None:
    """Print what does not hold together: found, expected, what to do."""
    if as_json:
        terminal.json({"database": name, "sound": not found, "findings": msgspec.to_builtins(found)})
        return
    out = terminal.console()
    if not found:
        out.print(terminal.styled(f"{name} holds together: nothing was found"))
        return
    parts = Counter(one.part for one in found)
    told = ", ".join(f"{count:,} of {part}" for part, count in parts.items())
    out.print(terminal.styled(f"{name} does not hold together: {told}", "red"))
    for part in parts:
        of_part = [one for one in found if one.part == part]
        for one in of_part[:MOST]:
            out.print(terminal.styled(f"  {one.what}: found {one.found}, expected {one.expected}; {one.do}"))
        if len(of_part) > MOST:
            out.print(terminal.styled(f"  and {len(of_part) - MOST:,} more of {part}; all of them: --json"))


def backup(made: Manifest, file: Path, done: str, as_json: bool) -> None:
    """Print what a backup holds, once it is written or restored."""
    if as_json:
        terminal.json({"file": str(file), **msgspec.to_builtins(made)})
        return
    rows = {name: kept.rows for name, kept in made.tables.items()}
    what = f"{rows.get('captures', 0):,} captures and {rows.get('reports', 0):,} reports"
    out = terminal.console()
    out.print(terminal.styled(f"{what}, {sum(rows.values()):,} rows in all, {done} {file}"))
    out.print(terminal.styled(f"shape {made.shape}, taken {made.made_at} from {made.made_from}", "dim"))


def shapes(before: str, now: str, as_json: bool) -> None:
    """Print from which shape a database was brought to which."""
    if as_json:
        terminal.json({"before": before, "now": now})
        return
    said = f"the shape is {now}, as it was" if before == now else f"the shape was {before} and is {now} now"
    terminal.console().print(terminal.styled(said))
