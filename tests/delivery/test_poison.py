"""Rubbish means the same on a bus as in a recording of it; no broker is asked."""

import random
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

from listener.model.record import DeadLetter, Understood
from tests.delivery.poison import poisonous
from tests.shell_fakes import hearing

STAMPED = datetime(2026, 11, 30, tzinfo=UTC)
"""When a bus took what was recorded months before."""


def meant(fate):
    if not isinstance(fate, Understood):
        return fate
    return [signal.model_dump(exclude={"heard_at", "source"}) for signal in fate.signals]


def test_whatever_is_sent_over_a_bus_happens_when_its_recording_says():
    told = list(islice(poisonous(random.Random(2)), 2000))
    recorded = [one.as_record() for one in told]
    received = [replace(one.as_record(), headers=one.as_cloud_event(), received_at=STAMPED) for one in told]
    replayed, live = hearing().hear(recorded), hearing().hear(received)
    assert [meant(fate) for fate in live] == [meant(fate) for fate in replayed]
    assert {type(fate) for fate in live} == {Understood, DeadLetter}
