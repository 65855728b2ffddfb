"""Faust's aiokafka transport with its faults of speed and safety mended (each with its reason).

- It waits 1.5 s for a fetch that idle partitions hold up: we wait 50 ms.
- Its producer may reorder and double what it retries: ours is idempotent.
- Its drain throws fetched records away when a rebalance comes between: ours gives them back (draining.py).
- The leader of its group shares out the partitions it happens to know: ours asks first.
"""

import asyncio
from collections.abc import Mapping, Set
from time import monotonic
from typing import Any, Final

from aiokafka import AIOKafkaConsumer
from faust.transport.drivers import aiokafka as driver
from faust.types import TP

from listener.bus.clients import must_fetch, must_join
from listener.relate.draining import Drain, Fetched
from listener.relate.in_flight import InFlight

FETCH_WAIT_MS: Final = 50
LONGEST_ASK_S: Final = 20.0
ASK_AGAIN_S: Final = 0.1


class ConsumerThread(driver.AIOKafkaConsumerThread):  # type: ignore[misc]  # Faust is not typed
    """The thread that talks to the bus."""

    connection: Mapping[str, Any] = {}
    _stamps: Set[int | None] = frozenset()

    def _create_worker_consumer(self, transport: Any) -> AIOKafkaConsumer:
        consumer = super()._create_worker_consumer(transport)
        consumer._fetch_max_wait_ms = FETCH_WAIT_MS  # Faust has no setting for it
        _wait_for_partitions(consumer._client)
        return consumer

    async def fetch(self, active: frozenset[TP], wait_s: float, limit: int | None) -> Fetched:
        """Records of `active`, and what the consumer believed when it gave them."""
        consumer = self._ensure_consumer()
        return await self.call_thread(self._fetch, consumer, active, wait_s, limit)  # type: ignore[no-any-return]  # mode is not typed

    async def _fetch(self, consumer: Any, active: frozenset[TP], wait_s: float, limit: int | None) -> Fetched:
        must_fetch(consumer)
        records = await self._fetch_records(consumer, set(active), timeout=wait_s, max_records=limit)
        assignment = _assignment(consumer)
        self._listen_for_answers(assignment, active)
        states = {tp: assignment.state_value(tp) for tp in records} if assignment else {}
        held = {tp: state for tp, state in states.items() if state is not None and state.has_valid_position}
        positions = {tp: state.position for tp, state in held.items()}
        ends = {tp: state.highwater for tp, state in held.items() if state.highwater is not None}
        return Fetched(records, assignment, positions, ends)

    def _listen_for_answers(self, assignment: Any, active: frozenset[TP]) -> None:
        """The stamps of the bus's answers, compared with what they were: their clock is not ours to trust."""
        states = [assignment.state_value(tp) for tp in active] if assignment else []
        stamps = {state.timestamp for state in states if state is not None}
        if stamps != self._stamps:
            self._stamps = stamps
            self.consumer.app.silence.ends()

    async def give_back(self, fetched: Fetched, first_undelivered: Mapping[TP, int]) -> None:
        """Seek to what could not be delivered, unless the partition has moved on to other hands or places since."""
        await self.call_thread(self._give_back, self._ensure_consumer(), fetched, dict(first_undelivered))

    async def _give_back(self, consumer: Any, fetched: Fetched, first_undelivered: Mapping[TP, int]) -> None:
        assignment = _assignment(consumer)
        if assignment is None or assignment is not fetched.assignment:
            return
        for tp, offset in first_undelivered.items():
            state = assignment.state_value(tp)
            if state is not None and state.has_valid_position and state.position == fetched.positions.get(tp):
                consumer.seek(tp, offset)

    async def next_offset(self, tp: TP, most: int) -> int:
        """Where to go on in a partition: where the group has committed, or at `most`, or where what is left begins."""
        return await self.call_thread(self._next_offset, self._ensure_consumer(), tp, most)  # type: ignore[no-any-return]  # mode is not typed

    async def _next_offset(self, consumer: Any, tp: TP, most: int) -> int:
        committed = await consumer.committed(tp)
        earliest: int = (await consumer.beginning_offsets([tp]))[tp]
        return max(min(committed or 0, most), earliest)

    async def seek_now(self, tp: TP, offset: int) -> None:
        """Read on from `offset`."""
        await self.call_thread(self._seek_now, self._ensure_consumer(), tp, offset)

    async def _seek_now(self, consumer: Any, tp: TP, offset: int) -> None:
        if tp in consumer.assignment():  # else it is another's by now
            self.consumer._read_offset[tp] = offset
            consumer.seek(tp, offset)
            self.consumer._read_offset[tp] = offset


def _wait_for_partitions(client: Any) -> None:
    """Let the leader of the group wait until it knows the partitions of every topic.

    After a cut network its client may know none, and Faust's assignor passes over what it does not know: every member
    would hold nothing, and think that this is right.
    """
    wait = client._maybe_wait_metadata

    async def wait_for_all() -> None:
        await wait()
        deadline = monotonic() + LONGEST_ASK_S
        while any(not client.cluster.partitions_for_topic(topic) for topic in client._topics):
            if monotonic() > deadline:
                return
            await client.force_metadata_update()
            await asyncio.sleep(ASK_AGAIN_S)

    client._maybe_wait_metadata = wait_for_all


def _assignment(consumer: AIOKafkaConsumer) -> Any:
    subscription = consumer._subscription.subscription
    return None if subscription is None else subscription.assignment


class Consumer(Drain, driver.Consumer):  # type: ignore[misc]  # Faust is not typed
    """A consumer with our thread and our drain."""

    def __init__(self, *told: Any, **named: Any) -> None:
        self.in_flight = InFlight()
        super().__init__(*told, **named)

    def must_join(self) -> None:
        """See that it still joins its group, also while there is nothing to fetch.

        Raises:
            JoinsNoMore: where it does not.
        """
        if self._thread is not None and self._thread._consumer is not None:
            must_join(self._thread._consumer)

    def _new_consumer_thread(self) -> ConsumerThread:
        return ConsumerThread(self, loop=self.loop, beacon=self.beacon)


class Producer(driver.Producer):  # type: ignore[misc]  # Faust is not typed
    """A producer that neither doubles nor reorders what it sends again, and takes records as large as a dead letter."""

    extra: Mapping[str, Any] = {}

    def _settings_extra(self) -> Mapping[str, Any]:
        return {**super()._settings_extra(), "enable_idempotence": True}


class Transport(driver.Transport):  # type: ignore[misc]  # Faust is not typed
    """Both together."""

    Consumer = Consumer
    Producer = Producer
