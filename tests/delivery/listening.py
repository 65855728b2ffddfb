"""What the listener said, read from the bus while it runs, and what became of each record it was given."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from math import inf
from typing import Any

import orjson
from aiokafka import TopicPartition

from listener.bus import clients
from listener.envelopes.dead_letters import ERRORS
from listener.model.topics import INPUTS, OUTPUTS
from listener.topics import wanted
from tests.kafka import Bus
from tests.patience import PATIENT_S

Place = tuple[str, int, int]
SIGNALS = OUTPUTS["signals"]
SLOWEST = 5
"""How often patience may begin anew."""


@dataclass
class Result:
    """What the listener said: every alert by its id with all it was said to be, the last estimate of each customer.

    `heard` and `buried` are the places of the input records that became signals, or dead letters of ingest's.
    """

    alerts: dict[str, set[str]] = field(default_factory=dict)
    estimates: dict[str, Any] = field(default_factory=dict)
    heard: set[Place] = field(default_factory=set)
    buried: set[Place] = field(default_factory=set)
    aside: int = 0
    first: dict[str, int] = field(default_factory=dict)
    """When each alert was first said, by the bus's stamp, in milliseconds."""
    said: int = 0
    dead: int = 0

    def against(self, expected: "Expected") -> dict[str, int]:
        """How much is lost, made up, other than it should be; `unaccounted` records were neither heard nor buried."""
        should, buried = expected.result, len(self.buried) - expected.buried
        return {
            "lost": len(should.alerts.keys() - self.alerts.keys()),
            "made up": len(self.alerts.keys() - should.alerts.keys()),
            "wrong": sum(told != should.alerts[id_] for id_, told in self.alerts.items() if id_ in should.alerts),
            "estimates": sum(self.estimates.get(who) != told for who, told in should.estimates.items()),
            "unaccounted": abs(len(self.heard) - expected.heard) + abs(buried) + len(self.heard & self.buried),
        }


FLAWLESS = {"lost": 0, "made up": 0, "wrong": 0, "estimates": 0, "unaccounted": 0}


@dataclass
class Expected:
    """What the replay says, and how many records it heard, buried and left to other brands."""

    result: Result
    heard: int = 0
    buried: int = 0
    other: int = 0


def life(value: Any) -> str:
    """One stage of an alert's life, as a reader would compare it: all of it, or for a full alert what CRM acts on."""
    told = (
        {name: value.get(name) for name in ("status", "severity", "updated_at", "ended_at", "title")}
        if "status" in value
        else value
    )
    return json.dumps(told, sort_keys=True)


def take(result: Result, topic: str, key: str, value: Any) -> None:
    if topic == OUTPUTS["alerts"]:
        result.said += 1
        result.alerts.setdefault(value["alert_id"], set()).add(life(value))
    elif topic == OUTPUTS["estimates"]:
        result.estimates[key] = value and {name: told for name, told in value.items() if name != "catalogue"}


class Listening:
    """Reads all outputs while the stages run."""

    def __init__(self, bus: Bus) -> None:
        self.bus, self.result = bus, Result()

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Listening"]:
        topics = [self.bus.names.real(OUTPUTS[t]) for t in ("alerts", "estimates", "signals")]
        topics += [self.bus.names.real(name + ".dlq") for name in (*INPUTS.values(), SIGNALS)]
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
                    self._take(topic, record)
                await asyncio.sleep(0)

    def _take(self, topic: str, record: Any) -> None:
        result = self.result
        if topic.endswith(".dlq"):
            result.dead += 1
            told = dict(record.headers)
            if topic == SIGNALS + ".dlq":
                result.aside += 1
                return
            partition, offset = (int(told[ERRORS + name]) for name in ("partition", "offset"))
            result.buried.add((told[ERRORS + "topic"].decode(), partition, offset))
        elif topic == SIGNALS:
            source = _source(record.value)
            if source is not None and source[0] != SIGNALS:
                result.heard.add(source)
        else:
            value = record.value and orjson.loads(record.value)
            if topic == OUTPUTS["alerts"]:
                result.first.setdefault(value["alert_id"], record.timestamp)
            take(result, topic, record.key.decode(), value)

    async def until(
        self, is_enough: Callable[[Result], bool], patience_s: float = PATIENT_S, quiet_s: float = inf
    ) -> bool:
        """Whether it came to that; patience is lost where nothing at all has come for so long, or for `quiet_s`.

        What is slow is not lost: on a machine without time to spare it may go on for a while.
        """
        begun, last, seen = time.monotonic(), time.monotonic(), (-1, -1)
        while time.monotonic() < min(last + min(patience_s, quiet_s), begun + SLOWEST * patience_s):
            if is_enough(self.result):
                return True
            if (now := (self.result.said, len(self.result.heard))) != seen:
                last, seen = time.monotonic(), now
            await asyncio.sleep(0.05)
        return False


def _source(value: bytes | None) -> Place | None:
    try:
        told = orjson.loads(value or b"null")
    except orjson.JSONDecodeError:
        return None
    source = told.get("source") if isinstance(told, dict) else None
    return (source["topic"], source["partition"], source["offset"]) if source else None
