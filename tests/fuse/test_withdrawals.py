import pytest

from watchfloor.core.report import Report
from watchfloor.flow.records import plain_report
from watchfloor.fuse.withdrawals import withdrawals

STORY = "The bridge over the Narra collapsed on Tuesday, the governor's office said."


def taken_back(notice: str, outlet: str = "coast.example") -> list[bool]:
    first = plain_report(STORY, outlet="coast.example", address="a")
    other = plain_report("Bread prices rose in May, bakers said.", outlet="coast.example", address="b")
    last = plain_report(notice, outlet=outlet, address="c")
    reports: list[Report] = [first, other, last]
    found = {one for each in withdrawals(reports, {r.id: r.outlet for r in reports}) for one in each.reports}
    return [report.id in found for report in reports]


@pytest.mark.parametrize(
    "notice",
    [
        "Coast Wire retracts its report that the bridge over the Narra had collapsed.",
        "Our report on the collapse of the Narra bridge has been withdrawn.",
        "We have withdrawn an earlier story about the bridge over the Narra.",
    ],
)
def test_a_notice_takes_back_the_outlets_own_report_of_the_same_matter(notice: str) -> None:
    assert taken_back(notice) == [True, False, False]


def test_another_outlets_report_is_not_taken_back() -> None:
    assert taken_back("We have withdrawn our story about the bridge over the Narra.", "inland.example") == [False] * 3


@pytest.mark.parametrize(
    "notice",
    [
        "Troops have withdrawn from the bridge over the Narra.",
        "The governor withdrew his report to parliament about the bridge over the Narra.",
    ],
)
def test_troops_that_withdraw_take_nothing_back(notice: str) -> None:
    assert taken_back(notice) == [False, False, False]
