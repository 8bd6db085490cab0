import pytest

from watchfloor.annotate import acts
from watchfloor.core.annotation import Act


@pytest.mark.parametrize(
    ("content", "act"),
    [
        ("that it will send two ferries", "promise"),
        ("the raid was illegal", "condemn"),
        ("the border is closed", "assert"),
        ("the strike was not aimed at the port", "deny"),
        ("the lake may freeze", "predict"),
        ("the rebels must leave", "demand"),
        ("“We hope to meet again”", "wish"),
        ("we are grateful for the ferries", "thank"),
    ],
)
def test_the_mood_of_the_content_decides_where_the_verb_is_neutral(content: str, act: Act) -> None:
    assert acts.of_content(content) == act


def test_a_hard_name_condemns_and_a_plain_one_does_not() -> None:
    assert acts.of_naming("the raid reckless") == "condemn"
    assert acts.of_naming("the lake deep") == "assert"


def test_an_announced_plan_is_a_promise() -> None:
    assert acts.of_plan("plans to reopen the port") == "promise"


def test_explaining_justifies_only_with_a_reason() -> None:
    assert acts.of_reason("it closed the port because of the storm") == "justify"
    assert acts.of_reason("the port is closed") == "assert"


@pytest.mark.parametrize(("noun", "act"), [("gratitude", "thank"), ("readiness", "promise"), ("ferry", None)])
def test_what_is_expressed_decides_the_act(noun: str, act: Act | None) -> None:
    assert acts.of_noun(noun) == act


@pytest.mark.parametrize(
    ("content", "act"),
    [
        ("the alliance was not yet able to confirm that soldiers took part", "assert"),
        ("we can confirm that soldiers took part", "confirm"),
        ("the neighbours must stop their dangerous provocations", "demand"),
        ("why should allies be free to help one side", "assert"),
        ("if there were such a thing, it would be lawful", "assert"),
    ],
)
def test_a_negation_a_question_and_a_condition_change_the_act(content: str, act: str) -> None:
    assert acts.of_content(content) == act
