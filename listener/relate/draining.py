"""From the bus to the streams, losing nothing on the way: what cannot be delivered is given back.

Faust's own drain lets the consumer thread wait on a set that recovery empties meanwhile; aiokafka reads an empty set
as every partition, takes records of partitions nobody wants now, and the drain drops them with the position moved on.
Ours hands a frozen copy to the thread, looks again at flow, generation and partitions before each record, and seeks
back to the first record it could not deliver. It also starts no task per record, which is half of Faust's CPU time.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from faust.types import TP

from listener.relate.in_flight import InFlight

WAIT_S: Final = 0.5
YIELD_EVERY: Final = 200
IDLE_S: Final = 0.02


@dataclass(frozen=True, slots=True)
class Fetched:
    """Records by partition, the assignment the consumer had when it gave them, where it stood then, and the ends."""

    records: Mapping[TP, Sequence[Any]]
    assignment: Any
    positions: Mapping[TP, int]
    ends: Mapping[TP, int]

    def alternating(self) -> Iterator[tuple[TP, Any]]:
        """A record of each partition in turn, each partition's in order."""
        iterators = {tp: iter(records) for tp, records in self.records.items()}
        while iterators:
            for tp in list(iterators):
                record = next(iterators[tp], None)
                if record is None:
                    del iterators[tp]
                else:
                    yield tp, record


class Drain:
    """Replaces the drain of a Faust consumer; mixed in before it."""

    app: Any
    callback: Any
    flow_active: bool
    suspend_flow: asyncio.Event
    can_resume_flow: asyncio.Event
    in_flight: InFlight

    async def _drain_messages(self, fetcher: Any) -> None:
        me: Any = self
        try:
            while not (me._stopped.is_set() or fetcher._stopped.is_set()):
                if not self.flow_active:
                    await me.wait(self.can_resume_flow)
                    continue
                await self._drain_once()
        except me.consumer_stopped_errors:
            if not self.app.should_stop:
                raise
        except asyncio.CancelledError:
            if not self.app.should_stop:
                raise

    async def _drain_once(self) -> None:
        me: Any = self
        active = frozenset(me._get_active_partitions())
        if not active:
            await asyncio.sleep(IDLE_S)
            return
        generation = self.app.consumer_generation_id
        fetched = await me._thread.fetch(active, WAIT_S, self.app.conf.broker_max_poll_records)
        if not fetched.records:
            await asyncio.sleep(0)
            return
        for tp, end in fetched.ends.items():
            self.app.monitor.track_tp_end_offset(tp, end)
        undelivered: dict[TP, int] = {}
        for n, (tp, record) in enumerate(fetched.alternating()):
            if n % YIELD_EVERY == YIELD_EVERY - 1:
                await asyncio.sleep(0)
            if tp not in undelivered and not await self._deliver(tp, record, generation):
                undelivered[tp] = record.offset
        if undelivered:
            await me._thread.give_back(fetched, undelivered)

    async def _deliver(self, tp: TP, record: Any, generation: int) -> bool:
        """Whether the record went to its stream, or need not, being behind what was read."""
        me: Any = self
        if not self._may_deliver(tp, generation):
            return False
        offset, read_to = record.offset, me._read_offset[tp]
        if read_to is not None and offset < read_to:
            return True
        if me._commit_every is not None and me._n_acked >= me._commit_every:
            me._n_acked = 0
            await me.commit()
            if not self._may_deliver(tp, generation):
                return False
        weighs = bool(self.app.topics.acks_enabled_for(tp.topic))  # the changelog's records are never acknowledged
        if weighs and not await self._is_light_enough(tp, generation):
            return False
        message = me._to_message(tp, record)
        if weighs:
            self.in_flight.add(message)
        if self._has_room(tp):
            await self.callback(message)
        elif not await self._deliver_when_room(message):
            return False
        me._read_offset[tp] = offset + 1
        return True

    async def _is_light_enough(self, tp: TP, generation: int) -> bool:
        """Wait until some of what is on its way was acknowledged; False where the record may not go on by then."""
        while self.in_flight.is_full(generation):
            await asyncio.sleep(IDLE_S)
            if not self._may_deliver(tp, generation):
                return False
        return True

    async def _deliver_when_room(self, message: Any) -> bool:
        """Wait for room in a full queue, or for the flow to stop; say whether the record got in."""
        me: Any = self
        result = await me.wait_first(self.callback(message), self.suspend_flow.wait())
        return not self.suspend_flow.is_set() and not result.stopped

    def _may_deliver(self, tp: TP, generation: int) -> bool:
        me: Any = self
        return (
            self.flow_active
            and bool(me.app.flow_control.is_active())
            and bool(me.app.consumer_generation_id == generation)
            and (tp in me._get_active_partitions() or tp in me._buffered_partitions)
        )

    def _has_room(self, tp: TP) -> bool:
        channels = self.app.topics._tp_index.get(tp, ())
        return all(not channel.queue.full() for channel in channels)
