"""Real processes on a real broker, real kills; what came of it held against the replay of the same input."""

import asyncio
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

from listener import bus as clients
from listener.model.topics import INPUTS, OUTPUTS
from listener.names import group
from listener.recording import Recorded, read
from listener.replay import replay
from tests.kafka import Bus
from tests.shell_fakes import chat, counting_core, hearing

ROOT = Path(__file__).parents[2]
BRAND = "acme"


@dataclass
class Process:
    """One stage; started again after a kill under the same name, with the same disk."""

    bus: Bus
    stage: str
    environ: dict[str, str]
    log: Path
    running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "tests.delivery.stage", self.stage]
            self.running = subprocess.Popen(command, cwd=ROOT, env=self.environ, stdout=log, stderr=log)

    def kill(self) -> None:
        if self.running is not None:
            self.running.kill()
            self.running.wait()

    def stop(self) -> int:
        assert self.running is not None
        self.running.terminate()
        return self.running.wait(30)

    @property
    def is_alive(self) -> bool:
        return self.running is not None and self.running.poll() is None


@dataclass
class Result:
    """What the listener said: every alert by its id with all it was said to be, the last estimate of each customer."""

    alerts: dict[str, set[str]] = field(default_factory=dict)
    estimates: dict[str, Any] = field(default_factory=dict)
    said: int = 0
    dead: int = 0

    def against(self, expected: "Result") -> dict[str, int]:
        """How much is lost, made up, and other than it should be."""
        return {
            "lost": len(expected.alerts.keys() - self.alerts.keys()),
            "made up": len(self.alerts.keys() - expected.alerts.keys()),
            "wrong": sum(told != expected.alerts[id_] for id_, told in self.alerts.items() if id_ in expected.alerts),
            "estimates": sum(self.estimates.get(who) != told for who, told in expected.estimates.items()),
        }


FLAWLESS = {"lost": 0, "made up": 0, "wrong": 0, "estimates": 0}


def flood(count: int, customers: int, seed: int = 1) -> list[Recorded]:
    """Chat lines of many customers, some minutes apart."""
    chance, at = random.Random(seed), datetime(2026, 3, 2, tzinfo=UTC)
    lines = []
    for n in range(count):
        at += timedelta(seconds=chance.randrange(1, 30))
        who = f"C-{chance.randrange(customers)}"
        value = chat(f"line {n}", customer=who, event_id=f"e-{n}", occurred_at=at.isoformat())
        lines.append(orjson.dumps({"topic": "contact.chat.v1", "key": who, "value": value, "headers": {}}))
    return list(read(lines))


def expected(recorded: Sequence[Recorded], until: datetime | None = None) -> Result:
    """What the replay says."""
    result = Result()
    for outcome in replay([r.as_record() for r in recorded], until, hearing(brand=BRAND), counting_core(BRAND)):
        take(result, OUTPUTS[outcome.topic], outcome.customer_id, json.loads(outcome.value.model_dump_json()))
    return result


def take(result: Result, topic: str, key: str, value: Any) -> None:
    if topic == OUTPUTS["alerts"]:
        result.said += 1
        result.alerts.setdefault(value["alert_id"], set()).add(json.dumps(value, sort_keys=True))
    elif topic == OUTPUTS["estimates"]:
        result.estimates[key] = value


async def send(bus: Bus, recorded: Sequence[Recorded], per_second: float | None = None) -> None:
    """Publish as `listener send` does."""
    async with clients.started(clients.producer(bus.settings), bus.settings) as producer:
        begun, sent = time.monotonic(), []
        for n, one in enumerate(recorded):
            if per_second is not None and n / per_second > time.monotonic() - begun:
                await asyncio.sleep(n / per_second - (time.monotonic() - begun))
            topic, headers = bus.names.real(one.topic), list(one.as_cloud_event())
            sent.append(await producer.send(topic, one.value, key=one.key, headers=headers))
        await asyncio.gather(*sent)


class Listening:
    """Reads all outputs while the stages run."""

    def __init__(self, bus: Bus) -> None:
        self.bus, self.result = bus, Result()

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Listening"]:
        topics = [self.bus.names.real(OUTPUTS[t]) for t in ("alerts", "estimates")]
        topics += [self.bus.names.real(name + ".dlq") for name in (*INPUTS.values(), OUTPUTS["signals"])]
        consumer = clients.consumer(self.bus.settings, None, *topics)
        async with clients.started(consumer, self.bus.settings):
            reading = asyncio.create_task(self._read(consumer))
            try:
                yield self
            finally:
                reading.cancel()

    async def _read(self, consumer: Any) -> None:
        while True:
            for tp, records in (await consumer.getmany(timeout_ms=100)).items():
                topic = self.bus.names.default(tp.topic)
                for record in records:
                    if topic.endswith(".dlq"):
                        self.result.dead += 1
                    else:
                        take(self.result, topic, record.key.decode(), json.loads(record.value))

    async def until(self, is_enough: Callable[[Result], bool], patience_s: float) -> bool:
        """Whether it came to that in time."""
        limit = time.monotonic() + patience_s
        while time.monotonic() < limit:
            if is_enough(self.result):
                return True
            await asyncio.sleep(0.05)
        return False


class Stages:
    """The processes of one scenario; whatever happens, all are gone at the end."""

    def __init__(
        self,
        bus: Bus,
        folder: Path,
        *,
        ingests: int = 1,
        relates: int = 1,
        store: str = "memory",
        off: str = "",
        **settings: str,
    ) -> None:
        self.bus, self.folder = bus, folder
        self.data = folder / "stages"
        told = {"BRAND": BRAND, "CLOCK": "event", "STORE": store, "DATA_DIR": str(self.data)} | settings
        environ = bus.environ(**told) | {"HARNESS_OFF": off}
        names = ["ingest"] * ingests + ["relate"] * relates
        self.all = [Process(bus, stage, environ, folder / f"{stage}-{n}.log") for n, stage in enumerate(names)]

    def __enter__(self) -> "Stages":
        for process in self.all:
            process.start()
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.all:
            process.kill()

    def wipe(self) -> None:
        """Throw away what relate kept on this machine; only while no relate runs."""
        shutil.rmtree(self.data / "relate", ignore_errors=True)

    def logs(self) -> str:
        return "\n".join(f"--- {p.log.name}\n{p.log.read_text()[-3000:]}" for p in self.all if p.log.exists())


async def torment(stages: Stages, cycles: int, seed: int, *, pause_s: tuple[float, float] = (0.5, 2.0)) -> None:
    """Kill one process after another at random moments, and start it again; relate's disk is lost now and then."""
    chance = random.Random(seed)
    for _ in range(cycles):
        await asyncio.sleep(chance.uniform(*pause_s))
        victim = chance.choice(stages.all)
        victim.kill()
        relates = [p for p in stages.all if p.stage == "relate"]
        if victim.stage == "relate" and len(relates) == 1 and chance.random() < 0.3:
            stages.wipe()
        victim.start()


async def has_committed_all(bus: Bus, stage: str, topics: Sequence[str]) -> bool:
    """Whether a stage's group has committed every record of these topics."""
    async with clients.admin(bus.settings) as admin:
        committed = await admin.list_consumer_group_offsets(group(bus.settings, stage))
    consumer = clients.consumer(bus.settings, None, *topics)
    async with clients.started(consumer, bus.settings):
        ends = await consumer.end_offsets(sorted(consumer.assignment()))
    return all(end == 0 or (tp in committed and committed[tp].offset == end) for tp, end in ends.items())


def environ_or(name: str, default: int) -> int:
    return int(os.environ.get(name, default))
