import re
from datetime import date, timedelta

from msgspec.structs import replace

from watchfloor.core.brief import Moment
from watchfloor.core.picture import Picture
from watchfloor.web import figures_svg, timeline_svg


def moment(day: date | None, text: str = "It is so", label: str = "date not given") -> Moment:
    shown = f"{day.day} {day:%b} {day.year} ({day:%A})" if day else label
    return Moment(day=day, label=shown, kind="said", text=text, parties=(), citations=())


def test_no_moments_make_no_timeline() -> None:
    assert timeline_svg.draw(()) == ("", 0)


def test_a_timeline_draws_the_latest_days_and_counts_the_rest() -> None:
    days = [moment(date(2024, 1, 1) + timedelta(days=number)) for number in range(40)]

    drawn, left_out = timeline_svg.draw(days)

    assert left_out == 40 - timeline_svg.MOST_COLUMNS
    assert "9 Feb 2024" in drawn
    assert "Sat 20 Jan 2024" not in drawn


def test_a_moment_leads_to_its_item_in_the_list() -> None:
    drawn, _ = timeline_svg.draw((moment(date(2024, 1, 1)), moment(None)))

    assert re.findall(r'href="(#t\d+)"', drawn) == ["#t1", "#t2"]


def test_a_full_cell_counts_what_it_leaves_to_the_list() -> None:
    drawn, _ = timeline_svg.draw([moment(date(2024, 1, 1), f"Thing {number}") for number in range(10)])

    assert "and 6 more in the list" in drawn


def test_an_undated_moment_says_what_is_known_of_its_date() -> None:
    drawn, _ = timeline_svg.draw((moment(None, label="a Monday"),))

    assert "Date not given" in drawn
    assert "Monday)" in drawn


def test_figures_far_apart_get_charts_of_their_own(situation: Picture) -> None:
    whole, part, *_ = situation.claims
    army = replace(
        whole, id="clm_army", figures=tuple(replace(f, low=1_000_000, high=None) for f in whole.figures), part_of=None
    )

    assert len(figures_svg.charts((whole, part))) == 1
    assert len(figures_svg.charts((whole, part, army))) == 2


def test_one_single_value_is_no_chart(situation: Picture) -> None:
    whole = situation.claims[0]

    assert figures_svg.charts((replace(whole, figures=whole.figures[:1]),)) == ()


def test_an_undated_figure_is_left_to_the_table(situation: Picture) -> None:
    whole = situation.claims[0]
    undated = replace(whole, figures=tuple(replace(figure, as_of=None) for figure in whole.figures))

    assert figures_svg.charts((undated,)) == ()


def test_a_figure_of_zero_can_be_drawn(situation: Picture) -> None:
    whole = situation.claims[0]
    none = replace(whole, figures=tuple(replace(figure, low=0, high=0) for figure in whole.figures))

    assert len(figures_svg.charts((none,))) == 1
