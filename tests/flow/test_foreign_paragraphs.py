"""What is read in a report that has paragraphs in another language."""

from collections.abc import Callable

from msgspec import structs

from watchfloor.annotate import reading
from watchfloor.core.report import Report
from watchfloor.flow.parts import parts
from watchfloor.flow.pipeline import annotated, readable

ENGLISH = (
    "Foreign Minister Anne Dubois met the Russian ambassador in Paris on 3 March 2025. She said the attack on the "
    "bridge was unacceptable."
)
FRENCH = (
    "La ministre des Affaires étrangères Anne Dubois a rencontré à Lyon 12 000 soldats le 3 mars 2025. « Nous exigeons "
    "leur retrait immédiat », a dit Mme Dubois à Reuters."
)
Make = Callable[..., Report]


def mixed(report: Make, language: str, foreign: str) -> Report:
    made = report(f"{ENGLISH}\n\n{FRENCH}\n", language=language)
    first, second = made.passages
    marked = second if foreign == "fr" else first
    passages = tuple(structs.replace(one, language=foreign) if one is marked else one for one in (first, second))
    return structs.replace(made, passages=passages)


def test_nothing_is_read_in_a_paragraph_of_another_language(report: Make) -> None:
    found = annotated(mixed(report, "en", "fr"), parts())

    assert found
    assert all(one.span.end <= len(ENGLISH) for one in found if hasattr(one, "span"))
    assert not any("Lyon" in str(one) or "soldats" in str(one) for one in found)


def test_an_english_paragraph_of_a_report_in_another_language_is_read(report: Make) -> None:
    found = annotated(mixed(report, "fr", "en"), parts())

    assert any(getattr(one, "act", None) for one in found)


def test_a_paragraph_that_nobody_reads_is_not_looked_for_among_the_kept_readings(report: Make) -> None:
    assert FRENCH not in reading.keys(readable(mixed(report, "en", "fr"))).values()


def test_a_report_in_one_language_is_shown_as_it_is(report: Make) -> None:
    made = report(ENGLISH)

    assert readable(made) is made
