"""Every example of every rule, through the real rules: it fires where it says so, and is quiet where it says so."""

import pytest

from listener.catalogue import load
from listener.catalogue.rules import Example, Rule
from listener.rules.rehearsing import rehearse, speaks

CATALOGUE = load()
STORIES = [
    pytest.param(rule, example, id=f"{rule.id}: {example.name}")
    for rule in CATALOGUE.rules.by_id.values()
    for example in rule.examples
]


@pytest.mark.parametrize(("rule", "example"), STORIES)
def test_an_example_comes_out_as_its_rule_says(rule: Rule, example: Example) -> None:
    fires, level = speaks(rule, rehearse(example, CATALOGUE))
    assert fires is (rule.code in example.expect)
    if example.level is not None:
        assert level == example.level
