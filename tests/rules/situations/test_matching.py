"""Whether a condition holds, and how surely: details as wanted, cues at least so probable, situations."""

from typing import Any

import pytest

from listener.catalogue.rules import Notice
from listener.model.ledger import Ledger
from listener.rules.case import of_signal
from listener.rules.situations.matching import matches, probability, told_as_wanted
from tests.rules.builders import CATALOGUE, belief, done, said


def sure(way: dict[str, Any], signal: Any) -> float:
    """How sure a way to notice is of a signal."""
    case = of_signal(Ledger(), signal, belief("buddies"), None, CATALOGUE)
    return probability(Notice.model_validate({"when": "customer", **way}), case)


@pytest.mark.parametrize(
    ("wanted", "told", "fits"),
    [
        ({"above": 3}, 4, True),
        ({"above": 3}, 3, False),
        ({"below": 3}, 2.5, True),
        ({"below": 3}, 3, False),
        ({"above": 1, "below": 3}, 2, True),
        ({"above": 1, "below": 3}, 4, False),
        ({"above": 1, "below": 3}, 0, False),
        ({"above": -5}, -4, True),
        ({"above": 0}, True, False),
        ({"above": 0}, "4", False),
        ({"above": 0}, None, False),
        (["a", "b"], "b", True),
        (["a", "b"], "c", False),
        ([True], True, True),
        (None, None, True),
        (None, "x", False),
        (True, True, True),
        (True, 1, False),
        (1, True, False),
        (False, None, False),
        ("up", "up", True),
        ("up", "down", False),
    ],
)
def test_a_detail_is_as_wanted(wanted: object, told: object, fits: bool) -> None:
    assert told_as_wanted(wanted, told) is fits


def test_a_way_is_as_sure_as_its_weakest_cue_times_its_own_p() -> None:
    way = {"says": {"complaint": 0.5, "demand": 0.5}, "p": 0.5}
    assert sure(way, said("customer", complaint=0.9, demand=0.6)) == pytest.approx(0.3)
    assert sure(way, said("customer", complaint=0.6, demand=0.9)) == pytest.approx(0.3)


def test_every_cue_it_wants_must_be_heard_and_enough() -> None:
    way = {"says": {"complaint": 0.5, "demand": 0.5}}
    assert sure(way, said("customer", complaint=0.9, demand=0.49)) == 0.0
    assert sure(way, said("customer", complaint=0.9)) == 0.0
    assert sure(way, said("customer", complaint=0.5, demand=0.5)) == pytest.approx(0.5)


def test_of_several_one_is_enough_and_the_surest_counts() -> None:
    way = {"says_any": {"complaint": 0.5, "demand": 0.8}}
    assert sure(way, said("customer", complaint=0.6, demand=0.9)) == pytest.approx(0.9)
    assert sure(way, said("customer", complaint=0.6, demand=0.7)) == pytest.approx(0.6)
    assert sure(way, said("customer", complaint=0.4, demand=0.7)) == 0.0
    assert sure(way, said("customer", complaint=0.5)) == pytest.approx(0.5)


def test_with_both_the_weaker_of_the_two_sides_counts() -> None:
    way = {"says": {"question": 0.5}, "says_any": {"complaint": 0.5, "demand": 0.5}}
    assert sure(way, said("customer", question=0.7, complaint=0.9)) == pytest.approx(0.7)
    assert sure(way, said("customer", question=0.9, complaint=0.6)) == pytest.approx(0.6)
    assert sure(way, said("customer", question=0.9)) == 0.0


def test_what_must_not_be_heard_undoes_it_from_its_bound_on() -> None:
    way = {"says": {"complaint": 0.5}, "unless_says": {"gratitude": 0.6, "joy": 0.9}}
    assert sure(way, said("customer", complaint=0.9, gratitude=0.59, joy=0.89)) == pytest.approx(0.9)
    assert sure(way, said("customer", complaint=0.9, gratitude=0.6)) == 0.0
    assert sure(way, said("customer", complaint=0.9, joy=0.95)) == 0.0


def test_all_details_must_be_as_wanted_and_what_is_not_told_is_not() -> None:
    way = {"when": "campaign_sent", "where": {"purpose": "promotion", "personal": True}}
    assert sure(way, done("campaign_sent", purpose="promotion", personal=True)) == 1.0
    assert sure(way, done("campaign_sent", purpose="promotion", personal=False)) == 0.0
    assert sure(way, done("campaign_sent", purpose="promotion")) == 0.0


def test_all_situations_must_hold_and_not_turns_one_round() -> None:
    assert sure({"if": ["not in public", "wants mostly buddies"]}, said("customer")) == 1.0
    assert sure({"if": ["not in public", "wants mostly fling"]}, said("customer")) == 0.0
    assert sure({"if": ["in public"]}, said("customer")) == 0.0
    assert sure({"if": "in public", "p": 0.7}, said("customer", public=True)) == pytest.approx(0.7)


def test_a_condition_without_cues_is_certain_where_it_holds() -> None:
    case = of_signal(Ledger(), said("customer"), belief("buddies"), None, CATALOGUE)
    assert matches(Notice.model_validate({"when": "customer", "p": 0.3}), case) == 1.0
