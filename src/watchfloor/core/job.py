"""A unit of work of the service, and who does it."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

JobKind = Literal["read", "feed", "watch", "deliver", "reread"]
"""read: one capture through clean and annotate. feed: one run of a feed. watch: one look with all indicators.
deliver: what is due of alerts. reread: one report that another recipe annotated, once more with the present one."""

JobState = Literal["waiting", "running", "done", "aside"]
"""aside: it ended its worker, or failed, so often that it is left to a person."""


class Job(Struct, frozen=True, kw_only=True):
    """One unit of work.

    id: from kind and unit: one unit stands in the queue once. unit: id of the capture or report, "" for one that
    there is only one of. due: not before. tries: how often it was begun. worker: who does it or did it last; lease:
    until when it is theirs, unless they say that they still live. reason: what came of the last try, in words.
    """

    id: str
    kind: JobKind
    unit: str
    state: JobState
    due: datetime
    made: datetime
    tries: int = 0
    worker: str | None = None
    lease: datetime | None = None
    began: datetime | None = None
    ended: datetime | None = None
    reason: str | None = None


class Worker(Struct, frozen=True, kw_only=True):
    """A process that does jobs. name: host and process. seen: when it last said that it lives. doing: id of its job."""

    name: str
    began: datetime
    seen: datetime
    doing: str | None = None
    done: int = 0
