"""One act that hurts a crowd, on a real bus: one alert of the brand, with the life that the replay gives it."""

import asyncio
import json
import re
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

from listener.bus.tailing import Tail, Until
from listener.envelopes.recording import Recorded, read, tick
from listener.model.topics import OUTPUTS
from tests.crowds import ACT_AT, BRAND, UNTIL, customers, rise, thanks
from tests.delivery.harness import send
from tests.patience import PATIENT_S
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


@dataclass(frozen=True)
class Stage:
    """One that runs, and where it logs."""

    name: str
    process: subprocess.Popen
    log: Path

    @property
    def port(self) -> int | None:
        """Where it serves; None before it does."""
        found = re.search(r"serving.*?port=(\d+)", self.log.read_text())
        return int(found[1]) if found else None

    def metrics(self) -> str:
        """What it tells a dashboard; nothing before it serves."""
        if self.port is None:
            return ""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics") as answer:
            return answer.read().decode()


class Running:
    """The stages, to be killed and started again; every start has a log of its own."""

    def __init__(self, bus, folder: Path, relates: int) -> None:
        self.folder = folder
        self.environ = bus.environ(BRAND=BRAND, CLOCK="event", STORE="rocksdb", DATA_DIR=str(folder / "stages"))
        self.starts = 0
        self.stages = [self.start(stage) for stage in ["ingest", *["relate"] * relates, "gather"]]

    def start(self, name: str) -> "Stage":
        self.starts += 1
        path = self.folder / f"{self.starts}.log"
        with path.open("ab") as log:
            return Stage(name, subprocess.Popen([*LISTENER, name], cwd=ROOT, env=self.environ, stderr=log), path)

    def named(self, name: str) -> list["Stage"]:
        return [stage for stage in self.stages if stage.name == name]

    def kill_and_start(self, stage: "Stage") -> None:
        stage.process.kill()
        stage.process.wait()
        self.stages[self.stages.index(stage)] = self.start(stage.name)

    def stop(self) -> list[int]:
        """How each ends when it is told to, once it is up: one that is still loading knows no word of ending."""
        limit = time.monotonic() + PATIENT_S
        while any(s.port is None and s.process.poll() is None for s in self.stages) and time.monotonic() < limit:
            time.sleep(0.1)
        for stage in self.stages:
            stage.process.terminate()
        return [stage.process.wait(PATIENT_S) for stage in self.stages]

    def words(self) -> str:
        """The last of what each start logged."""
        return "\n".join(log.read_text()[-2000:] for log in sorted(self.folder.glob("*.log")))


async def said(bus) -> list[dict]:
    """Every alert that stands on the bus now."""
    async with Tail(bus.settings, [OUTPUTS["alerts"]], from_start=True, until=Until(end=True)) as tail:
        return [json.loads(seen.value) async for seen in tail]


async def until(bus, holds, patience_s: float = PATIENT_S) -> list[dict]:
    limit = time.monotonic() + patience_s
    while not holds(told := await said(bus)) and time.monotonic() < limit:
        await asyncio.sleep(0.5)
    return told


def brands(told: list[dict]) -> list[str]:
    return [told_of(value) for value in told if of_brand(value)]


def recorded() -> tuple[list[Recorded], Recorded]:
    lines = list(read(CROWD))
    return lines, tick(UNTIL, line=len(lines))


async def test_live_says_of_the_brand_what_replay_says(bus, tmp_path: Path, should_be):
    assert [json.loads(told)["status"] for told in should_be] == ["raised", "escalated", "expired"]
    lines, end = recorded()
    running = Running(bus, tmp_path, relates=2)
    try:
        await send(bus, [*lines, end])
        told = await until(bus, lambda told: len(brands(told)) >= len(should_be))
    finally:
        codes = running.stop()
    assert brands(told) == should_be, running.words()
    assert codes == [0] * len(codes)


async def test_kills_lose_nothing_and_say_nothing_twice(bus, tmp_path: Path, should_be):
    """Relate is killed in the middle of the crowd, gather before and after it has spoken, two of them take turns."""
    lines, end = recorded()
    running = Running(bus, tmp_path, relates=1)
    try:
        await send(bus, lines)
        await until(bus, lambda told: len(told) > 5)
        running.kill_and_start(*running.named("relate"))
        running.kill_and_start(*running.named("gather"))
        running.stages.append(running.start("gather"))
        await until(bus, lambda told: len(brands(told)) >= 1)
        running.kill_and_start(await speaker(running))
        await send(bus, [end])
        running.kill_and_start(*running.named("relate"))
        await until(bus, lambda told: len(brands(told)) >= len(should_be))
        running.kill_and_start(await speaker(running))
        await speaker(running)
        told = await said(bus)
    finally:
        codes = running.stop()
    assert brands(told) == should_be, running.words()
    assert codes == [0] * len(codes)


async def speaker(running: Running) -> Stage:
    """The gather that has read all and said what it had to say: it alone tells of the crowd, the others stand by."""
    limit = time.monotonic() + PATIENT_S
    while time.monotonic() < limit:
        for stage in running.named("gather"):
            if "listener_brand_alert_customers{" in await asyncio.to_thread(stage.metrics):
                return stage
        await asyncio.sleep(0.3)
    raise AssertionError(f"none ever spoke: {running.words()}")
