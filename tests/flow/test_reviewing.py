"""What people decided, as far as the one who asks may see what it was about."""

from datetime import UTC, datetime
from pathlib import Path

from msgspec import structs

from watchfloor.core.audit import Note
from watchfloor.core.judgement import Judgement
from watchfloor.core.marking import Marking
from watchfloor.flow.admission import alone
from watchfloor.flow.picture import picture
from watchfloor.flow.reviewing import decided
from watchfloor.flow.situation import situation

NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)


def test_a_decision_about_a_report_above_ones_clearance_is_not_told(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.txt").write_text(
            f"Item {number}\n\n2024-10-21\n\nThe bridge {number} is shut.\n", "utf-8"
        )
    with situation(tmp_path / "s.db", create=True) as opened:
        opened.add([str(tmp_path / "1.txt"), str(tmp_path / "2.txt")])
        store = opened.store
        all_of_us = alone("ann", "RED", NOW)
        one, two = picture(store, all_of_us.reader).reports
        store.keep_judgement(
            Judgement(id="jdg_1", left=one.id, right=two.id, verdict="same", by="ann", at=NOW, reason="per our source")
        )
        store.marks.keep_marking(two.id, Marking(level="RED"), Note(at=NOW, who="ann", verb="mark", what=two.id))
        lower = structs.replace(all_of_us, reader=structs.replace(all_of_us.reader, clearance="GREEN"))

        assert len(decided(store, all_of_us, picture(store, all_of_us.reader))) == 1
        assert decided(store, lower, picture(store, lower.reader)) == ()
