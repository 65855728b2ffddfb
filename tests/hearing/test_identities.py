"""Who is meant, in whatever order it is told and by how many threads."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count, permutations, takewhile
from threading import Event

import pytest

from listener.hearing import Identities
from listener.model.inputs import Profile
from listener.model.wire import Handle
from tests.shell_fakes import NOON

ANN = Handle(kind="email", value="ann@example.org")


def after(hours: float):
    return NOON + timedelta(hours=hours)


def test_merges_count_in_the_order_of_their_times_in_whatever_order_they_are_read():
    """Each partition is read by itself: of two merges that make a circle the later is refused, by everybody."""
    told = [("A", "B", after(0)), ("B", "A", after(1)), ("B", "C", after(2)), ("C", "A", after(3))]
    for order in permutations(told):
        ids = Identities()
        for merge in order:
            ids.merge(*merge)
        assert {who: ids.current(who) for who in "ABC"} == dict.fromkeys("ABC", "C"), order


def test_a_merge_that_is_read_again_is_as_sound_as_it_was():
    ids = Identities()
    told = [("A", "B", after(0)), ("B", "A", after(1)), ("A", "C", after(2))]
    assert [ids.merge(*merge) for merge in told * 2] == [True, False, True] * 2


@pytest.mark.parametrize("gone", ["OLD", "C-1"])
def test_what_an_erasure_forgot_is_not_learned_anew_from_what_came_before_it(gone):
    """Merges are read from their beginning whenever partitions are assigned anew."""
    ids = Identities()
    ids.merge("OLD", "C-1", after(0))
    ids.unlink(gone, after(1))
    assert ids.merge("OLD", "C-1", after(0))  # no circle: whoever is told of it knows what to do
    assert ids.current("OLD") == "OLD"
    assert gone not in repr(ids)


def test_a_merge_after_an_erasure_holds_however_late_the_erasure_is_read():
    ids = Identities()
    ids.link(Profile(customer_id="C-1", handles=(ANN,)), after(0))
    ids.merge("OLD", "C-1", after(2))
    ids.unlink("C-1", after(1))
    assert ids.current("OLD") == "C-1"
    assert ids.of_handle(ANN) == ANN.customer_id


@pytest.fixture
def hasty() -> Iterator[None]:
    """Threads that take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hasty")
def test_erasures_heard_while_others_merges_come_in_lose_none_of_either():
    """What is heard is heard in a thread of its own, what other ingests heard is learned beside it."""
    ids, many, done = Identities(), 2_000, Event()
    for n in range(many):
        ids.merge(f"old-{n}", f"C-{n}", after(0))

    def others() -> int:
        heard = takewhile(lambda _: not done.is_set(), count())
        return sum(ids.merge(f"their-{n}", f"D-{n}", after(1)) for n in heard)

    with ThreadPoolExecutor(1) as beside:
        theirs = beside.submit(others)
        try:
            for n in range(0, many, 100):
                ids.unlink(f"C-{n}", after(1))
        finally:
            done.set()
    forgotten = [n for n in range(many) if ids.current(f"old-{n}") == f"old-{n}"]
    assert forgotten == list(range(0, many, 100))
    assert [ids.current(f"their-{n}") for n in range(theirs.result())] == [f"D-{n}" for n in range(theirs.result())]
