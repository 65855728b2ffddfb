"""What an agent reads: titles each say one thing, as one would say it; no relationship goes by its working name."""

import re
from types import SimpleNamespace

import pytest

from listener.catalogue.rules import Rule, RuleBook
from listener.model.types import TYPES
from listener.rules.checking.linting import titles_say_one_thing
from tests.rules.builders import CATALOGUE


def told(title: str) -> list[str]:
    rule = CATALOGUE.rules.by_id["failure"].model_copy(update={"title": title})
    return [issue.says for issue in titles_say_one_thing(SimpleNamespace(rules=RuleBook({"failure": rule})))]


@pytest.mark.parametrize(
    "title",
    [
        "A scripted reply, or the same line again",
        "Not recognised",
        "the firm forgot",
        "They waited. Nobody came",
        " ".join(["Long"] * 13),
    ],
)
def test_lists_catchwords_and_paragraphs_are_no_titles(title: str):
    (only,) = told(title)
    assert title.split()[0] in only


def test_a_short_statement_is_one():
    assert told("The firm did not keep its promise") == []


@pytest.mark.parametrize("rule", CATALOGUE.rules.by_id.values(), ids=lambda rule: rule.id)
def test_no_sentence_of_an_alert_calls_a_relationship_by_its_working_name(rule: Rule):
    """The customer may read it too: they are not told that they are a captive."""
    told = [way.tells for way in (*rule.notices, rule.owes, rule.mismatch) if way]
    assert not re.search(rf"\b({'|'.join(TYPES)})\b", " ".join([rule.title, *told]))
