"""Dead letters as operators meet them: what waits, why, and the way back onto the bus once the cause is gone.

A letter is never altered or deleted here: two consumer groups remember which were retried and which discarded, and
the letters themselves expire with their topic's retention.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from aiokafka import TopicPartition

from listener.bus import clients
from listener.bus.names import Names, group
from listener.bus.tailing import Seen, Tail, Until
from listener.envelopes.dead_letters import CUT, ERRORS, STAGE
from listener.model.topics import DEAD, INPUTS, OUTPUTS
from listener.settings import Settings

TOPICS: Final = tuple(name + DEAD for name in (*INPUTS.values(), OUTPUTS["signals"]))
Disposal = Literal["retry", "discard"]
"""What is done with a letter; the consumer group that remembers it goes by this name."""
LONGEST_NOTE: Final = 4000
"""Characters that a group remembers beside an offset."""
LONGEST_RUN: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Letter:
    """A dead letter; `was_retried` once it went back onto the bus, `was_discarded` once somebody let it go."""

    seen: Seen
    was_retried: bool
    was_discarded: bool = False

    @property
    def waits(self) -> bool:
        """Whether nobody has done anything with it yet."""
        return not (self.was_retried or self.was_discarded)

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
        headers = self.seen.header
        return f"{headers.get(ERRORS + 'exception', '?')}: {headers.get(ERRORS + 'message', '')}"

    @property
    def attempt(self) -> int:
        """How often it was tried."""
        number = self.seen.header.get("listener.attempt", "1")
        return int(number) if number.isdigit() else 1

    @property
    def is_whole(self) -> bool:
        """Whether all of it was kept; a record too long for the bus was cut."""
        return CUT not in self.seen.header

    @property
    def is_record(self) -> bool:
        """Whether it was a record of its topic; else it was a stored state that is none, which cannot go back."""
        return self.seen.header.get(ERRORS + "topic", self.source) == self.source

    @property
    def partition(self) -> int | None:
        """Where it goes back to: a signal into its own partition, for one without a key has no other way to it."""
        number = self.seen.header.get(ERRORS + "partition", "")
        return int(number) if self.source == OUTPUTS["signals"] and number.isdigit() and len(number) < 6 else None

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
            "was_discarded": self.was_discarded,
            "is_whole": self.is_whole,
        }


@dataclass(frozen=True, slots=True)
class Choice:
    """Which letters are meant: those of a topic, a stage, a cause (a part of it is enough); None: of any."""

    topic: str | None = None
    stage: str | None = None
    cause: str | None = None

    def means(self, letter: Letter) -> bool:
        """Whether this letter is one of them."""
        return (
            self.topic in (None, letter.source)
            and self.stage in (None, letter.stage)
            and (self.cause is None or self.cause.casefold() in letter.cause.casefold())
        )


@dataclass(frozen=True, slots=True)
class GoneBack:
    """Which letters of a partition were dealt with: all below `up_to`, and some beyond it.

    >>> GoneBack().and_also([0, 1, 5], oldest=0)
    GoneBack(up_to=2, beyond=frozenset({5}))
    """

    up_to: int = 0
    beyond: frozenset[int] = frozenset()

    @classmethod
    def read(cls, offset: int, note: str) -> "GoneBack":
        """From what the consumer group remembers.

        >>> sorted(GoneBack.read(2, "4-6,9").beyond)
        [4, 5, 6, 9]
        """
        runs = (run.partition("-") for run in note.split(","))
        ends = [(int(a), int(b or a)) for a, _, b in runs if a.isdigit() and (b or a).isdigit()]
        beyond = (range(first, min(last, first + LONGEST_RUN) + 1) for first, last in ends)
        return cls(max(offset, 0), frozenset(offset for run in beyond for offset in run))

    @property
    def note(self) -> str:
        """Those beyond, as the group remembers them: runs, the newest that fit, for its memory is short."""
        runs: list[list[int]] = []
        for offset in sorted(self.beyond):
            if runs and offset == runs[-1][-1] + 1:
                runs[-1] = [runs[-1][0], offset]
            else:
                runs.append([offset])
        words = ["-".join(map(str, run)) for run in runs]
        while sum(map(len, words)) + len(words) > LONGEST_NOTE:
            del words[0]
        return ",".join(words)

    def forgotten(self, offsets: Iterable[int]) -> int:
        """How many of these its memory is too short for.

        >>> GoneBack().and_also(range(0, 6000, 2), oldest=0).forgotten(range(0, 6000, 2))
        2199
        """
        kept = GoneBack.read(self.up_to, self.note)
        return sum(not kept.has(offset) for offset in offsets)

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
    retried, discarded = await _dealt_with(settings, "retry"), await _dealt_with(settings, "discard")
    async with Tail(settings, topics, from_start=True, until=Until(end=True)) as tail:
        return [Letter(seen, _is_in(retried, seen), _is_in(discarded, seen)) async for seen in tail]


@dataclass(frozen=True, slots=True)
class Done:
    """How many letters were dealt with, and of how many of them that could not be remembered: they wait still."""

    letters: int
    forgotten: int


async def retry(settings: Settings, chosen: Iterable[Letter]) -> Done:
    """Publish letters again where they came from, as they came.

    Once the bus has acknowledged them they are marked as gone back. The listener counts the next attempt, and knows
    an event it has heard by its id, so that a letter that goes back twice has one effect.
    """
    names, sent, gone = Names(settings), [], list[Letter]()
    async with clients.started(clients.producer(settings), settings) as producer:
        for letter in chosen:
            seen = letter.seen
            headers = [(name, value) for name, value in seen.headers if not name.startswith(ERRORS) and name != STAGE]
            real = names.real(letter.source)
            place = {"key": seen.key, "partition": letter.partition}
            sent.append(await producer.send(real, value=seen.value, headers=headers, **place))
            gone.append(letter)
        await asyncio.gather(*sent)
    return Done(len(gone), await _remember(settings, "retry", gone))


async def discard(settings: Settings, chosen: Iterable[Letter]) -> Done:
    """Let letters go: they wait no more, and stay readable until their topic lets them go too."""
    gone = list(chosen)
    return Done(len(gone), await _remember(settings, "discard", gone))


Dealt = Mapping[tuple[str, int], GoneBack]


def _is_in(dealt: Dealt, seen: Seen) -> bool:
    return dealt.get((seen.topic, seen.partition), NOBODY).has(seen.offset)


async def _dealt_with(settings: Settings, disposal: Disposal) -> Dealt:
    names = Names(settings)
    async with clients.admin(settings) as admin:
        offsets = await clients.group_offsets(admin, group(settings, disposal))
    return {
        (names.default(place.topic), place.partition): GoneBack.read(committed.offset, committed.metadata)
        for place, committed in offsets.items()
    }


async def _remember(settings: Settings, disposal: Disposal, gone: Sequence[Letter]) -> int:
    """Of how many there was no room for it."""
    if not gone:
        return 0
    offsets: dict[tuple[str, int], set[int]] = {}
    for letter in gone:
        offsets.setdefault((letter.seen.topic, letter.seen.partition), set()).add(letter.seen.offset)
    names, before = Names(settings), await _dealt_with(settings, disposal)
    places = {place: TopicPartition(names.real(place[0]), place[1]) for place in offsets}
    consumer = clients.consumer(settings, disposal)
    consumer.assign(list(places.values()))
    async with clients.started(consumer, settings):
        oldest = await consumer.beginning_offsets(list(places.values()))
        after = {
            there: before.get(place, NOBODY).and_also(offsets[place], oldest[there]) for place, there in places.items()
        }
        await consumer.commit({there: (gone.up_to, gone.note) for there, gone in after.items()})
    return sum(after[there].forgotten(offsets[place]) for place, there in places.items())
