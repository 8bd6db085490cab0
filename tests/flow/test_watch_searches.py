"""What a search finds is watched like anything else: each text once, or when there are enough of them."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from watchfloor.core.audit import Note
from watchfloor.core.capture import Capture
from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.picture import Picture
from watchfloor.core.saved_search import SavedSearch
from watchfloor.flow import watching
from watchfloor.flow.configuration import Configuration
from watchfloor.flow.picture import fused
from watchfloor.flow.watch_file import problems_of, right
from watchfloor.flow.watch_searches import resolved, searching
from watchfloor.flow.watch_searches import right as with_queries
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store
from watchfloor.watch.watch_file import Watch

NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)
HOME = Reader(name="us", partner=None, clearance="RED", at=NOW)
OWN = (
    "The ferry to Aarhus was held at the quay on Monday because of a strike of the pilots.",
    "Nobody crossed the strait yesterday: at noon the harbour office shut the ferry line for good.",
    "A new ferry was christened in Turku, and a band played while the mayor cut the ribbon.",
)
Keeps = Callable[..., str]


def watch(*lines: str) -> Watch:
    return right("\n".join(["[[indicator]]", 'id = "a"', 'title = "Ferries"', 'over = "reports"', *lines]), "the test")


@pytest.fixture
def store(database: Path | str) -> Iterator[Store]:
    with open_store(database, create=True) as opened:
        yield opened


@pytest.fixture
def keeps(store: Store, report: Any, day: Any) -> Keeps:
    """Keep a report of an outlet on a day of October; return its id."""

    def keep(text: str, outlet: str, on: int, marking: Marking | None = None) -> str:
        name = f"{outlet}-{on}"
        capture = Capture(
            id=f"cap_{name}", locator=name, feed="t", sha256=sha256(text.encode()).hexdigest(), media_type="text/plain",
            collected=NOW, data=text.encode(), outlet=outlet, marking=marking,
        )  # fmt: skip
        made = report(
            text, outlet=outlet, published=day(f"2024-10-{on}"), id=f"rep_{name}", capture=capture.id, address=name,
            marking=marking,
        )  # fmt: skip
        store.keep_capture(capture)
        store.keep_report(made, (), "t")
        return str(made.id)

    return keep


def picture(store: Store, as_of: date | None = None, reader: Reader = HOME) -> Picture:
    reports = store.reports(reader, as_of=as_of)
    return fused(reports, {one.id: () for one in reports}, reader)


def looked(store: Store, meant: Watch, at: datetime = NOW) -> list[Any]:
    return list(watching.watch_once(store, HOME, Configuration(), meant, picture(store), at, loudly=True))


def test_each_text_that_a_search_finds_alerts_once_and_a_copy_of_it_never(store: Store, keeps: Keeps) -> None:
    meant = watch('when = "first seen"', 'search = "ferry"')
    keeps(OWN[0], "A", 28)
    keeps("The library was closed.", "A", 27)
    first = looked(store, meant)
    keeps(OWN[0], "B", 29)
    copied = looked(store, meant)
    keeps(OWN[1], "C", 30)
    second = looked(store, meant)

    assert [(one.trigger, one.sentence, one.rests_on) for one in first] == [("first seen", OWN[0], ("rep_A-28",))]
    assert copied == []
    assert [one.sentence for one in second] == ["Nobody crossed the strait yesterday: at noon the harbour office shut "
                                                "the ferry line for good."]  # fmt: skip
    assert "before" in second[0].not_before


def test_enough_reports_alert_once_and_again_after_there_were_fewer(store: Store, keeps: Keeps) -> None:
    meant = watch('when = "reports"', "at_least = 2", 'search = "ferry"', 'window = "3d"')
    keeps(OWN[0], "A", 29)
    none = looked(store, meant)
    keeps(OWN[1], "B", 30)
    two = looked(store, meant)
    keeps(OWN[2], "C", 31)
    three = looked(store, meant)
    fewer = looked(store, meant, NOW + timedelta(days=2))
    board = watching.board_of(store, HOME, meant)
    keeps("The ferry sails again, said the pilots on Friday, and so it did in the evening.", "D", 31)
    again = looked(store, meant, NOW + timedelta(days=2))

    assert (none, three, fewer) == ([], [], [])
    assert [(one.trigger, one.reports) for one in (*two, *again)] == [("reports reached", 2), ("reports reached", 2)]
    assert two[0].because.startswith("The 2 reports asked for are found.")
    assert "Asked for: 2" in two[0].not_before
    assert board.rows[0].state == "1 of 2 reports"


def test_origins_of_what_a_search_finds_are_counted_by_texts_and_not_by_copies(store: Store, keeps: Keeps) -> None:
    meant = watch('when = "independent origins"', "certain = false", 'search = "ferry"')
    keeps(OWN[0], "A", 28)
    keeps(OWN[0], "B", 29)
    copied = looked(store, meant)
    keeps(OWN[1], "C", 30)
    (alert,) = looked(store, meant)

    assert copied == []
    assert (alert.trigger, alert.reports, alert.origins_min, alert.origins_max) == ("origins reached", 3, 1, 2)


def test_a_search_narrows_what_else_is_watched_for() -> None:
    text = '[[indicator]]\nid = "a"\ntitle = "A"\nover = "claims"\nwhen = "first seen"\nsearch = "outlet:courier"\n'

    assert problems_of(text) == ()


def test_an_alert_is_marked_by_what_the_search_found_and_a_trial_finds_no_more_than_one_may_see(
    store: Store, keeps: Keeps
) -> None:
    meant = watch('when = "first seen"', 'search = "ferry"')
    keeps(OWN[0], "A", 28, Marking(level="RED"))
    keeps(OWN[1], "B", 29, Marking(level="GREEN"))
    raised = looked(store, meant)
    low = structs.replace(HOME, clearance="GREEN")
    days = date(2024, 10, 27), date(2024, 10, 30)
    tried = [
        list(watching.tested(meant, lambda on, who=who: picture(store, on, who), *days, searching(store, who)))  # type: ignore[misc]
        for who in (HOME, low)
    ]

    assert [one.marking.level for one in raised] == ["RED", "GREEN"]
    assert [one.alert.rests_on for one in store.alerts.alerts(low)] == [("rep_B-29",)]
    assert [[one.day.day for one in those] for those in tried] == [[28, 29], [29]]


def test_a_teams_saved_search_is_named_and_one_that_is_gone_is_left_out_and_told(
    store: Store, keeps: Keeps, caplog: pytest.LogCaptureFixture
) -> None:
    meant = watch('when = "first seen"', 'saved = "North  Quay"')
    note = Note(at=NOW, who="ann", verb="see", what="sch")
    for id, team in (("sch_1", "Watch"), ("sch_2", None)):
        kept = SavedSearch(id=id, owner="ann", team=team, name="North Quay", query="ferry", made=NOW)
        store.searches.keep_search(kept, note)
    keeps(OWN[0], "A", 28)
    found, wrong = resolved(store, HOME, meant)
    raised = looked(store, meant)
    store.searches.remove_search("sch_1", note)

    assert ([one.search for one in found.indicators], wrong) == (["ferry"], ())
    assert len(raised) == 1
    with pytest.raises(ConfigError, match="no search that a team has saved under that name"):
        with_queries(store, HOME, meant)
    assert looked(store, meant) == []
    assert "left out" in caplog.text


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (['when = "first seen"'], 'saved = "..."'),
        (['when = "first seen"', 'search = "a"', 'saved = "b"'], "not both"),
        (['when = "stance changed"', 'search = "a"'], "first seen, independent origins or reports"),
        (['when = "first seen"', 'search = "a"', 'parties = ["POL"]'], "it within the search"),
        (['when = "first seen"', "search = 3"], "words in quotation marks"),
    ],
)
def test_what_does_not_fit_a_search_is_told(lines: list[str], told: str) -> None:
    with pytest.raises(ConfigError) as raised:
        watch(*lines)

    assert told in str(raised.value)
