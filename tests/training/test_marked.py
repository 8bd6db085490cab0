from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

TRAINING = Path(__file__).resolve().parents[2] / "training"


def module(name: str) -> Any:
    """A script of the trainer, which is no package and not installed."""
    spec = spec_from_file_location(name, TRAINING / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


marked = module("marked")


def test_marks_become_spans_of_the_text_without_them() -> None:
    found = marked.read("[s1 Ana Ruiz] [c1 said] [q1 it holds].")

    assert found.text == "Ana Ruiz said it holds."
    assert found.spans == {1: {"source": [(0, 8)], "cue": [(9, 13)], "content": [(14, 22)]}}


def test_a_split_quotation_is_one_content_in_two_spans() -> None:
    found = marked.read("[q1 It], [s1 he] [c1 said], [q1 holds].")

    assert found.spans[1]["content"] == [(0, 2), (13, 18)]


def test_two_attributions_may_share_a_source() -> None:
    found = marked.read("[s1,2 He] [c1 said] [q1 yes] and [c2 added] [q2 no].")

    assert found.spans[1]["source"] == found.spans[2]["source"] == [(0, 2)]


def test_a_source_may_be_missing() -> None:
    assert marked.read("[c1 Reportedly] [q1 it leaks].").spans[1]["source"] == []


def test_an_attribution_may_lie_in_the_content_of_another() -> None:
    found = marked.read("[s1 He] [c1 said] [q1 [s2 she] [c2 knew] [q2 it]].")

    assert found.text == "He said she knew it."
    assert (found.spans[1]["content"], found.spans[2]["content"]) == ([(8, 19)], [(17, 19)])


@pytest.mark.parametrize(
    ("passage", "message"),
    [
        ("it holds].", "never opened"),
        ("[c1 said [q1 it holds].", "never closed"),
        ("[sic] it holds", "no mark"),
        ("[q1 It holds].", "lacks its cue or its content"),
        ("[s1 He] [c1 said].", "lacks its cue or its content"),
        ("[c1 said] [c1 added] [q1 it].", "two cues or two sources"),
        ("[s1 He] [s1 she] [c1 said] [q1 it].", "two cues or two sources"),
        ("[c1 said] [q1 it ].", "blank"),
        ("[c1 said] [q1 ].", "blank, or is empty"),
    ],
)
def test_what_is_marked_wrongly_is_refused_with_its_reason(passage: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        marked.read(passage)


@given(st.text(alphabet=st.sampled_from("[]scq12, ax")))
def test_any_passage_is_read_or_refused(passage: str) -> None:
    try:
        found = marked.read(passage)
    except ValueError:
        return
    assert "[" not in found.text
    assert all(
        0 <= start < end <= len(found.text)
        for roles in found.spans.values()
        for spans in roles.values()
        for start, end in spans
    )


def test_a_file_holds_passages_between_empty_lines_and_remarks(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text("# a remark\nOne\n# another\ntwo.\n\n\n\n[c1 Says] [q1 three].\n", encoding="utf-8")

    assert [one.text for one in marked.read_file(path)] == ["One\ntwo.", "Says three."]


@pytest.mark.parametrize("path", sorted((TRAINING / "paragraphs").glob("*.txt")), ids=lambda path: path.name)
def test_every_shipped_passage_is_marked_well(path: Path) -> None:
    assert marked.read_file(path)
