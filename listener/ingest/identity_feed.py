"""Who is who, before the first contact is read: the handles of all profiles, the merges of all operators.

Every ingest holds all of them, for a handle may turn up in any partition. Profiles are known ahead of their own place
in the inputs, merges at theirs: what this ingest has not heard yet of its own partitions it does not know yet.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

from aiokafka import TopicPartition

from listener.bus import clients
from listener.bus.clients import must_fetch
from listener.bus.names import Names
from listener.hearing import Identities
from listener.hearing.decoding import Unusable, decode, happened_at
from listener.hearing.listening import unquoted
from listener.model.inputs import Command, Profile
from listener.model.record import Record
from listener.model.topics import INPUTS, InputTopic
from listener.model.wire import moment_of_ms
from listener.settings import Settings

POLL_MS: Final = 200
AT_ONCE: Final = 50
"""Records that are taken before others have their turn: ingest hears meanwhile, and must answer the bus."""


class IdentityFeed:
    """Feeds identities from the bus; start and stop it. What hearing refuses by `foresight` is not believed either."""

    def __init__(self, settings: Settings, identities: Identities, foresight: timedelta | None = None) -> None:
        self._settings, self._identities, self._foresight = settings, identities, foresight
        self._profiles, self._merges = _Tail(settings, "crm_customers"), _Tail(settings, "commands")
        self._tasks: list[asyncio.Task[None]] = []
        self._failed: asyncio.Future[None] | None = None

    async def start(self) -> None:
        """Read all profiles there are, then go on reading."""
        self._failed = asyncio.get_running_loop().create_future()
        await self._profiles.start()
        ends = await self._profiles.ends()
        await self._profiles.read_to(ends, self._take_profile)
        await self._merges.start()
        self._tasks = [self._go_on(self._profiles.follow(self._take_profile, lambda _: True))]

    async def stop(self) -> None:
        """Read no more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._profiles.stop()
        await self._merges.stop()

    async def hold(self, mine: Iterable[TopicPartition], consumer: Any) -> None:
        """Learn all merges: of our own partitions those before where we go on, of the others' all, as they come."""
        own = set(mine)
        for task in self._tasks[1:]:
            task.cancel()
        await asyncio.gather(*self._tasks[1:], return_exceptions=True)
        await self._meet_new_partitions()
        ends = {tp: await consumer.committed(tp) or 0 for tp in self._merges.partitions}
        orders: list[Record] = []
        await self._merges.read_to(ends, orders.append)
        # of all partitions, each read by itself
        await _take_all(self._take_order, sorted(orders, key=lambda one: one.received_at))
        follow = self._merges.follow(self._take_order, lambda tp: tp not in own)
        self._tasks[1:] = [self._go_on(follow)]

    async def _meet_new_partitions(self) -> None:
        """Read those too that were added to the topics since; nobody follows the merges meanwhile."""
        await self._merges.grow()
        if not await self._profiles.grow():
            return
        self._tasks[0].cancel()
        await asyncio.gather(self._tasks[0], return_exceptions=True)
        await self._profiles.read_to(await self._profiles.ends(), self._take_profile)
        self._tasks[0] = self._go_on(self._profiles.follow(self._take_profile, lambda _: True))

    def _go_on(self, reading: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(reading)
        task.add_done_callback(self._note_end)
        return task

    def _note_end(self, task: asyncio.Task[None]) -> None:
        if self._failed is None or self._failed.done() or task.cancelled():
            return
        if (trouble := task.exception()) is not None:
            self._failed.set_exception(trouble)

    async def watch(self) -> None:
        """Wait until the reading ends, which it should not: whoever goes on then takes customers for strangers.

        Raises:
            Exception: whatever ended the reading.
        """
        assert self._failed is not None  # started
        await asyncio.shield(self._failed)

    @property
    def is_well(self) -> bool:
        """Whether all that should be read is being read."""
        return bool(self._tasks) and not any(task.done() for task in self._tasks)

    def _take_profile(self, record: Record) -> None:
        match _value(record, self._foresight):
            case None if record.key is not None:
                who = unquoted(record.key.decode(errors="replace"))
                self._identities.unlink(who, record.received_at, (record.partition, record.offset))
            case Profile(brand=brand) as profile if brand in (None, self._settings.brand):
                self._identities.link(profile, record.received_at, (record.partition, record.offset))

    def _take_order(self, record: Record) -> None:
        match _value(record, self._foresight):
            case Command(command="merge", customer_id=who, into=str(into)):
                self._identities.learn_merge(who, into, record.received_at)
            case Command(command="erase", customer_id=who):
                self._identities.unlink(who, record.received_at)


class _Tail:
    """All partitions of one topic, read by this process alone."""

    def __init__(self, settings: Settings, topic: InputTopic) -> None:
        self._settings, self._topic = settings, topic
        self._real = Names(settings).real(INPUTS[topic])
        self._consumer: Any = None

    @property
    def partitions(self) -> list[TopicPartition]:
        return sorted(self._consumer.assignment())

    async def start(self) -> None:
        self._consumer = clients.consumer(self._settings, None)
        await self._consumer.start()
        client = self._consumer._client
        await client.set_topics([self._real])  # or it knows no partitions of what it did not subscribe
        while not (partitions := self._consumer.partitions_for_topic(self._real)):
            await asyncio.sleep(POLL_MS / 1000)
            await client.force_metadata_update()
        self._consumer.assign([TopicPartition(self._real, n) for n in partitions])

    async def grow(self) -> bool:
        """Take in partitions that the topic has got since; whether there were any. Then everything is read again."""
        await self._consumer._client.force_metadata_update()
        partitions = self._consumer.partitions_for_topic(self._real) or set()
        if len(partitions) <= len(self.partitions):
            return False
        self._consumer.assign([TopicPartition(self._real, n) for n in partitions])
        return True

    async def stop(self) -> None:
        if self._consumer is not None:
            await self._consumer.stop()

    async def ends(self) -> Mapping[TopicPartition, int]:
        ends: Mapping[TopicPartition, int] = await self._consumer.end_offsets(self.partitions)
        return ends

    async def read_to(self, ends: Mapping[TopicPartition, int], take: Callable[[Record], None]) -> None:
        """From the beginning of each partition to these offsets."""
        starts = await self._consumer.beginning_offsets(self.partitions)
        for tp in self.partitions:
            self._consumer.seek(tp, starts[tp])
        unread = {tp for tp in self.partitions if starts[tp] < ends.get(tp, 0)}
        while unread:
            must_fetch(self._consumer)
            for tp, records in (await self._consumer.getmany(*unread, timeout_ms=POLL_MS)).items():
                await _take_all(take, (as_record(self._topic, one) for one in records if one.offset < ends[tp]))
            unread = {tp for tp in unread if await self._consumer.position(tp) < ends[tp]}
        for tp in self.partitions:
            if starts[tp] < ends.get(tp, 0):
                self._consumer.seek(tp, ends[tp])

    async def follow(self, take: Callable[[Record], None], is_wanted: Callable[[TopicPartition], bool]) -> None:
        while True:
            must_fetch(self._consumer)
            for tp, records in (await self._consumer.getmany(timeout_ms=POLL_MS)).items():
                if is_wanted(tp):
                    await _take_all(take, (as_record(self._topic, record) for record in records))


async def _take_all(take: Callable[[Record], None], records: Iterable[Record]) -> None:
    for n, record in enumerate(records, 1):
        take(record)
        if n % AT_ONCE == 0:
            await asyncio.sleep(0)


def as_record(topic: InputTopic, record: Any) -> Record:
    """A record of the bus, as hearing takes it."""
    return Record(
        topic=topic,
        key=record.key,
        value=record.value,
        headers=tuple(record.headers),
        partition=record.partition,
        offset=record.offset,
        received_at=moment_of_ms(record.timestamp),
    )


def _value(record: Record, foresight: timedelta | None) -> object:
    """What a record says; where it cannot be used the `Unusable` itself, for None would ask to erase somebody."""
    try:
        decoded = decode(record)
        happened_at(record, decoded, foresight)
    except Unusable as trouble:
        return trouble
    return decoded.value
