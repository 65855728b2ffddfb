"""How grave an act is: level, threat, share, what is expected, and whose repair fits; each number in its place."""

from dataclasses import replace

import numpy as np
import pytest

from listener.model.ledger import Matter, snapshot
from listener.model.types import TYPE_INDEX, TYPES
from listener.rules.findings.weighing import (
    Weight,
    belief_for,
    fitting_type,
    level_of,
    minded_by,
    share_of,
    weigh_firm_act,
)
from tests.rules.builders import CATALOGUE, belief

LIMITS = CATALOGUE.thresholds


def row(**shares: float) -> np.ndarray:
    """One distribution: these shares, nothing else."""
    told = np.zeros(len(TYPES))
    for name, share in shares.items():
        told[TYPE_INDEX[name]] = share
    return told


def weigh(code: str, wanted: np.ndarray, held: np.ndarray | None = None, **over: object) -> Weight:
    """An act on a belief; the held one says nothing unless told."""
    even = np.full(len(TYPES), 1 / len(TYPES))
    both = np.array([wanted, even if held is None else held])
    return weigh_firm_act(code, both, CATALOGUE, **{"strength": 0.5, **over})  # type: ignore[arg-type]  # settings by name


def test_the_level_is_what_at_least_half_of_the_belief_holds() -> None:
    digits = np.array([3.0, 2.0, 1.0, 0.0])
    assert level_of(digits, np.array([0.5, 0.0, 0.0, 0.5]), 0.5) == 3
    assert level_of(digits, np.array([0.49, 0.01, 0.0, 0.5]), 0.5) == 2
    assert level_of(digits, np.array([0.4, 0.05, 0.05, 0.5]), 0.5) == 1
    assert level_of(digits, np.array([0.4, 0.05, 0.04, 0.51]), 0.5) == 0
    assert level_of(digits, np.array([0.4, 0.0, 0.0, 0.6]), 0.4) == 3
    assert level_of(np.array([2.0]), np.array([0.5]), 0.5) == 2


def test_share_is_the_belief_at_the_level_or_above() -> None:
    told = weigh("F21", row(old_friends=0.6, buddies=0.4))  # digits 3 and 0
    assert (told.level, told.share) == (3, pytest.approx(0.6))
    none = weigh("F21", row(old_friends=0.3, buddies=0.7))
    assert (none.level, none.share) == (0, pytest.approx(0.7))


def test_share_at_level_one_counts_all_who_are_irritated_or_worse() -> None:
    told = weigh("F12", row(old_friends=0.5, basic_exchange=0.2, fling=0.3))  # digits 1, 3, and a plus
    assert (told.level, told.share) == (1, pytest.approx(0.7))


def test_what_is_expected_is_the_digit_over_the_whole_belief_of_a_first_act() -> None:
    mixed = row(old_friends=0.6, buddies=0.4)
    assert weigh("F21", mixed).expected == pytest.approx(1.8)
    assert weigh("F21", mixed, repeats=1).expected == 0.0
    assert weigh("F21", mixed, safety=True).expected == 0.0


def test_the_worse_of_wanted_and_held_counts_where_the_held_one_is_plain() -> None:
    wanted, held = row(buddies=1.0), row(old_friends=0.5, buddies=0.5)
    assert weigh("F21", wanted, held).level == 3
    assert weigh("F21", wanted, held).share == pytest.approx(0.5)
    vague = row(old_friends=0.49, best_friends=0.49, buddies=0.02)
    assert weigh("F21", wanted, vague).level == 0
    assert weigh("F21", wanted, held).expected == pytest.approx(1.5)
    assert weigh("F21", held, wanted).level == 3


@pytest.mark.parametrize(
    ("code", "factor"), [("F12", 1 - 0.4 * 0.5), ("F21", 1 + 0.5 * 0.5), ("F29", 1.3), ("F07", 1.3)]
)
def test_a_strong_tie_softens_what_was_delivered_and_sharpens_how_one_was_treated(code: str, factor: float) -> None:
    """Class O, R and M (V16); what is both relational and moral counts as moral."""
    sure = row(basic_exchange=0.5, old_friends=0.5)
    expected = float(sure @ CATALOGUE.types.digits(code))
    assert weigh(code, sure).threat == pytest.approx(min(1.0, expected / 3 * factor))


def test_strength_is_what_softens_and_sharpens() -> None:
    sure = row(basic_exchange=1.0)
    assert weigh("F12", sure, strength=0.0).threat == pytest.approx(1.0)
    assert weigh("F12", sure, strength=1.0).threat == pytest.approx(0.6)
    mild = row(buddies=1.0)  # F13: 2
    assert weigh("F04", mild, strength=0.0).threat == pytest.approx(1 / 3)
    assert weigh("F04", mild, strength=1.0).threat == pytest.approx(0.5)


def test_what_could_be_helped_weighs_more_and_what_could_not_less() -> None:
    sure = row(buddies=1.0)  # F12: 1
    plain = weigh("F12", sure).threat
    assert weigh("F12", sure, avoidable=True).threat == pytest.approx(plain * LIMITS.avoidable)
    assert weigh("F12", sure, avoidable=False).threat == pytest.approx(plain * LIMITS.unavoidable)
    assert weigh("F12", sure, avoidable=None).threat == pytest.approx(plain)


def test_in_public_it_weighs_more_and_is_a_step_graver_for_secret_and_friend_types() -> None:
    secret, buddy = row(secret_affair=0.5, buddies=0.5), row(buddies=1.0)
    assert (weigh("F13", secret).level, weigh("F13", secret, public=True).level) == (2, 3)
    assert weigh("F13", row(secret_affair=0.49, buddies=0.51), public=True).level == 2
    assert weigh("F12", buddy, public=True).level == weigh("F12", buddy).level == 1
    assert weigh("F12", buddy, public=True).threat == pytest.approx(weigh("F12", buddy).threat * LIMITS.public)


def test_threat_never_exceeds_one() -> None:
    assert weigh("F29", row(old_friends=1.0), public=True, avoidable=True).threat == 1.0


def test_the_third_of_a_kind_and_every_later_one_is_a_step_graver_but_nothing_stays_nothing() -> None:
    buddy = row(buddies=1.0)
    assert [weigh("F12", buddy, repeats=n).level for n in range(5)] == [1, 1, 2, 2, 2]
    assert weigh("F21", buddy, repeats=7).level == 0
    assert weigh("F23", row(best_friends=1.0), repeats=2, public=True).level == 3


def test_a_plus_is_added_energy_once_and_nobody_is_amused_by_danger() -> None:
    fling = row(fling=0.5, buddies=0.5)
    first = weigh("F12", fling)
    assert (first.level, first.invigorates) == (1, False)  # half are irritated, so nothing is invigorated
    amused = weigh("F12", row(fling=0.6, complete_strangers=0.4))
    assert (amused.level, amused.invigorates) == (0, True)
    assert weigh("F12", row(fling=0.49, complete_strangers=0.1)).invigorates is False
    assert weigh("F12", row(fling=1.0), repeats=1).invigorates is False
    danger = weigh("F12", row(fling=1.0), safety=True)
    assert (danger.level, danger.invigorates, danger.share) == (2, False, pytest.approx(1.0))


def test_danger_is_never_less_than_a_breach() -> None:
    assert weigh("F21", row(buddies=1.0), safety=True).level == 2
    assert weigh("F21", row(old_friends=1.0), safety=True).level == 3


def test_a_matter_is_judged_on_the_belief_before_it_as_far_as_that_was_formed() -> None:
    today = belief("ex_friends", 0.999)
    before = snapshot(belief("old_friends", 0.999).p)
    matter = Matter(key=1, cause="e", opened_s=0, last_s=0, belief=before, contacts=9)
    told = belief_for(matter, today, CATALOGUE)
    weight = 9 / (9 + LIMITS.steady_contacts)
    assert told.shape == (2, 29)
    assert told[0][TYPE_INDEX["old_friends"]] == pytest.approx(weight, abs=0.02)
    assert told[0][TYPE_INDEX["ex_friends"]] == pytest.approx(1 - weight, abs=0.02)
    fresh = replace_contacts(matter, 0)
    assert belief_for(fresh, today, CATALOGUE) == pytest.approx(belief_for(None, today, CATALOGUE))


def replace_contacts(matter: Matter, contacts: int) -> Matter:
    return Matter(key=1, cause="e", opened_s=0, last_s=0, belief=matter.belief, contacts=contacts)


def test_a_belief_is_read_wanted_first_then_held() -> None:
    reading = belief("fling")
    apart = replace(reading, p=np.array([row(old_friends=1.0), row(fling=1.0), row(buddies=1.0)]))
    told = belief_for(None, apart, CATALOGUE)
    assert (told[0][TYPE_INDEX["fling"]], told[1][TYPE_INDEX["old_friends"]]) == (1.0, 1.0)


def test_whom_it_hurt_is_the_belief_times_the_digit() -> None:
    both = np.array([row(old_friends=0.25, basic_exchange=0.25, buddies=0.5)] * 2)
    minds = minded_by("F21", both, CATALOGUE)  # 3, 0, 0
    assert minds[TYPE_INDEX["old_friends"]] == pytest.approx(1.0)
    even = minded_by("F12", both, CATALOGUE)  # 1, 3, 1
    assert even[TYPE_INDEX["basic_exchange"]] == pytest.approx(0.75 / 1.5)
    assert even.sum() == pytest.approx(1.0)


def test_whom_it_hurt_is_asked_of_what_they_want_and_not_of_what_they_have() -> None:
    minds = minded_by("F21", np.array([row(old_friends=1.0), row(best_friends=1.0)]), CATALOGUE)  # 3 for both
    assert minds == pytest.approx(row(old_friends=1.0))


def test_where_nobody_is_hurt_or_the_act_has_no_digits_the_belief_alone_says_whose_repair_fits() -> None:
    both = np.array([row(buddies=0.75, fling=0.25)] * 2)
    assert minded_by("F21", np.array([row(buddies=1.0)] * 2), CATALOGUE)[TYPE_INDEX["buddies"]] == pytest.approx(1.0)
    assert minded_by("M07", both, CATALOGUE) == pytest.approx(both[0])
    assert fitting_type(minded_by("M07", both, CATALOGUE), CATALOGUE) == "buddies"


def test_the_role_is_found_before_the_type() -> None:
    """Two types of one role outweigh a third that is likelier than either."""
    shares = row(best_friends=0.3, close_siblings=0.3, master_slave=0.4)
    roles = {CATALOGUE.types.by_id[name].role for name in ("best_friends", "close_siblings")}
    assert roles == {"ambassador_team"}
    assert fitting_type(shares, CATALOGUE) in ("best_friends", "close_siblings")
    shares = row(best_friends=0.2, close_siblings=0.35, master_slave=0.45)
    assert fitting_type(shares, CATALOGUE) == "close_siblings"


def test_a_share_is_the_sum_over_the_types_named() -> None:
    assert share_of(("fling", "buddies"), row(fling=0.2, buddies=0.3, kinship=0.5)) == pytest.approx(0.5)
    assert share_of((), row(fling=1.0)) == 0.0


def test_bounds_of_the_belief_belong_to_what_reaches_them() -> None:
    half = row(fling=0.5, complete_strangers=0.5)  # F12: a plus, and 1
    assert weigh("F12", half).level == 1
    assert weigh("F26", row(fling=0.5, best_friends=0.5)).invigorates is False  # F26: a plus, and 1
    assert weigh("F26", row(fling=0.5, complete_strangers=0.5)).invigorates is True  # F26: a plus, and 0
    assert weigh("F26", row(fling=0.5, complete_strangers=0.5)).share == pytest.approx(1.0)
    assert weigh("F12", row(old_friends=0.45, fling=0.55)).share == pytest.approx(0.55)


def test_danger_and_repetition_change_what_a_plus_is_worth() -> None:
    fling = row(fling=1.0)
    assert weigh("F12", fling, safety=True).threat > weigh("F12", fling, repeats=1).threat > weigh("F12", fling).threat
    assert weigh("F12", fling).threat == 0.0
