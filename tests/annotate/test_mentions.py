from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchfloor.annotate.mentions import annotate, by_rules
from watchfloor.core.annotation import Mention
from watchfloor.core.report import Passage, Report

SECONDS = 20.0  # assumed: far above what linear time needs, far below what quadratic time needs


@pytest.fixture
def mentions(report: Callable[..., Report]) -> Callable[[str], dict[str, Mention]]:
    def read(text: str) -> dict[str, Mention]:
        return {mention.name: mention for mention in annotate(report(text), [])}

    return read


Mentions = Callable[[str], dict[str, Mention]]


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("He met President Park Min-su in Oslo.", "Park Min-su", "President"),
        ("NATO Deputy Secretary General Ana Ruiz left.", "Ana Ruiz", "NATO Deputy Secretary General"),
        ("South Korean Defense Minister Park Min Su left.", "Park Min Su", "South Korean Defense Minister"),
        ("Later, Rep. Park Min-su, spoke.", "Park Min-su", "Rep."),
        ("The talks with spokesperson Olena Petrenko ended.", "Olena Petrenko", "spokesperson"),
        ("Yang Min-su, a professor at Delta University, left.", "Yang Min-su", "a professor at Delta University"),
        ("The spokesman for the court, Pavel Dvorak, left.", "Pavel Dvorak", "spokesman for the court"),
    ],
)
def test_a_person_has_the_title_that_stands_beside_the_name(
    mentions: Mentions, text: str, name: str, title: str
) -> None:
    found = mentions(text)[name]

    assert (found.type, found.title) == ("person", title)


def test_the_span_of_a_name_holds_no_title_and_no_possessive(report: Callable[..., Report], mentions: Mentions) -> None:
    text = "President Park Min-su’s plane landed."
    found = mentions(text)["Park Min-su"]

    assert text[found.span.start : found.span.end] == "Park Min-su"


def test_a_bare_surname_is_a_person_once_the_full_name_was_met(mentions: Mentions) -> None:
    assert mentions("Officials met Ana Ruiz. They thanked Ruiz.")["Ruiz"].type == "person"


def test_a_surname_never_given_in_full_is_a_person_wherever_it_stands(report: Callable[..., Report]) -> None:
    made = report("Varga held a call with Oslo. Later, Varga called for calm.")

    assert [one.name for one in annotate(made, []) if one.type == "person"] == ["Varga", "Varga"]


def test_who_has_an_office_is_a_person(mentions: Mentions) -> None:
    assert mentions("Varga met the mayor. Varga's office confirmed it.")["Varga"].type == "person"


def test_a_word_that_only_begins_sentences_is_no_surname(mentions: Mentions) -> None:
    assert "Grain" not in mentions("Grain called at the port in June. Grain left.")


@pytest.mark.parametrize("name", ["Ursula von der Berg", "Mohammed bin Nasser", "Bashar al-Nuri", "Ana de la Cruz"])
def test_a_name_keeps_its_particles(mentions: Mentions, name: str) -> None:
    assert mentions(f"They met Prime Minister {name} there.")[name].type == "person"


def test_a_surname_with_particles_is_known_once_the_full_name_was_met(mentions: Mentions) -> None:
    assert mentions("They met Ursula von der Berg. Later von der Berg left.")["von der Berg"].type == "person"


def test_the_word_that_opens_a_clause_is_in_no_description(mentions: Mentions) -> None:
    found = mentions("He said that Norwegian soldiers left and that the Delta News Agency lied.")

    assert {"Norwegian soldiers", "the Delta News Agency"} <= set(found)


def test_a_demonstrative_stays_in_its_description(mentions: Mentions) -> None:
    assert "that ministry" in mentions("Such were the words of that ministry.")


def test_a_description_ends_inside_no_name(mentions: Mentions) -> None:
    assert not any(
        name.startswith("'s") or name.endswith("People") for name in mentions("The Delta People's Army left.")
    )


def test_in_a_headline_the_chief_behind_a_name_is_somebody_else(mentions: Mentions) -> None:
    found = mentions("Ana Ruiz, NATO chief agree on talks")["Ana Ruiz"]

    assert (found.title, found.country) == (None, None)


def test_who_is_called_is_not_the_one_who_calls(mentions: Mentions) -> None:
    assert mentions("In a call with the NATO chief, Ana Ruiz asked for help.")["Ana Ruiz"].title is None


def test_the_credit_of_a_photograph_is_nobody(report: Callable[..., Report]) -> None:
    text = "Ana Ruiz waves in Oslo. Reuters"
    made = report(text, passages=(Passage(start=0, end=len(text), kind="caption"),))

    assert [mention.name for mention in annotate(made, [])] == ["Ana Ruiz", "Oslo"]


def test_an_unknown_surname_that_speaks_is_a_person(mentions: Mentions) -> None:
    assert mentions("On Monday Varga told reporters it was over.")["Varga"].type == "person"


@pytest.mark.parametrize(
    "name",
    ["Ministry of Unification", "Federal Security Bureau", "NATO", "Delta University", "People's Army", "White House"],
)
def test_a_body_is_an_organisation(mentions: Mentions, name: str) -> None:
    assert mentions(f"Envoys met the {name} there.")[name].type == "organisation"


def test_an_acronym_in_brackets_is_a_mention_of_its_own(mentions: Mentions) -> None:
    assert mentions("The Federal Border Service (FBS) left.")["FBS"].type == "organisation"


def test_a_country_is_a_place_and_its_people_are_a_group(mentions: Mentions) -> None:
    found = mentions("Many Norwegians left Norway.")

    assert (found["Norway"].type, found["Norway"].country) == ("place", "NOR")
    assert (found["Norwegians"].type, found["Norwegians"].country) == ("group", "NOR")


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("The ambassador left.", "The ambassador", "person"),
        ("An official from the Ministry of Trade left.", "An official from the Ministry of Trade", "person"),
        ("Norway's spy agency left.", "Norway's spy agency", "organisation"),
        ("Then the two leaders left.", "the two leaders", "group"),
        ("Later the presidential office denied it.", "the presidential office", "organisation"),
        ("The NATO chief left.", "The NATO chief", "person"),
    ],
)
def test_a_description_that_could_speak_is_a_mention(mentions: Mentions, text: str, words: str, kind: str) -> None:
    assert mentions(text)[words].type == kind


def test_captions_are_read_and_boilerplate_is_not(report: Callable[..., Report]) -> None:
    made = report(
        "Ana Ruiz waves. Share with Eva Ruiz.",
        passages=(Passage(start=0, end=15, kind="caption"), Passage(start=16, end=36, kind="boilerplate")),
    )

    assert [mention.name for mention in annotate(made, [])] == ["Ana Ruiz"]


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("Aa .,'’()“”\n-KimMr") | st.characters()))
def test_mentions_of_any_text_lie_in_it(text: str) -> None:
    for mention in by_rules(_bare(text)):
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert mention.name


@pytest.mark.parametrize("unit", ["Mr. ", "of the Ministry ", "Ana and ", "the minister of the ", "\u200f\u05d0 "])
def test_a_long_paragraph_takes_linear_time(unit: str, in_time: Callable[..., bool]) -> None:
    text = unit * (200_000 // len(unit))

    assert in_time(lambda: list(by_rules(_bare(text))), SECONDS)


def _bare(text: str) -> Report:
    return Report(
        id="rep_test",
        capture="cap_test",
        address="memory",
        url=None,
        outlet=None,
        outlet_how=None,
        headline=None,
        published=None,
        language="en",
        text=text,
        passages=(Passage(start=0, end=len(text), kind="body"),),
        collected=datetime(2024, 11, 1, tzinfo=UTC),
        generated_by="test@1",
    )
