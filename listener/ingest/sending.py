"""Signals and dead letters, sent and acknowledged.

Each partition of the signals has one batch on its way at a time: a later one never arrives without the earlier, or
relate, which knows a repeat by its place, would take the earlier for one.
"""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any, Final

from aiokafka.errors import MessageSizeTooLargeError

from listener.bus.batch_sender import EVERYWHERE, BatchSender
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
        dead, batches = list(dead), BatchSender(self._producer)
        for record, signals in heard:
            ready = [_ready(signal) for signal in signals]
            if any(len(body) > WIDEST_SIGNAL for _, body, _ in ready):
                dead.append((record, DeadLetter("analyse", "TooLarge", "its signal is larger than the bus takes")))
                continue
            for signal, one in zip(signals, ready, strict=True):
                batches.put(self._signals, *one, EVERYWHERE if signal.customer_id == EVERYONE else None)
        await asyncio.gather(batches.send(), *(self._bury(record, letter) for record, letter in dead))

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
