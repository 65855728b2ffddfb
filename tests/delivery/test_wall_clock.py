"""On the wall clock a deadline falls due when its time has come and nothing waits to be read."""

import asyncio
from datetime import UTC, datetime, timedelta

import orjson
import pytest

from listener.bus.tailing import Tail, Until
from listener.model.topics import INPUTS, OUTPUTS
from tests.delivery.harness import FLAWLESS, Listening, Stages, send
from tests.delivery.inputs import hour
from tests.delivery.test_hostile_inputs import publish
from tests.delivery.watching import Watch
from tests.shell_fakes import PATIENCE, chat

pytestmark = pytest.mark.broker
WALL = {"CLOCK": "wall", "LATENESS": "0 s"}


def spoke(ago: timedelta, n=0):
    at = datetime.now(UTC) - ago
    return (
        INPUTS["contact_chat"],
        b"k",
        orjson.dumps(chat(f"line {n}", customer="A", event_id=f"e-{n}", occurred_at=at.isoformat())),
    )


async def all_ready(stages):
    """Who speaks now has so many seconds left: none of them may pass while the stages load."""
    await asyncio.gather(*(process.until("readyz") for process in stages.all))


def kinds(result):
    return sorted('"silence"' in told for life in result.alerts.values() for told in life)


async def test_who_is_due_is_woken_when_the_time_has_come(bus, tmp_path):
    with Stages(bus, tmp_path, **WALL) as stages:
        async with Listening(bus).open() as listening:
            await all_ready(stages)
            await publish(bus, [spoke(PATIENCE - timedelta(seconds=20))])
            assert await listening.until(lambda r: kinds(r) == [False], 30), stages.logs()
            assert await listening.until(lambda r: kinds(r) == [False, True], 60), stages.logs()


async def test_nobody_is_woken_while_ingest_has_something_to_read(bus, tmp_path):
    """A backlog never makes a promise look broken: what would keep it may stand in what is not read yet."""
    with Stages(bus, tmp_path, **WALL) as stages:
        ingest, _ = stages.all
        async with Listening(bus).open() as listening:
            await all_ready(stages)
            await publish(bus, [spoke(PATIENCE - timedelta(seconds=20))])
            assert await listening.until(lambda r: kinds(r) == [False], 30), stages.logs()
            ingest.kill()
            await publish(bus, [spoke(PATIENCE - timedelta(seconds=21), n=1)])
            await Watch(stages).until("relate:listener_wakes_overdue")  # the time has come, and nobody is woken
            assert kinds(listening.result) == [False]
            ingest.start()
            assert await listening.until(lambda r: kinds(r) == [False, False, True], 60), stages.logs()


async def test_a_restarted_relate_remembers_who_is_due(bus, tmp_path):
    with Stages(bus, tmp_path, **WALL) as stages:
        _, relate = stages.all
        async with Listening(bus).open() as listening:
            await all_ready(stages)
            await publish(bus, [spoke(PATIENCE - timedelta(seconds=20))])
            assert await listening.until(lambda r: kinds(r) == [False], 30), stages.logs()
            relate.kill()
            relate.start()
            assert await listening.until(lambda r: kinds(r) == [False, True], 60), stages.logs()


async def test_behind_an_hours_backlog_alerts_come_in_the_order_of_decision_and_no_promise_looks_broken(bus, tmp_path):
    """Customers whose patience ends within it have spoken in what is not read yet, on either of two channels."""
    given = hour(2000, seed=1)
    await send(bus, given.sent)
    with Stages(bus, tmp_path, **WALL, slowness=0.002, throttled="ingest"):
        async with Listening(bus).open() as listening:
            await listening.until(lambda r: r.against(given.expected) == FLAWLESS, 60)
            assert listening.result.against(given.expected) == FLAWLESS
    decided: dict[int, list[str]] = {}
    async with Tail(bus.settings, [OUTPUTS["alerts"]], from_start=True, until=Until(end=True)) as tail:
        async for seen in tail:
            due = orjson.loads(seen.value)["of"] == "silence"
            decided.setdefault(seen.partition, []).append("silence" if due else seen.header["ce_time"])
    assert len(decided) > 1
    for times in decided.values():
        assert "silence" in times
        assert times == sorted(times)  # what falls due, after all that was said: "silence" sorts behind any date
