"""`make torture`: scenarios of failure on a real broker, each held against the replay of the same input.

SCENARIO names one, or several with commas, or `mixed` for all; CYCLES is for each. OFF=guard,drain,recovery or
OFF=barrier leaves a protection out: what the harness finds then is what it protects from.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

from listener.broker import passing
from listener.settings import Settings
from tests.delivery.disturbing import SCENARIOS
from tests.delivery.harness import trial
from tests.kafka import bus_on, create_topics


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenario", default="mixed")
    parser.add_argument("--cycles", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--off", default=os.environ.get("OFF", ""))
    told = parser.parse_args()
    names = list(SCENARIOS) if told.scenario == "mixed" else told.scenario.split(",")
    with tempfile.TemporaryDirectory() as folder:
        broker = passing(Path(folder) / "kafka", Settings().data_dir)
        broker.start()
        try:
            flawless = [asyncio.run(one(name, broker.bootstrap_servers, Path(folder), told)) for name in names]
        finally:
            broker.kill()
    return 0 if all(flawless) else 1


async def one(name: str, address: str, home: Path, told: argparse.Namespace) -> bool:
    scenario, folder, begun = SCENARIOS[name], home / name, time.monotonic()
    folder.mkdir()
    bus = bus_on(address, folder)
    await create_topics(bus.settings)
    made = await trial(
        bus,
        folder,
        scenario.disturb,
        cycles=told.cycles,
        seed=told.seed,
        events=told.events,
        seconds_a_cycle=scenario.seconds_a_cycle,
        patience_s=20.0 if told.off else scenario.patience_s,
        off=told.off,
        **scenario.stages,
    )
    verdict = ", ".join(f"{what} {count}" for what, count in made.verdict.items())
    off = f" without {told.off}" if told.off else ""
    seconds = time.monotonic() - begun
    print(
        f"{name}{off}: {told.cycles} cycles, {told.events} events, {seconds:.0f} s: {verdict}; repeated {made.doubled}",
        flush=True,
    )
    if not made.is_flawless and not told.off:
        print(made.logs, file=sys.stderr)
    return made.is_flawless


if __name__ == "__main__":
    sys.exit(main())
