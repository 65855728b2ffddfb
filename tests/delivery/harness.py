"""Real processes on a real broker, real kills; what came of it held against the replay of the same input."""

import asyncio
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
from aiokafka import TopicPartition

from listener.bus import clients
from listener.envelopes.recording import Recorded, read
from listener.model.topics import INPUTS, OUTPUTS
from listener.replay import replay
from listener.topics import wanted
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
    starts: int = 0

    def start(self) -> None:
        self.starts += 1
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

    async def stop_and_wait(self) -> int:
        """As `stop`, while others go on; not before it is up, for a process that is still loading just dies."""
        while self.is_alive and self.log.read_bytes().count(b"serving") < self.starts:
            await asyncio.sleep(0.05)
        return await asyncio.to_thread(self.stop)

    def freeze(self) -> None:
        assert self.running is not None
        self.running.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self.running is not None
        self.running.send_signal(signal.SIGCONT)

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
        there = {topic.name: topic.partitions for topic in wanted(self.bus.settings)}
        consumer = clients.consumer(self.bus.settings, None)
        async with clients.started(consumer, self.bus.settings):
            consumer.assign([TopicPartition(name, n) for name in topics for n in range(there[name])])
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
        slow: float = 0.0,
        drops: int = 0,
        **settings: str,
    ) -> None:
        self.bus, self.folder = bus, folder
        self.data = folder / "stages"
        told = {"BRAND": BRAND, "CLOCK": "event", "STORE": store, "DATA_DIR": str(self.data)} | settings
        self.environ = environ = bus.environ(**told) | {
            "HARNESS_OFF": off,
            "HARNESS_SLOW": str(slow),
            "HARNESS_DROP": str(drops),
        }
        self.slow_s, self.said = slow, lambda: 0
        names = ["ingest"] * ingests + ["relate"] * relates
        self.all = [Process(bus, stage, environ, folder / f"{stage}-{n}.log") for n, stage in enumerate(names)]

    def __enter__(self) -> "Stages":
        for process in self.all:
            process.start()
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.all:
            process.kill()

    def add(self, stage: str) -> Process:
        """One more of a stage."""
        process = Process(self.bus, stage, self.environ, self.folder / f"{stage}-{len(self.all)}.log")
        self.all.append(process)
        process.start()
        return process

    def of(self, stage: str) -> list[Process]:
        return [process for process in self.all if process.stage == stage]

    def wipe(self) -> None:
        """Throw away what relate kept on this machine; only while no relate runs."""
        shutil.rmtree(self.data / "relate", ignore_errors=True)

    def logs(self) -> str:
        return "\n".join(f"--- {p.log.name}\n{p.log.read_text()[-3000:]}" for p in self.all if p.log.exists())


def environ_or(name: str, default: int) -> int:
    return int(os.environ.get(name, default))


Disturb = Callable[[Stages, random.Random, int], Awaitable[None]]


@dataclass
class Trial:
    """What came of one run."""

    verdict: dict[str, int]
    result: Result
    logs: str

    @property
    def is_flawless(self) -> bool:
        return self.verdict == FLAWLESS

    @property
    def doubled(self) -> int:
        """How often something was said again, under the same id: what a reader knows as a repeat."""
        return self.result.said - len(self.result.alerts)


async def trial(
    bus: Bus,
    folder: Path,
    disturb: Disturb,
    *,
    cycles: int,
    seed: int = 1,
    events: int = 4000,
    seconds_a_cycle: float = 1.2,
    patience_s: float = 90.0,
    **stages: Any,
) -> Trial:
    """Half of the events as a backlog, half while the stages are disturbed; then wait for what should come of it."""
    recorded = flood(events, customers=200, seed=seed)
    should_be = expected(recorded)
    half = len(recorded) // 2
    await send(bus, recorded[:half])
    pace = (events - half) / max(1.0, cycles * seconds_a_cycle)
    with Stages(bus, folder, **stages) as made:
        async with Listening(bus).open() as listening:
            made.said = lambda: listening.result.said
            disturbing = disturb(made, random.Random(seed), cycles)
            await asyncio.gather(send(bus, recorded[half:], per_second=pace), disturbing)
            await listening.until(lambda r: r.against(should_be) == FLAWLESS, patience_s)
            return Trial(listening.result.against(should_be), listening.result, made.logs())
