"""BatchSender: many records as few batches, each partition's in order, and never two of one partition on their way."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka.partitioner import DefaultPartitioner

from listener.bus.batch_sender import EVERYWHERE, BatchSender

TOPIC, WIDTH = "t", 3


class Batch:
    """A batch that is full after three records, as aiokafka's are after some bytes."""

    def __init__(self) -> None:
        self.records: list[tuple[bytes | None, bytes | None]] = []
        self.is_closed = False

    def append(self, *, key: bytes | None, value: bytes | None, timestamp: None, headers: list[Any]) -> object:
        if len(self.records) == WIDTH:
            return None
        self.records.append((key, value))
        return self

    def close(self) -> None:
        self.is_closed = True

    def record_count(self) -> int:
        return len(self.records)


class Producer:
    """Takes batches of a topic of four partitions, acknowledges each a little later, and notes what overlaps."""

    def __init__(self, refuses: int | None = None) -> None:
        self.log: dict[int, list[tuple[bytes | None, bytes | None]]] = {n: [] for n in range(4)}
        self.on_its_way: set[int] = set()
        self.refuses = refuses

    async def partitions_for(self, topic: str) -> set[int]:
        assert topic == TOPIC
        return set(self.log)

    def create_batch(self) -> Batch:
        return Batch()

    async def send_batch(self, batch: Batch, topic: str, *, partition: int) -> Any:
        assert batch.is_closed
        assert partition not in self.on_its_way
        self.on_its_way.add(partition)
        return asyncio.ensure_future(self._acknowledge(batch, partition))

    async def _acknowledge(self, batch: Batch, partition: int) -> Any:
        await asyncio.sleep(0)
        self.on_its_way.discard(partition)
        if partition == self.refuses:
            raise ConnectionError
        offset = len(self.log[partition])
        self.log[partition] += batch.records
        return SimpleNamespace(offset=offset)


def sent(sender: BatchSender) -> dict[tuple[str, int], int]:
    return asyncio.run(sender.send())


def test_a_key_goes_where_every_client_sends_it_in_the_order_it_was_put() -> None:
    producer = Producer()
    sender = BatchSender(producer)
    keys = [f"C-{n % 7}".encode() for n in range(40)]
    for n, key in enumerate(keys):
        sender.put(TOPIC, key, b"%d" % n)
    sent(sender)
    for partition, records in producer.log.items():
        theirs = [(k, b"%d" % n) for n, k in enumerate(keys) if DefaultPartitioner()(k, [0, 1, 2, 3], []) == partition]
        assert records == theirs


def test_the_last_offset_of_each_partition_is_told_when_all_is_acknowledged() -> None:
    producer = Producer()
    sender = BatchSender(producer)
    for n in range(8):
        sender.put(TOPIC, b"k", b"%d" % n, partition=2)
    assert sent(sender) == {(TOPIC, 2): 7}


def test_a_record_for_everywhere_is_copied_to_each_partition_in_its_turn() -> None:
    producer = Producer()
    sender = BatchSender(producer)
    sender.put(TOPIC, b"k", b"before", partition=1)
    sender.put(TOPIC, None, b"all", partition=EVERYWHERE)
    sent(sender)
    assert [records[-1] for records in producer.log.values()] == [(None, b"all")] * 4
    assert producer.log[1] == [(b"k", b"before"), (None, b"all")]


def test_what_the_bus_refuses_is_not_passed_over() -> None:
    producer = Producer(refuses=1)
    sender = BatchSender(producer)
    sender.put(TOPIC, b"k", b"v", partition=0)
    sender.put(TOPIC, b"k", b"v", partition=1)
    with pytest.raises(ConnectionError):
        sent(sender)


def test_nothing_put_is_nothing_sent() -> None:
    producer = Producer()
    assert sent(BatchSender(producer)) == {}
