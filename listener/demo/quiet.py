"""When all that was sent has been read, and all that it led to: both groups stand at the end of what they read."""

import asyncio
from collections.abc import Sequence
from typing import Final

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from listener.bus import clients
from listener.bus.names import Names, group
from listener.model.topics import INPUTS, OUTPUTS
from listener.settings import Settings

LOOK_EVERY_S: Final = 0.2
LOOKS: Final = 3
"""How often in a row nothing may be waiting before nothing more will come."""


async def quiet(settings: Settings) -> None:
    """Wait until nothing is waiting to be read."""
    names, calm = Names(settings), 0
    inputs, signals = names.all_real(INPUTS.values()), [names.real(OUTPUTS["signals"])]
    async with (
        clients.admin(settings) as admin,
        clients.started(clients.consumer(settings, None), settings) as onlooker,
    ):
        while calm < LOOKS:
            await asyncio.sleep(LOOK_EVERY_S)
            has_read_inputs = await _has_read(admin, onlooker, group(settings, "ingest"), inputs)
            has_read_signals = await _has_read(admin, onlooker, group(settings, "relate"), signals)
            calm = calm + 1 if has_read_inputs and has_read_signals else 0


async def _has_read(admin: AIOKafkaAdminClient, onlooker: AIOKafkaConsumer, reader: str, topics: Sequence[str]) -> bool:
    told = await admin.describe_topics(list(topics))
    places = [TopicPartition(topic["topic"], n) for topic in told for n in range(len(topic["partitions"]))]
    ends = await onlooker.end_offsets(places)
    committed = await clients.group_offsets(admin, reader)
    return all(end == 0 or (place in committed and committed[place].offset >= end) for place, end in ends.items())
