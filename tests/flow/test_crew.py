"""Several processes read beside each other, and what comes out is what one alone would have made."""

import os
import signal
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from watchfloor.core.aside import Aside
from watchfloor.core.capture import Capture
from watchfloor.core.errors import ConfigError, SetAside
from watchfloor.core.identity import content_id
from watchfloor.core.marking import Reader
from watchfloor.flow.configuration import Configuration
from watchfloor.flow.crew import Crew, crewed, size_of
from watchfloor.flow.parts import parts
from watchfloor.flow.pipeline import Line
from watchfloor.store.connection import open_store

HOME = Reader(name="us", partner=None, clearance="RED")
NAMES = ("times", "quantities")
PITCH = "The Courier brings the news of the valley to its readers every morning, whatever the weather is like there."
TOWNS = ("Lund", "Holm", "Berg", "Dal", "Vik", "Nes", "Sund", "Moen")


@pytest.fixture(scope="module")
def crew() -> Iterator[Crew]:
    with crewed(2, Configuration(parts=NAMES), parts(NAMES)) as made:
        yield made


def capture(name: str, data: bytes, media_type: str = "text/html", url: str | None = None) -> Capture:
    digest = sha256(data).hexdigest()
    return Capture(
        id=content_id("cap", name, digest),
        locator=name,
        feed="test",
        sha256=digest,
        media_type=media_type,
        collected=datetime(2025, 3, 2, tzinfo=UTC),
        data=data,
        url=url,
    )


def page(town: str) -> Capture:
    paragraphs = (
        f"The river at {town} rose by two metres on Sunday night, the water board of {town} said in a statement.",
        f"Some forty families of {town} left their homes before dawn and found shelter in the school of {town}.",
        f"The mayor of {town} thanked the volunteers and asked people to stay away from the bridge of {town}.",
        PITCH,
    )
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    text = f"<html><body><article><h1>Flood reaches the town of {town}</h1>{body}</article></body></html>"
    return capture(f"{town}.html", text.encode(), url=f"https://courier.example/{town}")


def everything() -> list[Capture | SetAside]:
    """Pages of one host, one of them twice, one again elsewhere; what holds half a character; what is none at all."""
    towns = [page(town) for town in TOWNS]
    again = capture("again.html", towns[0].data, url="https://courier.example/again")
    return [
        *towns[:3],
        SetAside("unreadable", "nobody can read it", "locked.txt"),
        towns[1],
        again,
        capture("half\udcff.txt", b"Twelve ships left the port of Lund on 3 March 2025.", "text/plain"),
        capture("empty.bin", b"\x00\x01", "application/x-nothing"),
        *towns[3:],
    ]


def added(database: Path, crew: Crew | None, items: Iterable[Capture | SetAside]) -> tuple[list[str], str]:
    """Add the items; return what became of each, in the order told, and the whole database as text."""
    told: list[str] = []
    with open_store(database, create=True) as store:
        line = Line(store, HOME, parts(NAMES), 60.0, crew=crew)
        line.add(items, settled=lambda item, taken: told.append(taken.reason if isinstance(taken, Aside) else taken))
        return told, store.dump(HOME, times=True)


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHFLOOR_NOW", "2025-03-03T12:00:00Z")


@pytest.mark.usefixtures("still")
def test_with_a_crew_the_same_comes_out_in_the_same_order(crew: Crew, tmp_path: Path) -> None:
    alone = added(tmp_path / "alone.db", None, everything())
    beside = added(tmp_path / "beside.db", crew, everything())

    assert beside[0] == alone[0]
    assert beside[1] == alone[1]
    assert "other pages of its host print it too" in alone[1]  # so the order of pages has a say in what comes out


@pytest.mark.usefixtures("still")
def test_who_is_killed_is_replaced_and_nothing_is_missing(crew: Crew, tmp_path: Path) -> None:
    def killing() -> Iterator[Capture]:
        for number, town in enumerate(TOWNS):
            if number == 4:
                for member in list(crew._members):
                    os.kill(member._process.pid, signal.SIGKILL)
            yield page(town)

    told, _ = added(tmp_path / "a.db", crew, killing())

    assert told == ["new"] * len(TOWNS)


@pytest.mark.usefixtures("still")
def test_what_an_interrupted_run_left_is_finished_by_a_crew_in_its_order(crew: Crew, tmp_path: Path) -> None:
    def broken() -> Iterator[Capture]:
        yield from (page(town) for town in TOWNS[:5])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        added(tmp_path / "a.db", crew, broken())
    again = added(tmp_path / "a.db", crew, (page(town) for town in TOWNS))
    alone = added(tmp_path / "alone.db", None, (page(town) for town in TOWNS))

    assert again[1] == alone[1]


def test_a_crew_that_would_annotate_otherwise_is_refused(tmp_path: Path) -> None:
    with crewed(2, Configuration(parts=("times",)), parts(NAMES)) as other, pytest.raises(ConfigError, match="recipe"):
        added(tmp_path / "a.db", other, [page("Lund")])


def test_as_many_read_as_there_are_cores_unless_somebody_says_otherwise() -> None:
    assert size_of(Configuration(workers=7)) == 7
    assert 1 <= size_of(Configuration()) <= 4
