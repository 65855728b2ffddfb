"""Alerts keep their ids and lives whatever else the bus carries: customers overtaking, records twice, restarts."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from listener.commands.reading import records_of
from listener.model.outputs import Alert
from listener.model.record import Record
from listener.model.state import CustomerState
from listener.replay import replay
from listener.settings import Settings
from listener.workbench import core_of, hearing_of
from tests.rules.builders import CATALOGUE

STORIES = ("captive-breach", "seed-signature-rule", "seed-grocery", "stalker_prey-breach")
"""Customers with alerts and no act that is everybody's, so that each one's history is their own."""
Life = list[tuple[str, str, str, str]]


def told(records: list[Record], *, restarts: bool = False) -> dict[str, Life]:
    """Each customer's alerts, turn by turn; with `restarts`, a worker dies after every signal and reads its state."""
    core, lives = core_of(Settings(), CATALOGUE), dict[str, Life]()

    def step(state: CustomerState, signal):
        state, outcomes = core.step(state, signal)
        return CustomerState.from_bytes(state.to_bytes()), outcomes

    until = max(record.received_at for record in records).replace(year=2028)
    fold = replace(core, step=step) if restarts else core
    for outcome in replay(records, until, hearing_of(Settings(), CATALOGUE), fold):
        if isinstance(alert := outcome.value, Alert) and alert.customer_id:
            turn = (alert.alert_id, alert.status, alert.updated_at.isoformat(), alert.severity)
            lives.setdefault(alert.customer_id, []).append(turn)
    return lives


def histories() -> list[list[Record]]:
    return [records_of(Path("tests/stories") / f"{name}.jsonl") for name in STORIES]


@pytest.fixture(scope="module")
def one_after_the_other() -> dict[str, Life]:
    return told([record for history in histories() for record in history])


def interleaved(chance: Random) -> list[Record]:
    """Every customer's records in their own order, in any order among customers; the profiles stand first."""
    queues = [list(history) for history in histories()]
    begun = [queue.pop(0) for queue in queues]
    turns = [n for n, queue in enumerate(queues) for _ in queue]
    chance.shuffle(turns)
    return begun + [queues[n].pop(0) for n in turns]


def test_every_customer_of_these_has_alerts(one_after_the_other) -> None:
    assert len(one_after_the_other) == len(STORIES)


@pytest.mark.parametrize("seed", [1, 2])
def test_customers_overtaking_each_other_change_no_alert(seed: int, one_after_the_other) -> None:
    assert told(interleaved(Random(seed))) == one_after_the_other


def test_records_that_come_twice_change_no_alert(one_after_the_other) -> None:
    twice = [again for history in histories() for record in history for again in (record, record)]
    late = [record for history in histories() for record in (*history, *history[1:])]
    assert told(twice) == told(late) == one_after_the_other


def test_a_restart_after_every_signal_changes_no_alert(one_after_the_other) -> None:
    assert told([record for history in histories() for record in history], restarts=True) == one_after_the_other


def test_no_alert_is_raised_twice_or_lives_on_after_its_end(one_after_the_other) -> None:
    for life in one_after_the_other.values():
        for alert_id in {one[0] for one in life}:
            turns = [status for known, status, *_ in life if known == alert_id]
            assert turns[0] == "raised"
            assert turns.count("raised") == 1
            assert not {"resolved", "expired"} & set(turns[:-1])
            assert turns[-1] in ("resolved", "expired")
