"""What a batch leads to, sent, and acknowledged by the bus before anything of it is remembered."""

import asyncio
from collections.abc import Iterable
from typing import Any, Final

from aiokafka.errors import MessageSizeTooLargeError

from listener.bus.batch_sender import BatchSender
from listener.bus.names import Names, changelog
from listener.envelopes.cloudevents import encoded, envelope, signal_envelope
from listener.envelopes.dead_letters import Buried, bury
from listener.model.record import DeadLetter
from listener.model.signals import Said, Source
from listener.model.topics import OUTPUTS
from listener.relate.fold import Dead, Decision, Plan

SIGNALS: Final = OUTPUTS["signals"]


class Outbox:
    """Sends outcomes, dead letters and signals of our own."""

    def __init__(self, producer: Any, names: Names) -> None:
        self._producer, self._names, self._brand = producer, names, names.settings.brand

    async def send(self, plans: Iterable[Plan]) -> None:
        """Everything the plans lead to; returns when all of it is acknowledged.

        Raises:
            Exception: where the bus refuses an outcome; nothing of the batch may be remembered then.
        """
        batches, dead = BatchSender(self._producer.client), []
        for plan in plans:
            for decision in plan.outgoing():
                self._put(batches, decision, plan.partition)
            dead += [self._dead(one, plan.partition) for one in plan.dead]
        await asyncio.gather(batches.send(), *dead)

    async def signal(self, signal: Any, partition: int) -> Any:
        """A signal of our own (a wake-up), to one partition; the future of its acknowledgement."""
        key = signal.customer_id.encode(errors="surrogatepass") or None
        return await self._post(
            SIGNALS, key, signal.model_dump_json().encode(), encoded(signal_envelope(signal)), partition
        )

    def _put(self, batches: BatchSender, decision: Decision, partition: int) -> None:
        outcome = decision.outcome
        value, body = outcome.made, outcome.body
        if isinstance(value, Said):  # goes round again: it comes from this place, so that a second time is known as one
            source = Source(topic=SIGNALS, partition=partition, offset=decision.offset)
            body = value.model_copy(update={"source": source}).model_dump_json(by_alias=True).encode()
        key = outcome.customer_id.encode(errors="surrogatepass")
        batches.put(self._names.real(OUTPUTS[outcome.topic]), key, body, encoded(envelope(outcome, self._brand)))

    async def _dead(self, dead: Dead, partition: int) -> None:
        entry, is_state = dead.entry, dead.entry.offset < 0
        letter = DeadLetter(dead.stage, dead.error, dead.message)
        whence = changelog(self._names.settings) if is_state else SIGNALS
        place = {"topic": whence, "partition": partition, "offset": entry.offset}
        buried = bury(letter, **place, key=entry.key, value=entry.value, headers=entry.headers)  # type: ignore[arg-type]  # the places are of the right types each
        await self._bury(Buried(SIGNALS + ".dlq", *(buried.key, buried.value, buried.headers, buried.stage)))

    async def _bury(self, buried: Buried) -> None:
        try:
            await (await self._post(buried.topic, buried.key, buried.value, list(buried.headers)))
        except MessageSizeTooLargeError:
            cut = buried.cut()
            await (await self._post(cut.topic, cut.key, cut.value, list(cut.headers)))

    async def _post(
        self,
        topic: str,
        key: bytes | None,
        value: bytes | None,
        headers: list[tuple[str, bytes]],
        partition: int | None = None,
    ) -> Any:
        return await self._producer.send(self._names.real(topic), key, value, partition, None, headers)
