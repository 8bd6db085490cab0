"""Saved searches: whose they are, what is new in them, and feeds that show what their person may see."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from watchfloor.core.errors import AccessDenied, ConfigError
from watchfloor.core.marking import Level, Marking
from watchfloor.core.person import Person, Team
from watchfloor.flow import people
from watchfloor.flow.admission import DOOR, Admitted, admitted, alone
from watchfloor.flow.configuration import Configuration
from watchfloor.flow.saved_searches import (
    MOST_SEARCHES,
    feed,
    feed_by_secret,
    feed_secret,
    looked_at,
    named,
    remove,
    save,
    watched,
)
from watchfloor.flow.situation import Situation
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store

NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ROOT = alone("root", "RED", NOW)
OLD = "Old ships\n\nBy Ann Lee\n\nTwo ships left Port Lund on Monday, the harbour office said in a statement.\n"
NEW = "New ships\n\nBy Ann Lee\n\nThree ships came to Kerrin on Tuesday, the harbour office said in a statement.\n"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "a.db", create=True) as opened:
        yield opened


def add(
    store: Store, folder: Path, name: str, text: str, level: Level, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    (folder / name).write_text(text)
    monkeypatch.setenv("WATCHFLOOR_NOW", at)
    Situation(store, ROOT.reader, Configuration(), ROOT).add([str(folder / name)], marking=Marking(level=level))


@pytest.fixture
def staff(store: Store) -> dict[str, Admitted]:
    """An administrator and three analysts: ann and bob of one team, cleared differently, and eve of none."""
    people.form_team(store, ROOT, Team(name="north", clearance="RED"), NOW)
    clearances: dict[str, Level] = {"adm": "RED", "ann": "RED", "bob": "GREEN", "eve": "RED"}
    for name, level in clearances.items():
        roles = frozenset({"administrator"} if name == "adm" else {"analyst"})
        team = "north" if name in ("ann", "bob") else None
        made = Person(name=name, roles=roles, clearance=level, added=NOW, team=team)  # type: ignore[arg-type]
        people.add(store, ROOT, made, NOW)
    return {name: as_of(store, name) for name in clearances}


def as_of(store: Store, name: str) -> Admitted:
    person = store.people.person(DOOR, name)
    assert person is not None
    return admitted(store, person, NOW, how="session")


def titles(text: str) -> list[str]:
    return [(one.findtext(f"{ATOM}title") or "")[:9] for one in ElementTree.fromstring(text).findall(f"{ATOM}entry")]


def test_a_search_is_its_owner_s_or_their_team_s_and_nobody_else_s(store: Store, staff: dict[str, Admitted]) -> None:
    ann, bob, eve = staff["ann"], staff["bob"], staff["eve"]
    save(store, ann, "Mine", "ships", NOW)
    save(store, ann, "Ours", "ferries", NOW, team=True)

    assert [one.search.name for one in watched(store, ann)] == ["Mine", "Ours"]
    assert [one.search.name for one in watched(store, bob)] == ["Ours"]
    assert watched(store, eve) == []
    with pytest.raises(ConfigError, match="no saved search"):
        named(store, eve, "Ours")
    with pytest.raises(AccessDenied, match="see"):
        watched(store, staff["adm"])
    with pytest.raises(AccessDenied, match="belongs to ann"):
        remove(store, bob, "Ours", NOW)
    with pytest.raises(ConfigError, match="in no team"):
        save(store, eve, "Ours", "x", NOW, team=True)


def test_saving_under_a_name_again_changes_the_search_and_keeps_its_feed(store: Store) -> None:
    first = save(store, ROOT, "Ships", "ships", NOW)
    second = save(store, ROOT, "  SHIPS ", "ships OR boats", LATER)

    assert (second.id, second.made, second.query) == (first.id, NOW, "ships OR boats")
    assert len(watched(store, ROOT)) == 1


@pytest.mark.parametrize(
    ("name", "query"), [("", "x"), ("x", "  "), ("x" * 101, "x"), ("x", "y" * 2001), ("a\x07", "x")]
)
def test_a_search_without_a_name_or_a_query_is_not_kept(store: Store, name: str, query: str) -> None:
    with pytest.raises(ConfigError):
        save(store, ROOT, name, query, NOW)


def test_new_is_what_came_in_since_one_looked(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, tmp_path, "a.txt", "Two ships left Port Lund on Monday.", "CLEAR", monkeypatch, "2024-11-01T08:00:00Z")
    save(store, ROOT, "Ships", "ships", NOW)
    before = watched(store, ROOT)[0]
    looked_at(store, ROOT, "ships", NOW)
    seen = watched(store, ROOT)[0]
    add(store, tmp_path, "b.txt", "More ships came to Kerrin.", "CLEAR", monkeypatch, "2024-11-01T12:30:00Z")
    after = watched(store, ROOT)[0]
    _, found = looked_at(store, ROOT, "ships", LATER)

    assert [(one.total, one.new) for one in (before, seen, after)] == [(1, 1), (1, 0), (2, 1)]
    assert [hit.report.text[:4] for hit in found.hits] == ["More", "Two "]


def test_a_feed_shows_the_newest_first_and_what_its_person_may_see_now(
    store: Store, staff: dict[str, Admitted], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store, tmp_path, "a.txt", OLD, "GREEN", monkeypatch, "2024-10-30T08:00:00Z")
    add(store, tmp_path, "b.txt", NEW, "RED", monkeypatch, "2024-10-31T08:00:00Z")
    ann, bob = staff["ann"], staff["bob"]
    save(store, ann, "Ships", "ships", NOW, team=True)
    secrets = {who.name: feed_secret(store, who, "Ships", NOW)[1] for who in (ann, bob)}

    read = {
        name: feed_by_secret(store, secret, "RED", NOW, site="https://watch.example")
        for name, secret in secrets.items()
    }

    assert titles(read["ann"]) == titles(feed(store, ann, "Ships", NOW)) == ["New ships", "Old ships"]
    assert titles(read["bob"]) == ["Old ships"]
    assert "Kerrin" not in read["bob"]
    assert "TLP:RED" in read["ann"]
    assert 'href="https://watch.example/r/rep_' in read["bob"]
    assert read["ann"] == feed_by_secret(store, secrets["ann"], "RED", LATER, site="https://watch.example")


def test_a_feed_ends_with_its_search_its_person_its_team_and_the_next_address(
    store: Store, staff: dict[str, Admitted]
) -> None:
    ann, bob = staff["ann"], staff["bob"]
    save(store, ann, "Ships", "ships", NOW, team=True)
    _, first = feed_secret(store, ann, "Ships", NOW)
    _, second = feed_secret(store, ann, "Ships", NOW)
    _, theirs = feed_secret(store, bob, "Ships", NOW)
    ended = [first, "", "guessed"]
    save(store, ann, "Ships", "ships", NOW)  # hers alone from now on
    ended.append(theirs)
    assert feed_by_secret(store, second, "RED", NOW)
    for secret in ended:
        with pytest.raises(AccessDenied, match="not known here"):
            feed_by_secret(store, secret, "RED", NOW)

    people.disable(store, as_of(store, "adm"), "ann", "left", NOW)
    with pytest.raises(AccessDenied):
        feed_by_secret(store, second, "RED", NOW)


def test_the_log_says_that_a_search_was_saved_and_not_what_for(store: Store) -> None:
    made = save(store, ROOT, "Quiet", "somethingsecret", NOW)
    feed_secret(store, ROOT, "Quiet", NOW)
    remove(store, ROOT, "Quiet", NOW)

    notes = [entry.note for entry in store.audit.entries(ROOT.reader)]
    assert [one.what for one in notes] == [made.id] * 3
    assert "secret" not in repr(notes)
    assert watched(store, ROOT) == []


def test_nobody_keeps_more_searches_than_a_page_can_count(store: Store) -> None:
    for number in range(MOST_SEARCHES):
        save(store, ROOT, f"Search {number}", "ships", NOW)

    with pytest.raises(ConfigError, match="remove one"):
        save(store, ROOT, "One more", "ships", NOW)
    save(store, ROOT, "Search 0", "boats", LATER)
