from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchfloor.core.annotation import Annotation, Mention
from watchfloor.core.entity import Entity, Link
from watchfloor.core.judgement import Judgement
from watchfloor.core.report import Passage, Report
from watchfloor.core.span import Span
from watchfloor.resolve import across, within

Make = Callable[..., Any]


class Shelf:
    """Reports with their annotations, resolved within."""

    def __init__(self) -> None:
        self.reports: list[Report] = []
        self.annotations: dict[str, tuple[Annotation, ...]] = {}

    def put(self, report: Report, found: Sequence[Annotation]) -> None:
        self.reports.append(report)
        self.annotations[report.id] = within.resolve(report, found)

    def resolve(self, *judgements: Judgement) -> tuple[tuple[Entity, ...], tuple[Link, ...]]:
        return across.resolve(self.reports, self.annotations, judgements)

    def entities(self, *judgements: Judgement) -> list[str]:
        return [entity.name for entity in self.resolve(*judgements)[0]]


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def person(report: Make, people: Make) -> Make:
    """Make a report of one sentence and the mentions of the names in it."""

    def make(shelf: Shelf, sentence: str, *names: str, titles: Sequence[str] = (), outlet: str = "") -> None:
        text = report(sentence, outlet=outlet)
        shelf.put(text, people(text, *names, titles=titles))

    return make


@pytest.fixture
def body(report: Make, mention: Make) -> Make:
    """Make a report of one sentence and the mention of one body in it."""

    def make(shelf: Shelf, sentence: str, name: str, outlet: str = "") -> None:
        text = report(sentence, outlet=outlet)
        shelf.put(text, [mention(text, name, "organisation")])

    return make


def judge(left: str, right: str, verdict: str, day: int = 1) -> Judgement:
    at = datetime(2024, 11, day, tzinfo=UTC)
    return Judgement(id=f"{left}{right}{day}", left=left, right=right, verdict=verdict, by="ada", at=at)  # type: ignore[arg-type]


def test_romanisations_of_one_name_are_one_person_and_the_reason_says_so(shelf: Shelf, person: Make) -> None:
    person(shelf, "Russian Minister Sergey Shoigu left.", "Sergey Shoigu", titles=["Russian Minister"])
    person(shelf, "Russian Minister Sergei Shoygu came.", "Sergei Shoygu", titles=["Russian Minister"])

    ((entity,), _) = shelf.resolve()

    assert entity.names == ("Sergei Shoygu", "Sergey Shoigu")
    assert entity.reasons == (
        "Sergei Shoygu / Sergey Shoigu: romanisations of the same name, same title 'Russian Minister'",
    )


def test_namesakes_with_other_given_names_stay_apart(shelf: Shelf, person: Make) -> None:
    person(shelf, "Park Min-ho left.", "Park Min-ho")
    person(shelf, "Park So-ra came.", "Park So-ra")

    assert shelf.entities() == ["Park Min-ho", "Park So-ra"]


def test_a_slip_alone_is_left_to_a_person(shelf: Shelf, person: Make) -> None:
    person(shelf, "Tom Brody left.", "Tom Brody")
    person(shelf, "Tom Bredy came.", "Tom Bredy")

    (candidate,) = across.uncertain(shelf.reports, shelf.annotations)

    assert shelf.entities() == ["Tom Bredy", "Tom Brody"]
    assert (candidate.left, candidate.right) == ("Tom Bredy", "Tom Brody")


def test_a_slip_under_one_title_is_one_person(shelf: Shelf, person: Make) -> None:
    person(shelf, "Polar Fund Director Tom Brody left.", "Tom Brody", titles=["Polar Fund Director"])
    person(shelf, "Polar Fund Director Tom Bredy came.", "Tom Bredy", titles=["Polar Fund Director"])

    assert len(shelf.entities()) == 1


def test_a_bare_surname_never_introduced_stays_by_itself(shelf: Shelf, person: Make, report: Make, said: Make) -> None:
    person(shelf, "Mayor Ruth Marsh left.", "Ruth Marsh", titles=["Mayor"])
    text = report("Marsh said the dam would hold.")
    shelf.put(text, [said(text, "Marsh", "the dam would hold")])

    bare = next(entity for entity in shelf.resolve()[0] if entity.name == "Marsh")

    assert bare.reasons == ("Marsh: unresolved, the report never says who this is",)


def test_two_reports_with_one_bare_surname_have_two_unknowns(shelf: Shelf, report: Make, said: Make) -> None:
    for words in ("the dam would hold", "the dam would burst"):
        text = report(f"Marsh said {words}.")
        shelf.put(text, [said(text, "Marsh", words)])

    (one, other) = shelf.resolve()[0]

    assert one.id != other.id


def test_a_title_that_fits_lends_a_bare_surname_its_full_name(shelf: Shelf, person: Make) -> None:
    person(shelf, "Canadian Prime Minister Ruth Marsh left.", "Ruth Marsh", titles=["Canadian Prime Minister"])
    person(shelf, "Prime Minister Marsh came.", "Marsh", titles=["Prime Minister"])

    ((entity,), links) = shelf.resolve()

    assert entity.name == "Ruth Marsh"
    assert [link.score for link in links] == [0.85, 1.0] or [link.score for link in links] == [1.0, 0.85]


def test_a_call_with_the_same_party_lends_a_bare_surname_its_full_name(
    shelf: Shelf, report: Make, people: Make, contact: Make, said: Make
) -> None:
    one = report("Ruth Marsh phoned Ken Mori. Nobody listened.")
    shelf.put(
        one,
        [*people(one, "Ruth Marsh", "Ken Mori"), contact(one, "Ruth Marsh phoned Ken Mori.", "Ruth Marsh", "Ken Mori")],
    )
    other = report("Marsh phoned Ken Mori. Marsh said the line was bad.")
    shelf.put(
        other,
        [
            *people(other, "Marsh", "Ken Mori"),
            contact(other, "Marsh phoned Ken Mori.", "Marsh", "Ken Mori"),
            said(other, "Marsh", "the line was bad"),
        ],
    )

    assert shelf.entities() == ["Ken Mori", "Ruth Marsh"]


def test_a_bare_surname_that_two_people_bear_stays_by_itself(shelf: Shelf, person: Make) -> None:
    person(shelf, "Mayor Park Min-ho left.", "Park Min-ho", titles=["Mayor"])
    person(shelf, "Mayor Park So-ra left.", "Park So-ra", titles=["Mayor"])
    person(shelf, "Mayor Park came.", "Park", titles=["Mayor"])

    assert shelf.entities() == ["Park", "Park Min-ho", "Park So-ra"]


def test_an_acronym_joins_its_body(shelf: Shelf, body: Make) -> None:
    body(shelf, "The Polar Survey Board sailed.", "Polar Survey Board")
    body(shelf, "The PSB came back.", "PSB")

    assert shelf.entities() == ["Polar Survey Board"]


def test_an_agency_named_behind_its_description_is_the_one_spelled_out_elsewhere(shelf: Shelf, body: Make) -> None:
    body(shelf, "North Korea's state news agency KCNA said so.", "North Korea's state news agency KCNA")
    body(shelf, "The Korean Central News Agency (KCNA) said so.", "Korean Central News Agency (KCNA)")

    assert shelf.entities() == ["Korean Central News Agency"]


def test_the_foreign_ministry_of_a_state_is_its_ministry_of_foreign_affairs(shelf: Shelf, body: Make) -> None:
    body(shelf, "The Danish Ministry of Foreign Affairs wrote.", "Danish Ministry of Foreign Affairs")
    body(shelf, "Denmark's foreign ministry answered.", "Denmark's foreign ministry")

    assert shelf.entities() == ["Danish Ministry of Foreign Affairs"]


def test_foreign_ministries_of_two_states_are_two(shelf: Shelf, body: Make) -> None:
    body(shelf, "The Danish Ministry of Foreign Affairs wrote.", "Danish Ministry of Foreign Affairs")
    body(shelf, "The Norwegian foreign ministry answered.", "Norwegian foreign ministry")
    body(shelf, "The Ministry of Foreign Affairs was silent.", "Ministry of Foreign Affairs")

    assert len(shelf.entities()) == 3


def test_the_capital_beside_a_ministry_tells_its_state(shelf: Shelf, body: Make) -> None:
    body(shelf, "The Danish Ministry of Foreign Affairs wrote.", "Danish Ministry of Foreign Affairs")
    body(shelf, "The Norwegian foreign ministry answered.", "Norwegian foreign ministry")
    body(shelf, "The Ministry of Foreign Affairs in Oslo was silent.", "Ministry of Foreign Affairs")

    assert len(shelf.entities()) == 2


def test_a_description_by_state_and_field_joins_the_named_service(shelf: Shelf, body: Make) -> None:
    body(shelf, "Denmark's Defence Intelligence Service wrote.", "Denmark's Defence Intelligence Service")
    body(shelf, "The Danish defence intelligence agency answered.", "Danish defence intelligence agency")

    assert shelf.entities() == ["Defence Intelligence Service"]


def test_a_person_may_put_two_names_together(shelf: Shelf, person: Make) -> None:
    person(shelf, "Tom Brody left.", "Tom Brody")
    person(shelf, "Ruth Marsh came.", "Ruth Marsh")

    ((entity,), _) = shelf.resolve(judge("Tom Brody", "Ruth Marsh", "same"))

    assert entity.reasons == ("Ruth Marsh / Tom Brody: judged the same by ada",)


@pytest.mark.parametrize("verdict", ["different", "unsure"])
def test_a_person_may_keep_two_names_apart(shelf: Shelf, person: Make, verdict: str) -> None:
    person(shelf, "Sergey Shoigu left.", "Sergey Shoigu")
    person(shelf, "Sergei Shoygu came.", "Sergei Shoygu")

    assert len(shelf.entities(judge("Sergey Shoigu", "Sergei Shoygu", verdict))) == 2


def test_the_latest_judgement_stands(shelf: Shelf, person: Make) -> None:
    person(shelf, "Sergey Shoigu left.", "Sergey Shoigu")
    person(shelf, "Sergei Shoygu came.", "Sergei Shoygu")
    first = judge("Sergey Shoigu", "Sergei Shoygu", "different", day=1)
    second = judge("Sergei Shoygu", "Sergey Shoigu", "same", day=2)

    assert len(shelf.entities(second, first)) == 1


def test_ids_may_be_judged_too_and_ids_of_what_was_judged(shelf: Shelf, person: Make) -> None:
    for name in ("Tom Brody", "Ruth Marsh", "Ken Mori"):
        person(shelf, f"{name} left.", name)
    ids = {entity.name: entity.id for entity in shelf.resolve()[0]}
    first = judge(ids["Tom Brody"], ids["Ruth Marsh"], "same", day=1)
    joined = next(entity for entity in shelf.resolve(first)[0] if len(entity.names) == 2)
    second = judge(joined.id, ids["Ken Mori"], "same", day=2)

    assert len(shelf.entities(first, second)) == 1


def test_a_form_that_two_share_in_one_report_leads_to_neither(shelf: Shelf, person: Make) -> None:
    person(shelf, "Park Min-ho sat. Park sang. Park So-ra sat. Park slept.", "Park Min-ho", "Park So-ra", "Park")

    _, links = shelf.resolve()

    assert sorted(link.name for link in links) == ["Park Min-ho", "Park So-ra"]


_SENTENCES = [
    ("Russian Minister Sergey Shoigu left.", ("Sergey Shoigu",)),
    ("Minister Sergei Shoygu met Park Min-ho.", ("Sergei Shoygu", "Park Min-ho")),
    ("Shoigu came. Park So-ra left.", ("Shoigu", "Park So-ra")),
    ("Sergej Schoigu and Pak Min Ho came.", ("Sergej Schoigu", "Pak Min Ho")),
    ("Park slept.", ("Park",)),
]


def _read(number: int, sentence: str, names: Sequence[str]) -> tuple[Report, tuple[Annotation, ...]]:
    report = Report(
        id=f"rep_{number}",
        capture="c",
        address="a",
        url=None,
        outlet=None,
        outlet_how=None,
        headline=None,
        published=None,
        language=None,
        text=sentence,
        passages=(Passage(start=0, end=len(sentence), kind="body"),),
        collected=datetime(2024, 1, 1, tzinfo=UTC),
        generated_by="test@1",
    )
    found = []
    for name in names:
        start = sentence.index(name)
        span = Span(report=report.id, start=start, end=start + len(name))
        found.append(Mention(span=span, type="person", name=name, generated_by="test@1"))
    return report, within.resolve(report, found)


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(len(_SENTENCES))))
def test_the_order_of_reports_does_not_matter(order: list[int]) -> None:
    read = [_read(number, *sentence) for number, sentence in enumerate(_SENTENCES)]
    annotations = {report.id: found for report, found in read}

    straight = across.resolve([report for report, _ in read], annotations)

    assert across.resolve([read[number][0] for number in order], annotations) == straight


def test_nothing_gives_nothing() -> None:
    assert across.resolve([], {}) == ((), ())


def test_the_work_grows_with_the_names_and_not_with_their_square(
    report: Make, mention: Make, in_proportion: Make
) -> None:
    def seconds(count: int) -> float:
        reports, found = [], {}
        for start in range(0, count, 10):
            names = [f"{_word(number % 97)} {_word(number)}" for number in range(start, start + 10)]
            text = report(". ".join(f"Minister {name} left" for name in names) + ".")
            reports.append(text)
            found[text.id] = [mention(text, name, title="Minister", refers_to=name) for name in names]
        began = process_time()
        across.resolve(reports, found)
        return process_time() - began

    assert in_proportion(seconds, 500, 4_000)


def _word(number: int) -> str:
    """Return a name made of syllables, another one for every number."""
    syllables = "ba de fi go ku la me ni po ru sa te vi zo".split()
    made = ""
    while True:
        number, at = divmod(number, len(syllables))
        made += syllables[at]
        if not number:
            return made.capitalize() + "n"
