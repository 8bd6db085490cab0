from collections.abc import Callable

import pytest
from msgspec.structs import replace

from watchfloor.core.annotation import Quantity
from watchfloor.core.partial_date import PartialDate
from watchfloor.flow.records import plain_report
from watchfloor.watch.days import or_reported
from watchfloor.watch.series import is_in, series

Make = Callable[..., object]

FIRST = plain_report("The ministry said about 300 engineers had come.", outlet="a.example", address="a")
LATER = plain_report("The ministry said 450 engineers had come. The union said 200.", outlet="b.example", address="b")


def quantity(at: Make, report: object, words: str, figure: int) -> Quantity:
    span = at(report, words)
    return Quantity(
        span=span,  # type: ignore[arg-type]
        low=figure,
        high=figure,
        figure=figure,
        unit="engineer",
        hedge=None,
        generated_by="test@1",
    )


def day(number: int) -> PartialDate:
    from datetime import date

    when = date(2024, 10, number)
    return PartialDate(value=when.isoformat(), low=when, high=when, precision="day", how="given")


def test_a_partys_numbers_stand_in_the_order_of_their_days(
    picture: Make, claim: Make, position: Make, figure: Make, at: Make
) -> None:
    claims = (
        claim(
            "450 engineers",
            position(LATER, "450 engineers", party="Ministry"),
            topic="figure",
            figures=(figure(LATER, "450 engineers", 450, 450, as_of=day(20)),),
        ),
        claim(
            "300 engineers",
            position(FIRST, "about 300 engineers", party="Ministry"),
            topic="figure",
            figures=(figure(FIRST, "about 300 engineers", 270, 330, as_of=day(18)),),
        ),
        claim(
            "200 engineers",
            position(LATER, "200", party="Union"),
            topic="figure",
            figures=(figure(LATER, "200", 200, 200, as_of=day(20)),),
        ),
    )
    annotations = {
        FIRST.id: (quantity(at, FIRST, "about 300 engineers", 300),),
        LATER.id: (quantity(at, LATER, "450 engineers", 450), quantity(at, LATER, "200", 200)),
    }
    found = series(picture(FIRST, LATER, claims=claims, annotations=annotations))  # type: ignore[arg-type]

    assert [(one.party, [point.figure for point in one.points]) for one in found] == [
        ("Ministry", [300, 450]),
        ("Union", [200]),
    ]
    assert all(point.checked for one in found for point in one.points)


def test_what_has_no_day_stands_last_by_the_day_of_its_report(
    picture: Make, claim: Make, position: Make, figure: Make, at: Make
) -> None:
    late, early = replace(FIRST, published=day(24)), replace(LATER, published=day(21))
    claims = (
        claim(
            "300 engineers",
            position(late, "about 300 engineers", party="Ministry"),
            position(early, "450 engineers", party="Ministry"),
            topic="figure",
            figures=(
                figure(late, "about 300 engineers", 270, 330, as_of=None),
                figure(early, "450 engineers", 450, 450, as_of=None),
                figure(early, "200", 200, 200, as_of=day(22)),
            ),
        ),
    )
    annotations = {
        late.id: (quantity(at, late, "about 300 engineers", 300),),
        early.id: (quantity(at, early, "450 engineers", 450), quantity(at, early, "200", 200)),
    }
    found = series(picture(late, early, claims=claims, annotations=annotations))  # type: ignore[arg-type]
    (points,) = [one.points for one in found if one.party == "Ministry"]

    assert [(point.figure, or_reported(point.as_of, point.published)) for point in points] == [
        (450, "not given; report of 21 Oct 2024"),
        (300, "not given; report of 24 Oct 2024"),
    ]
    assert [point.figure for one in found for point in one.points if point.as_of] == [200]


@pytest.mark.parametrize(
    ("figure", "words", "there"),
    [
        (12_000, "some 12,000 troops", True),
        (1_500, "about 12,000", False),
        (2_500_000, "2.5 million", True),
        (12_000, "12 thousand", True),
        (3, "three", True),
        (None, "dozens", True),
        (300, "30 men", False),
    ],
)
def test_a_number_must_stand_in_its_words(figure: int | None, words: str, there: bool) -> None:
    assert is_in(figure, words) is there
