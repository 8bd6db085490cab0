from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from watchfloor.annotate.event_model import weights

TRAINING = Path(__file__).resolve().parents[2] / "training"


def module(name: str) -> Any:
    """A script of the trainer, which is no package and not installed."""
    spec = spec_from_file_location(name, TRAINING / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


deeds = module("deeds")


@pytest.mark.parametrize(
    ("written", "past", "going"),
    [
        ("praise B", "praised B", "praising B"),
        ("deny B entry", "denied B entry", "denying B entry"),
        ("ban B", "banned B", "banning B"),
        ("free B", "freed B", "freeing B"),
        ("hold/held/held talks with B", "held talks with B", "holding talks with B"),
    ],
)
def test_a_deed_has_its_forms(written: str, past: str, going: str) -> None:
    found = deeds.inflected(written)

    assert (found.past, found.going) == (past, going)


def test_a_table_gives_the_same_sentences_each_time_and_each_marks_two_sides() -> None:
    made = list(deeds.sentences())

    assert made == list(deeds.sentences())
    for one in made:
        (first, second) = sorted((one.actor, one.recipient))
        assert 0 <= first[0] < first[1] < second[0] < second[1] < len(one.text)
        assert "{" not in one.text
        assert one.text[one.actor[0] : one.actor[1]] != one.text[one.recipient[0] : one.recipient[1]]


def test_the_types_of_deeds_are_those_of_the_model() -> None:
    known = {*weights().labels, "CONCEDE", "RETREAT"}

    assert {one.label for one in deeds.sentences()} <= known


def test_what_is_told_as_ahead_refused_or_threatened_has_that_type(tmp_path: Path) -> None:
    table = tmp_path / "deeds.tsv"
    table.write_text("# a table\nAID\tgood\tsend/sent/sent grain to B\nCOERCE\tbad\tarrest B\n", encoding="utf-8")
    made = list(deeds.sentences(table))

    assert {one.label for one in made} >= {"AID", "AGREE", "REJECT", "REQUEST", "COERCE", "THREATEN"}
    assert all("sent" in one.text for one in made if one.label == "AID")
    assert all("send" in one.text for one in made if one.label == "REQUEST")
    assert any("was arrested by" in one.text for one in made if one.label == "COERCE")
