"""What befalls processes: killed, stopped, frozen, more and fewer of them; each seeded, for so many cycles."""

import asyncio
import random
import time

from listener.bus.clients import SESSION_S
from listener.ingest.worker import MEASURE_S
from tests.delivery.stages import Stages

OVERLOADED_S = 10.0


async def kills_in_between(stages: Stages, chance: random.Random, cycles: int) -> None:
    """kill -9 of relate after it has said something, and before a slow changelog has taken what came of it."""
    for _ in range(cycles):
        await stages.at_work()
        await asyncio.sleep(chance.uniform(0.5, 1.0) * stages.slow_s)
        victim = chance.choice(stages.of("relate"))
        victim.kill()
        victim.start()


async def kills(stages: Stages, chance: random.Random, cycles: int) -> None:
    """kill -9 of any process at any moment; relate's disk is lost now and then."""
    for _ in range(cycles):
        if chance.random() < 0.8:
            await stages.at_work()
        else:  # it may be killed while it still comes up
            stages.turn += 1
        await asyncio.sleep(chance.uniform(0.0, 1.0) + 2 * stages.slow_s)
        victim = chance.choice(stages.all)
        victim.kill()
        if victim.stage == "relate" and len(stages.of("relate")) == 1 and chance.random() < 0.3:
            stages.wipe()
        victim.start()


async def slow_kills(stages: Stages, chance: random.Random, cycles: int) -> None:
    """The same for processes that take seconds to load: each is killed once it works."""
    for _ in range(cycles):
        victim = chance.choice(stages.all)
        await victim.serves()
        await asyncio.sleep(chance.uniform(0.2, 3.0))
        victim.kill()
        victim.start()


async def kills_beside_a_crowd(stages: Stages, chance: random.Random, cycles: int) -> None:
    """kill -9 of gather between two words about one crowd, by turns with any process; each works again before more."""
    await asyncio.gather(*(process.until("readyz") for process in stages.all))
    for n in range(cycles):
        if n == 0:
            await stages.at_work()  # the act is sent, and reaches everyone
        else:
            stages.turn += 1
        await asyncio.sleep(chance.uniform(0.5, 4.0))
        victim = chance.choice(stages.all if n % 2 else stages.of("gather"))
        victim.kill()
        victim.start()
        await victim.until("readyz")


async def early_kills(stages: Stages, chance: random.Random, cycles: int) -> None:
    """kill -9 of relate as soon as it has said something, which is before its first commit."""
    (relate,) = stages.of("relate")
    for _ in range(cycles):
        await stages.at_work()
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
    """SIGSTOP for longer than the session, and on; a frozen process must not write when it goes on."""
    for _ in range(cycles):
        victim = chance.choice(stages.all)
        await asyncio.sleep(chance.uniform(0.5, 2.0))
        victim.freeze()
        await asyncio.sleep(SESSION_S + chance.uniform(1.0, 3.0))
        victim.thaw()
        await asyncio.sleep(2.0)


async def scaling(stages: Stages, chance: random.Random, cycles: int) -> None:
    """From one relate to four and back, under load; the first works before others come, and one of them stays."""
    (first,) = stages.of("relate")
    await first.until("readyz")
    for _ in range(cycles):
        await asyncio.sleep(chance.uniform(0.5, 2.0))
        more = stages.of("relate")[1:]
        if len(more) < 3 and chance.random() < 0.6:
            stages.add("relate")
        elif more:
            leaving = chance.choice(more)
            stages.all.remove(leaving)
            await leaving.stop_and_wait()
    if len(stages.of("relate")) == 1:
        stages.add("relate")
    await asyncio.gather(*(relate.until("readyz") for relate in stages.of("relate")))


async def overload(stages: Stages, chance: random.Random, cycles: int) -> None:
    """More comes than is done, until all has come and the stages are as fast as they can be again."""
    begun, said = time.monotonic(), stages.said()
    await asyncio.sleep(cycles * OVERLOADED_S)
    await stages.all_sent.wait()
    await asyncio.sleep(2 * MEASURE_S)  # so that what waits is told
    stages.figures["sent a second"] = stages.pace
    stages.figures["done a second"] = (stages.said() - said) / (time.monotonic() - begun)
    stages.throttle.write_text("0 0")


async def nothing(stages: Stages, chance: random.Random, cycles: int) -> None:
    """What is put in, or how the stage is made, is the disturbance."""
