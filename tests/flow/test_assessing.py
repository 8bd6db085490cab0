"""Who sees what a person holds of a claim: only who may see all reports that it rests on, as they are marked now."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from watchfloor.core.assessment import Assessment
from watchfloor.core.audit import Note
from watchfloor.core.claim import Claim
from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import Level, Marking, Reader
from watchfloor.flow import assessing, wire
from watchfloor.flow.dossier import dossier
from watchfloor.flow.picture import picture
from watchfloor.flow.release import prepared
from watchfloor.flow.situation import Situation, situation
from watchfloor.notebook.view import View
from watchfloor.share import export_docx, export_json, export_markdown, export_stix
from watchfloor.store.store import Store

CLEARED = Reader(name="ann", partner=None, clearance="RED")
LOW = Reader(name="rita", partner=None, clearance="GREEN")
NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)
WHO = "secretive ann"


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Situation]:
    """Two outlets with the same claim, both marked GREEN."""
    with situation(tmp_path / "s.db", create=True) as made:
        for name in ("first", "second"):
            path = tmp_path / f"{name}.txt"
            told = f"The {name} paper writes about the town hall.\n\nMayor Ann Lee said 17 bridges were shut.\n"
            path.write_text(f"Bridges of {name}\n\n2024-10-20\n\n{told}", "utf-8")
            made.add([str(path)], outlet=name, marking=Marking(level="GREEN"))
        yield made


def shut(store: Store, reader: Reader) -> Claim:
    """The claim that bridges were shut, as the reader sees it."""
    return next(one for one in picture(store, reader).claims if "17" in one.proposition)


def assess(store: Store, reader: Reader = CLEARED, minute: int = 0, **said: str) -> Assessment:
    """Have somebody assess the claim; without a credibility it is a note."""
    holds = said.get("credibility"), None, None
    at = NOW + timedelta(minutes=minute)
    claim, seen, reason = shut(store, reader).id, picture(store, reader), said.get("reason")
    return assessing.assess(store, seen, claim, holds, by=WHO, at=at, reason=reason)[1]  # type: ignore[arg-type]


def mark(store: Store, item: str, level: Level) -> None:
    store.marks.keep_marking(item, Marking(level=level), Note(at=NOW, who="ann", verb="mark", what=item))


def report_of(store: Store, outlet: str) -> str:
    return next(one.id for one in store.reports(CLEARED, current_only=False) if one.outlet == outlet)


def held(store: Store, reader: Reader) -> list[str | None]:
    return [one.credibility for one in store.assessments(reader)]


def take_back(store: Store, minute: int) -> Assessment:
    at = NOW + timedelta(minutes=minute)
    return assessing.take_back(store, picture(store, CLEARED), shut(store, CLEARED).id, by=WHO, at=at)


def as_json(opened: Situation, reader: Reader) -> object:
    seen = picture(opened.store, reader)
    return [wire.claim(one, seen.assessments.get(one.id)) for one in seen.claims]


def noted(opened: Situation, reader: Reader) -> object:
    found = Situation(opened.store, reader, opened.settings).search("note:secretive")
    return ["secretive"] * found.total


def written(opened: Situation, reader: Reader) -> object:
    """What leaves for this node's own people."""
    ready = prepared(Situation(opened.store, reader, opened.settings))
    given = ready.picture, ready.brief
    files = export_docx.export(*given, reader=reader).data
    return [one.export(*given, reader=reader).text for one in (export_json, export_markdown, export_stix)], files


SHOWN: dict[str, Callable[[Situation, Reader], object]] = {
    "store": lambda opened, reader: opened.store.assessments(reader),
    "picture": lambda opened, reader: picture(opened.store, reader).assessments,
    "JSON": as_json,
    "page": lambda opened, reader: dossier(opened.store, picture(opened.store, reader), shut(opened.store, reader).id),
    "notebook": lambda opened, reader: [*View(Situation(opened.store, reader, opened.settings)).claims],
    "search": noted,
    "marking": lambda opened, reader: ["secretive" for _ in opened.store.marks.find(reader, "ass")],
}


@pytest.mark.parametrize("path", SHOWN)
def test_no_read_path_shows_an_assessment_when_one_of_its_reports_is_marked_stricter(
    opened: Situation, path: str
) -> None:
    assess(opened.store, credibility="3", reason="secretive, as the second paper has it")
    assert all("secretive" in repr(SHOWN[path](opened, reader)) for reader in (LOW, CLEARED))

    mark(opened.store, report_of(opened.store, "second"), "RED")

    assert "secretive" not in repr(SHOWN[path](opened, LOW))
    assert "secretive" in repr(SHOWN[path](opened, CLEARED))


def test_no_assessment_is_in_what_leaves(opened: Situation) -> None:
    assess(opened.store, credibility="3", reason="secretive, as the second paper has it")

    assert "secretive" not in repr(written(opened, CLEARED))


def test_an_assessment_is_marked_as_its_reports_are_now(opened: Situation) -> None:
    made = assess(opened.store, credibility="3")
    levels = []
    for level in ("GREEN", "RED", "AMBER", "GREEN"):
        mark(opened.store, report_of(opened.store, "second"), level)
        (now,) = opened.store.assessments(CLEARED)
        levels.append((now.marking.level if now.marking else None, held(opened.store, LOW)))

    assert levels == [("GREEN", ["3"]), ("RED", []), ("AMBER", []), ("GREEN", ["3"])]
    assert opened.store.assessments(LOW) == (made,)


def test_a_marking_of_its_own_stays_when_those_of_its_reports_are_lowered(opened: Situation) -> None:
    mark(opened.store, report_of(opened.store, "second"), "RED")
    assess(opened.store, credibility="3")

    mark(opened.store, report_of(opened.store, "second"), "GREEN")

    assert (held(opened.store, LOW), held(opened.store, CLEARED)) == ([], ["3"])


def test_a_freer_marking_of_its_own_does_not_show_it_to_who_may_not_see_its_reports(opened: Situation) -> None:
    made = assess(opened.store, credibility="3")
    mark(opened.store, report_of(opened.store, "second"), "RED")

    mark(opened.store, made.id, "CLEAR")

    assert held(opened.store, LOW) == []
    (shown,) = opened.store.assessments(CLEARED)
    assert shown.marking == Marking(level="RED")


def test_who_sees_fewer_reports_assesses_what_they_see_and_the_other_assessment_stays_unseen(
    opened: Situation,
) -> None:
    mark(opened.store, report_of(opened.store, "second"), "RED")
    assess(opened.store, credibility="2")

    assess(opened.store, LOW, minute=1, credibility="5")

    assert (held(opened.store, LOW), held(opened.store, CLEARED)) == (["5"], ["2", "5"])


def test_a_report_that_joined_the_claim_later_hides_no_assessment_made_before(
    opened: Situation, tmp_path: Path
) -> None:
    assess(opened.store, credibility="3")
    late = tmp_path / "late.txt"
    late.write_text("Late\n\n2024-10-20\n\nMayor Ann Lee said 17 bridges were shut.\n", "utf-8")

    opened.add([str(late)], outlet="late", marking=Marking(level="RED"))

    assert shut(opened.store, CLEARED).reports == 3
    assert held(opened.store, LOW) == ["3"]


@pytest.mark.parametrize("what", ["note", "taken back"])
def test_what_tells_of_an_earlier_assessment_is_hidden_with_it_when_the_claim_has_lost_that_report(
    opened: Situation, tmp_path: Path, what: str
) -> None:
    assess(opened.store, credibility="3", reason="as the second paper has it")
    (tmp_path / "second.txt").write_text("Bridges\n\n2024-10-20\n\nThis article is about ferries now.\n", "utf-8")
    opened.add([str(tmp_path / "second.txt")], outlet="second", marking=Marking(level="GREEN"))
    assert shut(opened.store, CLEARED).reports == 1

    made = assess(opened.store, minute=1, reason="a note") if what == "note" else take_back(opened.store, 1)
    assert [one.id for one in opened.store.assessments(LOW)][1:] == [made.id]
    former = made.rests_on[0]
    mark(opened.store, former, "RED")

    assert opened.store.assessments(LOW) == ()
    assert len(opened.store.assessments(CLEARED)) == 2


def test_who_does_not_see_the_last_assessment_takes_none_back_in_its_place(opened: Situation) -> None:
    assess(opened.store, credibility="3")
    mark(opened.store, report_of(opened.store, "second"), "RED")

    with pytest.raises(ConfigError, match="nobody has assessed"):
        assessing.take_back(opened.store, picture(opened.store, LOW), shut(opened.store, LOW).id, by=WHO, at=NOW)
