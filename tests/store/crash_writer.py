"""Write sixty reports into a database, saying each one that is acknowledged: a process for a test to kill.

Everything is decided by its number, so that a second run does what the first one did not get to.
"""

import sys
from datetime import UTC, datetime
from hashlib import sha256

from msgspec import structs

from watchfloor.core.annotation import Mention
from watchfloor.core.aside import Aside
from watchfloor.core.capture import Capture
from watchfloor.core.identity import content_id
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.store.connection import open_store
from watchfloor.store.readings import Readings

REPORTS = 60
VERSIONS = 4  # every fourth address has a second version
HOME = Reader(name="test", partner=None, clearance="RED")


def captured(n: int) -> Capture:
    """Return the n-th capture; two follow each other at one address now and then."""
    data = f"Report {n}: 북한군 파병. ".encode() * 40
    digest = sha256(data).hexdigest()
    locator = f"{n - n % VERSIONS if n % VERSIONS < 2 else n}.txt"
    return Capture(
        id=content_id("cap", locator, digest),
        locator=locator,
        feed="test",
        sha256=digest,
        media_type="text/plain",
        collected=datetime(2024, 11, 1, 0, n, tzinfo=UTC),
        data=data,
        marking=Marking(level="CLEAR", releasable_to=frozenset({"a"})) if n % 3 else None,
    )


def reported(capture: Capture) -> Report:
    """Return the report that the capture gives."""
    text = capture.data.decode()
    return Report(
        id=content_id("rep", None, None, text),
        capture=capture.id,
        address=capture.locator,
        url=None,
        outlet=None,
        outlet_how=None,
        headline=text[:12],
        published=None,
        language="ko",
        text=text,
        passages=(),
        collected=capture.collected,
        marking=capture.marking,
        generated_by="test@1",
    )


def main(path: str) -> None:
    """Keep every capture, then turn what is pending into reports and asides, then take some corrections back."""
    with open_store(path, create=True) as store:
        for n in range(REPORTS):
            capture = captured(n)
            store.keep_capture(capture)
            print(capture.id, flush=True)  # noqa: T201 - the test reads what was acknowledged
        for capture in store.pending(HOME):
            if int(capture.data.split(b":")[0].split()[1]) % 10 == 9:
                id = content_id("aside", capture.id)
                store.keep_aside(
                    Aside(
                        id=id,
                        locator=capture.locator,
                        capture=capture.id,
                        room="clean",
                        reason="empty",
                        detail="every tenth",
                        at=capture.collected,
                    )
                )
            else:
                report = reported(capture)
                id = report.id
                span = Span(report=id, start=0, end=6)
                mention = Mention(span=span, type="other", name="x", generated_by="test@1")
                store.keep_report(report, [mention], "1", Readings("1", {id: id.encode()}))
            print(id, flush=True)  # noqa: T201
        for n in range(0, REPORTS, VERSIONS):
            again = structs.replace(captured(n), collected=datetime(2024, 11, 2, 0, n, tzinfo=UTC))
            store.keep_capture(again)


if __name__ == "__main__":
    main(sys.argv[1])
