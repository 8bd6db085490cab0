from collections.abc import Callable

from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report
from watchfloor.fuse.copies import copies
from watchfloor.fuse.stories import stories


def test_reports_of_one_happening_are_one_story_and_others_are_not(report: Callable[..., Report]) -> None:
    a = report("The harbour of Port Lund was closed after cracks were found in its piers.", headline="Port Lund closed")
    b = report(
        "Ships avoid Port Lund, whose harbour closed when cracks appeared in piers.", headline="Ships avoid Port Lund"
    )
    c = report("The orchestra of the capital named its first woman conductor.", headline="New conductor named")

    found = stories([a, b, c], ())

    assert [set(story.reports) for story in found] == [{a.id, b.id}, {c.id}]


def test_a_copy_joins_its_parents_story(report: Callable[..., Report], day: Callable[[str], PartialDate]) -> None:
    text = "The council of the valley voted to close the old mine and to pay its four hundred miners for two years."
    a, b = report(text, published=day("2024-10-01"), outlet="a"), report(text, published=day("2024-10-09"), outlet="b")

    assert len(stories([a, b], copies([a, b]))) == 1
