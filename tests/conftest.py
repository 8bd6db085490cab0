"""What every test may use: reports by hand, and the gold data beside the checkout where it is there."""

import importlib.util
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from watchfloor.core.identity import content_id
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Passage, Report

settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.load_profile("here")

PostgreSQL = pytest.param("postgresql", marks=pytest.mark.postgresql)
BOTH = ["sqlite", PostgreSQL]
"""The kinds of database, for tests that run on both."""

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip(f"the gold data and founding reports are not beside this checkout (looked for {SHARED})")
    return SHARED


@pytest.fixture
def report() -> Callable[..., Report]:
    """Make a report whose whole text is body, one passage a paragraph."""

    def make(text: str, *, published: PartialDate | None = None, outlet: str | None = None, **fields: object) -> Report:
        passages = []
        start = 0
        for line in text.splitlines(keepends=True):
            if line.strip():
                inner = line.strip()
                begin = start + line.index(inner)
                passages.append(Passage(start=begin, end=begin + len(inner), kind="body"))
            start += len(line)
        values: dict[str, object] = {
            "id": content_id("rep", outlet, text),
            "capture": content_id("cap", outlet, text),
            "address": "memory",
            "url": None,
            "outlet": outlet,
            "outlet_how": "given" if outlet else None,
            "headline": None,
            "published": published,
            "language": "en",
            "text": text,
            "passages": tuple(passages),
            "collected": datetime(2024, 11, 1, 12, 0, tzinfo=UTC),
            "generated_by": "test@1",
        }
        return Report(**(values | fields))  # type: ignore[arg-type]

    return make


@pytest.fixture
def day() -> Callable[[str], PartialDate]:
    """Make a fully known day from its ISO form."""

    def make(value: str) -> PartialDate:
        known = datetime.fromisoformat(value).date()
        return PartialDate(value=value, low=known, high=known, precision="day", how="given by the test")

    return make


@pytest.fixture
def fake_translator() -> Iterator[Any]:
    """A translator on this machine that answers as LibreTranslate does; see translating.py."""
    with _beside("translating").serving() as fake:
        yield fake


@pytest.fixture(scope="session")
def mail_taker() -> Any:
    """A mail server on this machine, to be made and opened; see mail_taker.py."""
    return _beside("mail_taker").MailTaker


def _beside(name: str) -> Any:
    """Return a module that lies beside this file; tests are imported one by one and cannot import each other."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _programs() -> Path:
    found: Path | None = _beside("postgresql_server").programs()
    if found is None or importlib.util.find_spec("psycopg") is None:
        what = "no PostgreSQL 15 or newer" if found is None else "no driver for it (psycopg)"
        if os.environ.get("WATCHFLOOR_REQUIRE_POSTGRESQL"):
            pytest.fail(f"{what} on this machine, and WATCHFLOOR_REQUIRE_POSTGRESQL asks for one")
        pytest.skip(f"{what} on this machine; see tests/postgresql_server.py")
    return found


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Any]:
    """A server for the whole run; it loses what it holds when it is killed. See postgresql_server.py."""
    with _beside("postgresql_server").running(_programs()) as server:
        yield server


@pytest.fixture(scope="session")
def safe_server() -> Iterator[Any]:
    """A server that may be killed: it writes to the disk before it acknowledges."""
    with _beside("postgresql_server").running(_programs(), safe=True) as server:
        yield server


@pytest.fixture(scope="session")
def filled_template(postgresql_server: Any) -> str:
    """The name of a database of Watchfloor's with nothing kept in it, to be copied."""
    from watchfloor.store.connection import open_store

    open_store(postgresql_server.make("watchfloor_template"), create=True).close()
    return "watchfloor_template"


@pytest.fixture
def address(postgresql_server: Any) -> Iterator[str]:
    """The address of an empty database on a server, of no program yet."""
    made: str = postgresql_server.make()
    yield made
    postgresql_server.drop(made)


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | str]:
    """Where a database is to be made or found, of either kind."""
    if request.param == "sqlite":
        yield tmp_path / "watchfloor.db"
        return
    server = request.getfixturevalue("postgresql_server")
    made: str = server.make(template=request.getfixturevalue("filled_template"))
    yield made
    server.drop(made)


@pytest.fixture
def in_proportion() -> Callable[[Callable[[int], float], int, int], bool]:
    """Say whether the work grows clearly less than with the square of its size, on a busy machine too.

    seconds(count): the CPU seconds that the work takes at that size. The two sizes are timed in turn, up to five
    times, and the best round counts: a neighbour can only make it slower. Work that grows with the square takes k * k
    times as long at k times the size; here it may take k ** 1.5 times as long.
    """

    def hold(seconds: Callable[[int], float], few: int, many: int) -> bool:
        seconds(few)  # what is loaded once
        least = 0.005  # seconds: below it the clock says nothing
        rounds = (max(seconds(many), least) / max(seconds(few), least) for _ in range(5))
        return any(ratio < (many / few) ** 1.5 for ratio in rounds)

    return hold


@pytest.fixture
def in_time() -> Callable[[Callable[[], object], float], bool]:
    """Say whether the work takes less than so many CPU seconds in the best of three tries; one is enough."""

    def hold(work: Callable[[], object], seconds: float) -> bool:
        def once() -> float:
            began = process_time()
            work()
            return process_time() - began

        return any(once() < seconds for _ in range(3))

    return hold
