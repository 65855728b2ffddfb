"""Whom erasures and merges are told to."""

from dataclasses import replace
from datetime import timedelta

import pytest

from listener.model.record import Record
from tests.shell_fakes import NOON, hearing, record


def at(minute: int, told: Record) -> Record:
    return replace(told, received_at=NOON + timedelta(minutes=minute))


ORDER = {"occurred_at": "2026-03-02T12:00:00Z", "command": "merge"}


@pytest.mark.parametrize("named", ["A", "B", "C"])
@pytest.mark.parametrize("topic", ["commands", "crm_customers"])
def test_an_erasure_is_told_to_all_who_are_one_and_once_to_each(named, topic):
    merges = [("A", "B"), ("B", "C"), ("other", "another")]
    orders = [ORDER | {"customer_id": who, "into": into, "command_id": who} for who, into in merges]
    order = ORDER | {"command_id": "x", "customer_id": named, "command": "erase"}
    made = record(topic, order if topic == "commands" else None, key=named.encode())
    *_, fate = hearing().hear([*(record("commands", one) for one in orders), made])
    assert fate.signals[0].customer_id == "C"
    assert sorted(signal.customer_id for signal in fate.signals) == ["A", "B", "C"]
    assert len({signal.event_id for signal in fate.signals}) == 3, "of one record, or two of one partition were one"


def test_a_merge_of_two_who_are_one_already_is_told_to_nobody_and_one_that_is_read_again_is():
    """It may overtake what made them one, and part them."""
    merges = [("A", "B"), ("B", "C"), ("A", "C"), ("A", "B")]
    orders = [ORDER | {"customer_id": who, "into": into, "command_id": f"m{n}"} for n, (who, into) in enumerate(merges)]
    told = [at(n, record("commands", one)) for n, one in enumerate(orders)]
    ears = hearing()
    for _ in range(2):
        assert [len(fate.signals) for fate in ears.hear(told)] == [1, 1, 0, 0]


def test_a_merge_of_who_became_another_is_told_to_that_other_however_often_it_is_read():
    """Passed on by the first, it could be overtaken by what merges the other somewhere else."""
    merges = [("A", "B"), ("A", "C")]
    orders = [ORDER | {"customer_id": who, "into": into, "command_id": f"m{n}"} for n, (who, into) in enumerate(merges)]
    told, ears = [at(n, record("commands", one)) for n, one in enumerate(orders)], hearing()
    for _ in range(2):
        assert [fate.signals[0].customer_id for fate in ears.hear(told)] == ["A", "B"]
