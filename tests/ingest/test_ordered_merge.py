"""Many partitions, one order."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from listener.ingest.ordered_merge import ENOUGH, ENOUGH_IN_ALL, LONGEST_WAIT_S, NEVER, OrderedMerge

LATER = dict.fromkeys([*"pq", *range(9)], 0.5)
ALL = {"limit": 10_000, "limit_bytes": 10**9}


def record(at, value="x", sequence=None, partition=0):
    headers = [("ce_sequence", b"%012d" % sequence)] if sequence is not None else []
    return SimpleNamespace(timestamp=at, headers=headers, topic="t", partition=partition, value=value.encode())


def values(batch):
    return [record.value.decode() for _, record in batch]


def merge(**lanes):
    made = OrderedMerge()
    made.hold(lanes)
    made.add(lanes, now=0.0)
    return made


def test_records_go_on_in_the_order_they_were_received():
    made = merge(p=[record(1, "a"), record(4, "d")], q=[record(2, "b"), record(3, "c")])
    assert values(made.ready(1.0, LATER, **ALL)) == ["a", "b", "c", "d"]


def test_a_partition_keeps_its_own_order_whatever_its_times():
    made = merge(p=[record(9, "a"), record(1, "b")])
    assert values(made.ready(0.0, LATER, **ALL)) == ["a", "b"]


def test_of_one_millisecond_the_sequence_decides():
    made = merge(p=[record(1, "b", sequence=2)], q=[record(1, "a", sequence=1)])
    assert values(made.ready(1.0, LATER, **ALL)) == ["a", "b"]


def test_a_record_waits_until_the_others_were_asked_after_it_came():
    made = merge(p=[record(1, "a")], q=[])
    assert made.ready(0.01, {"p": 1.0, "q": 0.0}, **ALL) == []
    assert values(made.ready(0.01, {"p": 1.0, "q": 0.001}, **ALL)) == ["a"]


def test_a_record_waits_long_for_a_partition_that_has_something_to_read():
    made = merge(p=[record(1, "a")], q=[])
    assert made.ready(1.0, {"q": NEVER}, **ALL) == []
    assert values(made.ready(LONGEST_WAIT_S, {"q": NEVER}, **ALL)) == ["a"]


def test_a_partition_that_ran_out_holds_up_the_others_until_it_is_asked():
    made = merge(p=[record(1, "a")], q=[record(2, "b")])
    assert values(made.ready(0.01, {"p": NEVER, "q": NEVER}, **ALL)) == ["a"]


def test_a_full_partition_is_not_read_until_some_went_on():
    made = merge(p=[record(n) for n in range(ENOUGH)], q=[])
    assert made.hungry() == ["q"]
    made.ready(1.0, LATER, limit=1, limit_bytes=10**9)
    assert made.hungry() == ["p", "q"]


def test_when_all_together_are_too_much_only_those_are_read_of_which_nothing_waits():
    """Each of them is small enough by itself; and without the next of the last one the order could not go on."""
    share = "x" * (ENOUGH_IN_ALL // 12)
    made = merge(**{f"p{n}": [record(n, share)] for n in range(13)}, q=[])
    assert made.hungry() == ["q"]
    made.ready(1.0, LATER, limit=2, limit_bytes=10**9)
    assert len(made.hungry()) == 14


def test_a_batch_ends_at_its_limits():
    made = merge(p=[record(n, "xx") for n in range(9)])
    assert len(made.ready(1.0, LATER, limit=4, limit_bytes=10**9)) == 4
    assert len(made.ready(1.0, LATER, limit=9, limit_bytes=3)) == 2


@given(st.lists(st.lists(st.integers(0, 50), max_size=8), min_size=1, max_size=4), st.integers(1, 5))
def test_nothing_is_lost_and_each_partition_stays_in_order(times, limit):
    lanes = {n: [record(at, f"{n}:{i}") for i, at in enumerate(sorted(lane))] for n, lane in enumerate(times)}
    made = OrderedMerge()
    made.hold(lanes)
    made.add(lanes, now=0.0)
    got = []
    while batch := made.ready(1.0, LATER, limit=limit, limit_bytes=10**9):
        got += batch
    assert [r.timestamp for _, r in got] == sorted(at for lane in times for at in lane)
    for n, lane in lanes.items():
        assert [r for p, r in got if p == n] == lane
