from collections.abc import Callable

from watchfloor.core.annotation import Annotation, Attribution, Contact, Party
from watchfloor.core.entity import Entity, Link
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.fuse.encounters import encounters
from watchfloor.fuse.parties import Parties

MONDAY = PartialDate(value="XXXX-WXX-1", low=None, high=None, precision="weekday", how="a weekday alone")
ANN, BOB = ("Ann Lee", "KOR"), ("Bob Roy", "GBR")

Make = Callable[..., Contact]
Reports = Callable[..., Report]
Day = Callable[[str], PartialDate]


def parties(*persons: str, reports: tuple[Report, ...] = ()) -> Parties:
    entities = tuple(Entity(id=f"ent_{name}", schema="Person", name=name, names=(name,)) for name in persons)
    links = tuple(
        Link(report=report.id, name=name, entity=f"ent_{name}", score=1.0, reason="test")
        for report in reports
        for name in persons
    )
    return Parties(entities, links)


def test_two_reports_of_one_dated_call_are_one_row(report: Reports, met: Make, day: Day) -> None:
    a, b = report("They spoke.", outlet="a"), report("They talked.", outlet="b")
    told = {r.id: [met(r, "call", ANN, BOB, date=day("2024-10-21"))] for r in (a, b)}

    ((row,), _) = encounters([a, b], told, parties())

    assert {span.report for span in row.tellings} == {a.id, b.id}


def test_two_calls_of_one_pair_on_two_days_are_two_rows(report: Reports, met: Make, day: Day) -> None:
    a, b = report("They spoke.", outlet="a"), report("They talked.", outlet="b")
    told = {
        a.id: [met(a, "call", ANN, BOB, date=day("2024-10-21"))],
        b.id: [met(b, "call", ANN, BOB, date=day("2024-10-28"))],
    }

    assert len(encounters([a, b], told, parties())[0]) == 2


def test_undated_calls_of_two_reports_stay_apart(report: Reports, met: Make) -> None:
    a, b = report("They spoke.", outlet="a"), report("They talked.", outlet="b")
    told = {r.id: [met(r, "call", ANN, BOB)] for r in (a, b)}

    assert len(encounters([a, b], told, parties())[0]) == 2


def test_a_plan_is_not_a_meeting(report: Reports, met: Make, day: Day) -> None:
    a = report("They will meet; they met.")
    told = {a.id: [met(a, "meeting", ANN, BOB, status="planned"), met(a, "meeting", ANN, BOB)]}

    assert [row.status for row in encounters([a], told, parties())[0]] == ["planned", "actual"]


def test_a_monday_without_a_date_line_takes_its_day_from_the_report_that_dates_the_same_summons(
    report: Reports, met: Make, day: Day
) -> None:
    dated, undated = report("Summoned.", outlet="a"), report("Called in. They spoke.", outlet="b")
    told = {
        dated.id: [met(dated, "summons", ANN, BOB, date=day("2024-10-21"))],
        undated.id: [
            met(undated, "summons", ANN, BOB, date=MONDAY),
            met(undated, "call", ANN, ("Cy Fox", "USA"), date=MONDAY),
        ],
    }

    (summons, call), days = encounters([dated, undated], told, parties())

    assert len(summons.tellings) == 2
    assert call.date is not None
    assert call.date.value == "2024-10-21"
    assert "which dates the same contact" in call.date.how
    assert days[undated.id, 1].value == "2024-10-21"


def test_a_state_may_stand_for_its_minister_but_one_minister_not_for_another(
    report: Reports, met: Make, day: Day
) -> None:
    a, b, c = (report(f"Text {name}.", outlet=name) for name in "abc")
    when = day("2024-10-21")
    told = {
        a.id: [met(a, "summons", ANN, BOB, date=when)],
        b.id: [met(b, "summons", ("South Korea", "KOR"), BOB, date=when)],
        c.id: [met(c, "summons", ("Dan Han", "KOR"), BOB, date=when)],
    }

    rows, _ = encounters([a, b, c], told, parties("Ann Lee", "Bob Roy", "Dan Han", reports=(a, b, c)))

    assert [len(row.tellings) for row in rows] == [2, 1]


def test_an_undated_telling_does_not_keep_two_reports_of_one_call_apart(report: Reports, met: Make, day: Day) -> None:
    a, b = report("They spoke.", outlet="a"), report("They talked. On that day.", outlet="b")
    told = {
        a.id: [met(a, "call", ANN, BOB, date=day("2024-10-29"))],
        b.id: [met(b, "call", ANN, BOB), met(b, "call", ANN, BOB, date=day("2024-10-29"))],
    }

    assert len(encounters([a, b], told, parties())[0]) == 1


def directed(report: Report, sender: str, host: str, kind: str = "delegation", status: str = "planned") -> Contact:
    names = {"KOR": "South Korea", "UKR": "Ukraine"}
    roles = ("visitor", "host") if kind == "visit" else ("sender", "host")
    return Contact(
        span=Span(report=report.id, start=0, end=len(report.text)),
        contact_type=kind,  # type: ignore[arg-type]
        parties=tuple(
            Party(name=names[code], country=code, role=role) for code, role in zip((sender, host), roles, strict=True)
        ),
        date=None,
        place=None,
        status=status,  # type: ignore[arg-type]
        generated_by="test@1",
    )


def test_a_delegation_there_and_one_back_are_two_rows(report: Reports) -> None:
    a = report("They send each other delegations.")
    told = {a.id: [directed(a, "KOR", "UKR"), directed(a, "UKR", "KOR")]}

    assert len(encounters([a], told, parties())[0]) == 2


def test_a_plan_is_linked_with_the_contact_that_carries_it_out(report: Reports, met: Make, day: Day) -> None:
    a, b = report("They will meet.", outlet="a"), report("They met.", outlet="b")
    when = day("2024-10-24")
    told = {
        a.id: [met(a, "meeting", ANN, BOB, date=when, status="planned")],
        b.id: [met(b, "meeting", ANN, BOB, date=when)],
    }

    (plan, done), _ = encounters([a, b], told, parties())

    assert (plan.carried_out_by, done.planned_as) == (done.id, (plan.id,))
    assert (plan.planned_as, done.carried_out_by) == ((), None)


def test_a_plan_for_another_day_is_not_carried_out(report: Reports, met: Make, day: Day) -> None:
    a, b = report("They will meet.", outlet="a"), report("They met.", outlet="b")
    told = {
        a.id: [met(a, "meeting", ANN, BOB, date=day("2024-10-24"), status="planned")],
        b.id: [met(b, "meeting", ANN, BOB, date=day("2024-10-20"))],
    }

    assert all(row.carried_out_by is None for row in encounters([a, b], told, parties())[0])


def test_a_plan_without_a_day_is_carried_out_after_it_was_told(report: Reports, met: Make, day: Day) -> None:
    a = report("They will meet.", outlet="a", published=day("2024-10-20"))
    b = report("They met.", outlet="b", published=day("2024-10-25"))
    told = {
        a.id: [met(a, "meeting", ANN, BOB, status="planned")],
        b.id: [
            met(b, "meeting", ANN, BOB, date=day("2024-10-24")),
            met(b, "meeting", ANN, BOB, date=day("2024-10-10")),
        ],
    }

    plan, *done = encounters([a, b], told, parties())[0]

    assert [row.date.value for row in done if row.date and row.id == plan.carried_out_by] == ["2024-10-24"]


def test_what_two_reports_tell_as_news_of_the_same_days_is_one_contact(report: Reports, met: Make, day: Day) -> None:
    a = report("They spoke.", outlet="a", published=day("2024-10-22"))
    b = report("They talked.", outlet="b", published=day("2024-10-23"))
    c = report("They had talked.", outlet="c", published=day("2024-11-23"))
    told = {
        a.id: [met(a, "call", ANN, BOB, date=day("2024-10-21"))],
        b.id: [met(b, "call", ANN, BOB)],
        c.id: [met(c, "call", ANN, BOB)],
    }

    assert [len(row.tellings) for row in encounters([a, b, c], told, parties())[0]] == [2, 1]


def test_leaving_and_arriving_are_one_visit_and_two_calls_are_two(report: Reports, met: Make, day: Day) -> None:
    a, b = report("She left.", outlet="a"), report("She arrived.", outlet="b")
    days = {a.id: day("2024-10-28"), b.id: day("2024-10-30")}

    for kind, rows in (("visit", 1), ("call", 2)):
        told = {one.id: [met(one, kind, ANN, BOB, date=days[one.id])] for one in (a, b)}
        assert len(encounters([a, b], told, parties())[0]) == rows


def test_a_contact_that_is_denied_is_no_plan_and_did_not_take_place(report: Reports, met: Make, day: Day) -> None:
    a = report("They met, or did not.")
    when = day("2024-10-21")
    told = {a.id: [met(a, "meeting", ANN, BOB, date=when, status=one) for one in ("denied", "planned", "actual")]}

    assert [row.status for row in encounters([a], told, parties())[0]] == ["denied", "planned", "actual"]


def test_who_speaks_with_another_and_alone_is_one_voice(
    report: Reports, met: Make, day: Day, said: Callable[..., Attribution]
) -> None:
    a = report("They spoke.", outlet="a")
    told: dict[str, list[Annotation]] = {
        a.id: [
            met(a, "call", ANN, BOB, date=day("2024-10-21")),
            said(a, "Ann Lee and Bob Roy", "They spoke"),
            said(a, "Bob Roy", "They spoke"),
        ]
    }

    ((row,), _) = encounters([a], told, parties("Ann Lee", "Bob Roy", reports=(a,)))

    assert row.told_by == ("Ann Lee", "Bob Roy")
