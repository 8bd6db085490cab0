from collections.abc import Callable
from pathlib import Path

Shell = Callable[..., str]
ShellIn = Callable[[Path], Shell]

FIELDS = ["7", "Fernwick", "Fernwick", "", "52.1", "-2.5", "P", "PPL", "GB", "", "ENG", "", "", "", "9000", "", ""]


def test_build_writes_a_gazetteer_and_says_how_to_use_it(tmp_path: Path, shell_in: ShellIn) -> None:
    line = "\t".join([*FIELDS, "Europe/London", "2024-01-01"])
    (tmp_path / "GB.txt").write_text(f"{line}\n", encoding="utf-8")

    said = shell_in(tmp_path)("gazetteer", "build", "GB.txt", "--out", "gb.wfg")

    assert "gb.wfg: 1 names" in said
    assert 'gazetteer = "gb.wfg"' in said
    assert (tmp_path / "gb.wfg").is_file()


def test_build_stops_at_a_file_that_is_no_dump(tmp_path: Path, shell_in: ShellIn) -> None:
    (tmp_path / "note.txt").write_text("A note.\n", encoding="utf-8")

    assert "line 1 has 1 fields" in shell_in(tmp_path)("gazetteer", "build", "note.txt", code=1)
