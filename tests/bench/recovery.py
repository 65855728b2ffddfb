"""How long relate takes to be ready again with many customers: `python -m tests.bench.recovery --customers 100000`.

Memory, RocksDB with an empty disk, and RocksDB with the disk it had. WRITE=1 puts the table into docs/promise.md.
Processor seconds are what to compare: the seconds on the wall are of a machine that may have been busy.
"""

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import aiohttp
from msgspec.structs import replace

from listener.bus import clients
from listener.bus.names import changelog
from listener.model.state import CustomerState
from tests.delivery.network import ways_to_a_broker
from tests.delivery.stages import Process, Stages
from tests.delivery.telling import PAGE, replace_in
from tests.kafka import Bus, bus_on, create_topics

GOLDEN = Path(__file__).parents[1] / "relate" / "stored" / "state-v1.msgpack"
READY_WITHIN_S = 600


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=100_000)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="listener-recovery-") as folder:
        ways = ways_to_a_broker(Path(folder) / "kafka", os.getpid())
        ways.broker.start()
        try:
            lines = asyncio.run(measured(ways.broker.bootstrap_servers, Path(folder), told.customers))
        finally:
            ways.broker.kill()
    print("\n".join(lines))
    if os.environ.get("WRITE"):
        replace_in(PAGE, "recovery", "\n".join(lines))
    return 0


async def measured(address: str, folder: Path, customers: int) -> list[str]:
    bus = bus_on(address, folder)
    await create_topics(bus.settings)
    size = await fill(bus, customers)
    lines = [
        f"`WRITE=1 python -m tests.bench.recovery --customers {customers}`, states of {size:,} bytes, one relate, "
        f"{bus.settings.partitions} partitions:",
        "",
        "| store | seconds to ready | of them recovery | processor seconds | MB |",
        "|---|--:|--:|--:|--:|",
    ]
    for name, store, keeps in (
        ("memory", "memory", False),
        ("RocksDB, empty", "rocksdb", False),
        ("RocksDB, kept", "rocksdb", True),
    ):
        if not keeps:
            shutil.rmtree(folder / "stages", ignore_errors=True)
        with Stages(bus, folder, ingests=0, store=store) as stages:
            lines.append(await one(name, stages.all[0]))
            await stages.all[0].stop_and_wait()
    return lines


async def fill(bus: Bus, customers: int) -> int:
    """Put so many states into the changelog; the size of one."""
    state = CustomerState.from_bytes(GOLDEN.read_bytes())
    async with clients.started(clients.producer(bus.settings), bus.settings) as producer:
        for n in range(customers):
            value = replace(state, customer_id=f"C-{n}", offset=-1).to_bytes()
            await producer.send(changelog(bus.settings), value, key=f"C-{n}".encode())
        await producer.flush()
    return len(value)


async def one(name: str, process: Process) -> str:
    begun = time.monotonic()
    async with asyncio.timeout(READY_WITHIN_S), aiohttp.ClientSession() as session:
        while process.port is None:
            await asyncio.sleep(0.02)
        while True:
            async with session.get(f"http://127.0.0.1:{process.port}/readyz") as answer:
                if answer.status == 200:
                    break
            await asyncio.sleep(0.05)
        seconds = time.monotonic() - begun
        async with session.get(f"http://127.0.0.1:{process.port}/metrics") as answer:
            page = await answer.text()
    (recovery,) = (
        float(line.split()[1]) for line in page.splitlines() if line.startswith("listener_recovery_seconds ")
    )
    assert process.running is not None
    fields = Path(f"/proc/{process.running.pid}/stat").read_text().rsplit(")", 1)[1].split()
    busy = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return f"| {name} | {seconds:.1f} | {recovery:.1f} | {busy:.1f} | {process.rss_mb:.0f} |"


if __name__ == "__main__":
    sys.exit(main())
