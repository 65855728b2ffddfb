"""What befalls the bus: a broker that stops or dies, a network that is cut, holds back or is slow, more partitions."""

import asyncio
import random
from collections.abc import Callable
from typing import Any

from aiokafka.admin import NewPartitions

from listener.bus import clients
from listener.model.topics import INPUTS
from tests.delivery.stages import Stages
from tests.patience import comes_true

LONG_S = 12.0
"""Longer than a session lasts. The first outage is of this length, so that every run has one that can be seen."""
SLOW_S = 0.5


async def broker_stops(stages: Stages, chance: random.Random, cycles: int) -> None:
    """The broker ends in order, and is back some seconds later."""
    for _ in range(cycles):
        await stages.at_work()
        await asyncio.sleep(chance.uniform(0.0, 2.0))
        await asyncio.to_thread(stages.broker.stop)
        await asyncio.sleep(chance.uniform(0.5, 6.0))
        await asyncio.to_thread(stages.broker.start)


async def broker_dies(stages: Stages, chance: random.Random, cycles: int) -> None:
    """kill -9 of the broker, and back; at first, and now and then, away for longer than a record waits to be sent."""
    for n in range(cycles):
        await stages.at_work()
        await asyncio.sleep(chance.uniform(0.0, 2.0))
        await asyncio.to_thread(stages.broker.kill)
        await asyncio.sleep(LONG_S if n % 3 == 0 else chance.uniform(0.0, 3.0))
        await asyncio.to_thread(stages.broker.start)


async def cuts(stages: Stages, chance: random.Random, cycles: int) -> None:
    """Every connection of the listener's breaks; it is let in again after a moment, or after longer than a session."""
    for n in range(cycles):
        await _away(stages, chance, stages.proxy.cut, LONG_S if n % 4 == 0 else chance.uniform(0.0, 3.0))


async def holds(stages: Stages, chance: random.Random, cycles: int) -> None:
    """Connections stand, and nothing comes through."""
    for n in range(cycles):
        await _away(stages, chance, stages.proxy.hold, LONG_S if n % 3 == 0 else chance.uniform(1.0, 6.0))


async def _away(stages: Stages, chance: random.Random, begin: Callable[[], None], seconds: float) -> None:
    await stages.at_work()
    await asyncio.sleep(chance.uniform(0.0, 2.0))
    begin()
    await asyncio.sleep(seconds)
    stages.proxy.mend()


async def slowness(stages: Stages, chance: random.Random, cycles: int) -> None:
    """Once all work: half a second each way at first, then less, and a kill in the midst of it."""
    await asyncio.gather(*(process.until("readyz") for process in stages.all))
    for n in range(cycles):
        stages.proxy.delay_s = SLOW_S if n == 0 else chance.uniform(0.1, SLOW_S)
        await stages.at_work()
        await asyncio.sleep(chance.uniform(0.5, 2.0))
        victim = stages.all[(n + 1) % len(stages.all)]
        victim.kill()
        victim.start()
    stages.proxy.mend()


async def knows(producer: Any, topic: str, partition: int) -> bool:
    """Whether the bus has told a producer of a partition that was made a moment ago."""
    await producer.client.force_metadata_update()
    return partition in await producer.partitions_for(topic)


async def partitions(stages: Stages, chance: random.Random, cycles: int) -> None:
    """An input gets one partition more, and somebody writes into it at once who writes nowhere else."""
    topic, settings = stages.bus.names.real(INPUTS["contact_chat"]), stages.bus.settings
    async with clients.admin(settings) as admin:
        for n in range(cycles):
            await asyncio.sleep(chance.uniform(1.0, 2.0))
            new = settings.partitions + n
            await admin.create_partitions({topic: NewPartitions(new + 1)})
            async with clients.started(clients.producer(settings), settings) as producer:
                await comes_true(lambda: knows(producer, topic, new))  # noqa: B023  # awaited before the next
                for one in stages.apart[len(stages.apart) * n // cycles : len(stages.apart) * (n + 1) // cycles]:
                    headers = list(one.as_cloud_event())
                    await producer.send(topic, one.value, key=one.key, partition=new, headers=headers)
                await producer.flush()
