from collections.abc import Callable

from watchfloor.core.annotation import Event, Party
from watchfloor.core.claim import Claim, Position
from watchfloor.core.encounter import Encounter
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.picture import Picture
from watchfloor.core.report import Passage, Report
from watchfloor.core.span import Span
from watchfloor.watch.timeline import timeline

MONDAY = PartialDate(value="XXXX-WXX-1", low=None, high=None, precision="weekday", how="no date line")
Day = Callable[[str], PartialDate]


def event(span: Span, date: PartialDate, **fields: object) -> Event:
    values: dict[str, object] = {
        "event_type": "COOPERATE",
        "mode": None,
        "actor": (),
        "recipient": (),
        "status": "actual",
        "generated_by": "test@1",
    }
    return Event(span=span, date=date, **(values | fields))  # type: ignore[arg-type]


def test_moments_stand_in_the_order_of_days_and_undated_ones_last(
    report: Callable[..., Report], picture: Callable[..., Picture], encounter: Callable[..., Encounter], day: Day
) -> None:
    told = report("They spoke.", outlet="Courier", published=day("2024-10-22"))
    brandt = Party(name="Brandt")
    calls = (encounter(told, brandt, date=MONDAY), encounter(told, brandt, date=day("2024-10-21")))

    moments = timeline(picture(told, encounters=calls))

    assert [(moment.kind, moment.label) for moment in moments] == [
        ("happened", "21 Oct 2024 (Monday)"),
        ("published", "22 Oct 2024 (Tuesday)"),
        ("happened", "a Monday, date not given"),
    ]


def test_a_plan_is_not_a_happening(
    report: Callable[..., Report], picture: Callable[..., Picture], encounter: Callable[..., Encounter], day: Day
) -> None:
    told = report("They will speak.")
    planned = encounter(told, Party(name="Brandt"), status="planned", date=day("2024-10-21"))

    kinds = [moment.kind for moment in timeline(picture(told, encounters=(planned,)))]

    assert kinds == ["planned", "published"]


def test_the_same_statement_in_two_reports_of_one_day_is_one_moment_with_both_citations(
    report: Callable[..., Report],
    picture: Callable[..., Picture],
    position: Callable[..., Position],
    claim: Callable[..., Claim],
    day: Day,
) -> None:
    one, two = report("It is so, Brandt said."), report("Brandt: it is so.")
    stands = [position(r, "is so", party="Brandt", stance="confirms", date=day("2024-10-28")) for r in (one, two)]

    (moment, *_) = timeline(picture(one, two, claims=(claim("is so", *stands),)))

    assert (moment.text, len(moment.citations)) == ("Brandt confirms: “is so”", 2)


def test_a_denial_is_told_in_its_own_words_not_in_those_of_all_that_the_claim_says(
    report: Callable[..., Report],
    picture: Callable[..., Picture],
    claim: Callable[..., Claim],
    position: Callable[..., Position],
) -> None:
    words = "the ship had cut cables on its orders"
    told = report(f"The navy held a ship after cables were cut. Norland denied that {words}.")
    denied = position(told, words, party="Norland", stance="denies", act="deny")
    held = position(told, "The navy held a ship after cables were cut", party="Navy")

    texts = [one.text for one in timeline(picture(told, claims=(claim(held.quote, held, denied),)))]

    assert f"Norland denies: “{words}”" in texts


def test_an_event_that_a_contact_tells_already_is_not_told_twice(
    report: Callable[..., Report], picture: Callable[..., Picture], encounter: Callable[..., Encounter], day: Day
) -> None:
    told = report("They spoke.")
    call = encounter(told, Party(name="Brandt"), date=day("2024-10-21"))
    same = event(call.tellings[0], day("2024-10-21"))

    moments = timeline(picture(told, encounters=(call,), annotations={told.id: (same,)}))

    assert [moment.kind for moment in moments] == ["happened", "published"]


def test_an_event_long_before_the_reports_is_background(
    report: Callable[..., Report], picture: Callable[..., Picture], at: Callable[[Report, str], Span], day: Day
) -> None:
    told = report("The war ended. The treaty came.", published=day("2024-10-21"))
    found = (
        event(at(told, "The war ended."), day("1953-07-27")),
        event(at(told, "The treaty came."), day("2024-09-01")),
    )

    texts = [moment.text for moment in timeline(picture(told, annotations={told.id: found}))]

    assert texts[0] == "“The treaty came.”"
    assert not any("war" in text and "beginning" not in text for text in texts)


def test_nothing_from_an_embedded_text_is_on_the_timeline(
    report: Callable[..., Report], picture: Callable[..., Picture], at: Callable[[Report, str], Span], day: Day
) -> None:
    told = report("An invented meeting.", passages=(Passage(start=0, end=20, kind="embedded", reason="generated"),))
    invented = event(at(told, "An invented meeting."), day("2024-10-21"))

    moments = timeline(picture(told, annotations={told.id: (invented,)}))

    assert [moment.kind for moment in moments] == ["published"]
