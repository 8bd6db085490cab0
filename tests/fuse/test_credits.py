from collections.abc import Callable
from time import process_time

import pytest

from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report
from watchfloor.fuse.credits import credit_edges, outlet_names


@pytest.mark.parametrize(
    "text",
    [
        "The bridge is closed, according to Harbour Post.",
        "The bridge is closed, Harbour Post reports.",
        "Citing the Harbour Post, the station said the bridge is closed.",
        "The bridge is closed, an engineer told Harbour Post.",
        "Several outlets including City Desk and Harbour Post report that the bridge is closed.",
    ],
)
def test_naming_another_outlet_as_where_it_comes_from_is_a_credit(report: Callable[..., Report], text: str) -> None:
    source = report("The bridge is closed.", outlet="harbour-post.example")

    (credit,) = credit_edges([source, report(text, outlet="other.example")])

    assert credit.parents == (source.id,)
    assert credit.span is not None


def test_told_our_paper_is_no_credit(report: Callable[..., Report]) -> None:
    own = report("An engineer told Harbour Post that the bridge is closed.", outlet="harbour-post.example")

    assert credit_edges([own, report("The bridge.", outlet="other.example")]) == ()


def test_merely_naming_an_outlet_is_no_credit(report: Callable[..., Report]) -> None:
    about = report("The minister visited the Harbour Post on its birthday.", outlet="other.example")

    assert credit_edges([report("x", outlet="harbour-post.example"), about]) == ()


def test_a_source_line_is_a_credit_even_when_that_outlet_is_not_at_hand(report: Callable[..., Report]) -> None:
    (credit,) = credit_edges([report("The bridge.", outlet="other.example", credited_outlets=("Far Radio",))])

    assert (credit.outlet, credit.parents) == ("Far Radio", ())


def test_an_outlet_without_a_name_is_looked_for_nowhere() -> None:
    assert outlet_names(None) == frozenset()


def test_the_parents_are_all_reports_of_the_outlet_in_their_order(report: Callable[..., Report]) -> None:
    child = report("The bridge is closed, according to Harbour Post.", outlet="other.example")
    first = report("One.", outlet="harbour-post.example")
    second = report("Two.", outlet="Harbour Post")

    (credit,) = credit_edges([second, child, first])

    assert credit.parents == (second.id, first.id)
    assert credit.outlet == "harbour-post.example"


def test_no_report_rests_on_one_that_came_out_on_a_later_day(
    report: Callable[..., Report], day: Callable[[str], PartialDate]
) -> None:
    said = "The bridge is closed, according to Harbour Post."
    child = report(said, outlet="other.example", published=day("2024-10-21"), credited_outlets=("Harbour Post",))
    first = report("One.", outlet="Harbour Post", published=day("2024-10-21"))
    later = report("Two.", outlet="Harbour Post", published=day("2024-10-22"))
    undated = report("Three.", outlet="Harbour Post")

    (credit,) = credit_edges([child, first, later, undated])

    assert credit.parents == (first.id, undated.id)


def test_twice_the_reports_take_about_twice_the_time(
    report: Callable[..., Report], in_proportion: Callable[..., bool]
) -> None:
    def seconds(count: int) -> float:
        text = "The bridge is shut, an engineer said. " * 20
        reports = [report(f"{text}{place}", outlet=f"Outlet number {place % 10}") for place in range(count)]
        began = process_time()
        assert credit_edges(reports) == ()
        return process_time() - began

    assert in_proportion(seconds, 60, 480)
