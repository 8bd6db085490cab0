from collections.abc import Callable

from watchfloor.annotate.mention_tags import Tag, merged
from watchfloor.core.annotation import Mention, MentionType
from watchfloor.core.report import Report
from watchfloor.core.span import Span

Make = Callable[..., Report]


def named(
    report: Report, words: str, kind: MentionType, title: str | None = None, country: str | None = None
) -> Mention:
    start = report.text.index(words)
    span = Span(report=report.id, start=start, end=start + len(words))
    return Mention(span=span, type=kind, name=words, title=title, country=country, generated_by="rules")


def tag(report: Report, words: str, kind: MentionType) -> Tag:
    start = report.text.index(words)
    return Tag(start, start + len(words), kind)


def test_the_network_says_what_a_name_is_and_the_rules_keep_its_title(report: Make) -> None:
    made = report("Interior Minister Ana Ruiz Vega left.")
    ruled = [named(made, "Ana Ruiz", "organisation", title="Interior Minister"), named(made, "Vega", "place")]

    (found,) = merged(made, ruled, [tag(made, "Ana Ruiz Vega", "person")], "here")

    assert (found.name, found.type, found.title) == ("Ana Ruiz Vega", "person", "Interior Minister")


def test_a_title_tagged_with_a_name_is_no_part_of_it(report: Make) -> None:
    made = report("Interior Minister Ana Ruiz left.")
    ruled = [named(made, "Ana Ruiz", "person", title="Interior Minister")]

    (found,) = merged(made, ruled, [tag(made, "Interior Minister Ana Ruiz", "person")], "here")

    assert found.name == "Ana Ruiz"


def test_a_form_of_address_is_no_part_of_a_name(report: Make) -> None:
    made = report("Mr Novak left.")

    (found,) = merged(made, [], [tag(made, "Mr Novak", "person")], "here")

    assert (found.name, found.span.start) == ("Novak", 3)


def test_a_single_word_that_only_the_rules_take_for_a_name_is_none(report: Make) -> None:
    made = report("Talks resumed. Yesterday Brava fell.")

    assert merged(made, [named(made, "Brava", "person")], [], "here") == []


def test_a_titled_name_stays_though_the_network_does_not_see_it(report: Make) -> None:
    made = report("Chairman Brava fell.")
    ruled = [named(made, "Brava", "person", title="Chairman")]

    assert merged(made, ruled, [], "here") == ruled


def test_descriptions_are_the_rules_alone(report: Make) -> None:
    made = report("The ambassador of Norland left.")
    ruled = [named(made, "The ambassador of Norland", "person")]
    described = [Mention(**{**{f: getattr(ruled[0], f) for f in ruled[0].__struct_fields__}, "name": "the ambassador"})]

    found = merged(made, described, [tag(made, "Norland", "place")], "here")

    assert [one.name for one in found] == ["the ambassador", "Norland"]


def test_a_name_keeps_the_country_that_the_rules_know(report: Make) -> None:
    made = report("The Norland Navy left.")
    ruled = [named(made, "Norland Navy", "organisation", country="NOR")]

    (found,) = merged(made, ruled, [tag(made, "Norland Navy", "organisation")], "here")

    assert found.country == "NOR"


def test_pieces_of_a_name_that_the_rules_see_whole_are_one_name(report: Make) -> None:
    made = report("Minister Ana Ruiz Vega left.")
    ruled = [named(made, "Ana Ruiz Vega", "person", title="Minister")]

    found = merged(made, ruled, [tag(made, "Ana Ruiz", "person"), tag(made, "Vega", "person")], "here")

    assert [one.name for one in found] == ["Ana Ruiz Vega"]
