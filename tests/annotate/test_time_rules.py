import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watchfloor.annotate.time_rules import RULES, Rule, folded_for_rules

WORDS = st.sampled_from(
    "the this last next Past EARLY late mid in İn on of a few two twenty twenty-first 3 30 1999 2024 ٣ ’90s 1980s 5pm"
    " Mon MONDAY January MAR Sept. week weekS weekend month quarter Year’s decade days ago earlier later tonight"
    " morning yesterday lately recently soon future long end summer WİNTER first second half century 25th day before"
    " after same that said Q3 , . - K ſ".split()
)
NEVER = re.compile(r"\(\?P<\w+>\(\?!\)\)\?")  # a group that is there by name alone


@given(words=st.lists(WORDS, max_size=9), glue=st.sampled_from([" ", "", "-"]))
@settings(max_examples=400)
def test_no_rule_is_left_out_that_would_have_matched(words: list[str], glue: str) -> None:
    text = glue.join(words)
    folded = folded_for_rules(text)
    for rule in RULES:
        assert rule.may_match(folded) or rule.pattern.search(text) is None, rule.pattern.pattern


@pytest.mark.parametrize("rule", RULES)
@given(data=st.data())
@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
def test_whatever_a_rule_matches_holds_what_it_says(rule: Rule, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(re.compile(NEVER.sub("", rule.pattern.pattern), rule.pattern.flags)))
    assert rule.may_match(folded_for_rules(text))


def test_every_rule_says_what_its_matches_hold() -> None:
    assert all(rule.holds for rule in RULES)
    assert not any(re.search(r"[A-Z1-9]", one) for rule in RULES for one in rule.holds), "nothing folded could hold it"
    assert date(2024, 5, 1).strftime("%B").lower()[:3] in RULES[3].holds
