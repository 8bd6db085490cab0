"""A store at the size of a team's archive, on SQLite and on PostgreSQL: how long questions take, and what breaks.

    python bench/load.py                                                      # 2,000 reports, both kinds
    python bench/load.py --reports 100000 --statements 1000000 --db load.db   # one database, kept; it goes on
    python bench/load.py --reports 100000 --db postgresql://me@/load --parts fill,search
    python bench/load.py --reports 100000 --statements 1000000 --db load.db --reuse       # it is filled: 3 minutes

What is kept comes from `load_reports`: the same reports every time, written through the store's own functions, 200 to a
transaction; broken off, it goes on where it was. `search` asks every kind of question in turn, each with many different
words, and prints the milliseconds of the wall as whoever asks waits: p50, p95, p99; in brackets p50 and p95 of the
processor, ours and the server's together, which other programs on the machine do not change much. `taxii` fills a
collection with as many objects and reads it page by page. `readers` serves over HTTP and has 200 readers ask for
searches, TAXII pages and reports while reports are kept: it counts errors; `browsers` has them walk
through the pages. `upkeep` checks, backs up and restores the
whole, with its memory.
The exit code is 1 when a p95 of the processor is over its ceiling, or a reader got an error.
"""

import argparse
import statistics
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent))

from load_asking import Took, searches, told
from load_filling import fill, settle
from load_serving import browsers, readers
from load_sharing import pages
from load_upkeep import upkeep
from store import server_of_the_tests
from watchfloor.store.connection import is_address, open_store

REPORTS = 2_000
STATEMENTS = 10  # of one report
CEILINGS = {"search, all of these": 100, "TAXII, 100 of objects": 50, "TAXII, 100 of manifest": 50}  # ms, p95
PARTS = ("fill", "search", "taxii", "readers", "browsers", "upkeep")


Row = str | list[Took]


def measure(where: str, count: int, statements: int, parts: list[str], rounds: int) -> dict[str, Row]:
    """Fill a database and ask it everything; return a line, or the times of one, by name."""
    rows: dict[str, Row] = {}
    with open_store(where, create="fill" in parts) as store:
        if "fill" in parts:
            rows |= fill(store, count, statements)
        settle(store)
        if "search" in parts:
            rows |= searches(store, count, statements, rounds)
        if "taxii" in parts:
            rows |= pages(store, count)
    if "readers" in parts:
        rows |= readers(where, count, statements)
    if "browsers" in parts:
        rows |= browsers(where, count, statements)
    if "upkeep" in parts:
        rows |= upkeep(where)
    return rows


def main() -> int:
    """Measure the databases that were asked for, or both kinds, and print one table; return 1 for a ceiling passed."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--reports", type=int, default=REPORTS)
    asked.add_argument("--statements", type=int, help="of all reports together; ten of each by default")
    asked.add_argument("--db", action="append", help="a file or an address; kept, and filled up when it is there")
    asked.add_argument("--parts", default=",".join(PARTS), help=f"some of {','.join(PARTS)}")
    asked.add_argument("--rounds", type=int, default=60, help="questions of each kind")
    asked.add_argument("--reuse", action="store_true", help="search, taxii and readers of a database that is filled")
    given = asked.parse_args()
    parts = ["search", "taxii", "readers"] if given.reuse else given.parts.split(",")
    statements = max((given.statements or given.reports * STATEMENTS) // given.reports, 1)
    results: dict[str, dict[str, Row]] = {}
    with ExitStack() as stack:
        wheres = given.db
        if not wheres:
            wheres = [f"{stack.enter_context(TemporaryDirectory())}/load.db"]
            if (server := stack.enter_context(server_of_the_tests())) is not None:
                wheres.append(server.make())
        for where in wheres:
            name = "postgresql" if is_address(where) else "sqlite"
            results[name] = measure(where, given.reports, statements, parts, given.rounds)
    print(f"{given.reports:,} reports, {given.reports * statements:,} statements; ms as p50 / p95 / p99\n")
    print(f"| | {' | '.join(results)} |\n{'|---' * (len(results) + 1)}|")
    for name in dict.fromkeys(name for rows in results.values() for name in rows):
        cells = (rows.get(name, "-") for rows in results.values())
        print(f"| {name} | " + " | ".join(cell if isinstance(cell, str) else told(cell) for cell in cells) + " |")
    return over(results)


def over(results: dict[str, dict[str, Row]]) -> int:
    """Say which ceilings are passed; return 1 when one is."""
    wrong = []
    for kind, rows in results.items():
        for name, cell in rows.items():
            if "errors of" in name and not str(cell).startswith("0"):
                wrong.append(f"{kind}: {name}: {cell}")
            elif name in CEILINGS and not isinstance(cell, str):
                p95 = statistics.quantiles([one.processor for one in cell], n=100, method="inclusive")[94]
                if p95 > CEILINGS[name]:
                    wrong.append(
                        f"{kind}: {name}: p95 {p95:.0f} ms of the processor, expected {CEILINGS[name]} at most"
                    )
    print(*wrong, sep="\n")
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main())
