"""Waiting is counted while the bus is there."""

from types import SimpleNamespace

from listener.ingest.ordered_merge import LONGEST_WAIT_S, NEVER, OrderedMerge
from listener.ingest.pausable_clock import LONGEST_GAP_S, PausableClock


class Time:
    """A clock that is set by hand."""

    def __init__(self):
        self.s = 100.0

    def __call__(self):
        return self.s


def test_it_goes_on_with_every_answer():
    time = Time()
    clock = PausableClock(time)
    begun = clock.now()
    for _ in range(40):
        time.s += 0.25
        assert clock.now() > begun
        clock.answered()
    assert clock.now() - begun == 10.0


def test_a_silence_counts_for_no_more_than_a_moment():
    time = Time()
    clock = PausableClock(time)
    begun = clock.now()
    time.s += 12.0
    assert clock.now() - begun == LONGEST_GAP_S
    clock.answered()
    time.s += 0.5
    assert clock.now() - begun == LONGEST_GAP_S + 0.5


def record(at, value):
    return SimpleNamespace(timestamp=at, headers=[], topic="t", partition=0, value=value)


def test_what_came_just_before_an_outage_waits_for_the_others_after_it():
    time = Time()
    clock, waiting = PausableClock(time), OrderedMerge()

    def ready():
        return [one.value for _, one in waiting.ready(clock.now(), {"q": NEVER}, limit=9, limit_bytes=99)]

    waiting.hold("pq")
    waiting.add({"p": [record(2, b"later")]}, clock.now())
    time.s += 12.0  # the bus is away
    clock.answered()
    assert ready() == []
    waiting.add({"q": [record(1, b"earlier")]}, clock.now())
    assert ready() == [b"earlier"]
    for _ in range(int(LONGEST_WAIT_S)):
        time.s += 1.0
        clock.answered()
    assert ready() == [b"later"]
