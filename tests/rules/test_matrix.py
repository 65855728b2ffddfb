"""Every cell of the severity matrix (29 types by 35 acts) comes out as DOMAIN 3.2 has it."""

from dataclasses import replace

import pytest

from listener.catalogue.types import FIRM_ACTS
from listener.model.types import TYPES
from listener.rules.findings.weighing import belief_for, weigh_firm_act
from listener.rules.rehearsing import rehearse
from tests.rules.builders import CATALOGUE, belief

CELLS = [pytest.param(name, code, id=f"{name}-{code}") for name in TYPES for code in FIRM_ACTS]


@pytest.mark.parametrize(("name", "code"), CELLS)
def test_a_cell_is_what_the_act_weighs(name: str, code: str) -> None:
    told = CATALOGUE.types.by_id[name].severity[code]
    weight = weigh_firm_act(code, belief_for(None, belief(name), CATALOGUE), CATALOGUE, strength=0.5)
    assert weight.level == (0 if told == "+" else told)
    assert weight.invigorates is (told == "+")


@pytest.mark.parametrize("code", FIRM_ACTS)
def test_an_act_that_is_noticed_weighs_what_its_cell_says_for_every_type(code: str) -> None:
    """The firing story of each rule, told of all 29 types: whoever minds more is alerted louder."""
    for rule in (one for one in CATALOGUE.rules.by_id.values() if one.code == code):
        story = next(one for one in rule.examples if code in one.expect)
        least = 2 if rule.unsafe or any(way.for_anyone for way in rule.notices) else 0
        for name in TYPES:
            same = story.model_copy(update={"type": name})
            found = [one.finding for one in rehearse(same, CATALOGUE) if one.finding.code == code]
            if found and found[0].is_act:
                assert found[0].level == max(least, CATALOGUE.types.digit(name, code)), (rule.id, name)


def test_moral_acts_are_never_light() -> None:
    """F08, F17 and F29 are never below 2 (DOMAIN 3.2)."""
    for code in ("F08", "F17", "F29"):
        assert CATALOGUE.types.digits(code).min() >= 2


def test_the_worse_of_wanted_and_held_counts_once_the_held_one_is_plain() -> None:
    reading = belief("fling")
    mixed = replace(reading, p=reading.p.copy())
    mixed.p[0] = belief("best_friends").p[0]
    weight = weigh_firm_act("F18", belief_for(None, mixed, CATALOGUE), CATALOGUE, strength=0.5)
    assert weight.level == 3


def test_the_third_such_act_in_ninety_days_is_a_step_graver() -> None:
    q = belief_for(None, belief("buddies"), CATALOGUE)
    assert weigh_firm_act("F12", q, CATALOGUE, strength=0.5, repeats=1).level == 1
    assert weigh_firm_act("F12", q, CATALOGUE, strength=0.5, repeats=2).level == 2


def test_a_second_failure_no_longer_amuses_a_fling() -> None:
    q = belief_for(None, belief("fling"), CATALOGUE)
    assert weigh_firm_act("F12", q, CATALOGUE, strength=0.5).invigorates
    again = weigh_firm_act("F12", q, CATALOGUE, strength=0.5, repeats=1)
    assert (again.level, again.invigorates) == (1, False)


def test_danger_amuses_nobody() -> None:
    q = belief_for(None, belief("fling"), CATALOGUE)
    weight = weigh_firm_act("F12", q, CATALOGUE, strength=0.5, safety=True)
    assert weight.level >= 2
    assert not weight.invigorates


def test_strong_ties_soften_failures_and_sharpen_slights() -> None:
    q = belief_for(None, belief("best_friends"), CATALOGUE)

    def threat(code: str, strength: float) -> float:
        return weigh_firm_act(code, q, CATALOGUE, strength=strength).threat

    assert threat("F12", 0.9) < threat("F12", 0.1)
    assert threat("F03", 0.9) > threat("F03", 0.1)


def test_public_exposure_of_a_friend_is_a_step_graver() -> None:
    q = belief_for(None, belief("old_friends"), CATALOGUE)
    assert weigh_firm_act("F03", q, CATALOGUE, strength=0.5, public=True).level == 3
