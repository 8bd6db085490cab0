"""What changed since a day, as a brief in which every line cites."""

from collections.abc import Callable
from datetime import date

import pytest

from watchfloor.core.annotation import Party
from watchfloor.core.brief import Brief
from watchfloor.flow.records import plain_report
from watchfloor.watch.news import MOST_LINES, news

Make = Callable[..., object]
DAY = date(2024, 10, 22)
FIRST = plain_report("The office said the pier was closed. It said 300 men came.", outlet="a.example", address="a")
SECOND = plain_report("The union confirmed that the pier was closed.", outlet="b.example", address="b")
MANY = plain_report(
    " ".join(f"The {n}th pier was shut." for n in range(MOST_LINES + 3)), outlet="c.example", address="c"
)


def told(before: object, after: object) -> Brief:
    return news(before, after, DAY)  # type: ignore[arg-type]


def test_nothing_that_changed_is_said_in_words(picture: Make) -> None:
    made = told(picture(FIRST), picture(FIRST))

    assert made.title == "What changed since 22 Oct 2024"
    assert made.sections[0].empty == "Nothing changed since 22 Oct 2024."


def test_a_new_claim_and_a_confirmation_stand_under_their_headings_with_their_words(
    picture: Make, claim: Make, position: Make
) -> None:
    first = position(FIRST, "the pier was closed", party="Office")
    second = position(SECOND, "the pier was closed", party="Union")
    before = picture(FIRST, claims=(claim("the pier was closed", first),))
    after = picture(FIRST, SECOND, claims=(claim("the pier was closed", first, second),))

    new, confirmed = told(picture(), before), told(before, after)

    assert next(one.heading for one in new.sections if one.lines) == "New claims"
    assert next(one.heading for one in confirmed.sections if one.lines) == "Confirmed"
    for made in (new, confirmed):
        assert all(line.citations for section in made.sections for line in section.lines)


def test_what_no_report_carries_any_more_is_counted_since_it_cannot_be_cited(
    picture: Make, claim: Make, position: Make
) -> None:
    before = picture(FIRST, claims=(claim("300 men", position(FIRST, "300 men", party="Office")),))
    made = told(before, picture(SECOND))

    (gone,) = [one for one in made.sections if one.heading == "No longer carried"]
    assert gone.empty == "1 claim of before is carried by no current report."


@pytest.mark.parametrize("number", [MOST_LINES, MOST_LINES + 3])
def test_of_very_many_changes_of_a_kind_the_heading_says_how_many_there_are(
    picture: Make, claim: Make, position: Make, number: int
) -> None:
    claims = tuple(
        claim(f"pier {n}", position(MANY, f"The {n}th pier was shut", party=f"Party {n}")) for n in range(number)
    )
    made = told(picture(), picture(MANY, claims=claims))
    (section,) = [one for one in made.sections if one.heading.startswith("New claims")]

    assert len(section.lines) == MOST_LINES
    assert section.heading == ("New claims" if number == MOST_LINES else f"New claims ({MOST_LINES} of {number})")


def test_a_contact_is_told_once_and_not_as_a_claim_too(
    picture: Make, claim: Make, position: Make, encounter: Make
) -> None:
    met = plain_report("Ann Lee met Bob Roy in Lund.", outlet="d.example", address="d")
    words = "Ann Lee met Bob Roy in Lund."
    row = encounter(met, Party(name="Ann Lee"), Party(name="Bob Roy"), contact_type="meeting")
    made = told(
        picture(), picture(met, claims=(claim("they met", position(met, words, party="Lund")),), encounters=(row,))
    )

    assert next(one.heading for one in made.sections if one.lines) == "New contacts"
    assert "New claims" not in [one.heading for one in made.sections]
