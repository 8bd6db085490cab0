"""What the store's tests use: an empty database, readers, and items by hand."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from watchfloor.core.annotation import Mention
from watchfloor.core.capture import Capture
from watchfloor.core.identity import content_id
from watchfloor.core.marking import Level, Marking, Reader
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Passage, Report
from watchfloor.core.span import Span
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store

NewStore = Callable[[str], AbstractContextManager[Store]]
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]

Item = tuple[Capture, Report, tuple[Mention, ...]]


def _item(
    text: str,
    *,
    locator: str = "a.txt",
    page: bytes | None = None,
    collected: str = "2024-11-01",
    published: str | None = None,
    outlet: str | None = None,
    headline: str | None = None,
    marking: Marking | None = None,
    passages: tuple[Passage, ...] = (),
) -> Item:
    """Make a capture, the report made of it and one annotation; the address is the locator."""
    data = text.encode("utf-8", "replace") if page is None else page
    digest = sha256(data).hexdigest()
    at = datetime.fromisoformat(collected).replace(tzinfo=UTC)
    day = date.fromisoformat(published) if published else None
    capture = Capture(
        id=content_id("cap", locator, digest),
        locator=locator,
        feed="test",
        sha256=digest,
        media_type="text/plain",
        collected=at,
        data=data,
        outlet=outlet,
        marking=marking,
    )
    report = Report(
        id=content_id("rep", outlet, locator, text),
        capture=capture.id,
        address=locator,
        url=locator,
        outlet=outlet,
        outlet_how=None,
        headline=headline,
        published=PartialDate(value=published, low=day, high=day, precision="day", how="given") if day else None,
        language="en",
        text=text,
        passages=passages,
        collected=at,
        marking=marking,
        generated_by="test@1",
    )
    span = Span(report=report.id, start=0, end=len(text))
    return capture, report, (Mention(span=span, type="other", name="x", generated_by="test@1"),)


def _keep(store: Store, made: Item, recipe: str = "1") -> str:
    """Keep an item; return what became of the report."""
    capture, report, annotations = made
    store.keep_capture(capture)
    return store.keep_report(report, annotations, recipe)


# The functions come as fixtures, because tests are imported one by one and cannot import each other.


@pytest.fixture(scope="session")
def item() -> Callable[..., Item]:
    return _item


@pytest.fixture(scope="session")
def keep() -> Callable[..., str]:
    return _keep


@pytest.fixture(scope="session")
def partner() -> Callable[..., Reader]:
    def make(name: str, clearance: Level = "RED") -> Reader:
        return Reader(name="them", partner=name, clearance=clearance)

    return make


@pytest.fixture(scope="session")
def home() -> Reader:
    return Reader(name="us", partner=None, clearance="RED")


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of an empty database, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "watchfloor.db"
    open_store(path, create=True).close()
    return path


@pytest.fixture(scope="session")
def new_store(empty: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> NewStore:
    """Open an empty database of a kind for a block."""

    @contextmanager
    def opened(kind: str) -> Iterator[Store]:
        if kind == "sqlite":
            path = tmp_path_factory.mktemp("store") / "watchfloor.db"
            path.write_bytes(empty.read_bytes())
            with open_store(path, create=False) as store:
                yield store
            return
        server = request.getfixturevalue("postgresql_server")
        address = server.make(template=request.getfixturevalue("filled_template"))
        with open_store(address, create=False) as store:
            yield store
        server.drop(address)

    return opened


@pytest.fixture(scope="session", params=BOTH)
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database that a test runs on; every test that asks for it, or for a store, runs on both."""
    return str(request.param)


@pytest.fixture
def store(kind: str, new_store: NewStore) -> Iterator[Store]:
    with new_store(kind) as opened:
        yield opened


@pytest.fixture
def file_store(new_store: NewStore) -> Iterator[Store]:
    """A store on SQLite, for what only a file can do."""
    with new_store("sqlite") as opened:
        yield opened


@pytest.fixture
def kept(store: Store) -> Callable[..., Report]:
    """Keep a text with its capture; return the report."""

    def keep_one(text: str, **fields: Any) -> Report:
        made = _item(text, **fields)
        _keep(store, made)
        return made[1]

    return keep_one
