"""A bus that has not answered for a while is a bus that is not there."""

from listener.telemetry.silence import LONGEST_S, Silence


def test_silence_grows_until_the_bus_answers():
    now = [10.0]
    silence = Silence(lambda: now[0])
    assert silence.is_short
    now[0] += LONGEST_S
    assert silence.seconds == LONGEST_S
    assert not silence.is_short
    silence.ends()
    assert (silence.seconds, silence.is_short) == (0.0, True)
