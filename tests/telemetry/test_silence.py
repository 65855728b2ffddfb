"""A bus that has not answered for a while is a bus that is not there."""

import pytest

from listener.telemetry.silence import LONGEST_S, BusSilence


def test_silence_grows_until_the_bus_answers():
    now = [10.0]
    silence = BusSilence(lambda: now[0])
    assert silence.is_short
    now[0] += LONGEST_S
    assert silence.seconds == LONGEST_S
    assert not silence.is_short
    silence.ends()
    assert (silence.seconds, silence.is_short) == (0.0, True)


def test_a_long_silence_is_told_of_once_it_is_over_and_a_short_one_never():
    now, told = [10.0], []
    silence = BusSilence(lambda: now[0], lambda: told.append(now[0]))
    for seconds in (0.0, LONGEST_S - 0.1, LONGEST_S + 0.01, 0.0, 3 * LONGEST_S, 1.0):
        now[0] += seconds
        silence.ends()
    assert told == [pytest.approx(10.0 + 2 * LONGEST_S - 0.09), pytest.approx(10.0 + 5 * LONGEST_S - 0.09)]


def test_coming_up_is_no_outage():
    now, told = [10.0], []
    silence = BusSilence(lambda: now[0], lambda: told.append(now[0]))
    now[0] += 2 * LONGEST_S
    silence.ends()
    assert told == []
