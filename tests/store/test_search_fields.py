from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from watchfloor.core.annotation import Annotation, Attribution, Contact, Event, Party, Place, Quantity, Transfer
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.span import Span
from watchfloor.store import facets
from watchfloor.store.connection import open_store
from watchfloor.store.query_fields import Field
from watchfloor.store.search import Found
from watchfloor.store.store import Store

Made = Callable[..., str]
PART = "test@1"


@pytest.fixture
def told(store: Store, item: Callable[..., Any], keep: Callable[..., str]) -> Made:
    """Keep a report with what was found in it; returns its id. Say `said` as (speaker, act), `figures` as numbers."""

    def make(text: str, *found: Annotation, said: Any = (), figures: Any = (), language: str = "en", **of: Any) -> str:
        capture, report, _ = item(text, locator=f"{text}.txt", **of)
        report = structs.replace(report, language=language)
        span = Span(report=report.id, start=0, end=1)
        whole = [structs.replace(one, span=span) for one in found]
        whole += [_said(span, speaker, act) for speaker, act in said]
        whole += [_count(span, number) for number in figures]
        keep(store, (capture, report, tuple(whole)))
        return str(report.id)

    return make


def _said(span: Span, speaker: str, act: Any, **of: Any) -> Attribution:
    return Attribution(
        span=span,
        source=(span,),
        cue=(span,),
        content=(span,),
        speaker=speaker,
        speaker_type="person",
        kind="indirect",
        act=act,
        generated_by=PART,
        **of,
    )


def _count(span: Span, number: int | None, low: int = 0, high: int | None = None) -> Quantity:
    return Quantity(
        span=span,
        low=number or low,
        high=number or high,
        figure=number,
        unit="troop",
        hedge=None,
        generated_by=PART,
    )


HERE = Span(report="r", start=0, end=1)


def _ids(found: Found) -> set[str]:
    return {hit.report.id for hit in found.hits}


def test_a_speaker_is_found_by_any_part_of_one_name(store: Store, home: Reader, told: Made) -> None:
    choe = told("One.", said=[("Choe Son Hui", "assert"), ("Lavrov", "deny")])
    told("Two.", said=[("Choe Hyon", "assert"), ("Son Hui", "assert")])

    assert _ids(store.search(home, 'speaker:"choe son"')) == {choe}
    assert _ids(store.search(home, "speaker:lavrov stance:denies")) == {choe}
    assert store.search(home, 'speaker:"hui lavrov"').total == 0
    assert store.search(home, "speaker:cho*").total == 2
    assert store.search(home, "speaker:one").total == 0


def test_parties_kinds_and_places_are_found(store: Store, home: Reader, told: Made) -> None:
    sides = (Party(name="Ann Lee"), Party(name="Harbour Board"))
    call = Contact(
        span=HERE, contact_type="call", parties=sides, date=None, place="Oslo", status="actual", generated_by=PART
    )
    event = Event(
        span=HERE,
        event_type="THREATEN",
        mode="force",
        actor=sides[:1],
        recipient=(),
        status="actual",
        generated_by=PART,
    )
    sent = Transfer(
        span=HERE,
        kind="arms",
        thing=HERE,
        giver=sides[1:],
        receiver=(),
        status="planned",
        because="x",
        generated_by=PART,
    )
    spot = Place(
        span=HERE, name="Bergen", country="NOR", latitude=None, longitude=None, geonames_id=None, generated_by=PART
    )
    one, two, three, four = told("One.", call), told("Two.", event), told("Three.", sent), told("Four.", spot)

    assert _ids(store.search(home, "party:lee")) == {one, two}
    assert _ids(store.search(home, 'party:"harbour board"')) == {one, three}
    assert _ids(store.search(home, "kind:threaten OR kind:transfer")) == {two, three}
    assert _ids(store.search(home, "kind:call place:oslo")) == {one}
    assert _ids(store.search(home, "place:bergen")) == {four}


def test_figures_are_found_by_their_number_or_by_their_range(store: Store, home: Reader, told: Made) -> None:
    twelve = told("One.", figures=[12_000, 3])
    dozens = told("Two.", _count(HERE, None, 24, None))
    huge = told("Three.", figures=[10**40])

    assert _ids(store.search(home, "figure:>1000")) == {twelve, dozens, huge}
    assert _ids(store.search(home, "figure:12,000")) == {twelve, dozens}
    assert _ids(store.search(home, "figure:..10")) == {twelve}
    assert _ids(store.search(home, "figure:30..40")) == {dozens}
    assert _ids(store.search(home, f"figure:>{10**19}")) == {dozens, huge}


def test_day_language_outlet_and_marking_are_found(store: Store, home: Reader, told: Made) -> None:
    one = told("One.", published="2024-10-05", outlet="The Harbour Post", language="ko")
    two = told("Two.", published="2024-11-20", outlet="harbour.example", marking=Marking(level="AMBER"))

    assert _ids(store.search(home, "date:2024-10")) == _ids(store.search(home, "date:<2024-11")) == {one}
    assert _ids(store.search(home, "date:2024-10..2024-11")) == {one, two}
    assert _ids(store.search(home, "lang:ko")) == _ids(store.search(home, "-lang:en")) == {one}
    assert _ids(store.search(home, 'outlet:"harbour post"')) == {one}
    assert _ids(store.search(home, "outlet:harbour -outlet:post")) == {two}
    assert _ids(store.search(home, "marking:amber")) == _ids(store.search(home, "-marking:none")) == {two}


def test_words_and_fields_go_together_with_and_or_not_near(store: Store, home: Reader, told: Made) -> None:
    one = told("The dam near the old mill burst.", said=[("Ann Lee", "assert")])
    two = told("The mill stands; far from it and much later a dam was built there.")

    assert _ids(store.search(home, "dam NEAR/3 mill")) == {one}
    assert _ids(store.search(home, "mill NEAR dam")) == {one, two}
    assert _ids(store.search(home, "dam -speaker:lee")) == {two}
    assert _ids(store.search(home, "built OR speaker:lee")) == {one, two}
    assert _ids(store.search(home, "dam NOT (built OR later)")) == {one}
    assert _ids(store.search(home, "-built")) == {one}
    assert _ids(store.search(home, "mil* NEAR/3 dam")) == {one}


def test_what_is_counted_over_many_reports_is_asked_elsewhere(store: Store, home: Reader, told: Made) -> None:
    one, _ = told("One troop."), told("Two troops.")
    asked: list[Field] = []

    def known(field: Field) -> list[str]:
        asked.append(field)
        return [one]

    assert _ids(store.search(home, "origins:>=2", known=known)) == {one}
    assert _ids(store.search(home, "troop* outlets:3", known=known)) == {one}
    assert [(field.name, field.low, field.high) for field in asked] == [("origins", 2, None), ("outlets", 3, 3)]
    found = store.search(home, "troop* origins:2")
    assert (found.total, found.note) == (0, "origins cannot be asked here")


def test_a_report_made_again_is_found_by_what_is_found_in_it_now(
    store: Store, home: Reader, item: Callable[..., Any], keep: Callable[..., str]
) -> None:
    capture, report, _ = item("One.")
    span = Span(report=report.id, start=0, end=1)
    keep(store, (capture, report, (_said(span, "Ann Lee", "assert"), _count(span, 5))), "1")
    keep(store, (capture, report, (_said(span, "Bob Ray", "assert"), _count(span, 7))), "2")

    assert [store.search(home, typed).total for typed in ("speaker:lee", "speaker:ray")] == [0, 1]
    assert [store.search(home, typed).total for typed in ("figure:5", "figure:7")] == [0, 1]


def test_the_fields_can_be_filled_again(store: Store, home: Reader, told: Made) -> None:
    told("One.", said=[("Ann Lee", "assert")], figures=[7])
    told("Two.", outlet="Harbour Post")
    asked = ["speaker:lee", "figure:7", "outlet:harbour", "-outlet:harbour"]
    before = [_ids(store.search(home, typed)) for typed in asked]

    with store._transaction(writes=True) as connection:
        assert facets.is_whole(connection)
        assert facets.refill(connection) == 2
        assert facets.is_whole(connection)

    assert [_ids(store.search(home, typed)) for typed in asked] == before


def test_a_generated_voice_is_no_speaker(store: Store, home: Reader, told: Made) -> None:
    told("One.", _said(HERE, "Ann Lee", "assert", machine_generated=True))

    assert store.search(home, "speaker:lee").total == 0
    assert store.search(home, "as of any day", as_of=date(2024, 12, 1)).total == 0


WORDS = [
    "dam",
    "mill",
    "burst*",
    '"the dam"',
    "speaker:lee",
    "-mill",
    "OR",
    "AND",
    "NOT",
    "NEAR/2",
    "(",
    ")",
    "figure:7",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))
def test_every_query_of_operators_and_fields_is_answered(asked_both: Store, home: Reader, typed: str) -> None:
    found = asked_both.search(home, typed)

    assert found.total <= 3
    assert found.meaning or found.note


@pytest.fixture(scope="module")
def asked_both(empty: Any, tmp_path_factory: Any, item: Callable[..., Any], keep: Callable[..., str]) -> Any:
    path = tmp_path_factory.mktemp("fields") / "a.db"
    path.write_bytes(empty.read_bytes())
    with open_store(path, create=False) as store:
        for number, text in enumerate(("The dam burst.", "The mill.", "The dam and the mill.")):
            capture, report, _ = item(text, locator=f"{number}.txt")
            keep(store, (capture, report, (_said(Span(report=report.id, start=0, end=1), "Ann Lee", "assert"),)))
        yield store
