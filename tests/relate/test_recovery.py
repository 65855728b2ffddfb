"""Nothing flows before the state of what is held is whole, however slow the machine is between two steps.

A recovery that has ended while the process goes on ends the process as well.
"""

import asyncio

import faust
import pytest
from faust.types import TP
from prometheus_client import CollectorRegistry

from listener.processes.worker_slot import take_slot
from listener.relate.app import create_app
from listener.relate.recovery import RecoveryEnded, SafeRecovery
from listener.settings import Settings
from listener.telemetry import Metrics
from tests.shell_fakes import counting_core

P = TP("relational.signals.v1", 0)


class Consumer:
    """Faust's, as far as the flow goes; its flow is on, as it is where nothing was held before."""

    def __init__(self):
        self.flow_active, self.paused = True, set()

    def stop_flow(self):
        self.flow_active = False

    def pause_partitions(self, partitions):
        self.paused |= set(partitions)


@pytest.fixture
def app(tmp_path):
    made = create_app(Settings(), counting_core(), Metrics(CollectorRegistry()), take_slot(tmp_path, "relate")).app
    made._consumer = Consumer()
    made.flow_control.resume()
    return made


async def test_when_partitions_are_given_out_the_flow_stops_before_anything_else_is_done(app, monkeypatch):
    async def given_out(self, assigned, generation_id=0):
        seen.append((app.consumer.flow_active, app.flow_control.is_active(), app.consumer.paused, generation_id))

    seen = []
    monkeypatch.setattr(faust.App, "_on_partitions_assigned", given_out)
    await app._on_partitions_assigned({P}, 7)
    assert seen == [(False, False, {P}, 7)]


def test_a_recovery_stops_a_flow_that_the_one_before_has_let_go_on(app):
    SafeRecovery(app, app.tables)._set_recovery_started()
    assert not app.consumer.flow_active


async def test_only_what_is_read_in_the_generation_that_was_made_whole_is_folded(app, monkeypatch):
    async def completed(self, generation_id=0):
        """Faust's part."""

    monkeypatch.setattr("faust.tables.recovery.Recovery.on_recovery_completed", completed)
    assert app.tables.whole is None
    await SafeRecovery(app, app.tables).on_recovery_completed(3)
    assert app.tables.whole == 3


async def ended(app, highwaters):
    """The tables' recovery after partitions were given out, with a bus that answers so; its task has ended."""
    recovery = app.tables.recovery
    app.consumer.highwaters = highwaters
    recovery.signal_recovery_start.set()
    async with asyncio.timeout(10):
        await recovery._execute_task(recovery._restart_recovery(recovery))
    return recovery


async def never(*_):
    await asyncio.Event().wait()


async def test_a_step_that_takes_longer_than_a_request_may_ends_the_process_with_a_reason(app):
    app.conf.broker_request_timeout = 0.01
    await ended(app, never)
    assert app.should_stop
    assert isinstance(app.crash_reason, RecoveryEnded)


async def test_a_step_that_is_cancelled_from_without_ends_the_process_with_a_reason(app):
    async def cancelled(*_):
        raise asyncio.CancelledError

    await ended(app, cancelled)
    assert isinstance(app.crash_reason, RecoveryEnded)


async def test_a_recovery_that_was_told_to_stop_ends_nothing_else(app):
    async def told_to_stop(*_):
        app.tables.recovery._stopped.set()
        await never()

    await ended(app, told_to_stop)
    assert app.crash_reason is None
    assert not app.should_stop


def test_faust_starts_our_recovery_and_not_its_own(app):
    assert SafeRecovery._restart_recovery in app.tables.recovery._get_tasks()
