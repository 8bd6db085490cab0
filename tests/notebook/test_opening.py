"""Who opens a database in a notebook sees what they may see, and the log says that they did."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import watchfloor as wf
from watchfloor.core.audit import Note
from watchfloor.core.errors import AccessDenied, ConfigError
from watchfloor.core.marking import Level, Marking
from watchfloor.core.partner import Partner
from watchfloor.core.permission import Role
from watchfloor.core.person import Person
from watchfloor.flow.admission import DOOR, admitted, make_key
from watchfloor.flow.situation import situation
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store

NOW = datetime.now(UTC)
TEXTS = {
    "open.txt": "Port open\n\nOn 21 October 2024 the harbour master of Skarn said the port is open again.",
    "closed.txt": "Pier shut\n\nOn 23 October 2024 the harbour master of Skarn said the western pier is shut.",
}


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database of two reports, one of which an ally may have."""
    monkeypatch.chdir(tmp_path)
    for name in ("WATCHFLOOR_KEY", "WATCHFLOOR_PERSON", "WATCHFLOOR_DB"):
        monkeypatch.delenv(name, raising=False)
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with situation("node.db", create=True) as opened:
        opened.add(["open.txt"], marking=Marking(level="GREEN", releasable_to=frozenset({"Ally"})))
        opened.add(["closed.txt"], marking=Marking(level="AMBER"))
    return tmp_path / "node.db"


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    with open_store(database, create=False) as opened:
        yield opened


def key_of(
    store: Store, name: str, *roles: Role, partner: str | None = None, clearance: Level = "RED", may: str = "see"
) -> str:
    person = Person(name=name, roles=frozenset(roles), clearance=clearance, added=NOW, partner=partner)
    store.people.keep_person(person, Note(at=NOW, who="test", verb="people", what=name))
    by = admitted(store, person, NOW, how="password")
    secret, _ = make_key(store, by, name, frozenset({may}), NOW)  # type: ignore[arg-type]
    return secret


def test_alone_one_sees_everything_up_to_the_clearance_of_the_machine(database: Path) -> None:
    with wf.open(database) as pic:
        assert len(pic.reports) == 2
        assert "AMBER" in pic._repr_html_()
        assert len(pic.as_of("2024-10-01").reports) == 0
    (database.parent / "watchfloor.toml").write_text('clearance = "GREEN"\n', encoding="utf-8")
    with wf.open("node.db") as pic:
        assert "pier" not in str(pic.brief())
        assert len(pic.reports) == 1


def test_a_partners_key_opens_what_is_released_to_the_partner_and_no_more(database: Path, store: Store) -> None:
    ends = NOW + timedelta(days=30)
    ally = Partner(
        name="Ally", terms="t", clearance="GREEN", proposed_by="x", proposed=NOW, expires=ends, standing="approved"
    )
    store.partners.keep_partner(ally, Note(at=NOW, who="test", verb="propose", what="Ally"))
    key = key_of(store, "pat", "reader", partner="Ally")

    with wf.open(database, key=key) as pic:
        everything = "".join(table._repr_html_() for table in (pic.reports, pic.statements, pic.places, pic.claims))
        found = pic.search("pier")
        told = str(pic.brief()) + pic.brief()._repr_html_() + pic.brief().to_html() + pic._repr_html_()

    assert len(pic.reports) == 1
    assert len(found) == 0
    assert "pier" not in (everything + told).casefold()
    assert "TLP:GREEN" in told


@pytest.mark.parametrize("key", ["wf_nothing_at-all", "wf_", "", "Bearer x"])
def test_a_key_that_is_none_opens_nothing_even_where_nobody_is_registered(database: Path, key: str) -> None:
    with pytest.raises(AccessDenied):
        wf.open(database, key=key)


def test_an_administrator_without_a_second_role_sees_no_content_and_the_log_says_who_tried(
    database: Path, store: Store
) -> None:
    key = key_of(store, "ada", "administrator", may="keys")

    with pytest.raises(AccessDenied):
        wf.open(database, key=key)

    assert [(e.note.who, e.note.what, e.note.outcome) for e in store.audit.entries(DOOR)][-1:] == [
        ("ada", "notebook", "refused")
    ]


def test_opening_is_in_the_log_before_anything_is_closed(database: Path, store: Store) -> None:
    key = key_of(store, "ann", "analyst")

    pic = wf.open(database, key=key)
    last = list(store.audit.entries(DOOR))[-1]
    pic.close()

    assert (last.note.who, last.note.verb, last.note.what, last.note.outcome) == ("ann", "see", "notebook", "done")


def test_a_database_that_is_not_there_is_not_made(database: Path) -> None:
    with pytest.raises(ConfigError, match="there is no database"):
        wf.open("other.db")
    assert not (database.parent / "other.db").exists()


def test_a_day_that_is_none_is_told(database: Path) -> None:
    with wf.open(database) as pic:
        assert len(pic.as_of(date(2030, 1, 1)).reports) == 2
        with pytest.raises(ConfigError, match="is no day"):
            pic.as_of("last week")


def test_a_brief_is_written_out_as_a_page_as_markdown_and_for_a_word_processor(database: Path) -> None:
    with wf.open(database) as pic:
        made = pic.brief(title="The harbour")
        written = made.to_docx(database.parent / "b.docx")

    assert written.read_bytes()[:2] == b"PK"
    assert made.to_html().startswith("<!doctype html>")
    assert "# The harbour" in str(made)
    assert "The harbour" in repr(made)
