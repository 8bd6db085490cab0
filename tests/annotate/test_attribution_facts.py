import pytest

from watchfloor.annotate.attribution_facts import Voice, clean, kind_of, voice
from watchfloor.annotate.sources import Source
from watchfloor.annotate.tokens import tokens
from watchfloor.core.annotation import Kind, Mention, MentionType
from watchfloor.core.span import Span


def named(text: str, name: str | None = None, kind: MentionType = "person") -> Voice:
    """The voice of a source that is the whole text, with a mention of that name in it."""
    items = list(tokens(text, 0, len(text)))
    mention = None
    if name is not None:
        start = text.index(name)
        mention = Mention(
            span=Span(report="rep_test", start=start, end=start + len(name)),
            type=kind,
            name=name,
            generated_by="test@1",
        )
    return voice(text, items, Source(0, len(items), mention))


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("Ana Ruiz,", "Ana Ruiz"),
        ("— Ana\nRuiz —", "Ana Ruiz"),
        ("Mr. Vos", "Vos"),
        ("the port", "the port"),
        ("Mr", "Mr"),
        (",", ""),
    ],
)
def test_words_are_cleaned_of_marks_at_their_edges_and_of_the_form_of_address(words: str, plain: str) -> None:
    assert clean(words) == plain


def test_no_source_is_nobody() -> None:
    assert voice("", [], None) == Voice(None, "anonymous")


@pytest.mark.parametrize("text", ["some", "experts", "many analysts", "an official", "three people", "a person"])
def test_nobody_in_particular_has_no_name(text: str) -> None:
    assert named(text) == Voice(None, "anonymous")


@pytest.mark.parametrize("text", ["several Norwegian officials", "the Norwegian officials"])
def test_whose_officials_they_are_is_a_name(text: str) -> None:
    assert named(text) == Voice(text, "person")


def test_a_person_is_shown_by_name_without_what_is_told_of_him() -> None:
    assert named("Ana Ruiz, an engineer,", "Ana Ruiz") == Voice("Ana Ruiz", "person")


def test_two_who_speak_together_are_shown_as_written() -> None:
    assert named("Ana Ruiz and Jan Vos", "Ana Ruiz") == Voice("Ana Ruiz and Jan Vos", "person")


@pytest.mark.parametrize("kind", ["organisation", "place"])
def test_a_body_or_a_place_speaks_as_an_organisation(kind: MentionType) -> None:
    assert named("the Port of Bergen", "Port of Bergen", kind) == Voice("the Port of Bergen", "organisation")


def test_a_document_speaks_as_a_document_unless_a_person_stands_with_it() -> None:
    assert named("the report") == Voice("the report", "document")
    assert named("the report by Ana Ruiz", "Ana Ruiz") == Voice("Ana Ruiz", "person")


def test_a_possessive_speaks_as_its_pronoun() -> None:
    assert named("her") == Voice("she", "person")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (["“it holds,”"], "direct"),
        (["that “it holds.”"], "direct"),
        (["“it", "holds”"], "mixed"),
        (["“it holds"], "direct"),
        (["«it holds»"], "direct"),
        (["it “holds” well"], "mixed"),
        (["that it holds"], "indirect"),
        (["“”"], "indirect"),
        ([], "indirect"),
    ],
)
def test_the_kind_follows_from_the_marks(content: list[str], kind: Kind) -> None:
    assert kind_of(content) == kind
