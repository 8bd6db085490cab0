"""The processes of a Dask cluster of our own on this machine: `scheduler`, or `worker ADDRESS FOLDER`.

Bound to 127.0.0.1, without a dashboard. Each ends when its standard input does, so that none outlives the run; one that
dies is begun again by the run (`own_cluster.is_led`), so that nobody else must stand by to do it.
"""

import asyncio
import os
import sys
import threading

import dask

_HERE = "127.0.0.1"
_SETTINGS = {
    "distributed.scheduler.http.routes": ["distributed.http.health"],
    "distributed.worker.http.routes": ["distributed.http.health"],
    "distributed.scheduler.allowed-failures": 10,  # workers that die take readers with them, and are no proof of poison
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
    # what Dask watches of itself many times a second takes an eighth of two cores from those who read (measured)
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "500ms",
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.admin.system-monitor.disk": False,
    "distributed.admin.system-monitor.gil.enabled": False,
    "distributed.scheduler.active-memory-manager.start": False,
}


def main() -> None:
    """Run until standard input ends."""
    threading.Thread(target=_watch, daemon=True).start()
    dask.config.set(_SETTINGS)
    asyncio.run(_scheduler() if sys.argv[1] == "scheduler" else _worker(*sys.argv[2:4]))


def _watch() -> None:
    while os.read(0, 4096):
        pass
    os._exit(0)


async def _scheduler() -> None:
    from distributed import Scheduler

    async with Scheduler(host=_HERE, port=0, dashboard=False, dashboard_address=f"{_HERE}:0") as scheduler:
        print(scheduler.address, flush=True)  # noqa: T201 - read by the one who started it
        await scheduler.finished()


async def _worker(address: str, folder: str) -> None:
    from distributed import Worker

    worker = Worker(
        address,
        host=_HERE,
        nthreads=1,
        memory_limit=0,
        dashboard_address=f"{_HERE}:0",
        local_directory=folder,
        death_timeout=60,
    )
    async with worker:
        await worker.finished()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
