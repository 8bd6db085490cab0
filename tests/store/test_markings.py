import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from sqlalchemy import ColumnElement, Connection, Insert

from watchfloor import store as room
from watchfloor.core.aside import Aside
from watchfloor.core.assessment import Assessment
from watchfloor.core.audit import Note
from watchfloor.core.errors import ReleaseDenied
from watchfloor.core.evidence import Evidence
from watchfloor.core.job import Job
from watchfloor.core.judgement import Judgement
from watchfloor.core.marking import LEVELS, Marking, Reader
from watchfloor.core.product import Product
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.store.alerts import Alerts
from watchfloor.store.audit import Audit
from watchfloor.store.corrections import Corrections
from watchfloor.store.drafts import Drafts
from watchfloor.store.editions import Collected
from watchfloor.store.egress import EgressLog
from watchfloor.store.fitting import Fitting
from watchfloor.store.jobs import Jobs
from watchfloor.store.marks import Marks
from watchfloor.store.partners import Partners
from watchfloor.store.people import People
from watchfloor.store.products import Products
from watchfloor.store.recalls import Recalls
from watchfloor.store.search import Found
from watchfloor.store.searches import Searches
from watchfloor.store.store import Store
from watchfloor.store.write_captures import Taken
from watchfloor.store.write_records import Kept
from watchfloor.store.write_reports import Outcome

STATES: set[Any] = {None, bool, int, str | None, Product, Kept, Taken, Outcome, list[Kept], list[Taken], list[Outcome]}
"""What may be given back without a Reader: whether and how a thing was kept, the shape of the file; never content.
A Product is what was handed in, with its version."""

ANSWERS: set[Any] = STATES | {
    list[int],
    list[str | None],  # why an object was not added
    ColumnElement[bool],
    Collected,  # the times that were handed in with captures, put right
    Fitting,
    Iterator[Fitting],
    Insert,
    tuple[int, int],  # how many captures were queued, and up to which row
    tuple[Job | None, bool],  # which unit of work is next: ids, and names of feeds, for the one who does it
}  # rows by number; conditions and statements, with nothing found by them


OBJECTS = (
    Alerts,
    Audit,
    Corrections,
    Drafts,
    EgressLog,
    Jobs,
    Marks,
    Partners,
    People,
    Products,
    Recalls,
    Searches,
)


def public() -> Iterator[Any]:
    """Every public function of the room that can reach the database, and every public method of Store."""
    for module in pkgutil.iter_modules(room.__path__):
        loaded = importlib.import_module(f"{room.__name__}.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            reaches = {p.annotation for p in inspect.signature(function).parameters.values()} & {Connection, Store}
            if function.__module__ == loaded.__name__ and not name.startswith("_") and reaches:
                yield function
    for kind in (Store, *OBJECTS):
        for name, method in inspect.getmembers(kind, inspect.isfunction):
            if not name.startswith("_"):
                yield method


def takes_a_reader(function: Any) -> bool:
    reader = inspect.signature(function).parameters.get("reader")
    return reader is not None and reader.annotation is Reader and reader.default is inspect.Parameter.empty


def test_every_object_of_the_store_is_looked_at(store: Store) -> None:
    objects = {type(one) for name, one in vars(store).items() if not name.startswith("_") and name != "name"}

    assert objects == set(OBJECTS)


@pytest.mark.parametrize(
    "function", list(public()), ids=lambda function: f"{function.__module__}.{function.__qualname__}"
)
def test_whatever_gives_back_content_takes_a_reader(function: Any) -> None:
    assert takes_a_reader(function) or inspect.signature(function).return_annotation in ANSWERS


def test_the_list_of_reads_is_not_empty() -> None:
    readers = {function.__name__ for function in public() if takes_a_reader(function)}

    assert readers >= {
        "annotations",
        "aside_of",
        "asides",
        "capture",
        "counts",
        "dump",
        "evidence",
        "judgements",
        "pending",
        "readings",
        "report",
        "reports",
        "resolve",
        "search",
        "sightings",
        "stale",
        "versions",
    }


@pytest.mark.parametrize(
    ("marking", "clearance", "is_seen"),
    [
        (None, "RED", False),
        (Marking(level="CLEAR"), "RED", False),
        (Marking(level="CLEAR", releasable_to=frozenset({"b"})), "RED", False),
        (Marking(level="AMBER", releasable_to=frozenset({"a"})), "GREEN", False),
        (Marking(level="AMBER", releasable_to=frozenset({"a"})), "AMBER", True),
        (Marking(level="CLEAR", releasable_to=frozenset({"a", "b"})), "CLEAR", True),
    ],
)
def test_a_partner_sees_only_what_is_marked_and_cleared_and_released_to_them(
    store: Store,
    kept: Callable[..., Any],
    partner: Callable[..., Reader],
    marking: Marking | None,
    clearance: str,
    is_seen: bool,
) -> None:
    report = kept("Troops.", marking=marking)

    assert (store.report(partner("a", clearance), report.id) is not None) == is_seen


@pytest.mark.parametrize(("level", "is_seen"), [(None, True), ("GREEN", True), ("AMBER", True), ("RED", False)])
def test_a_home_reader_sees_the_unmarked_and_what_the_clearance_allows(
    store: Store, kept: Callable[..., Any], level: Any, is_seen: bool
) -> None:
    report = kept("Troops.", marking=Marking(level=level) if level else None)
    reader = Reader(name="us", partner=None, clearance="AMBER")

    assert (store.report(reader, report.id) is not None) == is_seen


def test_a_partner_whose_name_is_not_text_sees_nothing(
    store: Store, kept: Callable[..., Any], partner: Callable[..., Reader]
) -> None:
    kept("Troops.", marking=Marking(level="CLEAR", releasable_to=frozenset({"a", "\ud800"})))

    assert store.reports(partner("\ud800")) == ()


@pytest.mark.parametrize(
    "reader", [Reader(name="x", partner="a", clearance="RED"), Reader(name="x", partner=None, clearance="AMBER")]
)
def test_a_dump_is_refused_to_whoever_may_not_see_everything(store: Store, reader: Reader) -> None:
    with pytest.raises(ReleaseDenied):
        store.dump(reader)


def test_what_the_node_has_still_to_do_is_shown_to_no_partner(
    store: Store, item: Callable[..., Any], partner: Callable[..., Reader]
) -> None:
    free = Marking(level="CLEAR", releasable_to=frozenset({"a"}))
    first, second = (item(f"{n}.", locator=str(n), marking=free)[0] for n in range(2))
    store.keep_captures([first, second])
    store.keep_asides([aside(0, first), structs.replace(aside(1, first), capture=None)])

    assert list(store.pending(partner("a"))) == []
    assert store.asides(partner("a")) == ()
    counts = store.counts(partner("a"))
    assert [counts[name] for name in ("captures", "set_aside", "pending", "unreadable")] == [2, 0, 0, 0]


def test_a_pending_capture_above_the_clearance_is_given_to_home_to_be_finished(
    store: Store, item: Callable[..., Any]
) -> None:
    capture, report, annotations = item("Troops.", marking=Marking(level="RED"))
    store.keep_capture(capture)
    low = Reader(name="us", partner=None, clearance="AMBER")

    assert list(store.pending(low)) == [capture]
    store.keep_report(report, annotations, "1")

    assert list(store.pending(low)) == []
    assert store.reports(low) == ()


def test_a_released_sighting_of_a_capture_that_is_not_released_is_not_shown(
    store: Store, item: Callable[..., Any], partner: Callable[..., Reader]
) -> None:
    first = item("Troops.", locator="a.txt")[0]
    again = item("Troops.", locator="b.txt", marking=Marking(level="CLEAR", releasable_to=frozenset({"a"})))[0]
    store.keep_captures([first, again])

    assert store.sightings(partner("a"), first.id) == ()


def test_a_report_that_is_not_theirs_is_not_counted_for_a_partner(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], partner: Callable[..., Reader]
) -> None:
    capture, report, annotations = item("Troops.", marking=Marking(level="CLEAR", releasable_to=frozenset({"a"})))
    keep(store, (capture, structs.replace(report, marking=None), annotations))

    counts = store.counts(partner("a"))

    assert (counts["captures"], counts["reported"], counts["versions"]) == (1, 0, 0)


markings = st.none() | st.builds(
    Marking, level=st.sampled_from(LEVELS), releasable_to=st.frozensets(st.sampled_from(["a", "b"]))
)


@settings(max_examples=25, deadline=None)
@given(
    laid_down=st.lists(st.tuples(markings, st.integers(0, 1)), min_size=1, max_size=5),
    clearance=st.sampled_from(LEVELS),
)
def test_no_read_shows_a_partner_anything_that_is_not_theirs(
    laid_down: list[tuple[Marking | None, int]],
    clearance: Any,
    kind: str,
    new_store: Callable[..., Any],
    item: Callable[..., Any],
    keep: Callable[..., str],
    partner: Callable[..., Reader],
) -> None:
    made = [
        item(
            f"Common word secret{n}.",
            locator=f"{address}.txt",
            headline=f"Head secret{n}",
            outlet=f"secret{n}",
            marking=m,
        )
        for n, (m, address) in enumerate(laid_down)
    ]
    theirs = {
        n
        for n, (m, _) in enumerate(laid_down)
        if m and "a" in m.releasable_to and LEVELS.index(m.level) <= LEVELS.index(clearance)
    }
    with new_store(kind) as store:
        for n, (capture, report, annotations) in enumerate(made):
            evidence = Evidence(
                capture=capture.id,
                file=f"{capture.id}.warc.gz",
                start=0,
                offset=0,
                length=1,
                kind="response",
                record=f"urn:{n}",
                digest="",
                url=f"https://secret{n}.example/",
                date=capture.collected,
            )
            keep(store, (structs.replace(capture, evidence=evidence), report, annotations))
            store.keep_capture(item("x", locator=f"seen{n}.txt", page=capture.data, outlet=capture.outlet)[0])
            store.keep_aside(aside(n, capture))
            store.keep_judgement(judgement(n, capture))
        said = everything(store, partner("a", clearance), made)

    for n, (capture, report, _) in enumerate(made):
        for mark in (f"secret{n}", capture.id, report.id):
            assert (mark in said) == (n in theirs), f"{mark} of {laid_down[n]}"
    assert "seen" not in said
    assert "aside" not in said
    assert "judged" not in said


def aside(n: int, capture: Any) -> Aside:
    detail = f"aside about secret{n}"
    return Aside(
        id=f"a{n}", locator="x", capture=capture.id, room="clean", reason="empty", detail=detail, at=capture.collected
    )


def judgement(n: int, capture: Any) -> Judgement:
    return Judgement(id=f"j{n}", left="judged", right="judged", verdict="same", by="us", at=capture.collected)


def asked(store: Store, reader: Reader, typed: str, **options: Any) -> Found:
    """Return what a search finds, without its words for the question."""
    return structs.replace(store.search(reader, typed, **options), meaning="")


def everything(store: Store, reader: Reader, made: list[Any]) -> str:
    """Return what every read says to the reader, as one text without the words of the questions."""
    said: list[object] = [
        store.reports(reader),
        store.reports(reader, current_only=False),
        store.reports(reader, as_of=date(2024, 12, 1)),
        store.annotations(reader, [report.id for _, report, _ in made]),
        store.stale(reader, "other"),
        store.readings(reader, "1", ["key"]),
        list(store.pending(reader)),
        store.asides(reader),
        store.judgements(reader),
        store.resolve(reader, ""),
        asked(store, reader, "common", as_of=date(2024, 12, 1)),
        [store.versions(reader, f"{n}.txt") for n in (0, 1)],
    ]
    for n, (capture, report, _) in enumerate(made):
        said += [store.capture(reader, capture.id), store.report(reader, report.id)]
        said += [store.aside_of(reader, capture.id), store.evidence(reader, report.id)]
        said += [store.evidence_of_url(reader, f"https://secret{n}.example/")]
        said += [store.sightings(reader, capture.id), asked(store, reader, f"secret{n}")]
        said += [asked(store, reader, f"outlet:secret{n}"), asked(store, reader, f"-outlet:secret{n}")]
    counts = store.counts(reader)
    seen = {report.id for report in store.reports(reader, current_only=False)}
    assert counts["captures"] == counts["reported"] == counts["versions"] == len(seen)
    assert counts["reports"] == len(store.reports(reader)) == store.search(reader, "common").total
    assert counts["outlets"] == len({report.outlet for report in store.reports(reader)})
    hidden = ("set_aside", "pending", "unreadable", "sightings", "judgements")
    assert [counts[name] for name in hidden] == [0] * len(hidden)
    return repr(said)


def test_what_people_said_may_be_marked_for_home_and_goes_to_no_partner_whatever_its_marking(
    store: Store, item: Callable[..., Any], partner: Callable[..., Reader], home: Reader
) -> None:
    capture = item("Troops.")[0]
    red = Marking(level="RED", releasable_to=frozenset({"a"}))
    store.keep_judgement(structs.replace(judgement(1, capture), marking=red))
    store.keep_assessment(Assessment(id="ass_1", spans=(), credibility="3", by="us", at=capture.collected, marking=red))
    low = Reader(name="us", partner=None, clearance="AMBER")

    assert [len(store.judgements(who)) for who in (home, low, partner("a"))] == [1, 0, 0]
    assert [len(store.assessments(who)) for who in (home, low, partner("a"))] == [1, 0, 0]
    assert store.judgements(home)[0].marking == store.assessments(home)[0].marking == red
    store.marks.keep_marking(
        "ass_1", Marking(level="GREEN"), Note(at=capture.collected, who="us", verb="loosen", what="ass_1")
    )
    assert [one.marking for one in store.assessments(low)] == [Marking(level="GREEN")]


def test_an_assessment_is_shown_to_who_may_see_all_that_it_rests_on_however_it_is_marked_itself(
    store: Store, kept: Callable[..., Report], home: Reader
) -> None:
    green = Marking(level="GREEN")
    first, second = (kept(text, locator=text, marking=green) for text in ("Troops.", "Ships."))
    span = Span(report=first.id, start=0, end=6)
    about = Assessment(
        id="ass_1", spans=(span,), credibility="3", by="us", at=first.collected, marking=green, rests_on=(second.id,)
    )
    store.keep_assessment(about)
    low = Reader(name="us", partner=None, clearance="AMBER")
    for item in (first.id, second.id):
        for level, seen in (("AMBER", [about.id]), ("RED", []), ("CLEAR", [about.id])):
            note = Note(at=first.collected, who="us", verb="mark", what=item)
            store.marks.keep_marking(item, Marking(level=level), note)  # type: ignore[arg-type]

            assert [one.id for one in store.assessments(low)] == seen
            assert [id for id, _ in store.marks.find(low, "ass_1")] == seen
            assert [one.id for one in store.assessments(home)] == [about.id]


@pytest.mark.parametrize("marked", [0, 1, 2])
def test_what_a_page_was_read_as_before_is_marked_with_it(
    store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader, marked: int
) -> None:
    capture, first, found = item("Troops. Read also: ships.", page=b"page", marking=Marking(level="GREEN"))
    second = structs.replace(first, id="rep_2", text="Troops.")
    keep(store, (capture, first, found))
    store.keep_report(second, (), "2")
    low = Reader(name="us", partner=None, clearance="AMBER")
    items = (first.id, second.id, capture.id)
    assert set(store.reports_named(low, items)) == {first.id, second.id}

    what = items[marked]
    store.marks.keep_marking(what, Marking(level="RED"), Note(at=first.collected, who="us", verb="mark", what=what))

    assert store.reports_named(low, items) == {}
    assert store.capture(low, capture.id) is None
    assert set(store.reports_named(home, items)) == {first.id, second.id}


def test_a_decision_holds_and_its_reason_is_told_to_who_may_see_the_reports_that_it_names(
    store: Store, kept: Callable[..., Report], home: Reader
) -> None:
    first, second = (kept(text, locator=text, marking=Marking(level="GREEN")) for text in ("Troops.", "Ships."))
    one = Judgement(
        id="jdg_1", left=first.id, right=second.id, verdict="same", by="us", at=first.collected, reason="the same ships"
    )
    store.keep_judgement(one)
    low = Reader(name="us", partner=None, clearance="AMBER")
    for item in (first.id, second.id):
        for level, reason in (("AMBER", one.reason), ("RED", None), ("CLEAR", one.reason)):
            note = Note(at=first.collected, who="us", verb="mark", what=item)
            store.marks.keep_marking(item, Marking(level=level), note)  # type: ignore[arg-type]

            assert [(told.verdict, told.reason) for told in store.judgements(low)] == [("same", reason)]
            assert store.judgements(home) == (one,)
