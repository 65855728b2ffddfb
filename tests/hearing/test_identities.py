"""Who is meant, in whatever order it is told and by how many threads."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count, permutations, takewhile
from random import Random
from threading import Event
from time import process_time

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


def test_a_merge_of_who_became_another_merges_that_other():
    """As relate does, which passes the order on: else what closes a circle there would not be known for one here."""
    ids = Identities()
    assert ids.merge("A", "D", after(0))
    assert ids.merge("A", "B", after(1))
    assert {who: ids.current(who) for who in "ABD"} == dict.fromkeys("ABD", "B")
    assert ids.merge("D", "A", after(2)), "they are one already"
    assert ids.is_needless("D", "A", after(2))
    assert not ids.is_needless("A", "B", after(1)), "however often it is read"
    assert not ids.merge("B", "D", after(3))
    assert ids.aliases("B") == ["A", "D"]
    ids.unlink("A", after(4))
    assert not ids.is_needless("D", "A", after(2))


def test_a_chain_of_merges_may_be_long():
    ids = Identities()
    for n in range(40):
        ids.merge(f"C-{n}", f"C-{n + 1}", after(n))
    assert ids.current("C-0") == "C-40"
    assert not ids.merge("C-40", "C-0", after(40))


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


def test_whose_a_handle_is_and_what_he_is_called_does_not_depend_on_the_order_of_reading():
    """Three customers share two handles and come back with them; one is erased between. Profiles are told twice."""
    dice, handles = Random(11), (ANN, Handle(kind="social", value="@Ann"))
    for _ in range(200):
        told = [
            (
                Profile(customer_id=dice.choice("ABC"), name=f"name {n}", handles=dice.sample(handles, n % 3)),
                after(n // 2),
            )
            for n in range(8)
        ]
        gone, agreed = (dice.choice("ABC"), after(dice.randrange(4))), set()
        for _ in range(4):
            ids, order = Identities(), [*range(8), *range(8), None]
            dice.shuffle(order)
            for n in order:
                ids.unlink(*gone) if n is None else ids.link(*told[n], (0, n))
            agreed.add((*map(ids.of_handle, handles), *map(ids.names.get, "ABC")))
        assert len(agreed) == 1, (told, gone)


def test_a_profile_from_before_the_erasure_brings_nothing_back_however_late_it_is_read():
    ids = Identities()
    ids.unlink("C-1", after(5))
    ids.link(Profile(customer_id="C-1", name="Ann", handles=(ANN,)), after(1))
    assert ids.of_handle(ANN) == ANN.customer_id
    assert not ids.names


def test_what_is_told_out_of_order_means_what_it_would_in_order_with_erasures_between():
    """Chains, circles, a merge told twice and two erasures: whatever is asked meanwhile, in the end all agree."""
    dice = Random(7)
    for _ in range(300):
        told = [(*dice.sample("ABCDEF", 2), after(hour)) for hour in range(8)]
        gone = (dice.choice("ABCDEF"), after(dice.randrange(8) + 0.5))
        agreed = set()
        for _ in range(4):
            order = dice.sample([*told, gone], len(told) + 1)
            ids = Identities()
            for one in order:
                ids.unlink(*one) if one is gone else ids.merge(*one)
            agreed.add(tuple(map(ids.current, "ABCDEF")))
        assert len(agreed) == 1, told


def test_thousands_of_merges_out_of_order_and_erasures_cost_each_their_own():
    """Four partitions are read one after the other, all merge into a few, and a quarter is erased again."""
    ids, many = Identities(), 4_000
    began = process_time()
    for n in (n for p in range(4) for n in range(p, many, 4)):
        assert ids.merge(f"A-{n}", f"B-{n}", after(n))
        ids.learn_merge(f"B-{n}", f"C-{n % 8}", after(n + 0.5))
        assert ids.merge(f"D-{n}", "E", after(n))
    for n in range(0, many, 4):
        ids.unlink(f"B-{n}", after(2 * many))
        ids.unlink(f"D-{n}", after(2 * many))
    assert [ids.current(f"A-{n}") for n in range(4)] == ["A-0", "C-1", "C-2", "C-3"]
    assert [ids.current(f"D-{n}") for n in range(4)] == ["D-0", "E", "E", "E"]
    assert process_time() - began < 5  # all anew for each of them, it would be a minute


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
