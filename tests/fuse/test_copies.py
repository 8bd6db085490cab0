from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report
from watchfloor.fuse.copies import containment, copies

WIRE = (
    "The harbour authority closed both northern piers on Tuesday after inspectors found cracks in eleven of the "
    "forty concrete pillars that carry the container cranes. Engineers from the coastal survey will measure the "
    "remaining pillars before the weekend, and ships bound for the terminal are being sent to the southern basin. "
    "The port handles about a third of the country's grain exports, and traders in the capital expect delays of "
    "several days. Work on new foundations was planned for next spring but may now begin within weeks, provided that "
    "parliament releases the money that the government set aside for storms."
)


def test_a_reprint_is_an_exact_copy_of_the_earlier_report(report: Callable[..., Report]) -> None:
    first, second = report(WIRE, outlet="a.example"), report(WIRE, outlet="b.example")

    (edge,) = copies([first, second])

    assert (edge.child, edge.parent, edge.kind) == (second.id, first.id, "exact")


def test_a_cut_reprint_is_contained_in_its_parent(report: Callable[..., Report]) -> None:
    first = report(WIRE)
    cut = report(WIRE[: len(WIRE) // 2], outlet="b.example")

    (edge,) = copies([first, cut])

    assert edge.parent == first.id
    assert edge.score > 0.9
    assert edge.kind == "cut"


def test_the_evidence_is_the_run_of_words_that_was_taken_over(report: Callable[..., Report]) -> None:
    child = report("A word of our own first. " + WIRE[:300], outlet="b.example")

    (edge,) = copies([report(WIRE), child])

    longest = edge.evidence[0]
    assert child.text[longest.start : longest.end].startswith("The harbour authority")


def test_a_shared_quotation_makes_no_copy(report: Callable[..., Report]) -> None:
    speech = (
        "“We shall keep this port open through the winter, whatever the cost, because bread for four million people "
        "moves across these piers, and nobody in this house will let them go hungry for want of a few tonnes of steel "
        "and the will to use it,”"
    )
    first = report(f"{speech} the minister told deputies in a stormy session that ended after midnight.")
    second = report(
        f"Opposition members laughed when the minister said: {speech} before he left the chamber.", outlet="b"
    )

    assert copies([first, second]) == ()


def test_the_parent_is_the_earliest_of_those_that_hold_as_much(report: Callable[..., Report]) -> None:
    chain = [report(WIRE, outlet=name) for name in ("a", "b", "c")]

    edges = copies(chain)

    assert {edge.parent for edge in edges} == {chain[0].id}


def test_months_apart_is_no_copy(report: Callable[..., Report], day: Callable[[str], PartialDate]) -> None:
    first = report(WIRE, published=day("2024-03-01"))
    later = report(WIRE, published=day("2024-10-01"), outlet="b")

    assert copies([first, later]) == ()


@given(st.lists(st.text(max_size=200), max_size=6))
def test_any_texts_give_at_most_one_earlier_parent_each(texts: list[str]) -> None:
    from watchfloor.flow.records import plain_report

    reports = [plain_report(text, address=str(number)) for number, text in enumerate(texts)]
    place = {made.id: number for number, made in enumerate(reports)}

    edges = copies(reports)

    assert len({edge.child for edge in edges}) == len(edges)
    assert all(place[edge.parent] < place[edge.child] for edge in edges)


def test_too_little_in_common_is_nothing() -> None:
    assert containment(4, 7, 37) == 0.0


OWN = (
    "Fishermen on the southern quay say that they were told nothing. Some of them have moved their boats to the "
    "old basin "
    "and wait. A cook at the seamen's mission counts forty more meals a day than in the week before. Nobody knows how "
    "long it will last, and the ferry company has not answered letters. The mayor was seen at the lighthouse on "
    "Wednesday "
    "with two men in helmets. Children stand at the fence after school and look at the cranes that do not move "
    "any more. "
    "The baker at the corner says that the cracks were there in his father's time, and that everybody knew. "
)


def test_a_passage_built_into_a_text_of_ones_own_is_partial(report: Callable[..., Report]) -> None:
    (edge,) = copies([report(WIRE), report(OWN + WIRE[:260], outlet="b.example")])

    assert edge.kind == "partial"


def test_a_later_text_at_the_same_address_is_a_new_version(report: Callable[..., Report]) -> None:
    where = {"url": "https://a.example/port", "address": "https://a.example/port", "outlet": "a.example"}
    first, second = report(WIRE, **where), report(WIRE + " The minister resigned at noon.", **where)

    (edge,) = copies([first, second])

    assert edge.kind == "new-version"


def test_a_copy_of_two_hundred_others_still_leads_to_the_first(report: Callable[..., Report]) -> None:
    reprints = [report(WIRE, outlet=f"paper-{number}") for number in range(260)]

    assert {edge.parent for edge in copies(reprints)} == {reprints[0].id}
    assert len(copies(reprints)) == 259


def test_a_byte_identical_report_more_changes_no_other_edge(report: Callable[..., Report]) -> None:
    first, cut = report(WIRE), report(WIRE[: len(WIRE) // 2], outlet="b")
    again = report(WIRE, outlet="c")

    before, after = copies([first, cut]), copies([first, cut, again])

    assert before == after[:1]
    assert after[1].parent == first.id


def test_many_reports_are_linked_as_few_are(report: Callable[..., Report]) -> None:
    others = [report(f"Item {number}: " + " ".join(f"w{number}x{at}" for at in range(30))) for number in range(700)]
    first, last = report(WIRE), report(WIRE, outlet="b")

    assert [(edge.child, edge.parent) for edge in copies([first, *others, last])] == [(last.id, first.id)]
