from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from watchfloor.clean import host_memory
from watchfloor.core.capture import Capture
from watchfloor.core.identity import content_id
from watchfloor.core.marking import Reader
from watchfloor.core.report import Report
from watchfloor.flow.pipeline import Line
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store

HOME = Reader(name="us", partner=None, clearance="RED")
PITCH = "The Courier brings the news of the valley to its readers every morning, whatever the weather is like there."
TOWNS = ("Lund", "Holm", "Berg", "Dal")


@pytest.fixture
def store(database: Path | str) -> Iterator[Store]:
    with open_store(database, create=True) as opened:
        yield opened


@pytest.fixture
def line(store: Store) -> Line:
    return Line(store, HOME, (), 30)


def capture(town: str, host: str = "courier.example") -> Capture:
    paragraphs = (
        f"The river at {town} rose by two metres on Sunday night, the water board of {town} said in a statement.",
        f"Some forty families of {town} left their homes before dawn and found shelter in the school of {town}.",
        f"The mayor of {town} thanked the volunteers and asked people to stay away from the bridge of {town}.",
        PITCH,
    )
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    data = f"<html><body><article><h1>Flood reaches the town of {town}</h1>{body}</article></body></html>".encode()
    address = f"https://{host}/{town}"
    return Capture(
        id=content_id("cap", address, town),
        locator=address,
        feed="test",
        sha256=sha256(data).hexdigest(),
        media_type="text/html",
        collected=datetime(2025, 3, 2, tzinfo=UTC),
        data=data,
        url=address,
    )


def report(store: Store, town: str) -> Report:
    return next(one for one in store.reports(HOME) if one.url and one.url.endswith(town))


def told(store: Store, town: str) -> list[tuple[str, str | None]]:
    found = report(store, town)
    return [(p.kind, p.reason) for p in found.passages if found.text[p.start : p.end] == PITCH]


def test_a_line_on_every_page_of_a_host_is_furniture_from_the_third_on(line: Line, store: Store) -> None:
    line.add(map(capture, TOWNS))

    assert [told(store, town) for town in TOWNS] == [
        [("body", None)],
        [("body", None)],
        [("boilerplate", host_memory.REPEATED)],
        [("boilerplate", host_memory.REPEATED)],
    ]


def test_the_same_pages_again_change_nothing(line: Line, store: Store) -> None:
    line.add(map(capture, TOWNS[:2]))
    before = store.dump(HOME)
    line.add(map(capture, TOWNS[:2] * 3))

    assert store.dump(HOME) == before


def test_pages_of_several_hosts_say_nothing_of_each_other(line: Line, store: Store) -> None:
    line.add(capture(town, f"{town.lower()}.example") for town in TOWNS)

    assert {kind for town in TOWNS for kind, _ in told(store, town)} == {"body"}


def test_pages_read_in_bulk_are_remembered_too(store: Store) -> None:
    Line(store, HOME, (), 30, quality="bulk").add(map(capture, TOWNS))

    assert told(store, TOWNS[-1]) == [("boilerplate", host_memory.REPEATED)]
    assert report(store, TOWNS[0]).generated_by.startswith("clean.page_bulk")
