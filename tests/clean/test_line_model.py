import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.clean import line_model
from watchfloor.clean.labels import Label, Labels
from watchfloor.clean.units import Unit, lines
from watchfloor.core.errors import ConfigError

REPORT = (
    "The river Aar rose by two metres on Sunday night, the water board of Lower Norddal said in a statement.",
    "Some forty families left their homes before dawn and found shelter in the school on the hill, it added.",
    "“We have never seen the water so high,” said Ida Holm, the mayor, after a night on the bridge.",
    "She thanked the volunteers and asked people to stay away from the bridge until Tuesday morning.",
    "The railway along the river will stay closed for two weeks, the operator said, and buses will run instead.",
)
ABOVE = ("Norddal Courier", "Home", "World", "Sport", "Weather", "Sign in", "Menu")
BELOW = (
    "Most read",
    "Ferry stays in port",
    "Ten walks in autumn",
    "Cup draw",
    "Imprint",
    "Privacy",
    "© Norddal Courier",
)


def judged(*said: str, kind: line_model.Extracted = "whole", labels: Labels | None = None) -> dict[str, Label]:
    found = lines("\n".join(said))
    given: Labels = labels or [None] * len(found)
    return {said[index]: label for index, label in line_model.judged(found, given, line_model.weigh(found, kind))}


def test_menus_around_a_report_go_and_the_report_stays() -> None:
    taken = judged(*ABOVE, *REPORT, *BELOW)

    assert set(REPORT).isdisjoint(taken)
    assert len(taken) >= 12


def test_each_line_taken_says_why_in_words() -> None:
    for label in judged(*ABOVE, *REPORT, *BELOW).values():
        assert label.kind == "boilerplate"
        assert label.reason is not None
        assert label.reason.startswith(f"{line_model.UNLIKE}: ")


def test_where_nothing_of_a_report_would_be_left_nothing_is_taken() -> None:
    assert judged(*ABOVE, *BELOW) == {}


def test_what_a_rule_has_judged_is_left_to_it() -> None:
    said = (*ABOVE, *REPORT)
    labels: Labels = [Label("credit", "said by a rule") if line == "Weather" else None for line in said]

    assert "Weather" not in judged(*said, labels=labels)


def test_a_report_without_furniture_is_left_whole() -> None:
    assert judged(*REPORT, kind="trafilatura") == {}


def test_another_file_than_the_shipped_one_is_refused() -> None:
    with pytest.raises(ConfigError, match="expected 00"):
        line_model.load(None, "00")


def test_a_model_of_other_features_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lines.json"
    path.write_text(json.dumps({"version": "1", "features": ["letters"], "trees": {}}))

    with pytest.raises(ConfigError, match="other features"):
        line_model.load(path)


@given(st.lists(st.text(min_size=1, max_size=60), max_size=30))
def test_every_text_is_judged_and_every_likelihood_is_one(said: list[str]) -> None:
    found: tuple[Unit, ...] = lines("\n".join(said))

    odds = line_model.weigh(found, "resiliparse").likely

    assert len(odds) == len(found)
    assert ((odds >= 0) & (odds <= 1)).all()
