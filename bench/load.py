"""A store at the size of a team's archive, on SQLite and on PostgreSQL: how long questions take, and what breaks.

    python bench/load.py                                                      # 2,000 reports, both kinds
    python bench/load.py --reports 100000 --statements 1000000 --db load.db   # one database, kept; it goes on
    python bench/load.py --reports 100000 --db postgresql://me@/load --parts fill,search

What is kept comes from `load_reports`: the same reports every time, written through the store's own functions, 200 to a
transaction; broken off, it goes on where it was. `search` asks every kind of question in turn, each with many different
words, and prints the milliseconds of the wall as whoever asks waits: p50, p95, p99. `taxii` fills a collection with as
many objects and reads it page by page. `readers` serves over HTTP and has 200 readers ask for searches, TAXII pages and
reports while reports are kept: it counts errors; `browsers` has them walk through the pages. `upkeep` checks, backs up
and restores the whole, with its memory.
"""

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent))

from load_asking import searches
from load_filling import fill, settle
from load_serving import browsers, readers
from load_sharing import pages
from load_upkeep import upkeep
from store import server_of_the_tests
from watchfloor.store.connection import is_address, open_store

REPORTS = 2_000
STATEMENTS = 10  # of one report
PARTS = ("fill", "search", "taxii", "readers", "browsers", "upkeep")


def measure(where: str, count: int, statements: int, parts: list[str], rounds: int) -> dict[str, str]:
    """Fill a database and ask it everything; return a line by name."""
    rows: dict[str, str] = {}
    with open_store(where, create=True) as store:
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


def main() -> None:
    """Measure the databases that were asked for, or both kinds, and print one table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--reports", type=int, default=REPORTS)
    asked.add_argument("--statements", type=int, help="of all reports together; ten of each by default")
    asked.add_argument("--db", action="append", help="a file or an address; kept, and filled up when it is there")
    asked.add_argument("--parts", default=",".join(PARTS), help=f"some of {','.join(PARTS)}")
    asked.add_argument("--rounds", type=int, default=60, help="questions of each kind")
    given = asked.parse_args()
    statements = max((given.statements or given.reports * STATEMENTS) // given.reports, 1)
    results: dict[str, dict[str, str]] = {}
    with ExitStack() as stack:
        wheres = given.db
        if not wheres:
            wheres = [f"{stack.enter_context(TemporaryDirectory())}/load.db"]
            if (server := stack.enter_context(server_of_the_tests())) is not None:
                wheres.append(server.make())
        for where in wheres:
            name = "postgresql" if is_address(where) else "sqlite"
            results[name] = measure(where, given.reports, statements, given.parts.split(","), given.rounds)
    print(f"{given.reports:,} reports, {given.reports * statements:,} statements; ms as p50 / p95 / p99\n")
    print(f"| | {' | '.join(results)} |\n{'|---' * (len(results) + 1)}|")
    for name in dict.fromkeys(name for rows in results.values() for name in rows):
        print(f"| {name} | " + " | ".join(rows.get(name, "-") for rows in results.values()) + " |")


if __name__ == "__main__":
    main()
