from watchfloor.annotate.cameo import triples
from watchfloor.core.annotation import Event, Party, Place, Status
from watchfloor.core.span import Span

SPAN = Span(report="r", start=0, end=50)
NORWAY, DENMARK = Party(name="Norway", country="NOR"), Party(name="Denmark", country="DNK")


def event(
    actor: tuple[Party, ...],
    recipient: tuple[Party, ...],
    cameo: str,
    event_type: str = "CONSULT",
    status: Status = "actual",
) -> Event:
    return Event(
        span=SPAN,
        event_type=event_type,
        mode=None,
        actor=actor,
        recipient=recipient,
        status=status,
        cameo=cameo,
        generated_by="test",
    )


def codes(*events: Event, places: tuple[Place, ...] = ()) -> list[tuple[str | None, str | None, str]]:
    return [(one.country, other.country, code) for one, other, code in triples(events, places)]


def test_sides_that_meet_are_coded_both_ways() -> None:
    assert codes(event((NORWAY, DENMARK), (), "040")) == [("NOR", "DNK", "040"), ("DNK", "NOR", "040")]


def test_what_is_denied_or_possible_is_not_coded() -> None:
    assert codes(event((NORWAY,), (DENMARK,), "190", "ASSAULT", "denied")) == []
    assert codes(event((NORWAY,), (DENMARK,), "190", "ASSAULT", "hypothetical")) == []


def test_an_accusation_stands_for_what_it_alleges() -> None:
    accused = event((NORWAY,), (DENMARK,), "112", "ACCUSE")
    alleged = event((DENMARK,), (NORWAY,), "190", "ASSAULT", "alleged")

    assert codes(alleged) == [("DNK", "NOR", "190")]
    assert codes(accused, alleged) == [("NOR", "DNK", "112")]


def test_the_country_where_it_happens_stands_for_a_recipient_that_is_not_told() -> None:
    place = Place(
        span=Span(report="r", start=30, end=34),
        name="Oslo",
        country="NOR",
        latitude=None,
        longitude=None,
        geonames_id=None,
        generated_by="test",
    )

    assert codes(event((DENMARK,), (), "042"), places=(place,)) == [("DNK", "NOR", "042")]
    assert codes(event((NORWAY,), (), "042"), places=(place,)) == []
