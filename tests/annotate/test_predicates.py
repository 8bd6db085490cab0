from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate import reading
from watchfloor.annotate.clause_tree import Phrase
from watchfloor.annotate.parties import Actor
from watchfloor.annotate.predicate import Predicate
from watchfloor.annotate.predicates import actors_of, event_nouns, of_sentence, told
from watchfloor.annotate.reading import Reading, Sentence
from watchfloor.annotate.words import words
from watchfloor.core.annotation import Party


def predicates(text: str) -> dict[str, Predicate]:
    read = reading.paragraph(text)
    return {one.lemma: one for s in read.sentences for one in of_sentence(text, 0, read, s).predicates}


def said(text: str, phrases: tuple[Phrase, ...]) -> list[str]:
    return [text[one.start : one.end] for one in phrases]


@pytest.mark.parametrize(
    ("text", "lemma", "subjects", "objects"),
    [
        ("Norway attacked Denmark.", "attack", ["Norway"], ["Denmark"]),
        ("Denmark was attacked by Norway.", "attack", ["Norway"], ["Denmark"]),
        ("Poland and Norway attacked Denmark.", "attack", ["Poland", "Norway"], ["Denmark"]),
        ("The king called Denmark and threatened Sweden.", "threaten", ["The king"], ["Sweden"]),
        ("Poland agreed to send tanks to Ukraine.", "send", ["Poland"], ["tanks"]),
        ("Norway urged Denmark to leave Sweden.", "leave", ["Denmark"], ["Sweden"]),
        ("The envoy was ordered to leave Sweden.", "leave", ["The envoy"], ["Sweden"]),
        ("The king is expected to visit Denmark.", "visit", ["The king"], ["Denmark"]),
        ("We saw the king, who visited Denmark.", "visit", ["the king"], ["Denmark"]),
        ("Troops sent to Denmark by Norway are cold.", "send", ["Norway"], ["Troops"]),
        ("Denmark denied the report.", "deny", ["Denmark"], ["the report"]),
    ],
)
def test_a_verb_has_who_does_it_and_to_whom(text: str, lemma: str, subjects: list[str], objects: list[str]) -> None:
    one = predicates(text)[lemma]

    assert [s.removeprefix("by ") for s in said(text, one.subjects)] == subjects
    assert said(text, one.objects) == objects


def test_a_gift_has_whom_it_is_given_to() -> None:
    text = "Denmark was given missiles by Britain."

    assert said(text, predicates(text)["give"].indirect) == ["Denmark"]


def test_a_noun_of_doing_has_an_owner_and_what_it_is_of() -> None:
    text = "Norway's deployment of troops to Denmark was condemned."

    one = predicates(text)["deployment"]

    assert said(text, one.owners) == ["Norway's"]
    assert [phrase.lemma for phrase in one.of] == ["troop"]
    assert said(text, one.behind("to")) == ["Denmark"]


def test_a_light_verb_lends_its_subject_and_phrases() -> None:
    text = "The king held talks with Denmark."

    one = predicates(text)["talk"]

    assert (one.light, said(text, one.subjects), said(text, one.behind("with"))) == ("hold", ["The king"], ["Denmark"])


def test_who_acts_in_the_clause_around_a_noun_is_a_hint() -> None:
    text = "In a phone call with Macron, Zelensky thanked France."

    one = predicates(text)["call"]

    assert (said(text, one.around), said(text, one.behind("with"))) == (["Zelensky"], ["Macron"])
    assert said(text, one.modifiers) == ["phone"]


def test_negation_modal_and_what_governs_are_kept() -> None:
    found = predicates("Norway said it could not send ships. The king denied that Norway attacked Denmark.")

    assert (found["send"].negated, found["send"].modal) == (True, "could")
    assert [(one.lemma, one.mark) for one in found["attack"].governors] == [("deny", "that")]


def actor(name: str, start: int) -> Actor:
    return Actor(start, start, start + len(name), "country", (Party(name=name),), obliquely=False, owns=False)


def test_a_phrase_names_the_actors_that_hold_its_head(report: Any) -> None:
    (sentence,) = told(report("Norway's troops entered Denmark."))
    (entered,) = sentence.predicates
    found = [actor("Norway", 0), actor("Denmark", 24)]

    assert [a.parties[0].name for p in entered.subjects for a in actors_of(p, found)] == ["Norway"]
    assert [a.parties[0].name for p in entered.objects for a in actors_of(p, found)] == ["Denmark"]
    assert [a for p in entered.subjects for a in actors_of(p, found, owners=False)] == []


def test_nouns_of_doing_are_lower_case_words() -> None:
    assert all(word == word.lower() and " " not in word for word in event_nouns())


RELATIONS = st.sampled_from(
    ["nsubj", "obj", "obl", "xcomp", "conj", "acl", "acl:relcl", "nmod", "case", "mark", "aux:pass", "appos", "advcl"]
)
WORD = st.tuples(
    st.sampled_from(["met", "who", "to", "not", "visit", "Oslo", ","]),
    st.sampled_from(["VERB", "NOUN", "PROPN", "PRON", "ADP", "AUX"]),
    st.integers(-3, 30),
    RELATIONS,
)


@given(st.lists(WORD, min_size=1, max_size=25))
def test_any_tree_gives_predicates_inside_the_sentence(drawn: list[tuple[str, str, int, str]]) -> None:
    text = " ".join(one[0] for one in drawn)
    cut = tuple(words(text))
    sentence = Sentence(
        0,
        len(cut),
        tuple(one[1] for one in drawn),
        ("VBN",) * len(cut),
        tuple(one[0] for one in drawn),
        tuple(one[2] for one in drawn),
        tuple(one[3] for one in drawn),
    )

    found = of_sentence(text, 0, Reading(cut, (sentence,), {}), sentence)

    for one in found.predicates:
        for phrase in (*one.subjects, *one.objects, *one.indirect, *one.obliques, *one.owners, *one.of):
            assert 0 <= phrase.start <= phrase.end <= len(text)
        assert one.start < one.end


@pytest.mark.parametrize("relation", ["conj", "xcomp", "nsubj", "obl"])
def test_a_chain_and_a_fan_of_two_thousand_words_end_soon(relation: str) -> None:
    size = 2_000
    text = " ".join(["met"] * size)
    cut = tuple(words(text))
    for heads in (tuple(range(size)), (0, *([1] * (size - 1)))):
        sentence = Sentence(
            0, size, ("VERB",) * size, ("VBD",) * size, ("meet",) * size, heads, ("root", *([relation] * (size - 1)))
        )
        assert len(of_sentence(text, 0, Reading(cut, (sentence,), {}), sentence).predicates) == size
