"""What a jump moves stays a share of the belief, and the other kind of jump takes it back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from listener import relationship
from listener.model.types import TYPE_INDEX
from listener.relationship.belief import distributions, jumped
from listener.relationship.jumps import jump, tell
from tests.relationship.builders import KNOWN, acts, after, heard, turns

SIZES = KNOWN.emissions.settings.jump
signals = st.lists(turns() | acts(), min_size=1, max_size=4)


@given(earlier=signals, later=signals, digits=st.lists(st.sampled_from([-1, 2, 3]), min_size=1, max_size=6))
def test_however_sure_the_belief_was_a_jump_moves_no_more_than_its_share(
    earlier: list[object], later: list[object], digits: list[int]
) -> None:
    """A share kept as nats would grow: a type raised from a thousandth to a fiftieth stays twenty times likelier."""
    still = after(*earlier)
    moved = still
    for digit in digits:
        moved = jump(moved, digit, KNOWN)
    for signal in later:
        still, moved = (relationship.revise(tie, signal, (), None, KNOWN) for tie in (still, moved))
    held, unmoved = (distributions(tie, None, still.at_s, KNOWN)[0] for tie in (moved, still))
    most = 1.0 - np.prod([1.0 - max(SIZES.digit_2, SIZES.digit_3, SIZES.honoured)] * len(digits))
    assert np.abs(held - unmoved).sum() / 2 <= most + 1e-3


def test_a_breach_moves_along_rupture_edges_and_wanted_follows_a_little() -> None:
    tie = tell(after(heard()), "best_friends", "best_friends", None, KNOWN)
    broken = jump(tie, 3, KNOWN)
    before, now = (distributions(one, None, tie.at_s, KNOWN) for one in (tie, broken))
    ex = TYPE_INDEX["ex_friends"]
    assert now[0, ex] > before[0, ex]
    assert before[1, ex] < now[1, ex] < before[1, ex] + 0.2 * (now[0, ex] - before[0, ex])


def test_what_is_made_good_takes_a_rupture_back() -> None:
    broken = jump(after(heard()), 3, KNOWN)
    mended = jump(broken, -1, KNOWN)
    assert mended.ruptured == pytest.approx(broken.ruptured * (1 - SIZES.honoured), abs=1e-4)
    assert mended.mended == pytest.approx(SIZES.honoured, abs=1e-4)


def test_who_says_what_the_tie_is_has_counted_what_happened() -> None:
    told = tell(jump(after(heard()), 3, KNOWN), "kinship", "kinship", None, KNOWN)
    assert jumped(told, told.at_s, KNOWN) == (0.0, 0.0)
    assert distributions(told, None, told.at_s, KNOWN)[0, TYPE_INDEX["kinship"]] == pytest.approx(0.9, abs=0.02)
