from collections.abc import Callable
from time import process_time
from typing import Any

from msgspec.structs import replace

from watchfloor.core.annotation import Attribution, Contact, Party, Time
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.span import Span
from watchfloor.resolve import dates as days
from watchfloor.resolve import within
from watchfloor.resolve.layout import lay_out

Make = Callable[..., Any]


def dates(report: Any, found: list[Any]) -> list[str | None]:
    """Return the dates of the statements, in the order given."""
    statements = [one for one in within.resolve(report, found) if isinstance(one, Attribution)]
    return [one.date.value if one.date else None for one in statements]


def test_a_time_beside_the_cue_dates_the_statement(report: Make, said: Make, time: Make, day: Make) -> None:
    text = report("On 3 May Peru said the pact would hold.")

    assert dates(text, [said(text, "Peru", "the pact would hold"), time(text, "3 May", day("2024-05-03"))]) == [
        "2024-05-03"
    ]


def test_a_time_in_what_is_said_does_not(report: Make, said: Make, time: Make, day: Make) -> None:
    text = report("Peru said the pact would end on 3 May.")
    found = [said(text, "Peru", "the pact would end on 3 May"), time(text, "3 May", day("2024-05-03"))]

    assert dates(text, found) == [None]


def test_a_day_earlier_in_the_paragraph_dates_it_too(report: Make, said: Make, time: Make, day: Make) -> None:
    text = report("Envoys met on 3 May. Peru said the pact would hold.")
    found = [said(text, "Peru", "the pact would hold"), time(text, "3 May", day("2024-05-03"))]

    assert dates(text, found) == ["2024-05-03"]


def test_a_month_earlier_in_the_paragraph_does_not(report: Make, said: Make, time: Make) -> None:
    text = report("Envoys met in May. Peru said the pact would hold.")
    may = PartialDate(value="2024-05", low=None, high=None, precision="month", how="given by the test")

    assert dates(text, [said(text, "Peru", "the pact would hold"), time(text, "May", may)]) == [None]


def test_the_day_of_a_call_dates_what_was_said_in_it(
    report: Make, people: Make, said: Make, contact: Make, day: Make
) -> None:
    text = report("Ana Souza phoned Ken Mori.\nSouza said the canal was open.")
    found = [
        *people(text, "Ana Souza", "Ken Mori", "Souza"),
        contact(text, "Ana Souza phoned Ken Mori.", "Ana Souza", "Ken Mori", date=day("2024-05-03")),
        said(text, "Souza", "the canal was open"),
    ]

    assert dates(text, found) == ["2024-05-03"]


def test_a_call_of_others_dates_nothing(report: Make, people: Make, said: Make, contact: Make, day: Make) -> None:
    text = report("Ana Souza phoned Ken Mori.\nRuth Marsh said the canal was open.")
    found = [
        *people(text, "Ana Souza", "Ken Mori", "Ruth Marsh"),
        contact(text, "Ana Souza phoned Ken Mori.", "Ana Souza", "Ken Mori", date=day("2024-05-03")),
        said(text, "Ruth Marsh", "the canal was open"),
    ]

    assert dates(text, found) == [None]


def test_a_speaker_who_goes_on_keeps_the_day_and_the_date_says_so(
    report: Make, said: Make, time: Make, day: Make
) -> None:
    text = report("On 3 May Peru said the pact would hold.\nPeru said the tolls would fall.")
    found = [
        said(text, "Peru", "the pact would hold"),
        said(text, "Peru", "the tolls would fall", after="hold"),
        time(text, "3 May", day("2024-05-03")),
    ]
    last = within.resolve(text, found)[1]

    assert isinstance(last, Attribution)
    assert last.date is not None
    assert last.date.how == "given by the test; the speaker goes on"


def test_a_date_already_there_stays(report: Make, said: Make, time: Make, day: Make) -> None:
    text = report("On 3 May Peru said the pact would hold.")
    statement = replace(said(text, "Peru", "the pact would hold"), date=day("2024-05-01"))

    assert dates(text, [statement, time(text, "3 May", day("2024-05-03"))]) == ["2024-05-01"]


def test_of_two_times_as_near_the_cue_the_earlier_dates_the_statement(
    report: Make, said: Make, time: Make, day: Make
) -> None:
    text = report("May 3 a Peru b May 4 said.")
    found = [
        said(text, "Peru", "said"),
        time(text, "May 4", day("2024-05-04")),
        time(text, "May 3", day("2024-05-03")),
    ]
    cue = Span(report=text.id, start=10, end=11)

    assert dates(
        text,
        [
            replace(found[0], cue=(cue,)),
            replace(found[1], span=replace(cue, start=12)),
            replace(found[2], span=replace(cue, start=8)),
        ],
    ) == ["2024-05-03"]


def test_twice_the_statements_take_about_twice_the_time(report: Make, day: Make, in_proportion: Make) -> None:
    sentence = "Ann Lee said on Monday that the port is open. "
    monday = day("2024-05-06")

    def seconds(count: int) -> float:
        text = report(sentence * count)
        found: list[Any] = []
        for start in range(0, len(sentence) * count, len(sentence)):
            name, cue, when, told, whole = (
                Span(report=text.id, start=start + low, end=start + high)
                for low, high in ((0, 7), (8, 12), (16, 22), (28, 44), (0, 45))
            )
            found.append(Time(span=when, date=monday, generated_by="test@1"))
            found.append(
                Attribution(
                    span=told,
                    source=(name,),
                    cue=(cue,),
                    content=(told,),
                    kind="indirect",
                    act="assert",
                    speaker="Ann Lee",
                    speaker_type="person",
                    generated_by="test@1",
                )
            )
            found.append(
                Contact(
                    span=whole,
                    contact_type="call",
                    parties=(Party(name="Bob Ray"),),
                    date=None,
                    place=None,
                    status="actual",
                    generated_by="test@1",
                )
            )
        layout = lay_out(text)
        began = process_time()
        ground = days.contents(found)
        for one in found:
            if isinstance(one, Attribution):
                assert days.day_of(one, ["Ann Lee"], ground, layout) == monday
        return process_time() - began

    assert in_proportion(seconds, 150, 1_200)
