"""What happens to a system on a real bus, by name; each seeded, each a coroutine that goes on for so many cycles."""

import asyncio
import random
from dataclasses import dataclass, field
from typing import Any

from tests.delivery.harness import Disturb, Process, Stages

SESSION_S = 10


async def kills(stages: Stages, chance: random.Random, cycles: int) -> None:
    """kill -9 of any process at any moment; relate's disk is lost now and then."""
    for _ in range(cycles):
        await asyncio.sleep(chance.uniform(0.5, 2.0) + 2 * stages.slow_s)
        victim = chance.choice(stages.all)
        victim.kill()
        if victim.stage == "relate" and len(stages.of("relate")) == 1 and chance.random() < 0.3:
            stages.wipe()
        victim.start()


async def early_kills(stages: Stages, chance: random.Random, cycles: int) -> None:
    """kill -9 of relate as soon as it has said something, which is before its first commit."""
    (relate,) = stages.of("relate")
    for _ in range(cycles):
        said = stages.said()
        while stages.said() == said and relate.is_alive:
            await asyncio.sleep(0.01)
        await asyncio.sleep(chance.uniform(0.0, 0.2))
        relate.kill()
        relate.start()


async def stops(stages: Stages, chance: random.Random, cycles: int) -> None:
    """SIGTERM under load, and back: a rolling restart."""
    for n in range(cycles):
        await asyncio.sleep(chance.uniform(0.5, 2.0))
        victim = stages.all[n % len(stages.all)]
        code = await victim.stop_and_wait()
        assert code == 0, f"{victim.log.name} ended with {code}"
        victim.start()


async def freezes(stages: Stages, chance: random.Random, cycles: int) -> None:
    """SIGSTOP for longer than the session, and on; a frozen process must not write, and a supervisor restarts it."""
    for _ in range(cycles):
        victim = chance.choice(stages.all)
        await asyncio.sleep(chance.uniform(0.5, 2.0))
        victim.freeze()
        await asyncio.sleep(SESSION_S + chance.uniform(1.0, 3.0))
        victim.thaw()
        await asyncio.sleep(2.0)
        _restart_the_dead(stages.all)


async def scaling(stages: Stages, chance: random.Random, cycles: int) -> None:
    """From one relate to four and back, under load."""
    for _ in range(cycles):
        await asyncio.sleep(chance.uniform(0.5, 2.0))
        more = stages.of("relate")[1:]
        if len(more) < 3 and chance.random() < 0.6:
            stages.add("relate")
        elif more:
            leaving = chance.choice(more)
            stages.all.remove(leaving)
            await leaving.stop_and_wait()
    _restart_the_dead(stages.all)


async def nothing(stages: Stages, chance: random.Random, cycles: int) -> None:
    """For comparison."""


def _restart_the_dead(processes: list[Process]) -> None:
    for process in processes:
        if not process.is_alive:
            process.start()


@dataclass(frozen=True)
class Scenario:
    """A disturbance, and the system it befalls."""

    disturb: Disturb
    stages: dict[str, Any] = field(default_factory=dict)
    seconds_a_cycle: float = 1.5
    patience_s: float = 90.0


SCENARIOS = {
    "kill": Scenario(kills),
    "kill-two": Scenario(kills, {"relates": 2, "store": "rocksdb"}),
    "kill-two-ingests": Scenario(kills, {"ingests": 2, "relates": 2}),
    "early": Scenario(early_kills, seconds_a_cycle=0.1),
    "dropped-fetches": Scenario(nothing, {"drops": 4}, seconds_a_cycle=0.5),
    "slow-changelog": Scenario(kills, {"slow": 2.0}, seconds_a_cycle=4.0),
    "stop": Scenario(stops, {"relates": 2, "store": "rocksdb"}, seconds_a_cycle=3.0),
    "freeze": Scenario(freezes, {"relates": 2}, seconds_a_cycle=14.0),
    "scale": Scenario(scaling, {"store": "rocksdb"}, seconds_a_cycle=3.0),
}
