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
MARGIN_S = 45
"""Within this a line must be heard and ingest be gone, however busy the machine; the test then waits for its end."""


def spoke(ago: timedelta, n=0):
    at = datetime.now(UTC) - ago
    return (
        INPUTS["contact_chat"],
        b"k",
        orjson.dumps(chat(f"line {n}", customer="A", event_id=f"e-{n}", occurred_at=at.isoformat())),
    )


def was_heard(result):
    """What was said has its alert; on a busy machine the other may stand there as well by now."""
    return False in kinds(result)


def woken_at(result):
    """When the bus took the alert of the silence."""
    (stamp,) = (stamp for id_, stamp in result.first.items() if any('"silence"' in told for told in result.alerts[id_]))
    return datetime.fromtimestamp(stamp / 1000, UTC)


async def all_ready(stages):
    """Who speaks now has so many seconds left: none of them may pass while the stages load."""
    await asyncio.gather(*(process.until("readyz") for process in stages.all))


def kinds(result):
    return sorted('"silence"' in told for life in result.alerts.values() for told in life)


async def test_who_is_due_is_woken_when_the_time_has_come(bus, tmp_path):
    with Stages(bus, tmp_path, **WALL) as stages:
        async with Listening(bus).open() as listening:
            await all_ready(stages)
            due = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=20)
            await publish(bus, [spoke(PATIENCE - timedelta(seconds=20))])
            assert await listening.until(was_heard), stages.logs()
            assert await listening.until(lambda r: kinds(r) == [False, True]), stages.logs()
            assert woken_at(listening.result) >= due


async def test_nobody_is_woken_while_ingest_has_something_to_read(bus, tmp_path):
    """A backlog never makes a promise look broken: what would keep it may stand in what is not read yet."""
    with Stages(bus, tmp_path, **WALL) as stages:
        ingest, _ = stages.all
        async with Listening(bus).open() as listening:
            await all_ready(stages)
            await publish(bus, [spoke(PATIENCE - timedelta(seconds=MARGIN_S))])
            assert await listening.until(was_heard), stages.logs()
            ingest.kill()
            await publish(bus, [spoke(PATIENCE - timedelta(seconds=MARGIN_S + 1), n=1)])
            await Watch(stages).until("relate:listener_wakes_overdue")  # the time has come, and nobody is woken
            assert kinds(listening.result) == [False]
            ingest.start()
            assert await listening.until(lambda r: kinds(r) == [False, False, True]), stages.logs()


async def test_a_restarted_relate_remembers_who_is_due(bus, tmp_path):
    with Stages(bus, tmp_path, **WALL) as stages:
        _, relate = stages.all
        async with Listening(bus).open() as listening:
            await all_ready(stages)
            due = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=20)
            await publish(bus, [spoke(PATIENCE - timedelta(seconds=20))])
            assert await listening.until(was_heard), stages.logs()
            relate.kill()
            relate.start()
            assert await listening.until(lambda r: kinds(r) == [False, True]), stages.logs()
            assert woken_at(listening.result) >= due


async def test_behind_an_hours_backlog_alerts_come_in_the_order_of_decision_and_no_promise_looks_broken(bus, tmp_path):
    """Customers whose patience ends within it have spoken in what is not read yet, on either of two channels."""
    given = hour(2000, seed=1)
    await send(bus, given.sent)
    with Stages(bus, tmp_path, **WALL, slowness=0.002, throttled="ingest") as stages:
        async with Listening(bus).open() as listening:
            done = await listening.until(lambda r: r.against(given.expected) == FLAWLESS)
            assert done, (listening.result.against(given.expected), stages.logs())
    decided: dict[int, list[str]] = {}
    async with Tail(bus.settings, [OUTPUTS["alerts"]], from_start=True, until=Until(end=True)) as tail:
        async for seen in tail:
            due = orjson.loads(seen.value)["of"] == "silence"
            decided.setdefault(seen.partition, []).append("silence" if due else seen.header["ce_time"])
    assert len(decided) > 1
    for times in decided.values():
        assert "silence" in times
        assert times == sorted(times)  # what falls due, after all that was said: "silence" sorts behind any date
