"""A store at the size of a team's archive: 100,000 reports and a million statements, on SQLite and on PostgreSQL."""

import argparse
import sys
import time

from load_reports import made

from watchfloor.core.marking import Reader
from watchfloor.flow.copying import fingerprinted
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store

BATCH = 200
HOME = Reader(name="load", partner=None, clearance="RED")


def fill(store: Store, count: int, statements: int) -> tuple[int, float, float]:
    there = store.counts(HOME)["captures"]
    there -= there % BATCH  # a batch that was broken off is kept again, and what is kept already changes nothing
    wall = cpu = 0.0
    for first in range(there, count, BATCH):
        some = [made(n, statements) for n in range(first, min(first + BATCH, count))]
        prints = fingerprinted([one.report for one in some])
        began, used = time.perf_counter(), time.process_time()
        store.keep_captures(one.capture for one in some)
        store.keep_reports([(one.report, one.found) for one in some], "load")
        store.keep_fingerprints(prints)
        wall += time.perf_counter() - began
        cpu += time.process_time() - used
        if first // BATCH % 10 == 0:
            print(f"  {first + len(some):,} of {count:,} {wall:.1f} {cpu:.1f}", file=sys.stderr, flush=True)
    return max(count - there, 0), wall, cpu


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--reports", type=int, default=200)
    asked.add_argument("--statements", type=int)
    asked.add_argument("--db", required=True)
    given = asked.parse_args()
    with open_store(given.db, create=True) as store:
        print(fill(store, given.reports, 10))
