from collections.abc import Callable

from watchfloor.annotate import mentions
from watchfloor.annotate.parties import actors
from watchfloor.core.report import Report

MakeReport = Callable[..., Report]


def names(report: Report) -> list[list[str]]:
    return [[party.name for party in one.parties] for one in actors(report, list(mentions.annotate(report, [])))]


def test_a_country_or_its_capital_is_named_as_the_country(report: MakeReport) -> None:
    one = report("In the end Norway paid and Stockholm signed.")

    assert names(one) == [["Norway"], ["Sweden"]]


def test_a_bare_surname_has_the_country_of_the_full_name(report: MakeReport) -> None:
    one = report("Norwegian President Kari Nordmann left. Later Nordmann returned.")

    found = actors(one, list(mentions.annotate(one, [])))

    assert [actor.parties[0].country for actor in found if actor.parties[0].name == "Nordmann"] == ["NOR"]


def test_two_leaders_are_the_two_people_spoken_of(report: MakeReport) -> None:
    one = report("Norwegian President Kari Nordmann met Danish President Ib Dansk. The two leaders ate fish.")

    assert ["Kari Nordmann", "Ib Dansk"] in names(one)


def test_presidents_of_two_countries_are_two_parties(report: MakeReport) -> None:
    one = report("At noon the Norwegian and Danish presidents ate fish.")

    assert ["Norway", "Denmark"] in names(one)


def test_a_post_named_twice_is_its_holder(report: MakeReport) -> None:
    one = report("NATO Secretary General Ola Berg spoke. Later the chief of NATO left.")

    assert names(one).count(["Ola Berg"]) == 2
