"""Corrections from the person to the picture: kept, signed, applied, taken back, and for whom."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import structs

from watchfloor.annotate.findings import key
from watchfloor.core.annotation import Annotation, Attribution, Contact, Mention, Place, Quantity
from watchfloor.core.correction import Correction
from watchfloor.core.errors import AccessDenied, ConfigError
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.permission import allowed
from watchfloor.core.report import Report
from watchfloor.flow import correcting
from watchfloor.flow.admission import Admitted, alone
from watchfloor.flow.configuration import Configuration
from watchfloor.flow.finding_forms import FIELDS, changed, values
from watchfloor.flow.picture import picture
from watchfloor.flow.pictures import Pictures
from watchfloor.flow.situation import Situation
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store

NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)
ANN = alone("ann", "RED", NOW)
OPEN = Marking(level="GREEN", releasable_to=frozenset({"Ally"}))
TEXT = """Envoys meet in Oslo

OSLO, October 21, 2024 - Foreign Minister Ann Lee of Norway met her counterpart Bob Roy of Sweden in Oslo on Monday.

"Some 1,200 Norwegian soldiers will be sent to the border," Lee told reporters.
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with one report read by the product itself, to be copied."""
    folder = tmp_path_factory.mktemp("filled")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    with open_store(folder / "a.db", create=True) as store:
        opened = Situation(store, ANN.reader, Configuration(), ANN)
        opened.add([str(folder / "a.txt")], outlet="Oslo Herald", published="2024-10-21", marking=OPEN)
    return folder / "a.db"


@pytest.fixture
def store(filled: Path, tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "a.db").write_bytes(filled.read_bytes())
    with open_store(tmp_path / "a.db", create=False) as opened:
        yield opened


def the_report(store: Store) -> Report:
    (report,) = store.reports(ANN.reader)
    return report


def first(store: Store, kind: type[Annotation], reader: Reader = ANN.reader) -> Annotation:
    report = the_report(store)
    return next(one for one in correcting.readout(store, reader, report).findings if isinstance(one, kind))


def decide(store: Store, one: Annotation, verb: str, **more: object) -> Correction:
    report = the_report(store)
    id = key(report.text, one)
    return correcting.decide(store, ANN, report.id, id, verb, NOW, **more)  # type: ignore[arg-type]


def test_a_rejected_contact_leaves_the_contacts_and_comes_back_when_that_is_undone(store: Store) -> None:
    before = picture(store, ANN.reader)
    made = decide(store, first(store, Contact), "reject", reason="they met a day later")
    without = picture(store, ANN.reader)
    correcting.undo(store, ANN, made.id, NOW)
    after = picture(store, ANN.reader)

    assert len(without.encounters) == len(before.encounters) - 1
    assert after.encounters == before.encounters


def test_a_rejected_count_leaves_the_figures_and_comes_back(store: Store) -> None:
    def figures() -> int:
        return sum(len(claim.figures) for claim in picture(store, ANN.reader).claims)

    before = figures()
    made = decide(store, first(store, Quantity), "reject")
    without = figures()
    correcting.undo(store, ANN, made.id, NOW)

    assert before > without == 0
    assert figures() == before


def test_a_rejected_statement_leaves_the_claims_and_an_added_one_joins_them(store: Store) -> None:
    said = first(store, Attribution)
    made = decide(store, said, "reject")
    assert not [c for c in picture(store, ANN.reader).claims if any(p.stance == "asserts" for p in c.positions)]
    correcting.undo(store, ANN, made.id, NOW)
    decide(store, said, "change", typed={"speaker": "Bob Roy"})

    parties = {p.party for claim in picture(store, ANN.reader).claims for p in claim.positions}
    assert "Bob Roy" in parties
    assert "Ann Lee" not in parties


def test_kept_pictures_notice_a_correction_and_that_it_is_undone(store: Store) -> None:
    kept = Pictures(store)
    before = len(kept.picture(ANN.reader).encounters)
    made = decide(store, first(store, Contact), "reject")
    without = len(kept.picture(ANN.reader).encounters)
    correcting.undo(store, ANN, made.id, NOW)

    assert (without, len(kept.picture(ANN.reader).encounters)) == (before - 1, before)


def test_the_machine_s_findings_stay_in_the_store_as_they_were(store: Store) -> None:
    report = the_report(store)
    before = store.annotations(ANN.reader, [report.id])
    decide(store, first(store, Contact), "reject")

    assert store.annotations(ANN.reader, [report.id]) == before


def test_when_the_report_is_read_again_by_another_recipe_the_correction_holds(store: Store) -> None:
    report = the_report(store)
    decide(store, first(store, Contact), "reject")
    found = store.annotations(ANN.reader, [report.id])[report.id]
    anew = [structs.replace(one, generated_by="other@9") for one in found]

    assert store.keep_report(report, anew, "another recipe") == "renewed"
    assert not picture(store, ANN.reader).encounters


def test_a_new_version_of_the_report_is_corrected_as_far_as_its_words_still_stand(store: Store, tmp_path: Path) -> None:
    report = the_report(store)
    decide(store, first(store, Contact), "reject")
    opened = Situation(store, ANN.reader, Configuration(), ANN)
    path = Path(report.address)
    was = path.read_text()
    try:
        path.write_text(was.replace("Envoys meet", "Envoys of two states meet"))
        opened.add([report.address], outlet="Oslo Herald", published="2024-10-21", marking=OPEN)
        moved = [fate.state for fate in correcting.listed(store, ANN.reader)]
        left = picture(store, ANN.reader).encounters
        path.write_text(was.replace("met her counterpart", "telephoned her counterpart"))
        opened.add([report.address], outlet="Oslo Herald", published="2024-10-21", marking=OPEN)
        gone = correcting.listed(store, ANN.reader)
    finally:
        path.write_text(was)

    assert moved == ["moved"]
    assert not left
    assert [fate.state for fate in gone] == ["gone"]
    assert "not in the text any more" in gone[0].why


def test_a_correction_is_signed_by_who_is_signed_in_and_written_down(store: Store) -> None:
    made = decide(store, first(store, Contact), "reject", reason="a day later")
    undone = correcting.undo(store, ANN, made.id, NOW, reason="no: that day")

    notes = [entry.note for entry in store.audit.entries(ANN.reader)]
    assert [(n.who, n.verb, n.what, n.detail["change"]) for n in notes[-2:]] == [
        ("ann", "judge", made.id, "reject"),
        ("ann", "judge", undone.id, "undo"),
    ]
    assert notes[-2].detail["reason"] == "a day later"
    assert undone.at > made.at


def test_who_may_not_judge_corrects_nothing(store: Store) -> None:
    reader = Admitted(name="bob", person=None, reader=ANN.reader, may=allowed(["reader"]), how="session")
    report = the_report(store)
    one = key(report.text, first(store, Contact))

    with pytest.raises(AccessDenied):
        correcting.decide(store, reader, report.id, one, "reject", NOW)
    with pytest.raises(AccessDenied):
        correcting.add(store, reader, report.id, "place", (0, 6), {}, NOW)
    with pytest.raises(AccessDenied):
        correcting.undo(store, reader, "cor_", NOW)
    assert store.corrections.corrections(ANN.reader) == ()


def test_a_correction_stays_at_home_unless_it_is_marked_for_a_partner_and_never_tells_by_whom(store: Store) -> None:
    ally = Reader(name="them", partner="Ally", clearance="RED", at=NOW)
    low = Reader(name="low", partner=None, clearance="CLEAR", at=NOW)
    decide(store, first(store, Contact), "reject", reason="secret reason")
    assert len(picture(store, ally).encounters) == 1
    assert store.corrections.corrections(low) == ()  # what is said of a report is seen by who sees the report

    made = decide(store, first(store, Quantity), "reject", reason="secret reason", marking=OPEN)
    (theirs,) = store.corrections.corrections(ally)

    assert theirs.id == made.id
    assert (theirs.by, theirs.reason) == ("", None)
    assert not [claim for claim in picture(store, ally).claims if claim.figures]
    back = correcting.undo(store, ANN, made.id, NOW)
    assert back.marking == OPEN
    assert [claim for claim in picture(store, ally).claims if claim.figures]


def test_words_become_a_place_with_its_coordinates_and_a_person(store: Store) -> None:
    report = the_report(store)
    words = correcting.words_of(report, "border")
    correcting.add(store, ANN, report.id, "place", words, {"name": "Oslo"}, NOW)
    correcting.add(store, ANN, report.id, "mention", words, {"name": "Border Guard", "type": "organisation"}, NOW)
    found = [one for one in correcting.readout(store, ANN.reader, report).findings if one.span.start == words[0]]

    place = next(one for one in found if isinstance(one, Place))
    body = next(one for one in found if isinstance(one, Mention))
    assert (place.country, round(place.latitude or 0)) == ("NOR", 60)
    assert (body.type, body.refers_to) == ("organisation", "Border Guard")
    assert body.generated_by.startswith("person@cor_")


@pytest.mark.parametrize(
    ("sort", "typed", "said"),
    [
        ("quantity", {"low": "many", "unit": "ship"}, "expected a number"),
        ("quantity", {"low": "5", "high": "3", "unit": "ship"}, "the smaller one first"),
        ("quantity", {"low": "5"}, "give the unit"),
        ("contact", {"parties": "Ann Lee"}, "between at least 2"),
        ("contact", {"contact_type": "duel", "parties": "A; B"}, "expected one of call"),
        ("time", {}, "Day: found nothing"),
        ("time", {"date": "2024-13"}, "expected 2024-10-21"),
        ("mention", {"colour": "red"}, "has no 'colour'"),
        ("mention", {"name": "x" * 501}, "at most 500"),
        ("place", {"country": "Norway"}, "three letters"),
        ("event", {}, "cannot be added"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_was_expected(
    store: Store, sort: str, typed: dict[str, str], said: str
) -> None:
    report = the_report(store)

    with pytest.raises(ConfigError, match=said):
        correcting.add(store, ANN, report.id, sort, (0, 6), typed, NOW)


@pytest.mark.parametrize("words", [(5, 5), (-1, 4), (0, 10**9), (9, 2)])
def test_words_outside_of_the_text_are_refused(store: Store, words: tuple[int, int]) -> None:
    with pytest.raises(ConfigError):
        correcting.add(store, ANN, the_report(store).id, "place", words, {}, NOW)


def test_what_is_typed_as_it_was_changes_nothing(store: Store) -> None:
    read = correcting.readout(store, ANN.reader, the_report(store))

    assert {type(one) for one in read.findings} >= {Mention, Place, Quantity, Attribution, Contact}
    for one in read.findings:
        assert changed(one, values(one)) == one
    assert set(FIELDS) >= {type(one).__name__.lower() for one in read.findings}


def test_nothing_is_undone_twice_and_nothing_added_twice(store: Store) -> None:
    made = decide(store, first(store, Contact), "reject")
    correcting.undo(store, ANN, made.id, NOW)
    with pytest.raises(ConfigError, match="taken back already"):
        correcting.undo(store, ANN, made.id, NOW)
    with pytest.raises(ConfigError, match="0 corrections"):
        correcting.undo(store, ANN, "cor_nothing", NOW)
    report = the_report(store)
    words = correcting.words_of(report, "border")
    correcting.add(store, ANN, report.id, "place", words, {}, NOW)
    with pytest.raises(ConfigError, match="found there already"):
        correcting.add(store, ANN, report.id, "place", words, {}, NOW)
