"""Fill a store with made-up reports, in their order; broken off, go on where it was."""

import sys
import time

from load_reports import made
from watchfloor.core.marking import Reader
from watchfloor.flow.copying import fingerprinted
from watchfloor.store.store import Store

BATCH = 200  # reports of one transaction
HOME = Reader(name="load", partner=None, clearance="RED")
PARTNER = Reader(name="load", partner="p", clearance="RED")


def fill(store: Store, count: int, statements: int) -> dict[str, str]:
    """Keep reports until there are so many; return how many were kept a second, by the wall and by our processor."""
    there = store.counts(HOME)["captures"]
    there -= there % BATCH  # a batch that was broken off is kept again, and what is kept already changes nothing
    wall = used = 0.0
    for first in range(there, count, BATCH):
        some = [made(n, statements) for n in range(first, min(first + BATCH, count))]
        prints = fingerprinted([one.report for one in some])
        began, before = time.perf_counter(), time.process_time()
        store.keep_captures(one.capture for one in some)
        store.keep_reports([(one.report, one.found) for one in some], "load")
        store.keep_fingerprints(prints)
        wall += time.perf_counter() - began
        used += time.process_time() - before
        if first // BATCH % 25 == 0:
            print(f"  {first + len(some):,} of {count:,}", file=sys.stderr, flush=True)
    added = max(count - there, 0)
    if not added:
        return {"kept, reports a second": "were there"}
    return {"kept, reports a second": f"{added / wall:,.0f} (by our own processor time {added / used:,.0f})"}


def settle(store: Store) -> None:
    """Have a server do now what its autovacuum does some minutes after a large load."""
    engine = store._engine
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("SET default_transaction_read_only = off; SET statement_timeout = 0")
            connection.exec_driver_sql("VACUUM ANALYZE")
            connection.invalidate()  # no other part gets a connection that may write
