"""Drafts in either kind of database: versions one after the other, seen by who may see what they cite."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from msgspec import structs

from watchfloor.core.audit import Note
from watchfloor.core.draft import Draft, Part, Sentence
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.span import Span
from watchfloor.store.store import Store

NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)
NOTE = Note(at=NOW, who="ann", verb="judge", what="drf_1")


def draft(version: int, *reports: str) -> Draft:
    sentences = tuple(
        Sentence(text="It \ud83d was said.", citations=(Span(report=id, start=0, end=1),)) for id in reports
    )
    return Draft(
        id="drf_1",
        version=version,
        title="t",
        since=None,
        as_of=None,
        parts=(Part(heading="h", sentences=sentences),),
        made=NOW,
        by="ann",
        change="c",
    )


def test_a_version_is_kept_once_and_only_as_the_next(
    store: Store, home: Reader, item: Callable[..., Any], keep: Callable[..., str]
) -> None:
    ships = item("Ships.", locator="a.txt")
    keep(store, ships)
    id = ships[1].id

    assert store.drafts.keep_draft(draft(1, id, id), NOTE)
    assert not store.drafts.keep_draft(draft(1, id), NOTE)
    assert not store.drafts.keep_draft(draft(3, id), NOTE)
    assert store.drafts.keep_draft(draft(2, id), NOTE)
    assert [one.version for one in store.drafts.versions(home, "drf_1")] == [1, 2]
    assert [one.version for one in store.drafts.drafts(home)] == [2]
    assert store.audit.last(home)[0] == 2


def test_a_draft_is_hidden_from_who_may_not_see_one_report_of_its_last_version(
    store: Store, home: Reader, item: Callable[..., Any], keep: Callable[..., str]
) -> None:
    ships = item("Ships.", locator="a.txt", marking=Marking(level="GREEN"))
    docks = item("Docks.", locator="b.txt", marking=Marking(level="RED"))
    keep(store, ships)
    keep(store, docks)
    green, red = ships[1].id, docks[1].id
    low = structs.replace(home, clearance="AMBER")
    store.drafts.keep_draft(draft(1, green), NOTE)
    assert len(store.drafts.versions(low, "drf_1")) == 1

    store.drafts.keep_draft(draft(2, green, red), NOTE)

    assert store.drafts.versions(low, "drf_1") == ()
    assert store.drafts.drafts(low) == ()
    assert len(store.drafts.versions(home, "drf_1")) == 2
    assert store.drafts.versions(Reader(name="p", partner="P", clearance="RED", at=NOW), "drf_1") == ()
