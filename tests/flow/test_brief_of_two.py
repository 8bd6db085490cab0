"""The brief of two reports of one prediction, read aloud."""

from pathlib import Path

from watchfloor.flow.release import prepared
from watchfloor.flow.situation import situation


def test_a_repeated_prediction_is_not_solid_and_nobody_says_that_nothing_is_repeated(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Dam stands\n\n2024-10-21\n\nMayor Ann Lee said on Monday that the dam will hold.\n", "utf-8"
    )
    (tmp_path / "b.txt").write_text(
        "Dam holds\n\n2024-10-22\n\nThe dam will hold, Mayor Ann Lee said on Monday.\n", "utf-8"
    )
    with situation(tmp_path / "s.db", create=True) as opened:
        opened.add([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")])
        made = prepared(opened)

    (claim,) = made.picture.claims
    (repeated,) = [one for one in made.brief.sections if one.heading == "What is repeated most"]
    assert claim.reports == 2
    assert repeated.lines == ()
    assert repeated.empty == "Nothing that somebody holds to be so is carried by more than one report; 2 reports read."
