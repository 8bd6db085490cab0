from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from watchfloor.annotate import engine as engines
from watchfloor.annotate.engine import CHAINS, DIGESTS, LONGEST, Engine, Scores, engine, labels, version
from watchfloor.core.errors import ConfigError

FOLDER = Path(engines.__file__).parent / "data" / "model"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return copytree(FOLDER, tmp_path / "model")


def same(ours: Scores, theirs: Scores) -> bool:
    return all(np.array_equal(getattr(ours, field), getattr(theirs, field)) for field in Scores._fields)


@pytest.mark.parametrize("name", DIGESTS)
def test_a_damaged_file_of_the_model_is_named(copy: Path, name: str) -> None:
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / name).write_bytes(content)

    with pytest.raises(ConfigError, match=rf"{name} .*damaged.*install watchfloor again"):
        Engine(copy, 1)


@pytest.mark.parametrize("name", DIGESTS)
def test_a_missing_file_of_the_model_is_named(copy: Path, name: str) -> None:
    (copy / name).unlink()

    with pytest.raises(ConfigError, match=rf"lacks {name} .*install watchfloor again"):
        Engine(copy, 1)


def test_a_sound_copy_of_the_model_says_what_the_shipped_one_says(copy: Path) -> None:
    forms = ["The", "dam", "holds", "."]

    assert same(Engine(copy, 1).run(forms), engine().run(forms))


def test_a_process_loads_the_model_once() -> None:
    assert engine() is engine()


def test_the_label_sets_are_those_of_the_engine() -> None:
    assert labels() == engine().labels


def test_another_file_makes_another_version() -> None:
    assert version() == engine().version
    assert version({**DIGESTS, "labels.json": "0"}) != version()


def test_every_head_scores_every_label_of_every_word() -> None:
    sets = labels()
    scores = engine().run(["The", "dam", "holds"])

    assert scores.begins.shape == scores.upos.shape == scores.xpos.shape == scores.lemma.shape == (3,)
    assert scores.arcs.shape == (3, 4)
    assert scores.relations.shape == (3, len(sets.relation), scores.heads.shape[1])
    assert len(scores.heads) == 4
    assert scores.upos.max() < len(sets.upos)
    assert scores.xpos.max() < len(sets.xpos)
    assert scores.lemma.max() < len(sets.lemma)
    for name in CHAINS:
        assert getattr(scores, name).shape == (3, len(getattr(sets, name).labels))


def test_every_label_set_of_spans_begins_with_outside_and_has_a_beginning_for_each_inside() -> None:
    for name in CHAINS:
        names = getattr(labels(), name).labels
        assert names[0] == "O"
        assert {"B" + label[1:] for label in names if label.startswith("I-")} <= set(names)


def test_the_scores_of_a_passage_are_finite_and_the_same_each_time() -> None:
    first, second = (engine().run(["The", "dam", "holds", "."]) for _ in range(2))

    assert all(np.isfinite(part).all() for part in first)
    assert same(first, second)


def test_the_longest_passage_is_read() -> None:
    assert engine().run(["a"] * LONGEST).begins.shape == (LONGEST,)


@pytest.mark.parametrize(
    "form", ["\u200b", "\u0301", "\ufe0f", "\x00", "😀", "평양", "漢字" * 50, "a" * 100_000, "aé" * 999]
)
def test_every_word_has_a_few_pieces(form: str) -> None:
    assert 1 <= len(engine().pieces(form)) <= 12


def test_the_vector_of_a_passage_has_length_one_however_long_the_passage() -> None:
    for text in ("Dams", "The dam holds. " * 400):
        vector = engine().meaning(text)

        assert vector.shape == (384,)
        assert float((vector**2).sum()) == pytest.approx(1, abs=1e-4)
