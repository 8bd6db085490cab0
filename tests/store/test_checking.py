from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec import structs

from watchfloor.core.errors import ReleaseDenied
from watchfloor.core.evidence import Evidence
from watchfloor.core.marking import Marking, Reader
from watchfloor.store.store import Store

RELEASED = Marking(level="GREEN", releasable_to=frozenset({"a", "b"}))


@pytest.fixture
def filled(store: Store, item: Callable[..., Any], keep: Callable[..., str]) -> Store:
    """Three reports at two addresses, one of them corrected, marked, with evidence and a sighting."""
    first = item("Troops 대통령은.", locator="a.txt", headline="Head", marking=RELEASED)
    said = Evidence(
        capture=first[0].id,
        file="a.warc.gz",
        start=0,
        offset=0,
        length=1,
        kind="response",
        record="urn:1",
        digest="",
        url="https://a.example/",
        date=datetime(2024, 11, 1, tzinfo=UTC),
    )
    keep(store, (structs.replace(first[0], evidence=said), *first[1:]))
    keep(store, item("Troops: 12,000.", locator="a.txt", collected="2024-11-02"))
    keep(store, item("Ships.", locator="b.txt"))
    store.keep_capture(item("Ships.", locator="c.txt")[0])
    return store


def change(store: Store, statement: str) -> None:
    with store._transaction(writes=True) as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        assert connection.exec_driver_sql(statement).rowcount != 0


def test_nothing_is_found_in_what_the_program_wrote(filled: Store, home: Reader) -> None:
    assert filled.check(home) == ()


@pytest.mark.parametrize(
    ("statement", "part", "what", "found"),
    [
        ("UPDATE captures SET size = size + 1 WHERE seq = 1", "bytes", "capture cap_", "20 bytes"),
        ("UPDATE captures SET data = 'x', packed = true WHERE seq = 1", "bytes", "capture cap_", "damaged bytes"),
        ("UPDATE captures SET sha256 = 'aa' WHERE seq = 3", "bytes", "capture cap_", "sha256 "),
        ("UPDATE captures SET locator = 'z' WHERE seq = 3", "id", "capture cap_", "cap_"),
        ("UPDATE evidence SET record = 'urn:2'", "id", "evidence evi_", "evi_"),
        ("UPDATE reports SET headline = 'Other' WHERE seq = 1", "report", "report rep_", "headline 'Other'"),
        ("UPDATE reports SET known_on = '2020-01-01' WHERE seq = 1", "report", "report rep_", "known_on '2020-01-01'"),
        (
            "UPDATE reports SET document = (SELECT document FROM reports WHERE seq = 3) WHERE seq = 2",
            "id",
            "report rep_",
            "rep_",
        ),
        ("UPDATE reports SET document = '{}' WHERE seq = 1", "report", "report rep_", "a document that cannot be read"),
        ("UPDATE captures SET marking = '[]' WHERE seq = 1", "marking", "cap_", "a marking that cannot be read"),
        ("UPDATE reports SET tlp = 0 WHERE seq = 1", "marking", "rep_", "level 0"),
        ("DELETE FROM releasable WHERE partner = 'a'", "marking", "cap_", "releasable to ['b']"),
        ("INSERT INTO releasable (item, partner) VALUES ('rep_x', 'c')", "marking", "rep_x", "releasable to ['c']"),
        ("UPDATE editions SET known_from = '2020-01-01'", "edition", "a.txt", "other editions"),
        ("DELETE FROM editions WHERE address = 'b.txt'", "edition", "b.txt", "other editions"),
    ],
)
def test_what_does_not_hold_together_is_found(
    filled: Store, home: Reader, statement: str, part: str, what: str, found: str
) -> None:
    change(filled, statement)

    findings = filled.check(home)

    assert [one for one in findings if one.part == part and one.what.startswith(what) and one.found.startswith(found)]
    assert all(one.expected and one.do for one in findings)


def test_a_report_without_its_words_in_the_index_is_found_and_mended(filled: Store, home: Reader) -> None:
    report = filled.search(home, "ships").hits[0].report
    with filled._transaction(writes=True) as connection:
        statement = (
            "UPDATE fulltext SET text = '<shops>' WHERE report = 3"
            if connection.dialect.name == "postgresql"
            else "INSERT INTO fulltext(fulltext, rowid, headline, text) VALUES ('delete', 3, '', 'ships')"
        )
        connection.exec_driver_sql(statement)

    (finding,) = filled.check(home)
    assert (finding.part, finding.what, finding.do) == (
        "index",
        f"report {report.id}",
        "run `watchfloor db check --mend`",
    )
    assert filled.mend() == 3
    assert filled.check(home) == ()
    assert filled.search(home, "ships").total == 1


def test_editions_are_mended(filled: Store, home: Reader) -> None:
    before = filled.versions(home, "a.txt")
    change(filled, "DELETE FROM editions")

    filled.mend()

    assert filled.versions(home, "a.txt") == before


def test_a_row_that_names_what_is_not_kept_is_found(file_store: Store, kept: Callable[..., Any], home: Reader) -> None:
    raw = file_store._engine.raw_connection()
    raw.cursor().execute("PRAGMA foreign_keys = OFF")
    raw.cursor().execute("INSERT INTO made VALUES ('cap_x', 'rep_x')")
    raw.cursor().execute("PRAGMA foreign_keys = ON")
    raw.close()

    found = {(one.what, one.found) for one in file_store.check(home) if one.part == "reference"}

    assert found == {("made.capture", "cap_x, which is not kept"), ("made.report", "rep_x, which is not kept")}


def test_a_check_is_refused_to_whoever_may_not_see_everything(store: Store, partner: Callable[..., Reader]) -> None:
    with pytest.raises(ReleaseDenied):
        store.check(partner("a"))
