import zipfile
from pathlib import Path

import pytest

from watchfloor.annotate import places
from watchfloor.annotate.place_file import PlaceFile
from watchfloor.core.errors import ConfigError
from watchfloor.flow import gazetteers
from watchfloor.flow.configuration import configuration
from watchfloor.flow.parts import parts


def row(number: int, name: str, others: str, point: str, kind: str, home: str, people: int) -> str:
    fields = [str(number), name, name, others, *point.split(), *kind.split("."), *home.split(), "", "", "", str(people)]
    return "\t".join([*fields, "", "", "", ""])


DUMP = "".join(
    f"{line}\n"
    for line in (
        row(7, "Fernwick", "Fernvik", "52.1 -2.5", "P.PPL", "GB GB ENG", 9_000),
        row(8, "Fernwick", "", "-33.5 150.5", "P.PPLC", "AU AU 02", 120_000),
        row(9, "Grey Brook", "", "52.2 -2.6", "H.STM", "GB GB ENG", 0),
    )
)


def silent(_doing: str, _done: int) -> None:
    """Tell nobody."""


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "XX.txt"
    path.write_text(DUMP, encoding="utf-8")
    return path


@pytest.fixture
def built(dump: Path, tmp_path: Path) -> Path:
    out = tmp_path / "full.wfg"
    gazetteers.build(dump, out, silent)
    return out


def test_a_dump_becomes_a_gazetteer_with_the_larger_place_first(built: Path) -> None:
    found = PlaceFile(built).find("Fernwick")

    assert [(one.country, one.people, one.seat) for one in found] == [("AUS", 120_000, True), ("GBR", 9_000, False)]


def test_a_town_is_there_under_its_other_name(built: Path) -> None:
    assert [one.alias for one in PlaceFile(built).find("Fernvik")] == [True]


def test_names_sorted_in_parts_give_the_same_file(
    dump: Path, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gazetteers, "_RUN", 1)

    gazetteers.build(dump, tmp_path / "again.wfg", silent)

    assert (tmp_path / "again.wfg").read_bytes() == built.read_bytes()


def test_an_archive_gives_the_same_file(dump: Path, built: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "XX.zip", "w") as archive:
        archive.write(dump, "XX.txt")
        archive.writestr("readme.txt", "what the fields mean")

    gazetteers.build(tmp_path / "XX.zip", tmp_path / "zipped.wfg", silent)

    assert (tmp_path / "zipped.wfg").read_bytes() == built.read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bad.txt", b"no dump at all\n", "line 1 has 1 fields"),
        ("bad.txt", "Fernwick".encode("utf-16"), "not UTF-8"),
        ("bad.zip", b"no archive", "cannot be read"),
        ("empty.txt", b"", "holds no place"),
    ],
)
def test_a_bad_dump_is_refused_and_leaves_no_file(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(ConfigError, match=said):
        gazetteers.build(tmp_path / name, tmp_path / "out.wfg", silent)

    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_missing_dump_and_a_missing_folder_are_named(tmp_path: Path, dump: Path) -> None:
    with pytest.raises(ConfigError, match=r"nothing\.txt"):
        gazetteers.build(tmp_path / "nothing.txt", tmp_path / "out.wfg", silent)
    with pytest.raises(ConfigError, match="nowhere"):
        gazetteers.build(dump, tmp_path / "nowhere" / "out.wfg", silent)


def test_progress_is_told_for_reading_and_for_writing(dump: Path, tmp_path: Path) -> None:
    told: list[str] = []

    gazetteers.build(dump, tmp_path / "out.wfg", lambda doing, _done: told.append(doing))

    assert told == ["reading", "writing"]


def test_the_settings_name_the_gazetteer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "watchfloor.toml").write_text('gazetteer = "a.wfg"', encoding="utf-8")
    monkeypatch.delenv("WATCHFLOOR_GAZETTEER", raising=False)
    assert configuration(tmp_path).gazetteer == "a.wfg"

    monkeypatch.setenv("WATCHFLOOR_GAZETTEER", "b.wfg")
    assert configuration(tmp_path).gazetteer == "b.wfg"


def test_a_gazetteer_named_changes_the_recipe_of_the_places_only(built: Path) -> None:
    plain, full = parts(), parts(gazetteer=gazetteers.opened(str(built)))

    assert [one.name for one in plain if one.annotate is places.annotate] == ["places"]
    assert [one.name for one, other in zip(full, plain, strict=True) if one.name != other.name] == [
        f"places({PlaceFile(built).mark})"
    ]


def test_without_a_setting_there_is_no_full_gazetteer() -> None:
    assert gazetteers.opened(None) is None
