from collections.abc import Callable

from watchfloor.core.report import Report
from watchfloor.fuse.outlets import outlets


def test_reports_of_one_host_are_of_one_outlet_whatever_name_they_print(report: Callable[..., Report]) -> None:
    a = report("A.", outlet="The Han River Times", url="https://www.hanriver.example/1")
    b = report("B.", outlet="한강타임스", url="https://hanriver.example/2")
    c = report("C.", outlet="hanriver.example")
    d = report("D.", outlet="The Han River Times")

    assert set(outlets([a, b, c, d]).values()) == {"The Han River Times"}


def test_an_outlet_that_nothing_names_is_unknown(report: Callable[..., Report]) -> None:
    made = report("A.")

    assert outlets([made]) == {made.id: None}


def test_two_outlets_of_one_portal_path_stay_two(report: Callable[..., Report]) -> None:
    a, b = report("A.", outlet="North Post"), report("B.", outlet="South Post")

    assert len(set(outlets([a, b]).values())) == 2
