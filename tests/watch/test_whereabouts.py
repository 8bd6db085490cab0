from collections.abc import Callable, Sequence

import pytest

from watchfloor.core.annotation import Annotation, Event, Party, Place, Status
from watchfloor.core.claim import Claim, Origin, Position, Stance
from watchfloor.core.encounter import Encounter
from watchfloor.core.marking import Reader
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.core.whereabout import Whereabout
from watchfloor.watch.whereabouts import place_id, whereabouts

TEXT = """\
Two companies of Tarsian engineers are in Skarn, the Veldian service said. Tarsia has denied it.

The ministers of Veldia and Rhovia met in Ulan on Monday. A second meeting is to be held in Barga."""


class Bench:
    """A report with places, in which claims, contacts and events can be put."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.annotations: list[Annotation] = []

    def span(self, words: str) -> Span:
        start = self.report.text.index(words)
        return Span(report=self.report.id, start=start, end=start + len(words))

    def place(self, name: str, country: str | None = None, number: int | None = None) -> Place:
        at = (1.0, 2.0) if number else (None, None)
        made = Place(
            span=self.span(name), name=name, country=country, latitude=at[0], longitude=at[1], geonames_id=number,
            generated_by="test@1",
        )  # fmt: skip
        self.annotations.append(made)
        return made

    def position(self, party: str | None, stance: Stance, *, resolved: bool = True, quote: str = "") -> Position:
        words = quote or "Two companies of Tarsian engineers are in Skarn"
        return Position(
            party=party, resolved=resolved, stance=stance, act=None, span=self.span(words), quote=words, outlet=None,
            date=None,
        )  # fmt: skip

    def claim(self, *positions: Position) -> Claim:
        return Claim(
            id="clm_1", proposition="Two companies of Tarsian engineers are in Skarn", topic="statement",
            positions=positions, reports=1, outlets=1, origins_min=1, origins_max=1,
            origins=(Origin(party="x", reports=(self.report.id,)),),
        )  # fmt: skip

    def picture(self, claims: Sequence[Claim] = (), encounters: Sequence[Encounter] = ()) -> Picture:
        return Picture(
            reader=Reader(name="n", partner=None, clearance="RED"), as_of=None, reports=(self.report,),
            annotations={self.report.id: tuple(self.annotations)}, copies=(), stories=(), entities=(),
            claims=tuple(claims), encounters=tuple(encounters),
        )  # fmt: skip

    def meeting(self, words: str, place: str, status: Status, told_by: tuple[str, ...] = ()) -> Encounter:
        return Encounter(
            id=f"enc_{place}", contact_type="meeting", parties=(Party(name="Veldia"), Party(name="Rhovia")), date=None,
            place=place, status=status, tellings=(self.span(words),), told_by=told_by,
        )  # fmt: skip


@pytest.fixture
def bench(report: Callable[..., Report]) -> Bench:
    return Bench(report(TEXT))


def placed(picture: Picture) -> dict[str, Whereabout]:
    sides = {"Veldian service": "Veldia", "Per Holm": "Veldia"}
    return {one.name: one for one in whereabouts(picture, {}, lambda name: sides.get(name, name))}


def test_a_claim_is_where_its_words_put_it(bench: Bench) -> None:
    bench.place("Skarn")
    bench.place("Ulan")

    found = placed(bench.picture([bench.claim(bench.position("Veldian service", "asserts"))]))

    assert [held.about for held in found["Skarn"].held] == ["clm_1"]
    assert found["Ulan"].standing == "named"


@pytest.mark.parametrize(
    ("other", "resolved", "standing"),
    [
        ("Rhovia", True, "confirmed"),
        ("Per Holm", True, "one party"),  # of the same side
        ("Hong", False, "one party"),  # nobody introduced
        (None, True, "one party"),  # the report itself
    ],
)
def test_only_another_side_confirms(bench: Bench, other: str | None, resolved: bool, standing: str) -> None:
    bench.place("Skarn")
    claim = bench.claim(
        bench.position("Veldian service", "asserts"), bench.position(other, "confirms", resolved=resolved)
    )

    assert placed(bench.picture([claim]))["Skarn"].standing == standing


def test_who_denies_is_told_and_confirms_nothing(bench: Bench) -> None:
    bench.place("Skarn")
    claim = bench.claim(bench.position("Veldian service", "asserts"), bench.position("Tarsia", "denies"))

    (held,) = placed(bench.picture([claim]))["Skarn"].held

    assert (held.standing, held.against) == ("one party", ("Tarsia",))


def test_a_planned_contact_is_planned_and_two_tellers_confirm_one(bench: Bench) -> None:
    bench.place("Ulan")
    bench.place("Barga")
    met = bench.meeting(
        "The ministers of Veldia and Rhovia met in Ulan on Monday.", "Ulan", "actual", ("Veldia", "Rhovia")
    )
    plan = bench.meeting("A second meeting is to be held in Barga.", "Barga", "planned")

    found = placed(bench.picture(encounters=[met, plan]))

    assert found["Ulan"].standing == "confirmed"
    assert found["Barga"].standing == "planned"


def test_a_claim_that_tells_a_contact_is_not_put_beside_it(bench: Bench) -> None:
    bench.place("Barga")
    plan = bench.meeting("A second meeting is to be held in Barga.", "Barga", "planned")
    words = "A second meeting is to be held in Barga"

    found = placed(bench.picture([bench.claim(bench.position("Rhovia", "asserts", quote=words))], [plan]))

    assert [held.kind for held in found["Barga"].held] == ["contact"]


def test_an_event_that_a_claim_tells_is_not_told_twice(bench: Bench) -> None:
    bench.place("Skarn")
    span = bench.span("Two companies of Tarsian engineers are in Skarn")
    bench.annotations.append(
        Event(
            span=span, event_type="MOBILIZE", mode=None, actor=(), recipient=(), status="actual", place="Skarn",
            generated_by="test@1",
        )
    )  # fmt: skip

    alone = placed(bench.picture())["Skarn"].held
    told = placed(bench.picture([bench.claim(bench.position("Veldian service", "asserts"))]))["Skarn"].held

    assert [held.kind for held in alone] == ["event"]
    assert [held.kind for held in told] == ["claim"]


def test_a_place_without_a_number_is_told_by_name_country_and_position(bench: Bench) -> None:
    assert place_id(bench.place("Skarn", "VEL")) == "Skarn|VEL"
    assert place_id(bench.place("Ulan", number=7)) == "geonames-7"


def test_undated_claims_say_so(bench: Bench) -> None:
    bench.place("Skarn")

    (held,) = placed(bench.picture([bench.claim(bench.position("Veldian service", "asserts"))]))["Skarn"].held

    assert held.when == "date not given"
    assert held.first is None


def test_the_day_of_a_claim_is_that_on_which_it_was_said(bench: Bench, day: Callable[[str], PartialDate]) -> None:
    from msgspec.structs import replace

    bench.place("Skarn")
    said = replace(bench.position("Veldian service", "asserts"), date=day("2031-03-04"))

    (held,) = placed(bench.picture([bench.claim(said)]))["Skarn"].held

    assert held.when == "said 4 Mar 2031 (Tuesday)"
