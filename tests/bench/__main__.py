"""`make bench`: three textbook Faust apps, our two processes, and bare aiokafka, on one broker.

The textbook's do ever more of our work: VADER alone, the whole ear, everything.

Then what each part costs by itself. WRITE=1 puts the figures into docs/bench.md.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from listener.broker import passing
from listener.bus import clients
from listener.bus.names import changelog
from listener.envelopes.recording import Recorded
from listener.model.topics import INPUTS, OUTPUTS
from scripts.pages import rewrite
from tests.bench.measuring import flood, pace, percentile, spent, watch, weight
from tests.bench.parts import EAR, ESTIMATOR, parts
from tests.delivery.harness import send
from tests.kafka import Bus, bus_on, create_topics
from tests.stories_told import BRAND, LISTENER, ROOT

PAGE = ROOT / "docs" / "bench.md"
BEGIN, END = "<!-- figures: written by tests/bench -->", "<!-- end of figures -->"


@dataclass
class Score:
    """What one contender did."""

    name: str
    rate: float
    megabytes: float
    cpu: dict[str, float] = field(default_factory=dict)
    """Milliseconds of processor time an event, of each of its processes."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--rate", type=float, default=100.0, help="events a second while latency is measured")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long latency is measured")
    parser.add_argument("--store", default="memory", choices=["memory", "rocksdb"])
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        broker = passing(home / "kafka")
        broker.start()
        try:
            lines = asyncio.run(bench(told, broker.bootstrap_servers, home))
        finally:
            broker.kill()
    print("\n".join(lines))
    if os.environ.get("WRITE"):
        rewrite(PAGE, BEGIN, "\n".join(["", *lines, ""]), END)


async def bench(told: argparse.Namespace, address: str, home: Path) -> list[str]:
    """All contenders one after the other, then the parts; what came of it as lines of Markdown."""
    recorded, busy = flood(told.events), os.getloadavg()[1]
    bare = await bare_aiokafka(address, home / "c", recorded)
    textbook = await textbook_app(address, home / "a", recorded)
    hearing = await textbook_app(address, home / "e", recorded, "hearing_textbook", "(a=) textbook Faust, our ear")
    whole = await textbook_app(address, home / "w", recorded, "whole_textbook", "(a+) textbook Faust, all our work")
    ours, sizes = await two_processes(address, home / "b", recorded, told.store)
    latency = await latencies(address, home / "l", told)
    busy = max(busy, os.getloadavg()[1])
    return [
        f"`WRITE=1 python -m tests.bench --events {told.events} --rate {told.rate:g} --seconds {told.seconds:g} "
        f"--store {told.store}`: {told.events} chat lines of 500 customers, 4 partitions, {os.cpu_count()} cores, "
        f"at a load of up to {busy:.0f} (this bench alone makes about 3).",
        "",
        *scores([textbook, hearing, whole, ours, bare]),
        "",
        *states_and_waits(sizes, latency, told.rate),
        "",
        *in_parts(),
    ]


def scores(told: list[Score]) -> list[str]:
    """The contenders beside the first, and beside the second, whose work on the words is ours."""
    lines = ["| | events/s | beside (a) | beside (a=) | ms of CPU an event | MB |", "|---|--:|--:|--:|---|--:|"]
    for score in told:
        cpu = ", ".join(f"{process} {ms:.2f}" for process, ms in score.cpu.items())
        beside = " | ".join(f"{score.rate / other.rate:.2f}" for other in told[:2])
        lines.append(f"| {score.name} | {score.rate:,.0f} | {beside} | {cpu} | {score.megabytes:.0f} |")
    return lines


def states_and_waits(sizes: list[int], latency: dict[str, list[float]], rate: float) -> list[str]:
    """How large a state is, and how long an event takes to what it causes."""
    median, most = (percentile(sizes, part) for part in (0.5, 0.99))
    lines = [f"- State of a customer: median {median:,.0f} B, 99th percentile {most:,.0f} B."]
    for what, values in latency.items():
        p50, p99 = (percentile(values, share) for share in (0.5, 0.99))
        lines.append(f"- Event to {what} at {rate:g}/s: p50 {p50:,.0f} ms, p99 {p99:,.0f} ms ({len(values)} of them).")
    return lines


def in_parts() -> list[str]:
    """What each part costs, in this process."""
    told = parts()
    us = {part.name: part.us for part in told}
    return [
        "| part, in one process | us of CPU |",
        "|---|--:|",
        *(f"| {part.name} | {part.us:.0f} |" for part in told),
        "",
        f"The estimator costs {us[ESTIMATOR] / us[EAR]:.2f} of what the ear does on a message of 25 words (mark 0.25).",
    ]


async def bare_aiokafka(address: str, home: Path, recorded: list[Recorded]) -> Score:
    """(c) Consume and produce, nothing in between."""
    bus = await fresh(address, home)
    await send(bus, recorded)
    topic, out = bus.names.real(INPUTS["contact_chat"]), bus.names.real(OUTPUTS["signals"])
    consumer, producer = clients.consumer(bus.settings, None, topic), clients.producer(bus.settings)
    async with clients.started(consumer, bus.settings), clients.started(producer, bus.settings):
        begun, sent = time.monotonic(), []
        while len(sent) < len(recorded):
            for records in (await consumer.getmany(timeout_ms=100, max_records=1000)).values():
                sent += [await producer.send(out, record.value, key=record.key) for record in records]
        await asyncio.gather(*sent)
        return Score(
            "(c) bare aiokafka, consume and produce", len(sent) / (time.monotonic() - begun), weight(os.getpid())
        )


async def textbook_app(
    address: str,
    home: Path,
    recorded: list[Recorded],
    app: str = "textbook",
    name: str = "(a) textbook Faust, VADER alone",
) -> Score:
    """(a) The book's way; (a=) and (a+), the same with our ear and with all our work in it."""
    bus = await fresh(address, home)
    out = bus.prefix + "textbook"
    environ = os.environ | {"BENCH_ID": bus.prefix + "app", "BENCH_BROKER": address, "BENCH_OUT": out}
    environ |= {"BENCH_BRAND": BRAND, "BENCH_IN": bus.names.real(INPUTS["contact_chat"]), "APP_DATADIR": str(home)}
    async with clients.admin(bus.settings) as admin:
        from aiokafka.admin import NewTopic

        await admin.create_topics([NewTopic(name, 4, 1) for name in (out, out + ".others")])
    command = [sys.executable, "-m", f"tests.bench.{app}", "worker", "-l", "error"]
    async with running({"app": command}, environ) as pids:
        return await flooded(name, bus, out, recorded, pids)


async def two_processes(address: str, home: Path, recorded: list[Recorded], store: str) -> tuple[Score, list[int]]:
    """(b) Ingest and relate, end to end."""
    bus = await fresh(address, home)
    environ = bus.environ(BRAND=BRAND, CLOCK="event", STORE=store, DATA_DIR=str(home / "stages"))
    out = bus.names.real(OUTPUTS["estimates"])
    async with running({stage: [*LISTENER, stage] for stage in ("ingest", "relate")}, environ) as pids:
        score = await flooded("(b) ingest and relate, end to end", bus, out, recorded, pids)
        return score, await state_sizes(bus)


async def flooded(name: str, bus: Bus, out: str, recorded: list[Recorded], pids: dict[str, int]) -> Score:
    """Everything sent at once to processes that are up and warm: how fast it comes out, and what it costs each."""
    warming = flood(200, seed=9, mark="W-")
    await send(bus, warming)
    await watch(bus, [out], len(warming), 120)
    before, since_ms = spent(pids), time.time() * 1000
    await send(bus, recorded)
    seen = await watch(bus, [out], len(recorded), 600, since_ms)
    cpu = {process: 1000 * (used - before[process]) / len(recorded) for process, used in spent(pids).items()}
    return Score(name, len(recorded) / seen.seconds, sum(map(weight, pids.values())), cpu)


async def latencies(address: str, home: Path, told: argparse.Namespace) -> dict[str, list[float]]:
    """From an event's sending to what it caused, acknowledged, at a steady rate."""
    bus = await fresh(address, home)
    environ = bus.environ(BRAND=BRAND, CLOCK="event", STORE=told.store, DATA_DIR=str(home / "stages"))
    recorded = flood(int(told.rate * told.seconds) + 200, customers=2000, seed=2)
    topics = [bus.names.real(OUTPUTS[topic]) for topic in ("estimates", "alerts")]
    async with running({stage: [*LISTENER, stage] for stage in ("ingest", "relate")}, environ):
        await send(bus, recorded[:200])  # warm
        await watch(bus, topics[:1], 200, 60)
        watching = asyncio.create_task(watch(bus, topics, len(recorded), told.seconds + 60))
        sent = await pace(bus, recorded[200:], told.rate)
        seen = await watching
    return {
        "estimate": [at - sent[cause] for cause, at in seen.causes.items() if cause in sent],
        "alert": [at - sent[cause] for cause, at in seen.alerts.items() if cause in sent],
    }


async def state_sizes(bus: Bus) -> list[int]:
    """How large each customer's last state is in the changelog."""
    last: dict[bytes, int] = {}
    async with clients.started(clients.consumer(bus.settings, None, changelog(bus.settings)), bus.settings) as consumer:
        while records := await consumer.getmany(timeout_ms=1000):
            last |= {
                r.key: len(r.value or b"") for some in records.values() for r in some if not r.key.startswith(b"\xff")
            }
    return list(last.values())


async def fresh(address: str, home: Path) -> Bus:
    home.mkdir(parents=True, exist_ok=True)
    bus = bus_on(address, home, brand=BRAND)
    await create_topics(bus.settings)
    return bus


@asynccontextmanager
async def running(commands: dict[str, list[str]], environ: dict[str, str]) -> AsyncIterator[dict[str, int]]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    processes = {
        name: await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environ, **quiet)
        for name, command in commands.items()
    }
    try:
        yield {name: process.pid for name, process in processes.items()}
    finally:
        for name, process in processes.items():
            if process.returncode is not None:
                raise RuntimeError(f"{name} ended by itself, with {process.returncode}")
            process.terminate()
        await asyncio.gather(*(process.wait() for process in processes.values()))


if __name__ == "__main__":
    main()
