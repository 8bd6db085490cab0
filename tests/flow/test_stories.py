"""What people decide about stories, kept in a store and respected by every later run."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec import structs

from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import Reader
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.story import Story
from watchfloor.flow import stories as deciding
from watchfloor.flow.picture import fused
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store

READER = Reader(name="local", partner=None, clearance="RED")
AT = datetime(2024, 11, 1, tzinfo=UTC)
TOLD = (
    (
        "a",
        "Ferry Halde runs aground off Norrvik",
        "The ferry Halde ran aground off Norrvik; 212 people were taken off.",
    ),
    ("b", "Halde: 212 people taken off ferry", "All 212 people were taken off the ferry Halde, aground off Norrvik."),
    (
        "c",
        "Norrvik ferry Halde leaks oil",
        "The ferry Halde, aground off Norrvik with 212 people on Monday, leaks oil.",
    ),
    ("d", "Ferry Halde towed to Norrvik", "Tugs towed the ferry Halde to Norrvik, where 212 people had landed."),
    ("e", "Choir of Lomen wins prize", "The choir of Lomen won the prize of the festival with a psalm of its own."),
    ("f", "Bridge in Tarn closed", "The council of Tarn closed the old bridge after a lorry broke its railing."),
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stories") / "empty.db"
    with open_store(path, create=True):
        pass
    return path


@pytest.fixture
def store(tmp_path: Path, empty: Path) -> Iterator[Store]:
    (tmp_path / "w.db").write_bytes(empty.read_bytes())
    with open_store(tmp_path / "w.db", create=False) as opened:
        yield opened


@pytest.fixture
def told(report: Callable[..., Report], day: Callable[[str], PartialDate]) -> list[Report]:
    """Four reports on a ferry and two on other things, collected an hour apart."""
    made = [report(text, outlet=o, headline=h, published=day("2024-10-21")) for o, h, text in TOLD]
    return [structs.replace(one, collected=AT + timedelta(hours=n)) for n, one in enumerate(made)]


def pictured(store: Store, reports: Sequence[Report]) -> Picture:
    return fused(reports, {one.id: () for one in reports}, READER, store.judgements(READER))


def groups(picture: Picture) -> set[frozenset[str]]:
    return {frozenset(one.reports) for one in picture.stories}


def holding(picture: Picture, report: Report) -> Story:
    return deciding.named(picture, report.id)


def test_a_split_leaves_the_id_with_the_older_part_and_holds_for_what_comes_later(
    store: Store, told: list[Report]
) -> None:
    a, b, c, d, e, f = told
    before = pictured(store, [a, b, c, e])
    whole = holding(before, a)

    deciding.split(store, before, whole.id, [c.id], by="ada", at=AT, reason="another leak")
    after, later = pictured(store, [a, b, c, e]), pictured(store, told)

    assert set(whole.reports) == {a.id, b.id, c.id}
    assert groups(after) == {frozenset({a.id, b.id}), frozenset({c.id}), frozenset({e.id})}
    assert holding(after, a).id == whole.id
    assert holding(later, c).id == holding(after, c).id
    assert c.id not in holding(later, a).reports
    assert {d.id, f.id} <= {id for one in later.stories for id in one.reports}
    assert [one.kind for one in holding(after, c).changes] == ["kept-apart"]


def test_two_reports_taken_out_together_stay_together_and_their_copies_follow(
    store: Store, told: list[Report], day: Callable[[str], PartialDate]
) -> None:
    a, b, c, d, *_ = told
    copied = structs.replace(d, id="rep_copy", outlet="x", collected=AT + timedelta(days=1))
    before = pictured(store, [a, b, c, d, copied])

    deciding.split(store, before, a.id, [c.id, d.id], by="ada", at=AT, reason=None)

    assert groups(pictured(store, [a, b, c, d, copied])) == {
        frozenset({a.id, b.id}),
        frozenset({c.id, d.id, "rep_copy"}),
    }


def test_stories_that_a_person_puts_together_are_one_with_all_their_reports_under_the_older_id(
    store: Store, told: list[Report]
) -> None:
    a, b, _, _, e, f = told
    before = pictured(store, told)
    older = holding(before, a)

    deciding.merge(store, before, holding(before, e).id, older.id, by="ada", at=AT, reason="one storm")
    after = pictured(store, told)
    turned_up_earlier = pictured(store, [e, a, b, f])

    assert {*older.reports, e.id} == set(holding(after, e).reports)
    assert holding(after, e).id == older.id
    assert {a.id, b.id, e.id} == set(holding(turned_up_earlier, e).reports)
    assert f.id not in holding(after, e).reports


def test_a_decision_is_logged_and_taken_back_to_what_held_before(store: Store, told: list[Report]) -> None:
    a, b, c, *_ = told
    first = pictured(store, [a, b, c])
    deciding.split(store, first, a.id, [c.id], by="ada", at=AT, reason="leak")
    second = pictured(store, [a, b, c])
    deciding.merge(store, second, a.id, c.id, by="bo", at=AT, reason=None)
    third = pictured(store, [a, b, c])
    parted, joined = deciding.decisions(store, third)

    deciding.undo(store, third, joined.id, by="cy", at=AT, reason=None)
    fourth = pictured(store, [a, b, c])

    assert (parted.kind, parted.by, parted.reason, parted.undone) == ("split", "ada", "leak", True)
    assert (joined.kind, joined.undone) == ("merged", False)
    assert groups(third) == {frozenset({a.id, b.id, c.id})} == groups(first)
    assert groups(fourth) == groups(second) == {frozenset({a.id, b.id}), frozenset({c.id})}


def test_the_undoing_of_a_split_leaves_it_to_the_machine(store: Store, told: list[Report]) -> None:
    a, b, c, *_ = told
    first = pictured(store, [a, b, c])
    deciding.split(store, first, a.id, [c.id], by="ada", at=AT, reason=None)
    (made,) = deciding.decisions(store, first)

    deciding.undo(store, first, made.id, by="ada", at=AT, reason=None)

    assert groups(pictured(store, [a, b, c])) == groups(first)
    assert [one.kind for one in deciding.decisions(store, first)] == ["split", "taken-back"]
    with pytest.raises(ConfigError, match="replaced by later ones"):
        deciding.undo(store, first, made.id, by="ada", at=AT, reason=None)


def test_what_names_no_story_or_all_of_it_is_told(store: Store, told: list[Report]) -> None:
    made = pictured(store, told)
    whole = holding(made, told[0])

    with pytest.raises(ConfigError, match="expected one"):
        deciding.named(made, "sto_nothing")
    with pytest.raises(ConfigError, match="all reports of the story"):
        deciding.split(store, made, whole.id, whole.reports, by="ada", at=AT, reason=None)
    with pytest.raises(ConfigError, match="0 reports of the story"):
        deciding.split(store, made, whole.id, [told[4].id], by="ada", at=AT, reason=None)
    with pytest.raises(ConfigError, match="expected two"):
        deciding.merge(store, made, whole.id, whole.id, by="ada", at=AT, reason=None)
