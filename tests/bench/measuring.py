"""What the bench measures with: a flood of real sentences, a clock on what comes out, the weight of a process."""

import asyncio
import json
import random
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import psutil

from listener.bus import clients
from listener.envelopes.recording import Recorded, read
from tests.kafka import Bus
from tests.shell_fakes import chat
from tests.stories_told import interleaved


def sentences() -> list[str]:
    """What the customers of the stories wrote."""
    told = [json.loads(r.value) for r in read(interleaved()) if r.value and r.topic.startswith("contact.")]
    return [value["text"] for value in told if value.get("text") and value.get("author") == "customer"]


def flood(count: int, customers: int = 500, seed: int = 1, mark: str = "") -> list[Recorded]:
    """Chat lines of many customers over some months; ids begin with `mark`."""
    chance, texts, at = random.Random(seed), sentences(), datetime(2026, 3, 2, tzinfo=UTC)
    lines = []
    for n in range(count):
        at += timedelta(seconds=chance.randrange(1, 600))
        who = f"{mark}C-{chance.randrange(customers)}"
        value = chat(chance.choice(texts), customer=who, event_id=f"{mark}e-{n}", occurred_at=at.isoformat())
        lines.append(orjson.dumps({"topic": "contact.chat.v1", "key": who, "value": value, "headers": {}}))
    return list(read(lines))


@dataclass
class Seen:
    """What came out, and when the bus got it (milliseconds)."""

    times: list[int] = field(default_factory=list)
    heard: dict[str, int] = field(default_factory=dict)
    causes: dict[str, int] = field(default_factory=dict)
    alerts: dict[str, int] = field(default_factory=dict)

    @property
    def came(self) -> int:
        """How many events are in what came out: each customer's own count, else a value an event."""
        return sum(self.heard.values()) or len(self.times)

    @property
    def seconds(self) -> float:
        """From the first that came out to the last."""
        return (max(self.times) - min(self.times)) / 1000


async def watch(bus: Bus, topics: Sequence[str], count: int, patience_s: float, since_ms: float = 0) -> Seen:
    """Read real topics until so many events are in what came out since a moment."""
    seen, limit = Seen(), time.monotonic() + patience_s
    async with clients.started(clients.consumer(bus.settings, None, *topics), bus.settings) as consumer:
        while seen.came < count:
            if time.monotonic() > limit:
                raise TimeoutError(f"only {seen.came} came out in {patience_s:g} s")
            for tp, records in (await consumer.getmany(timeout_ms=100)).items():
                for record in records:
                    if record.timestamp >= since_ms:
                        note(seen, tp.topic, record)
    return seen


def spent(pids: dict[str, int]) -> dict[str, float]:
    """Seconds of processor time that these processes have used, in all their threads."""
    times = {name: psutil.Process(pid).cpu_times() for name, pid in pids.items()}
    return {name: told.user + told.system for name, told in times.items()}


def note(seen: Seen, topic: str, record: Any) -> None:
    seen.times.append(record.timestamp)
    headers = {name: value.decode() for name, value in record.headers}
    cause = headers.get("ce_causationid", "")
    if topic.endswith("alerts.v1"):
        seen.alerts.setdefault(cause, record.timestamp)
    else:
        seen.causes.setdefault(cause, record.timestamp)
        with suppress(ValueError, TypeError):
            value = json.loads(record.value)
            seen.heard[value["customer_id"]] = value.get("events_heard", 0)


def weight(pid: int) -> float:
    """Megabytes that a process holds."""
    return psutil.Process(pid).memory_info().rss / 2**20


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


async def pace(bus: Bus, recorded: Sequence[Recorded], per_second: float) -> dict[str, float]:
    """Send at a steady rate; when each event was sent, in milliseconds."""
    sent: dict[str, float] = {}
    async with clients.started(clients.producer(bus.settings, linger_ms=0), bus.settings) as producer:
        begun = time.monotonic()
        for n, one in enumerate(recorded):
            await asyncio.sleep(max(0.0, begun + n / per_second - time.monotonic()))
            sent[json.loads(one.value or b"{}")["event_id"]] = time.time() * 1000
            await producer.send(bus.names.real(one.topic), one.value, key=one.key, headers=list(one.as_cloud_event()))
        await producer.flush()
    return sent
