"""A process that was frozen must not write."""

import pytest

from listener.relate.pulse import Frozen, Pulse


def test_a_gap_longer_than_membership_is_the_end():
    now = [0.0]
    pulse = Pulse(8.0, clock=lambda: now[0])
    now[0] = 7.9
    pulse.check()
    now[0] = 8.1
    with pytest.raises(Frozen):
        pulse.check()
