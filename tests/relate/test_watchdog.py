"""A process that was frozen must not write."""

import pytest

from listener.relate.watchdog import Frozen, Watchdog


def test_a_gap_longer_than_membership_is_the_end():
    now = [0.0]
    watchdog = Watchdog(8.0, clock=lambda: now[0])
    now[0] = 7.9
    watchdog.check()
    now[0] = 8.1
    with pytest.raises(Frozen):
        watchdog.check()
