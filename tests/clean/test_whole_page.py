from collections.abc import Callable

from watchfloor.clean import whole_page
from watchfloor.clean.units import units
from watchfloor.core.report import Report

MENU = """Norddal Courier\nHome\nWorld\nValley\nSport\nWeather\nCulture\nVideos\nSign in\nSubscribe\nSearch\nMenu
Latest\nFerry stays in port\nTen walks in autumn\nCup draw\nNew bridge""".split("\n")
HEADLINE = "River Aar floods homes in Lower Norddal"
REPORT = (
    "The river Aar rose by two metres on Sunday night, the water board of Lower Norddal said in a statement.",
    "Some forty families left their homes before dawn and found shelter in the school on the hill, it added.",
    "“We have never seen the water so high,” said Ida Holm, the mayor, after a night on the bridge.",
    "She thanked the volunteers and asked people to stay away from the bridge until Tuesday morning.",
    "The railway along the river will stay closed for two weeks, the operator said, and buses will run instead.",
)
BELOW = """Share\nPrint\nMost read\nFerry stays in port\nTen walks in autumn\nCup draw\nNew bridge\nMarket day
Choir sings\nAbout us\nContact\nImprint\nPrivacy\nTerms of use\nJobs\nNewsletter\n© Norddal Courier""".split("\n")
WHOLE = "\n".join((*MENU, HEADLINE, *REPORT, *BELOW))
Cleaned = Callable[..., Report]


def test_many_short_lines_are_a_whole_page_and_a_report_is_none() -> None:
    assert whole_page.is_whole(units(WHOLE))
    assert not whole_page.is_whole(units("\n".join((HEADLINE, *REPORT * 10))))


def test_the_report_is_found_in_the_whole_text_of_its_page(cleaned: Cleaned) -> None:
    report = cleaned(WHOLE)

    assert [report.text[p.start : p.end] for p in report.parts("body")] == list(REPORT)
    assert report.headline == HEADLINE
    assert report.text == WHOLE
    assert report.generated_by.endswith("+whole-page")
