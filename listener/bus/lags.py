"""Whether anything waits to be read: asked of the bus, not of ourselves."""

from collections.abc import Iterable, Mapping
from contextlib import AsyncExitStack
from typing import Any

from aiokafka import TopicPartition

from listener.bus import clients
from listener.bus.names import Names, group
from listener.model.topics import INPUTS, OUTPUTS
from listener.settings import Settings


class Lags:
    """Asks how far ingest and relate have read, and how long the signals are. Start and stop it."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._names = settings, Names(settings)
        self._onlooker: Any = None
        self._stack = AsyncExitStack()
        self._admin: Any = None

    async def start(self) -> None:
        """Connect."""
        consumer = clients.consumer(self._settings, None)
        self._onlooker = await self._stack.enter_async_context(clients.started(consumer, self._settings))
        topics = [*INPUTS.values(), OUTPUTS["signals"]]
        await consumer._client.set_topics(self._names.all_real(topics))  # or it knows none of their partitions
        self._admin = await self._stack.enter_async_context(clients.admin(self._settings))

    async def stop(self) -> None:
        """Disconnect."""
        await self._stack.aclose()

    async def is_ingest_done(self) -> bool:
        """Whether every record of every input is committed by ingest, and so stands in the signals."""
        await self._onlooker._client.force_metadata_update()  # a partition added just now may hold what keeps a promise
        return await self._has_committed_all("ingest", self._names.all_real(INPUTS.values()))

    async def is_relate_done(self) -> bool:
        """Whether every signal is committed by relate, and so all that it led to is on the bus."""
        return await self._has_committed_all("relate", [self._names.real(OUTPUTS["signals"])])

    async def _has_committed_all(self, stage: str, topics: Iterable[str]) -> bool:
        partitions = self._partitions(topics)
        if partitions is None:
            return False  # nothing known is not nothing waiting
        ends = await self._onlooker.end_offsets(partitions)
        starts = await self._onlooker.beginning_offsets(partitions)
        committed = await self._admin.list_consumer_group_offsets(group(self._settings, stage))
        return all(_read_to(committed, tp, starts[tp]) >= end for tp, end in ends.items())

    async def ends_of_signals(self, partitions: Iterable[int]) -> Mapping[int, int]:
        """Where each partition of the signals ends."""
        topic = self._names.real(OUTPUTS["signals"])
        ends = await self._onlooker.end_offsets([TopicPartition(topic, n) for n in partitions])
        return {tp.partition: end for tp, end in ends.items()}

    def _partitions(self, topics: Iterable[str]) -> list[TopicPartition] | None:
        """The partitions of these topics, or None where those of any are not known."""
        known = {topic: self._onlooker.partitions_for_topic(topic) for topic in topics}
        if not all(known.values()):
            return None
        return [TopicPartition(topic, n) for topic, partitions in known.items() for n in sorted(partitions)]


def _read_to(committed: Mapping[TopicPartition, Any], tp: TopicPartition, start: int) -> int:
    """How far a group is: as committed, or where the partition begins by now if what lay before is kept no more."""
    told = committed.get(tp)
    return start if told is None else max(start, int(told.offset))
