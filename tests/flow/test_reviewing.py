"""What people decided, as far as the one who asks may see what it was about."""

from datetime import UTC, datetime
from pathlib import Path

from msgspec import structs

from watchfloor.core.audit import Note
from watchfloor.core.judgement import Judgement, Verdict
from watchfloor.core.marking import Marking
from watchfloor.core.picture import Picture
from watchfloor.flow.admission import alone
from watchfloor.flow.picture import picture
from watchfloor.flow.questions import Question
from watchfloor.flow.reviewing import change_mind, decide, decided, questions
from watchfloor.flow.situation import Situation, situation

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


TOLD = """{title}

{day}

HARBOUR CITY - {who} said that {what}.
"""


def told(path: Path, number: int, who: str, what: str, day: str) -> str:
    name = path / f"h{number}.txt"
    name.write_text(TOLD.format(title=f"Quay {number}", day=day, who=who, what=what), "utf-8")
    return str(name)


def together(made: Picture) -> bool:
    """Whether one claim holds what the mediator said on both days."""
    quotes = [" ".join(one.quote for one in claim.positions) for claim in made.claims]
    return any("would stay" in one and "would open" in one for one in quotes)


def claims_asked(opened: Situation) -> list[Question]:
    by = alone("ann", "RED", NOW)
    return [one for one in questions(opened.store, by, picture(opened.store, by.reader)) if one.kind == "claim"]


def test_a_word_about_an_unsure_claim_holds_over_what_comes_later_and_can_be_taken_back(tmp_path: Path) -> None:
    first = told(
        tmp_path, 1, "Mediator Ana Brandt", "the port would stay closed until the unions sign a wage deal", "2026-03-02"
    )
    second = told(
        tmp_path,
        2,
        "Mediator Ana Brandt",
        "the port would open once unions and owners agree on a wage deal",
        "2026-03-04",
    )
    with situation(tmp_path / "s.db", create=True) as opened:
        opened.add([first, second])
        by = alone("ann", "RED", NOW)
        (asked,) = claims_asked(opened)
        verdict: Verdict = "different" if "put together" in asked.why else "same"

        made = decide(
            opened.store, by, picture(opened.store, by.reader), "claim", (asked.left, asked.right), verdict, NOW
        )
        opened.add([told(tmp_path, 3, "Owner Lev Hart", "the cranes are for sale to anybody with money", "2026-03-05")])
        after = picture(opened.store, by.reader)

        assert claims_asked(opened) == []
        assert together(after) == (verdict == "same")
        assert [one.kind for one in decided(opened.store, by, after)] == ["claim"]
        change_mind(opened.store, by, after, made.id, "unsure", NOW)
        assert {one.verdict for one in opened.store.judgements(by.reader) if one.reason} == {"unsure"}
