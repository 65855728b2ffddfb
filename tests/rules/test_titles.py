"""Titles are what an agent reads first: each says one thing, as one would say it."""

from types import SimpleNamespace

import pytest

from listener.catalogue.rules import RuleBook
from listener.rules.checking import titles_say_one_thing
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
