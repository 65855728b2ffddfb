"""The table of customers: written to its changelog first, acknowledged, and only then to this machine."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import faust
from faust.types import TP

from listener.bus.batch_sender import BatchSender
from listener.relate.stores import OPTIONS, MemoryStore, RocksStore
from listener.telemetry import get_logger

log = get_logger(__name__)


class DurableTable(faust.Table):  # type: ignore[misc]  # Faust is not typed
    """Faust declares it, assigns it and restores it; reading and writing goes by partition and past Faust's events.

    Faust would write the local store first and the changelog some time; then a wiped disk, or a commit that overtakes
    the changelog, loses what was already acknowledged.
    """

    has_barrier = True
    through: Callable[[Any], Any] = staticmethod(lambda batches: batches)

    def _new_store(self) -> Any:
        store = RocksStore if str(self.app.conf.store).startswith("rocksdb") else MemoryStore
        options = dict(OPTIONS) | {"driver": "rocksdict"} if store is RocksStore else None
        made = store(
            self.app.conf.store,
            self.app,
            self,
            table_name=self.name,
            key_type=bytes,
            key_serializer="raw",
            value_type=bytes,
            value_serializer="raw",
            loop=self.loop,
            options=options,
        )
        made.passed_over = set()
        made.discarded = lambda reason: self.app.metrics.stores_discarded.labels(reason).inc()
        return made

    def read(self, partition: int, key: bytes) -> bytes | None:
        """The stored value of a key."""
        value: bytes | None = self.data.read(partition, key)
        return value

    def passed_over(self, partition: int) -> set[bytes]:
        """Keys whose newest value in the changelog was none when it was read; told once, to be written anew."""
        noted: set[tuple[int, bytes]] = self.data.passed_over
        keys = {key for whose, key in noted if whose == partition}
        noted -= {(partition, key) for key in keys}
        if keys:
            self.app.metrics.passed_over.inc(len(keys))
            log.warning("changelog_passed_over", partition=partition, values=len(keys))
        return keys

    def items_of(self, partition: int) -> Iterator[tuple[bytes, bytes]]:
        """All keys and values of a partition."""
        yield from self.data.items_of(partition)

    async def write(self, partition: int, writes: Iterable[tuple[bytes, bytes | None]]) -> None:
        """Make these durable, in order: the changelog's acknowledgement, then this machine.

        Raises:
            Exception: where the changelog refused; nothing is stored here then.
        """
        writes = list(writes)
        topic, batches = (
            self.changelog_topic.get_topic_name(),
            self.through(BatchSender(self.app.producer._ensure_producer())),
        )
        for key, value in writes:
            batches.put(topic, key, value, partition=partition)
        sent = asyncio.ensure_future(batches.send())
        offset = (await sent)[topic, partition] if self.has_barrier else -1
        self.data.keep(partition, dict(writes), offset)

    def persisted(self, partition: int) -> int | None:
        """How far the changelog is in the local store."""
        offset: int | None = self.data.persisted_offset(TP(self.changelog_topic.get_topic_name(), partition))
        return offset
