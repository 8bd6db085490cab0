import pytest

from watchfloor.annotate import cues
from watchfloor.annotate.tokens import tokens


@pytest.mark.parametrize(
    ("text", "verb", "form"),
    [
        ("said", "say", "past"),
        ("denies", "deny", "present"),
        ("adding", "add", "ing"),
        ("written", "write", "participle"),
        ("agreed", "agree", "past"),
        ("vows", "vow", "present"),
    ],
)
def test_every_form_of_a_verb_of_saying_is_known(text: str, verb: str, form: str) -> None:
    found = cues.at(list(tokens(text, 0, len(text))), 0)

    assert found is not None
    assert (found.entry.words[0], found.form) == (verb, form)


def test_the_longest_cue_wins() -> None:
    found = cues.at(list(tokens("called for", 0, 10)), 0)

    assert found is not None
    assert (found.entry.words, found.entry.act) == (("call", "for"), "demand")


def test_a_capitalised_verb_inside_a_sentence_is_part_of_a_name() -> None:
    assert cues.at(list(tokens("United States", 0, 13)), 1) is None


def test_every_act_in_the_tables_is_an_act() -> None:
    from typing import get_args

    from watchfloor.core.annotation import Act

    acts = {entry.act for entries in cues.table().values() for entry, _ in entries}
    acts |= {noun.act for noun in cues.nouns().values()}

    assert acts <= {None, *get_args(Act)}
