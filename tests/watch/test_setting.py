"""Whether words put something at a place: news sentences of several kinds, written for this test."""

from collections.abc import Callable

import pytest

from watchfloor.core.annotation import Place
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.watch.setting import is_located


def located(report: Report, names: list[str]) -> list[str]:
    places = []
    for name in names:
        start = report.text.index(name)
        span = Span(report=report.id, start=start, end=start + len(name))
        places.append(
            Place(span=span, name=name, country=None, latitude=None, longitude=None, geonames_id=None, generated_by="t")
        )
    return [one.name for one in places if is_located(report.text, one, places)]


@pytest.mark.parametrize(
    ("text", "names", "there"),
    [
        ("Two frigates anchored off Aden on Sunday.", ["Aden"], ["Aden"]),
        ("Kenya has sent police officers to Haiti.", ["Kenya", "Haiti"], ["Haiti"]),
        ("Fighting goes on in eastern Congo, aid workers said.", ["Congo"], ["Congo"]),
        ("The strike hit a depot near the town of Sumy.", ["Sumy"], ["Sumy"]),
        ("Tanks were seen in Gori, Kaspi and Mtskheta.", ["Gori", "Kaspi", "Mtskheta"], ["Gori", "Kaspi", "Mtskheta"]),
        ("Drones were launched from bases in Syria's north.", ["Syria", "north"], ["north"]),
        ("Peru's navy searched the wreck.", ["Peru"], []),
        ("According to Norway, the cable was cut.", ["Norway"], []),
        ("It is a threat to Estonia, the minister said.", ["Estonia"], []),
        ("The envoy travelled to Astana for talks with Uzbekistan.", ["Astana", "Uzbekistan"], ["Astana"]),
        ("Ethiopia and Eritrea signed a deal in Jeddah.", ["Ethiopia", "Eritrea", "Jeddah"], ["Jeddah"]),
        ("The convoy crossed into Chad at dawn.", ["Chad"], ["Chad"]),
        ("Soldiers were flown from Entebbe to Bangui.", ["Entebbe", "Bangui"], ["Entebbe", "Bangui"]),
        ("Des soldats ont été vus à Goma.", ["Goma"], ["Goma"]),
        ("He spoke with Ankara about the grain deal.", ["Ankara"], []),
        ("Ships were waiting off the coast of Benin.", ["Benin"], ["Benin"]),
        ("Families fled from Kidal to Gao overnight.", ["Kidal", "Gao"], ["Kidal", "Gao"]),
        ("The government lends money to Bolivia.", ["Bolivia"], []),
        ("In the view of Oman, the talks failed.", ["Oman"], []),
        ("The army of Mali said that Niger had agreed.", ["Mali", "Niger"], []),
    ],
)
def test_a_place_is_told_from_a_side(
    report: Callable[..., Report], text: str, names: list[str], there: list[str]
) -> None:
    assert located(report(text), names) == there
