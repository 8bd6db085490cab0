from collections.abc import Callable

import pytest

from watchfloor.core.annotation import Annotation, Place
from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.flow import charting
from watchfloor.flow.remembered import MOST, Remembered


def picture(report: Report, *annotations: Annotation) -> Picture:
    return Picture(
        reader=Reader(name="n", partner=None, clearance="RED"), as_of=None, reports=(report,),
        annotations={report.id: annotations}, copies=(), stories=(), entities=(), claims=(), encounters=(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "latitude", "longitude", "number", "extent"),
    [
        ("Seoul", 37.57, 126.98, 1835848, "point"),
        ("Russia", 60.0, 100.0, 2017370, "country"),
        ("Kursk region", 51.8, 36.2, None, "region"),
        ("Far East", 62.0, 140.0, None, "wide"),
        ("Seoul", 1.0, 2.0, None, "unknown"),  # a place of that name that the shipped gazetteer does not have there
        ("Nowhereburg", None, None, None, "unknown"),
    ],
)
def test_how_exactly_a_place_is_known_is_what_the_gazetteer_says(
    report: Callable[..., Report],
    name: str,
    latitude: float | None,
    longitude: float | None,
    number: int | None,
    extent: str,
) -> None:
    made = report(f"It is in {name}.")
    place = Place(
        span=Span(report=made.id, start=9, end=9 + len(name)), name=name, country=None, latitude=latitude,
        longitude=longitude, geonames_id=number, generated_by="test@1",
    )  # fmt: skip

    (found,) = charting.places(picture(made, place))

    assert found.extent == extent


def test_what_was_made_of_a_picture_is_made_once_and_anew_for_another(report: Callable[..., Report]) -> None:
    asked: list[str] = []

    def made(one: Picture) -> int:
        asked.append(one.reports[0].id)
        return len(asked)

    remembered = Remembered(made)
    first = picture(report("One."))

    assert [remembered(first), remembered(first), remembered(picture(report("Two.")))] == [1, 1, 2]


def test_only_the_last_pictures_are_held(report: Callable[..., Report]) -> None:
    remembered = Remembered(lambda one: one)
    pictures = [picture(report(f"Number {number}.")) for number in range(MOST + 3)]

    for one in pictures:
        remembered(one)

    assert len(remembered._kept) == MOST
