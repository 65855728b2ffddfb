"""One act that hurts a crowd, on a real bus: one alert of the brand, with the life that the replay gives it."""

import asyncio
import contextlib
import json
import subprocess
from pathlib import Path

import pytest

from listener.bus.tailing import Tail, Until
from listener.envelopes.recording import Recorded, read, tick
from listener.model.topics import OUTPUTS
from tests.crowds import ACT_AT, BRAND, UNTIL, customers, rise, thanks
from tests.delivery.harness import Process, Stages, send
from tests.patience import PATIENT_S, comes_true
from tests.stories_told import LISTENER, ROOT, environ

pytestmark = pytest.mark.broker
CROWD = [*customers(48), rise(), *thanks(20, ACT_AT.replace(hour=9))]


@pytest.fixture(scope="module")
def should_be(tmp_path_factory) -> list[str]:
    """What the replay says of the brand, word for word."""
    file = tmp_path_factory.mktemp("crowd") / "crowd.jsonl"
    file.write_bytes(b"\n".join(CROWD))
    command = [*LISTENER, "replay", str(file), "--until", UNTIL.isoformat()]
    done = subprocess.run(command, cwd=ROOT, env=environ(BRAND=BRAND), capture_output=True, check=True)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return [told_of(one["value"]) for one in told if one["topic"] == OUTPUTS["alerts"] and of_brand(one["value"])]


def of_brand(value: dict) -> bool:
    return value["customer_id"] is None


def told_of(value: dict) -> str:
    return json.dumps(value, sort_keys=True)


def started(bus, folder: Path, relates: int) -> Stages:
    """The listener as it ships, gather with it."""
    return Stages(bus, folder, relates=relates, gathers=1, store="rocksdb", words=LISTENER, BRAND=BRAND)


def killed_and_started(process: Process) -> None:
    process.kill()
    process.start()


async def until(bus, holds) -> list[dict]:
    """Every alert that stands on the bus once this holds of them, or when patience ends."""
    told: list[dict] = []
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENT_S), Tail(bus.settings, [OUTPUTS["alerts"]], from_start=True) as tail:
            async for seen in tail:
                told.append(json.loads(seen.value))
                if holds(told):
                    break
    return told


async def said(bus) -> list[dict]:
    """Every alert that stands on the bus now."""
    async with Tail(bus.settings, [OUTPUTS["alerts"]], from_start=True, until=Until(end=True)) as tail:
        return [json.loads(seen.value) async for seen in tail]


def brands(told: list[dict]) -> list[str]:
    return [told_of(value) for value in told if of_brand(value)]


def recorded() -> tuple[list[Recorded], Recorded]:
    lines = list(read(CROWD))
    return lines, tick(UNTIL, line=len(lines))


async def test_live_says_of_the_brand_what_replay_says(bus, tmp_path: Path, should_be):
    assert [json.loads(told)["status"] for told in should_be] == ["raised", "escalated", "expired"]
    lines, end = recorded()
    with started(bus, tmp_path, relates=2) as stages:
        await send(bus, [*lines, end])
        told = await until(bus, lambda told: len(brands(told)) >= len(should_be))
        codes = await stages.stop()
    assert brands(told) == should_be, stages.logs()
    assert codes == [0] * 4


async def test_kills_lose_nothing_and_say_nothing_twice(bus, tmp_path: Path, should_be):
    """Relate is killed in the middle of the crowd, gather before and after it has spoken, two of them take turns."""
    lines, end = recorded()
    with started(bus, tmp_path, relates=1) as stages:
        await send(bus, lines)
        await until(bus, lambda told: len(told) > 5)
        killed_and_started(*stages.of("relate"))
        killed_and_started(*stages.of("gather"))
        stages.add("gather")
        await until(bus, lambda told: len(brands(told)) >= 1)
        killed_and_started(await speaker(stages))
        await send(bus, [end])
        killed_and_started(*stages.of("relate"))
        await until(bus, lambda told: len(brands(told)) >= len(should_be))
        killed_and_started(await speaker(stages))
        await speaker(stages)
        told = await said(bus)
        codes = await stages.stop()
    assert brands(told) == should_be, stages.logs()
    assert codes == [0] * 4


async def speaker(stages: Stages) -> Process:
    """The gather that has read all and said what it had to say: it alone tells of the crowd, the others stand by."""

    async def found() -> Process | None:
        for process in stages.of("gather"):
            if "listener_brand_alert_customers{" in await process.page("metrics"):
                return process
        return None

    return await comes_true(found)
