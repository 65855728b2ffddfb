"""A recording gets onto the bus in each customer's order, also where the bus takes its partitions one by one."""

import asyncio
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import orjson
import pytest

from listener.broker import LocalBroker
from listener.bus import clients, ordered_sends
from listener.bus.names import Names
from listener.bus.sending import IN_FLIGHT, Publisher, send
from listener.envelopes.recording import Recorded, read, tick
from listener.model.record import EVERYONE
from listener.settings import Settings
from listener.topics import create, wanted
from tests.kafka import Bus, bus_on
from tests.shell_fakes import NOON, chat

CHAT, VOICE, ACTS, COMMANDS = "contact.chat.v1", "contact.voice.v1", "brand.acts.v1", "listener.commands.v1"
TOPICS = (CHAT, VOICE, "contact.survey.v1")
HANDLE = {"handle": {"kind": "social", "network": "mastodon", "value": "@ann"}}


def line(n: int, topic: str, who: str | dict[str, Any], key: str | None = None, **over: Any) -> bytes:
    value = chat(f"line {n}", who, event_id=f"e-{n}", instrument="one", **over)
    return orjson.dumps({"topic": topic, "key": key or str(who), "value": value})


def command(n: int, what: str, who: str, **over: Any) -> bytes:
    value = {"command_id": f"c-{n}", "occurred_at": "2026-03-02T11:59:00Z", "customer_id": who, "command": what}
    return orjson.dumps({"topic": COMMANDS, "key": who, "value": value | over})


def to_all(n: int) -> bytes:
    value = {"event_id": f"e-{n}", "occurred_at": "2026-03-02T11:59:00Z", "audience": {"everyone": True}}
    return orjson.dumps({"topic": ACTS, "key": f"act-{n}", "value": value | {"kind": "product_launched"}})


class BusThatWasAway:
    """Takes what waits a route at a time, any of them, and each in its order; nothing until it is told."""

    def __init__(self) -> None:
        self.waiting: dict[tuple[str, bytes | None], list[tuple[bytes, asyncio.Future[Any]]]] = {}
        self.taken: list[bytes] = []

    async def send(self, topic: str, *, key: bytes | None, value: bytes, headers: object) -> asyncio.Future[Any]:
        sent = asyncio.get_running_loop().create_future()
        self.waiting.setdefault((topic, key), []).append((value, sent))
        return sent

    def take(self, route: tuple[str, bytes | None]) -> None:
        for value, sent in self.waiting.pop(route):
            self.taken.append(value)
            sent.set_result(SimpleNamespace(offset=0))


async def published(recorded: list[Recorded], seed: int) -> list[int]:
    """The places in the recording, in the order in which the bus has them."""
    bus, chance = BusThatWasAway(), random.Random(seed)
    publisher = Publisher(bus, Names(Settings()))

    async def put_all() -> None:
        for one in recorded:
            await publisher.put(one)

    putting = asyncio.ensure_future(put_all())
    while not putting.done() or bus.waiting:
        for _ in range(2 * len(recorded)):  # all that may go has gone
            await asyncio.sleep(0)
        if bus.waiting:
            bus.take(chance.choice(sorted(bus.waiting, key=str)))
    await putting
    place = {one.value: n for n, one in enumerate(recorded)}
    return [place[value] for value in bus.taken]


def of_each(seed: int, customers: int = 4, count: int = 40) -> list[tuple[str, bytes]]:
    chance = random.Random(seed)
    told = [(f"C-{chance.randrange(customers)}", chance.choice(TOPICS)) for _ in range(count)]
    return [(who, line(n, topic, who)) for n, (who, topic) in enumerate(told)]


def each_in_order(told: list[tuple[str, bytes]], places: list[int]) -> bool:
    whose = [who for who, _ in told]
    return all(
        [n for n in places if whose[n] in (who, EVERYONE)]
        == [n for n, one in enumerate(whose) if one in (who, EVERYONE)]
        for who in {*whose} - {EVERYONE}
    )


@pytest.mark.parametrize("seed", range(10))
async def test_what_a_customer_lives_through_on_several_topics_keeps_its_order(seed: int):
    told = of_each(seed)
    assert each_in_order(told, await published(list(read(one for _, one in told)), seed))


async def test_without_turns_it_would_not(monkeypatch: pytest.MonkeyPatch):
    """What is never seen to fail proves nothing."""
    monkeypatch.setattr(ordered_sends.OrderedSends, "_ahead", lambda self, whom, route: set())
    told = of_each(1)
    assert not each_in_order(told, await published(list(read(one for _, one in told)), 1))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    "for_all",
    [to_all(99), line(99, CHAT, HANDLE), orjson.dumps({"topic": CHAT, "value": ["nobody knows"]})],
    ids=["an act to an audience", "a handle that may be anybody's", "what cannot be read"],
)
async def test_what_may_concern_anybody_keeps_its_place_among_all(for_all: bytes, seed: int):
    told = of_each(seed)
    told.insert(20, (EVERYONE, for_all))
    assert each_in_order(told, await published(list(read(one for _, one in told)), seed))


async def test_a_tick_comes_after_all_else():
    told = list(read(one for _, one in of_each(1)))
    assert (await published([*told, tick(NOON, len(told))], 1))[-1] == len(told)


@pytest.mark.parametrize("seed", range(5))
async def test_who_was_merged_keeps_one_order_from_then_on(seed: int):
    told = [
        ("C-1", line(0, CHAT, "C-1")),
        ("C-1", command(1, "merge", "C-old", into="C-1")),
        *(("C-1", line(n, TOPICS[n % 3], "C-old" if n % 2 else "C-1")) for n in range(2, 12)),
    ]
    assert each_in_order(told, await published(list(read(one for _, one in told)), seed))


async def test_nobody_waits_for_another_nor_for_the_same_partition():
    bus = BusThatWasAway()
    publisher = Publisher(bus, Names(Settings()))
    told = [
        line(0, CHAT, "C-1"),
        line(1, CHAT, "C-1"),
        line(2, VOICE, "C-2"),
        line(3, CHAT, "C-3"),
        line(4, VOICE, "C-2"),
    ]
    for one in read(told):
        await asyncio.wait_for(publisher.put(one), 1.0)
    assert sum(len(route) for route in bus.waiting.values()) == len(told)
    later = asyncio.ensure_future(publisher.put(*read([line(5, VOICE, "C-1")])))
    done, _ = await asyncio.wait([later], timeout=0.05)
    assert not done
    bus.take((CHAT, b"C-1"))
    await later


async def test_what_the_bus_refuses_is_told_to_who_waits_for_it():
    bus = BusThatWasAway()
    publisher = Publisher(bus, Names(Settings()))
    (refused,) = await asyncio.gather(publisher.put(*read([line(0, CHAT, "C-1")])))
    refused.set_exception(ConnectionError())
    with pytest.raises(ConnectionError):
        await publisher.put(*read([line(1, VOICE, "C-1")]))


async def test_of_those_who_have_nothing_on_its_way_few_are_remembered(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ordered_sends, "MANY", 10)
    bus = BusThatWasAway()
    publisher = Publisher(bus, Names(Settings()))
    for one in read(line(n, CHAT, f"C-{n}") for n in range(100)):
        await publisher.put(one)
        bus.take((CHAT, one.key))
    assert len(publisher._ordered._last) <= 10


@pytest.fixture
def own_bus(own_kafka: LocalBroker, tmp_path: Path) -> Bus:
    """A broker that stamps when it took a record."""
    made = bus_on(own_kafka.bootstrap_servers, tmp_path)
    asyncio.run(_create(made))
    return made


async def _create(bus: Bus) -> None:
    stamped = [
        replace(topic, config=topic.config | {"message.timestamp.type": "LogAppendTime"})
        for topic in wanted(bus.settings)
    ]
    async with clients.admin(bus.settings) as admin:
        await create(admin, stamped)


@pytest.mark.broker
async def test_a_broker_that_dies_meanwhile_does_not_break_anybodys_order(own_bus: Bus, own_kafka: LocalBroker):
    told = of_each(1, customers=40, count=2 * IN_FLIGHT)
    half, reached = len(told) // 2, asyncio.Event()

    def recorded() -> Iterator[Recorded]:
        for n, one in enumerate(read(one for _, one in told)):
            if n == half:
                reached.set()
            yield one

    sending = asyncio.ensure_future(send(own_bus.settings, recorded()))
    await reached.wait()
    await asyncio.to_thread(own_kafka.kill)
    await asyncio.to_thread(own_kafka.start)
    assert await sending == len(told)
    stamps = await stamps_of(own_bus, len(told))
    whose = [who for who, _ in told]
    for who in sorted(set(whose)):
        theirs = [stamps[n] for n, one in enumerate(whose) if one == who]
        assert theirs == sorted(theirs), who


async def stamps_of(bus: Bus, count: int) -> dict[int, int]:
    """When the bus took each record, by its place in the recording."""
    consumer = clients.consumer(bus.settings, None, *(bus.names.real(topic) for topic in TOPICS))
    found: dict[int, int] = {}
    async with clients.started(consumer, bus.settings):
        while len(found) < count:
            for records in (await consumer.getmany(timeout_ms=1000)).values():
                found |= {int(dict(one.headers)["ce_sequence"]): one.timestamp for one in records}
    return found
