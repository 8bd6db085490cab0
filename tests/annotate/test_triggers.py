import json

import pytest

from watchfloor.annotate import reading, triggers
from watchfloor.annotate.predicates import event_nouns, of_sentence
from watchfloor.annotate.triggers import Trigger


def rows(text: str, lemma: str) -> list[Trigger]:
    read = reading.paragraph(text)
    told = of_sentence(text, 0, read, read.sentences[0])
    (one,) = [one for one in told.predicates if one.lemma == lemma]
    return triggers.matching(one)


def test_what_is_sent_decides_what_sending_is() -> None:
    assert [row.event_type for row in rows("Norway sent tanks to Denmark.", "send")][:1] == ["AID"]
    assert rows("Norway sent flowers to Denmark.", "send") == []


def test_a_particle_makes_another_verb() -> None:
    assert [row.event_type for row in rows("Norway called off the talks with Denmark.", "call")] == ["REJECT"]


def test_every_line_of_the_table_has_a_type_of_plover_and_a_code(shared: object) -> None:
    from pathlib import Path

    assert isinstance(shared, Path)
    known = json.loads((shared / "bench" / "events" / "plover_ontology.json").read_text(encoding="utf-8"))["types"]
    every = [row for found in triggers.table().values() for row in found]

    assert {row.event_type for row in every} <= set(known)
    assert all(row.mode is None or row.mode in known[row.event_type]["modes"] for row in every)
    assert all(row.cameo.isdigit() and 3 <= len(row.cameo) <= 4 for row in every)


def test_every_noun_of_the_table_is_a_noun_of_doing() -> None:
    nouns = {word for kind, word in triggers.table() if kind == "noun"}

    assert nouns - event_nouns() == set()


@pytest.mark.parametrize(("lemma", "name"), [("missile", "arms"), ("prisoner", "captive")])
def test_a_word_knows_its_classes(lemma: str, name: str) -> None:
    assert name in triggers.class_of(lemma)
    assert lemma in triggers.words_of(name)
