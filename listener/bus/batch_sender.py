"""Many records at once: packed into batches by partition, one batch of a partition on its way at a time.

A client's own `send` costs a future, a place in a queue and a hash in Python for every record; a batch costs them once.
"""

import asyncio
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from aiokafka.partitioner import murmur2

Headers = list[tuple[str, bytes]]
Ready = tuple[bytes | None, bytes | None, Headers]
EVERYWHERE: Final = -1
"""Stands for all partitions of a topic: a copy for each."""


class BatchSender:
    """What is to be sent together through one aiokafka producer; filled, then sent."""

    def __init__(self, producer: Any) -> None:
        self._producer = producer
        self._records: list[tuple[str, int | None, Ready]] = []

    def put(
        self,
        topic: str,
        key: bytes | None,
        value: bytes | None,
        headers: Headers | None = None,
        partition: int | None = None,
    ) -> None:
        """A record behind those put before; where no partition is told, the one that every client gives its key."""
        self._records.append((topic, partition, (key, value, headers or [])))

    async def send(self) -> dict[tuple[str, int], int]:
        """Send all; when the bus has acknowledged it, the offset of the last record by topic and partition.

        Raises:
            Exception: where the bus refuses any of it.
        """
        topics = {topic for topic, _, _ in self._records}
        known = {topic: sorted(await self._producer.partitions_for(topic)) for topic in topics}
        batches: dict[tuple[str, int], list[Ready]] = {}
        for topic, partition, ready in self._records:
            for n in known[topic] if partition == EVERYWHERE else [_place(known[topic], partition, ready[0])]:
                batches.setdefault((topic, n), []).append(ready)
        self._records = []
        sent = await asyncio.gather(*(self._send_in_order(*where, ready) for where, ready in batches.items()))
        return dict(zip(batches, sent, strict=True))

    async def _send_in_order(self, topic: str, partition: int, ready: Sequence[Ready]) -> int:
        batch = self._producer.create_batch()
        for key, value, headers in ready:
            if batch.append(key=key, value=value, timestamp=None, headers=headers) is None:
                await self._send_batch(batch, topic, partition)
                batch = self._producer.create_batch()
                batch.append(key=key, value=value, timestamp=None, headers=headers)
        return await self._send_batch(batch, topic, partition)

    async def _send_batch(self, batch: Any, topic: str, partition: int) -> int:
        batch.close()
        metadata = await (await self._producer.send_batch(batch, topic, partition=partition))
        return int(metadata.offset) + int(batch.record_count()) - 1


def _place(partitions: Sequence[int], told: int | None, key: bytes | None) -> int:
    return partitions[hash_of(key or b"") % len(partitions)] if told is None else told


@lru_cache(maxsize=16_384)
def hash_of(key: bytes) -> int:
    """What decides a key's partition, as all clients of Kafka have it."""
    return int(murmur2(key)) & 0x7FFFFFFF
