"""Nothing flows before the state of what is held is whole, however slow the machine is between two steps."""

import faust
import pytest
from faust.types import TP
from prometheus_client import CollectorRegistry

from listener.processes.place import take_place
from listener.relate.app import create_app
from listener.relate.recovery import SafeRecovery
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
    made = create_app(Settings(), counting_core(), Metrics(CollectorRegistry()), take_place(tmp_path, "relate")).app
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
