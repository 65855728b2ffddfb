"""Merges and erasures that cross on their way between partitions, in whatever order these are read.

What stands in the books after it is held against the same records told one after the other.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from hashlib import sha256
from random import Random

import pytest

from listener import catalogue
from listener.book import Book, Core
from listener.hearing import Hearing
from listener.model.record import Record, Understood
from listener.model.signals import Signal, Source
from listener.model.state import CustomerState
from listener.model.topics import OUTPUTS
from listener.relate.bookmark import KEY
from listener.relate.fold import Entry, fold
from listener.settings import Settings
from listener.workbench import core_of
from tests.shell_fakes import NOON, chat, hearing, record

PARTITIONS = 3
WHO = "ABCD"
MOST_ON_ITS_WAY = 3000
"""More than any of these stories can hand round, unless it never ends."""


@pytest.fixture(scope="module")
def core() -> Core:
    return core_of(Settings(brand="acme"), catalogue.load())


class Partitions:
    """The signals in partitions of their own, each read when the dice say so, some records at a time."""

    def __init__(self, core: Core, dice: Random) -> None:
        self.core, self.dice = core, dice
        self.logs: list[list[Signal]] = [[] for _ in range(PARTITIONS)]
        self.read = [0] * PARTITIONS
        self.tables: list[dict[bytes, bytes]] = [{} for _ in range(PARTITIONS)]

    def put(self, signal: Signal) -> None:
        assert sum(map(len, self.logs)) < MOST_ON_ITS_WAY, "it goes round for ever"
        self.logs[sha256(signal.customer_id.encode()).digest()[0] % PARTITIONS].append(signal)

    def waiting(self) -> list[int]:
        return [n for n, log in enumerate(self.logs) if self.read[n] < len(log)]

    def take_some(self, n: int) -> None:
        first, table = self.read[n], self.tables[n]
        some = self.logs[n][first : first + self.dice.randint(1, 4)]
        entries = [
            Entry(first + place, one.customer_id.encode(), one.model_dump_json(by_alias=True).encode())
            for place, one in enumerate(some)
        ]
        plan = fold(n, entries, table.get, self.core)
        assert not plan.dead
        self.read[n] += len(some)
        for decision in plan.outgoing():
            if decision.outcome.topic == "signals":
                source = Source(topic=OUTPUTS["signals"], partition=n, offset=decision.offset)
                self.put(decision.outcome.made.model_copy(update={"source": source}))
        for key, value in plan.writes():
            table.pop(key, None) if value is None else table.__setitem__(key, value)

    def take_all(self) -> None:
        while waiting := self.waiting():
            self.take_some(self.dice.choice(waiting))

    def heard(self) -> dict[str, int]:
        """How many contacts stand in each customer's book."""
        stored = (value for table in self.tables for key, value in table.items() if key != KEY)
        return counted(map(CustomerState.from_bytes, stored))


def counted(states: Iterable[CustomerState]) -> dict[str, int]:
    return {state.customer_id: state.heard for state in states if state.heard}


def contact(n: int, who: str) -> Record:
    return at(n, record("contact_chat", chat(f"a complaint, line {n}", who, event_id=f"e-{n}")))


def command(n: int, who: str, what: str, into: str | None = None) -> Record:
    told = {"command_id": f"c-{n}", "occurred_at": NOON.isoformat(), "customer_id": who, "command": what, "into": into}
    return at(n, record("commands", told, key=who.encode()))


def at(n: int, told: Record) -> Record:
    return Record(told.topic, told.key, told.value, offset=n, received_at=NOON + timedelta(minutes=n))


def heard_by(ears: Sequence[Hearing], told: Sequence[Record]) -> list[Signal]:
    """What ingests say that each hear some partitions and know the merges of these; a command's goes by its key."""
    fates = [ears[(one.key or str(one.offset).encode())[0] % len(ears)].hear([one])[0] for one in told]
    return [signal for fate in fates if isinstance(fate, Understood) for signal in fate.signals]


def compared(core: Core, dice: Random, signals: Sequence[Signal]) -> tuple[dict[str, int], dict[str, int]]:
    """How many contacts stand in the books in the end: read one after the other, and as the partitions come."""
    book, bus = Book(core), Partitions(core, dice)
    for signal in signals:
        list(book.take(signal))
        bus.put(signal)
        if dice.random() < 0.3:
            for n in bus.waiting():
                if dice.random() < 0.5:
                    bus.take_some(n)
    bus.take_all()
    return counted(book.states.values()), bus.heard()


@pytest.mark.parametrize("ingests", [1, 2])
def test_merges_that_cross_on_their_way_lose_no_contact_and_double_none(core: Core, ingests: int) -> None:
    """Chains, circles; with two ingests, neither knows yet what the other hears, and whom both merge they may part."""
    for seed in range(40):
        dice = Random(seed)
        told = [
            contact(n, dice.choice(WHO)) if dice.random() < 0.6 else command(n, *_merge(dice.sample(WHO, 2)))
            for n in range(12)
        ]
        signals = heard_by([hearing() for _ in range(ingests)], told)
        expected, came = compared(core, dice, signals)
        assert sum(came.values()) == sum(one.topic == "contact_chat" for one in told), (seed, told)
        assert ingests > 1 or came == expected, (seed, told)


def test_an_erasure_forgets_what_is_on_its_way_and_nothing_that_comes_after_it(core: Core) -> None:
    """Whichever of their ids it names, wherever what they said and were is just then, and whoever they become next."""
    for seed in range(60):
        dice = Random(seed)
        signals = heard_by([hearing()], [_any(dice, n) for n in range(12)])
        expected, came = compared(core, dice, signals)
        assert came == expected, seed


def _any(dice: Random, n: int) -> Record:
    turn = dice.random()
    if turn < 0.55:
        return contact(n, dice.choice(WHO))
    return command(n, *_merge(dice.sample(WHO, 2))) if turn < 0.85 else command(n, dice.choice(WHO), "erase")


def _merge(two: Sequence[str]) -> tuple[str, str, str]:
    return two[0], "merge", two[1]
