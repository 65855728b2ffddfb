"""Reading topics as an onlooker: of no group, committing nothing, from the start or from now."""

import asyncio
import heapq
import time
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
from aiokafka import AIOKafkaConsumer, TopicPartition

from listener.bus import clients
from listener.bus.batch_sender import hash_of
from listener.bus.names import Names
from listener.envelopes.dead_letters import readable
from listener.settings import Settings

PATIENCE_MS: Final = 200
LARGEST_FETCH: Final = 4 << 20


class NoSuchTopic(Exception):
    """A topic that is not on the bus."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One record as it lies on the bus; `topic` by the contract's name."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]

    @property
    def place(self) -> str:
        """Where it lies, in one word.

        >>> Seen("contact.chat.v1.dlq", 2, 17, 0, None, None, ()).place
        'contact.chat.v1.dlq/2/17'
        """
        return f"{self.topic}/{self.partition}/{self.offset}"

    @property
    def header(self) -> Mapping[str, str]:
        """Its headers as text."""
        return {name: (told or b"").decode(errors="replace") for name, told in self.headers}

    def as_recorded(self) -> bytes:
        """The recorded form, as one line; a value that is not JSON stands there as text."""
        told = {
            "topic": self.topic,
            "key": None if self.key is None else self.key.decode(errors="replace"),
            "value": None if self.value is None else _fragment(self.value),
            "headers": self.header,
        }
        return orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)


@dataclass(frozen=True, slots=True)
class Until:
    """When to stop reading: never, at what was the end when reading began, or when nothing came for some seconds.

    Nothing ends before what was there when reading began has been read: a slow bus is not a silent one.
    """

    end: bool = False
    idle_s: float | None = None


class Tail:
    """Some topics, read from the start or from now; an async context manager and then an async iterator.

    Once it is entered its place is fixed: what is published from then on will be seen.
    """

    def __init__(
        self,
        settings: Settings,
        topics: Sequence[str],
        *,
        from_start: bool,
        until: Until = Until(),
        key: str | None = None,
    ) -> None:
        self._settings, self._topics, self._from_start, self._until, self._key = (
            settings,
            topics,
            from_start,
            until,
            key,
        )
        self._names = Names(settings)
        self._consumer: AIOKafkaConsumer = clients.consumer(settings, None, max_partition_fetch_bytes=LARGEST_FETCH)
        self._ends: dict[TopicPartition, int] = {}

    async def __aenter__(self) -> "Tail":
        """Find the place to read from.

        Raises:
            NoBus: where nothing answers.
            NoSuchTopic: where one of the topics is not there.
        """
        self._started = clients.started(self._consumer, self._settings)
        await self._started.__aenter__()
        try:
            await self._take_place()
        except BaseException:
            await self._started.__aexit__(None, None, None)
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._started.__aexit__(None, None, None)

    async def __aiter__(self) -> AsyncIterator[Seen]:
        async for batch in self.batches():
            for seen in batch:
                yield seen

    async def batches(self) -> AsyncIterator[list[Seen]]:
        """What came together, each partition's in its order, the whole by time."""
        quiet_since = time.monotonic()
        while not await self._is_done(quiet_since):
            fetched = await self._consumer.getmany(timeout_ms=PATIENCE_MS)
            if not fetched:
                continue
            quiet_since = time.monotonic()
            in_time = heapq.merge(*fetched.values(), key=lambda record: record.timestamp)
            yield [self._seen(record) for record in in_time if self._is_meant(record)]

    async def _take_place(self) -> None:
        places = await self._places()
        self._consumer.assign(places)
        if self._from_start:
            await self._consumer.seek_to_beginning(*places)
        else:
            await self._consumer.seek_to_end(*places)
        await asyncio.gather(*(self._consumer.position(place) for place in places))
        if self._until != Until():
            self._ends = await self._consumer.end_offsets(places)

    async def _places(self) -> list[TopicPartition]:
        async with clients.admin(self._settings) as admin:
            there = set(await admin.list_topics())
            if missing := [topic for topic in self._topics if self._names.real(topic) not in there]:
                hint = "`listener topics apply` creates what is missing; what we may not read looks missing too"
                raise NoSuchTopic(f"not on the bus: {', '.join(missing)}; {hint}")
            told = await admin.describe_topics(self._names.all_real(self._topics))
        return [
            TopicPartition(topic["topic"], partition)
            for topic in told
            for partition in self._chosen(len(topic["partitions"]))
        ]

    def _chosen(self, partitions: int) -> Iterable[int]:
        """All of a topic's partitions, or the one where all that carries the key lies."""
        return range(partitions) if self._key is None else [partition_of(self._key, partitions)]

    async def _is_done(self, quiet_since: float) -> bool:
        idle_s = 0.0 if self._until.end else self._until.idle_s
        if idle_s is None or time.monotonic() - quiet_since < idle_s:
            return False
        return all([await self._consumer.position(place) >= end for place, end in self._ends.items()])

    def _is_meant(self, record: Any) -> bool:
        return self._key is None or record.key == self._key.encode()

    def _seen(self, record: Any) -> Seen:
        return Seen(
            topic=self._names.default(record.topic),
            partition=record.partition,
            offset=record.offset,
            timestamp_ms=record.timestamp,
            key=record.key,
            value=record.value,
            headers=tuple((readable(name), told) for name, told in record.headers),
        )


def partition_of(key: str, partitions: int) -> int:
    """Where Kafka's producers put a key, ours as well.

    >>> partition_of("C-1042", 1)
    0
    """
    return hash_of(key.encode()) % partitions


def _fragment(value: bytes) -> Any:
    try:
        orjson.loads(value)
    except orjson.JSONDecodeError:
        return value.decode(errors="replace")
    return orjson.Fragment(value)
