"""What can do its work no more ends the process and says why; what goes on, however slowly, does not."""

import asyncio
from types import SimpleNamespace

import pytest
from prometheus_client import CollectorRegistry

from listener.bus.clients import JoinsNoMore
from listener.processes.worker_slot import take_slot
from listener.relate import worker
from listener.relate.app import create_app
from listener.relate.worker import LONGEST_SILENCE_S, RecoveryStalled, Watched
from listener.settings import Settings
from listener.telemetry import BusSilence, Metrics
from tests.delivery.stages import Stages
from tests.kafka import bus_on
from tests.secured import free_port
from tests.shell_fakes import counting_core


class Recovering:
    """A relate whose changelog has so many records left to read."""

    def __init__(self):
        self.remaining, self.crashed_with = 100, None
        recovery = SimpleNamespace(in_recovery=True, active_remaining_total=lambda: self.remaining)
        tables = SimpleNamespace(recovery=recovery, actives_ready=False)
        consumer = SimpleNamespace(must_join=self.must_join)
        self.app = SimpleNamespace(
            tables=tables,
            crash=self.crash,
            rebalancing=False,
            silence=BusSilence(),
            consumer=consumer,
            should_stop=False,
        )
        self.clock = SimpleNamespace(built_to={}, wake_ups={0: None})

    async def crash(self, trouble):
        self.crashed_with = trouble

    def must_join(self):
        raise JoinsNoMore


@pytest.fixture
def now(monkeypatch):
    time = [1000.0]
    monkeypatch.setattr(worker, "monotonic", lambda: time[0])
    return time


async def watched(relate):
    made = Watched(relate, Metrics(CollectorRegistry()), Settings())
    await made._look_for_a_stall()
    return made


async def test_one_that_stands_still_ends_the_process_and_says_how_much_is_missing(now):
    relate = Recovering()
    made = await watched(relate)
    now[0] += LONGEST_SILENCE_S + 1
    await made._look_for_a_stall()
    assert isinstance(relate.crashed_with, RecoveryStalled)
    assert str(relate.crashed_with) == "100 records of the changelog do not come"


async def test_one_that_joins_its_group_no_more_ends_the_process_with_nothing_to_fetch():
    relate = Recovering()
    await (await watched(relate))._look_for_a_lost_group()
    assert isinstance(relate.crashed_with, JoinsNoMore)


async def test_relates_consumer_is_asked_for_its_group_as_soon_as_it_has_one(tmp_path):
    place = take_slot(tmp_path, "relate")
    consumer = create_app(Settings(), counting_core(), Metrics(CollectorRegistry()), place).app.consumer
    consumer.must_join()
    died = asyncio.get_running_loop().create_future()
    died.set_exception(RuntimeError("no broker"))
    group = SimpleNamespace(_coordination_task=died, _pending_exception=None)
    consumer._thread._consumer = SimpleNamespace(_coordinator=group)
    consumer._thread.thread_loop.close()
    with pytest.raises(JoinsNoMore):
        consumer.must_join()


async def test_one_that_is_stopping_need_not_join_any_more():
    relate = Recovering()
    relate.app.should_stop = True
    await (await watched(relate))._look_for_a_lost_group()
    assert relate.crashed_with is None


async def test_an_end_that_hangs_is_cut_short(now, monkeypatch):
    """Faust may wait for ever for what it could not start."""
    ends = []
    monkeypatch.setattr(worker, "end_within", ends.append)
    made = await watched(Recovering())
    await made.on_stop()
    assert ends == [worker.LONGEST_END_S]


async def test_one_that_goes_on_is_left_alone_and_is_not_ready_yet(now):
    relate = Recovering()
    made = await watched(relate)
    for _ in range(10):
        now[0] += LONGEST_SILENCE_S - 1
        relate.remaining -= 1
        await made._look_for_a_stall()
    assert relate.crashed_with is None
    assert not made.ready().is_well
    assert made.ready().facts["recovered"] is False


async def test_a_relate_that_finds_no_bus_ends_with_a_reason(tmp_path):
    """It was there when the command looked, and gone when the app began."""
    with Stages(bus_on(f"127.0.0.1:{free_port()}", tmp_path), tmp_path, ingests=0) as stages:
        (relate,) = stages.all
        assert await asyncio.to_thread(relate.running.wait, 90) == 1
        assert "Unable to bootstrap" in stages.logs()
