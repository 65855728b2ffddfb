"""`make torture`: scenarios of failure on a real broker, each held against the replay of the same input.

SCENARIO names one, several with commas, or `all`; CYCLES is for each (0: as many as the scenario has by itself).
OFF=guard leaves that protection out; OFF=own leaves out what the scenario says it needs: what the harness finds then is
what it protects from. WRITE=1 puts the table of a run into docs/promise.md; WRITE=signs only what operations saw of it,
as it goes.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path

from aiokafka.errors import KafkaError

from listener.broker.engine import CouldNotStart
from tests.delivery.harness import Trial, trial
from tests.delivery.network import Ways, ways_to_a_broker
from tests.delivery.scenarios import SCENARIOS
from tests.delivery.telling import Row, keep_lines, write
from tests.kafka import bus_on, create_topics, delete_topics

SIGNS = "signs"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenario", default="all")
    parser.add_argument("--cycles", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--events", type=int, default=0, help="of each scenario; 0: by its cycles")
    parser.add_argument("--off", default=os.environ.get("OFF", ""))
    parser.add_argument("--write", nargs="?", const="1", default=os.environ.get("WRITE", ""))
    told = parser.parse_args()
    names = list(SCENARIOS) if told.scenario in ("all", "mixed") else told.scenario.split(",")
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="listener-torture-") as folder:
        ways = ways_to_a_broker(Path(folder) / "kafka", os.getpid())
        ways.broker.start()
        try:
            rows = list(gone_through(names, ways, Path(folder), told))
        finally:
            ways.broker.kill()
    cycles, seconds = sum(row.cycles for row in rows), time.monotonic() - begun
    flawless = [row.name for row in rows if row.made.is_flawless]
    failed = [name for name in names if name not in flawless]
    print(f"{len(rows)} scenarios, {cycles} cycles, {seconds:.0f} s; not flawless: {', '.join(failed) or 'none'}")
    if told.write not in ("", SIGNS) and rows:
        write(rows, told.seed, seconds, off=told.off)
    return 1 if failed else 0


def gone_through(names: Sequence[str], ways: Ways, home: Path, told: argparse.Namespace) -> Iterator[Row]:
    """One after the other; one that breaks off is told, and the others go on."""
    for name in names:
        try:
            yield asyncio.run(one(name, ways, home, told))
        except (CouldNotStart, KafkaError, OSError, AssertionError):
            print(f"{name} broke off:", file=sys.stderr)
            traceback.print_exc()
            ways.broker.kill()


async def one(name: str, ways: Ways, home: Path, told: argparse.Namespace) -> Row:
    scenario, folder, begun = SCENARIOS[name], home / name, time.monotonic()
    folder.mkdir()
    await asyncio.to_thread(ways.broker.start)
    bus = bus_on(ways.broker.bootstrap_servers, folder)
    await create_topics(bus.settings)
    cycles = told.cycles or scenario.cycles
    events = told.events or scenario.events(cycles)
    off = scenario.off if told.off == "own" else told.off
    made = await trial(
        bus, folder, scenario, cycles=cycles, seed=told.seed, events=events, off=off, broker=ways.broker, ways=ways,
    )  # fmt: skip
    await delete_topics(bus.settings)
    row = Row(name, scenario, cycles, made.records, time.monotonic() - begun, off, made)
    print(row.in_words, flush=True)
    if told.write == SIGNS:
        keep_lines("signs", {name: row.signature})
    if not off:
        complain(name, made)
    return row


def complain(name: str, made: Trial) -> None:
    """What is needed to find the fault, on stderr."""
    if not made.is_flawless:
        print(f"=== {name}: unseen {made.unseen}; seen {made.most}\n{made.logs}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
