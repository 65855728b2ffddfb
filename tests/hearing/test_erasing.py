"""Whom an erasure is told to."""

import pytest

from tests.shell_fakes import hearing, record

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
