"""Dead letters as operators meet them: what waits, why, and the way back onto the bus once the cause is gone."""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from aiokafka import TopicPartition

from listener import bus
from listener.dead_letters import CUT, ERRORS, STAGE
from listener.model.topics import DEAD, INPUTS, OUTPUTS
from listener.names import Names, group
from listener.settings import Settings
from listener.tailing import Seen, Tail, Until

TOPICS: Final = tuple(name + DEAD for name in (*INPUTS.values(), OUTPUTS["signals"]))
OFFICE: Final = "retry"
"""The consumer group that remembers which letters went back."""
MOST_BEYOND: Final = 300


@dataclass(frozen=True, slots=True)
class Letter:
    """A dead letter; `was_retried` once it went back onto the bus."""

    seen: Seen
    was_retried: bool

    @property
    def place(self) -> str:
        """What operators call it: topic/partition/offset."""
        return self.seen.place

    @property
    def source(self) -> str:
        """The topic it came from."""
        return self.seen.topic.removesuffix(DEAD)

    @property
    def stage(self) -> str:
        """Where it could not be used."""
        return self.seen.header.get(STAGE, "?")

    @property
    def cause(self) -> str:
        """Why; never with the customer's words in it."""
        told = self.seen.header
        return f"{told.get(ERRORS + 'exception', '?')}: {told.get(ERRORS + 'message', '')}"

    @property
    def attempt(self) -> int:
        """How often it was tried."""
        told = self.seen.header.get("listener.attempt", "1")
        return int(told) if told.isdigit() else 1

    @property
    def is_whole(self) -> bool:
        """Whether all of it was kept; a record too long for the bus was cut."""
        return CUT not in self.seen.header

    def as_dict(self) -> dict[str, Any]:
        """What can be told without its contents."""
        return {
            "id": self.place,
            "topic": self.source,
            "stage": self.stage,
            "cause": self.cause,
            "attempt": self.attempt,
            "timestamp_ms": self.seen.timestamp_ms,
            "was_retried": self.was_retried,
            "is_whole": self.is_whole,
        }


@dataclass(frozen=True, slots=True)
class GoneBack:
    """Which letters of a partition went back: all below `up_to`, and some beyond it.

    >>> GoneBack().and_also([0, 1, 5], oldest=0)
    GoneBack(up_to=2, beyond=frozenset({5}))
    """

    up_to: int = 0
    beyond: frozenset[int] = frozenset()

    @classmethod
    def read(cls, offset: int, note: str) -> "GoneBack":
        """From what the consumer group remembers."""
        return cls(max(offset, 0), frozenset(int(told) for told in note.split(",") if told.isdigit()))

    @property
    def note(self) -> str:
        """Those beyond, as the group remembers them; the newest few hundred, for its memory is short."""
        return ",".join(map(str, sorted(self.beyond)[-MOST_BEYOND:]))

    def has(self, offset: int) -> bool:
        """Whether this one went back."""
        return offset < self.up_to or offset in self.beyond

    def and_also(self, offsets: Iterable[int], oldest: int) -> "GoneBack":
        """With these too; what is older than `oldest` is there no more."""
        beyond, up_to = self.beyond | set(offsets), max(self.up_to, oldest)
        while up_to in beyond:
            up_to += 1
        return GoneBack(up_to, frozenset(offset for offset in beyond if offset > up_to))


NOBODY: Final = GoneBack()


async def letters(settings: Settings, topics: Sequence[str] = TOPICS) -> list[Letter]:
    """All that is kept, the oldest of each topic first."""
    went_back = await _went_back(settings)
    async with Tail(settings, topics, from_start=True, until=Until(end=True)) as tail:
        return [
            Letter(seen, was_retried=went_back.get((seen.topic, seen.partition), NOBODY).has(seen.offset))
            async for seen in tail
        ]


async def retry(settings: Settings, chosen: Iterable[Letter]) -> int:
    """Publish letters again where they came from, as they came; how many went.

    Once the bus has acknowledged them they are marked as gone back. The listener counts the next attempt.
    """
    names, sent, offsets = Names(settings), [], dict[tuple[str, int], set[int]]()
    async with bus.started(bus.producer(settings), settings) as producer:
        for letter in chosen:
            seen = letter.seen
            headers = [(name, told) for name, told in seen.headers if not name.startswith(ERRORS) and name != STAGE]
            real = names.real(letter.source)
            sent.append(await producer.send(real, key=seen.key, value=seen.value, headers=headers))
            offsets.setdefault((seen.topic, seen.partition), set()).add(seen.offset)
        await asyncio.gather(*sent)
    if offsets:
        await _remember(settings, offsets)
    return len(sent)


async def _went_back(settings: Settings) -> dict[tuple[str, int], GoneBack]:
    names = Names(settings)
    async with bus.admin(settings) as admin:
        offsets = await bus.group_offsets(admin, group(settings, OFFICE))
    return {
        (names.default(place.topic), place.partition): GoneBack.read(told.offset, told.metadata)
        for place, told in offsets.items()
    }


async def _remember(settings: Settings, offsets: Mapping[tuple[str, int], Collection[int]]) -> None:
    names, before = Names(settings), await _went_back(settings)
    places = {place: TopicPartition(names.real(place[0]), place[1]) for place in offsets}
    consumer = bus.consumer(settings, OFFICE)
    consumer.assign(list(places.values()))
    async with bus.started(consumer, settings):
        oldest = await consumer.beginning_offsets(list(places.values()))
        after = {
            there: before.get(place, NOBODY).and_also(offsets[place], oldest[there]) for place, there in places.items()
        }
        await consumer.commit({there: (gone.up_to, gone.note) for there, gone in after.items()})
