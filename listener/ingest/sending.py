"""Signals and dead letters, sent and acknowledged.

Each partition of the signals has one batch on its way at a time: a later one never arrives without the earlier, or
relate, which knows a repeat by its place, would take the earlier for one.
"""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any, Final

from aiokafka.errors import MessageSizeTooLargeError

from listener.bus.names import Names
from listener.envelopes.cloudevents import encoded, signal_envelope
from listener.envelopes.dead_letters import Buried, bury
from listener.model.record import EVERYONE, DeadLetter, Record
from listener.model.signals import Signal
from listener.model.topics import INPUTS, OUTPUTS

WIDEST_SIGNAL: Final = 900_000
"""Bytes; a bus takes a megabyte a record unless told otherwise."""
Ready = tuple[bytes | None, bytes, list[tuple[str, bytes]]]


class Sender:
    """Sends for one ingest."""

    def __init__(self, producer: Any, names: Names) -> None:
        self._producer, self._names = producer, names
        self._signals = names.real(OUTPUTS["signals"])

    async def send(
        self, heard: Iterable[tuple[Record, Sequence[Signal]]], dead: Sequence[tuple[Record, DeadLetter]]
    ) -> None:
        """Everything a batch of records led to; returns when all of it is acknowledged.

        Raises:
            Exception: where the bus refuses a signal; the batch must be read again then.
        """
        dead = list(dead)
        partitions = sorted(await self._producer.partitions_for(self._signals))
        lanes: dict[int, list[Ready]] = {}
        for record, signals in heard:
            ready = [_ready(signal) for signal in signals]
            if any(len(body) > WIDEST_SIGNAL for _, body, _ in ready):
                dead.append((record, DeadLetter("analyse", "TooLarge", "its signal is larger than the bus takes")))
                continue
            for signal, one in zip(signals, ready, strict=True):
                for partition in partitions if signal.customer_id == EVERYONE else [self._partition_of(one[0])]:
                    lanes.setdefault(partition, []).append(one)
        await asyncio.gather(
            *(self._send_in_order(partition, lane) for partition, lane in lanes.items()),
            *(self._bury(record, letter) for record, letter in dead),
        )

    def _partition_of(self, key: bytes | None) -> int:
        partition: int = self._producer._partition(
            self._signals, None, None, None, key, None
        )  # murmur2, as all clients do
        return partition

    async def _send_in_order(self, partition: int, lane: Sequence[Ready]) -> None:
        batch = self._producer.create_batch()
        for key, value, headers in lane:
            if batch.append(key=key, value=value, timestamp=None, headers=headers) is None:
                await self._send_batch(batch, partition)
                batch = self._producer.create_batch()
                batch.append(key=key, value=value, timestamp=None, headers=headers)
        await self._send_batch(batch, partition)

    async def _send_batch(self, batch: Any, partition: int) -> None:
        batch.close()
        await (await self._producer.send_batch(batch, self._signals, partition=partition))

    async def _bury(self, record: Record, letter: DeadLetter) -> None:
        topic = INPUTS[record.topic]
        buried = bury(
            letter,
            topic=topic,
            partition=record.partition,
            offset=record.offset,
            key=record.key,
            value=record.value,
            headers=record.headers,
        )
        try:
            await self._post(buried)
        except MessageSizeTooLargeError:
            await self._post(buried.cut())

    async def _post(self, buried: Buried) -> None:
        topic = self._names.real(buried.topic)
        await self._producer.send_and_wait(topic, buried.value, key=buried.key, headers=list(buried.headers))


def _ready(signal: Signal) -> Ready:
    key = signal.customer_id.encode(errors="surrogatepass") or None
    return key, signal.model_dump_json(by_alias=True).encode(), encoded(signal_envelope(signal))
