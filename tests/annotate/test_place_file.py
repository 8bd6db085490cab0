from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate.place_file import MAGIC, Entry, PlaceFile, packed, unpacked, write
from watchfloor.core.errors import ConfigError


def city(name: str, people: int = 0, **fields: object) -> Entry:
    values: dict[str, object] = {
        "name": name,
        "country": "NOR",
        "region": "08",
        "latitude": 60.5,
        "longitude": -5.25,
        "people": people,
        "geonames_id": 7,
        "kind": "city",
    }
    return Entry(**(values | fields))  # type: ignore[arg-type]


@pytest.fixture
def many(tmp_path: Path) -> Path:
    names = sorted(f"Town {number}" for number in range(2000))
    path = tmp_path / "many.wfg"
    with path.open("wb") as out:
        write(out, ((name, packed(name, city(name))) for name in names))
    return path


@pytest.mark.parametrize(
    "entry",
    [
        city("Fernwick", 1200),
        city("Grey Sea", kind="feature", country=None, region=None, geonames_id=None),
        city("Fernwick", alias=True, seat=True),
    ],
)
def test_a_place_is_read_as_it_was_written(entry: Entry) -> None:
    assert unpacked("Fernwick", packed("Fernwick", entry)) == entry


def test_every_name_is_found_wherever_it_lies_in_the_file(many: Path) -> None:
    file = PlaceFile(many)

    assert all(file.find(f"Town {number}")[0].name == f"Town {number}" for number in (0, 1, 999, 1000, 1999))


@pytest.mark.parametrize("name", ["", "Aaa", "Town", "Town 1\t", "Town 1\nTown 2", "Zzz"])
def test_a_name_that_is_not_kept_has_no_places(many: Path, name: str) -> None:
    assert PlaceFile(many).find(name) == ()


def test_the_same_lines_give_the_same_bytes(many: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.wfg"
    with again.open("wb") as out:
        write(out, ((f"Town {n}", packed(f"Town {n}", city(f"Town {n}"))) for n in sorted(range(2000), key=str)))

    assert again.read_bytes() == many.read_bytes()
    assert PlaceFile(again).mark == PlaceFile(many).mark


@pytest.mark.parametrize("content", [b"", b"something else", MAGIC, MAGIC + b"x" * 40])
def test_a_file_that_is_no_gazetteer_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.wfg"
    path.write_bytes(content)

    with pytest.raises(ConfigError):
        PlaceFile(path)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nothing\.wfg"):
        PlaceFile(tmp_path / "nothing.wfg")


@given(st.binary(max_size=200))
def test_a_damaged_file_is_refused_and_never_crashes(tmp_path_factory: pytest.TempPathFactory, tail: bytes) -> None:
    path = tmp_path_factory.mktemp("damaged") / "damaged.wfg"
    path.write_bytes(MAGIC + tail)

    with pytest.raises(ConfigError):
        PlaceFile(path)
