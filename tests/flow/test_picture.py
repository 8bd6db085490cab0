from pathlib import Path

from watchfloor.flow.sample import reports
from watchfloor.flow.situation import situation


def test_no_two_claims_or_contacts_of_a_picture_share_an_id(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "Arms\n\n2024-10-21\n\nMinister Bob Roy said 1,500 troops of around 12,000 troops came with 300 tanks.\n",
        encoding="utf-8",
    )
    with situation(tmp_path / "s.db", create=True) as opened:
        opened.add([str(reports()), str(folder)])
        picture = opened.picture()

    claims = [claim.id for claim in picture.claims]
    contacts = [row.id for row in picture.encounters]
    assert len(set(claims)) == len(claims)
    assert len(set(contacts)) == len(contacts)


def test_what_is_given_with_a_kept_file_and_not_applied_is_said(tmp_path: Path) -> None:
    note = tmp_path / "a.txt"
    note.write_text(
        "Harbour closed\n\n2024-10-21\n\nThe harbour is closed until the spring of next year.\n", encoding="utf-8"
    )
    with situation(tmp_path / "s.db", create=True) as opened:
        opened.add([str(note)], outlet="Alpha")
        receipt = opened.add([str(note)], outlet="Beta")

    assert receipt.unchanged == 1
    assert "outlet given now was not applied" in receipt.notes[0]
