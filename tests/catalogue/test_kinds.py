"""A firm may report acts of kinds of its own, and more of those we know; its file is understood, or refused."""

from pathlib import Path

import pytest

from listener.catalogue import Catalogue, CatalogueError, load
from listener.rules.checking.linting import lint
from listener.rules.rehearsing import rehearse, speaks

RULE = """\
id: substituted
code: F12
title: Something else came than was ordered
notices:
- {when: order_substituted, where: {asked: false}, p: 0.9, tells: 'It was swapped for another: {item}.'}
why: They chose it with care and nobody asked them
examples:
- name: nobody asked
  type: basic_exchange
  given: [{at: 0 min, act: order_substituted, details: {item: roses, asked: false}}]
  expect: [F12]
- name: they were asked
  type: basic_exchange
  given: [{at: 0 min, act: order_substituted, details: {item: roses, asked: true}}]
- name: a fling laughs
  type: fling
  given: [{at: 0 min, act: order_substituted, details: {item: roses, asked: false}}]
"""
KIND = "order_substituted: {item: a text, asked: yes or no}\n"


def laid_over(folder: Path, kinds: str, rule: str = RULE) -> Catalogue:
    (folder / "rules").mkdir()
    (folder / "rules" / "substituted.yaml").write_text(rule)
    (folder / "kinds.yaml").write_text(kinds)
    return load(folder)


def test_a_rule_may_wait_for_a_kind_of_act_of_the_firms_own(tmp_path: Path) -> None:
    book = laid_over(tmp_path, KIND)
    assert lint(book) == []
    rule = book.rules.by_id["substituted"]
    assert [speaks(rule, rehearse(story, book))[0] for story in rule.examples] == [True, False, False]


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("when: order_substituted", "when: order_substitute", "did you mean order_substituted?"),
        ("asked: false}, p", "askd: false}, p", "order_substituted has no detail 'askd'; did you mean asked?"),
        ("asked: false}, p", "asked: 'no'}, p", "asked is never 'no': it is yes or no"),
        ("details: {item", "details: {thing", "order_substituted has no detail 'thing'"),
    ],
)
def test_what_is_said_of_a_kind_of_ones_own_is_held_to_it(right: str, wrong: str, says: str, tmp_path: Path) -> None:
    told = [
        one.says for one in lint(laid_over(tmp_path, KIND, RULE.replace(right, wrong))) if one.where == "substituted"
    ]
    assert any(says in one for one in told)


def test_a_kind_that_is_known_may_be_told_more_of(tmp_path: Path) -> None:
    kinds = laid_over(tmp_path, f"{KIND}order_placed: {{gift: yes or no}}\n").kinds
    assert (kinds["order_placed"]["gift"], kinds["order_placed"]["category"]) == ("yes or no", "a text")
    assert set(load().kinds) == set(kinds) - {"order_substituted"}


@pytest.mark.parametrize(
    ("kinds", "says"),
    [
        ("order_substituted:\n  asked: bool\n", "order_substituted.asked: cannot be 'bool': write the words it may be"),
        ("order_substituted:\n  item: text\n", "or its sort; did you mean a text? (line 2)"),
        ("order_substituted: [item]\n", "order_substituted: its details are wanted, each with what it holds"),
        ("- order_substituted\n", "kinds of act are wanted, each with its details"),
    ],
)
def test_a_kind_that_cannot_be_understood_is_refused_by_its_line(kinds: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as trouble:
        _ = laid_over(tmp_path, kinds).kinds
    assert f"{tmp_path}/kinds.yaml: " in str(trouble.value)
    assert says in str(trouble.value)
