"""Who is who, learned from the bus: from its beginning, in order of time, and for as long as the reading goes on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import orjson
import pytest
from aiokafka import TopicPartition

from listener.bus import clients
from listener.hearing import Identities
from listener.ingest.identity_feed import IdentityFeed, as_record
from listener.model.topics import INPUTS
from listener.model.wire import EARLIEST, LATEST, Handle
from listener.settings import Settings
from tests.shell_fakes import NOON

CRM, ORDERS = ([TopicPartition(INPUTS[name], n) for n in (0, 1)] for name in ("crm_customers", "commands"))
ANN = Handle(kind="email", value="ann@example.org")


class Bus(dict[TopicPartition, list[Any]]):
    """What stands in each partition, and the clients that read it."""

    def __init__(self) -> None:
        super().__init__({tp: [] for tp in (*CRM, *ORDERS)})
        self.clients: list[Client] = []

    def put(self, tp: TopicPartition, key: str | None, value: Any, at: datetime) -> None:
        self[tp].append(
            SimpleNamespace(
                key=key and key.encode(),
                value=None if value is None else orjson.dumps(value),
                headers=(),
                partition=tp.partition,
                offset=len(self[tp]),
                timestamp=at.timestamp() * 1000,
            )
        )

    def client(self, *_: Any) -> "Client":
        self.clients.append(Client(self))
        return self.clients[-1]


class Client:
    """As much of a consumer as is asked of it here. `dies` is to have its own task end, as aiokafka's may."""

    def __init__(self, bus: Bus) -> None:
        self._bus, self._at = bus, dict[TopicPartition, int]()
        self._client = SimpleNamespace(set_topics=self._set_topics, force_metadata_update=self.start)
        self._fetcher = SimpleNamespace(error_future=asyncio.get_running_loop().create_future())

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def _set_topics(self, topics: list[str]) -> None: ...

    def partitions_for_topic(self, topic: str) -> set[int]:
        return {tp.partition for tp in self._bus if tp.topic == topic}

    def assign(self, partitions: list[TopicPartition]) -> None:
        self._at = dict.fromkeys(partitions, 0)

    def assignment(self) -> set[TopicPartition]:
        return set(self._at)

    async def beginning_offsets(self, partitions: list[TopicPartition]) -> dict[TopicPartition, int]:
        return dict.fromkeys(partitions, 0)

    async def end_offsets(self, partitions: list[TopicPartition]) -> dict[TopicPartition, int]:
        return {tp: len(self._bus[tp]) for tp in partitions}

    def seek(self, tp: TopicPartition, offset: int) -> None:
        self._at[tp] = offset

    async def position(self, tp: TopicPartition) -> int:
        return self._at[tp]

    async def getmany(self, *partitions: TopicPartition, timeout_ms: int) -> dict[TopicPartition, list[Any]]:
        await asyncio.sleep(0)
        found = {tp: self._bus[tp][self._at[tp] :] for tp in sorted(partitions or self._at)}
        self._at |= {tp: len(self._bus[tp]) for tp in found}
        return found

    def dies(self) -> None:
        self._fetcher.error_future.set_exception(ConnectionResetError())


class Group:
    """Ingest's own consumer: what it has committed."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def committed(self, tp: TopicPartition) -> int:
        return len(self._bus[tp])


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Bus:
    made = Bus()
    monkeypatch.setattr(clients, "consumer", made.client)
    return made


@asynccontextmanager
async def feeding(ids: Identities) -> AsyncIterator[IdentityFeed]:
    made = IdentityFeed(Settings(brand="acme"), ids, timedelta(days=1))
    await made.start()
    try:
        yield made
    finally:
        await made.stop()


def after(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


def order(command: str, customer: str, into: str | None = None) -> dict[str, Any]:
    told = {"command_id": f"{command}:{customer}", "occurred_at": NOON.isoformat(), "command": command}
    return told | {"customer_id": customer, "into": into}


async def test_all_profiles_and_merges_there_are_are_known_before_the_first_contact(bus: Bus):
    bus.put(CRM[1], "C-1", {"customer_id": "C-1", "handles": [ANN.model_dump()]}, after(0))
    bus.put(CRM[0], "X-1", {"customer_id": "X-1", "brand": "other", "handles": [ANN.model_dump()]}, after(1))
    bus.put(ORDERS[0], "C-1", order("merge", "C-1", "C-77"), after(1))
    ids = Identities()
    async with feeding(ids) as made:
        await made.hold(ORDERS, Group(bus))
        assert ids.of_handle(ANN) == "C-77"


async def test_of_two_merges_in_a_circle_the_earlier_holds_whichever_partition_is_read_first(bus: Bus):
    bus.put(ORDERS[1], "A", order("merge", "A", "B"), after(0))
    bus.put(ORDERS[0], "B", order("merge", "B", "A"), after(1))
    ids = Identities()
    async with feeding(ids) as made:
        await made.hold(ORDERS, Group(bus))
        assert (ids.current("A"), ids.current("B")) == ("B", "B")


@pytest.mark.parametrize("null", [None, {"specversion": "1.0", "id": "1", "type": "t", "source": "/crm", "data": None}])
async def test_a_link_that_a_null_profile_forgot_stays_forgotten_when_partitions_are_assigned_anew(bus: Bus, null: Any):
    bus.put(ORDERS[0], "OLD", order("merge", "OLD", "C-1"), after(0))
    bus.put(CRM[0], "C-1", null, after(1))
    ids = Identities()
    async with feeding(ids) as made:
        for _ in range(2):
            await made.hold(ORDERS, Group(bus))
            assert ids.current("OLD") == "OLD"


@pytest.mark.parametrize("timestamp", [253_402_300_800_000, 2**63 - 1, -1, -(2**63)])
def test_no_time_that_a_record_may_have_on_a_bus_is_too_much(timestamp: int):
    """A producer may write any number: a reading that ends at it ends every ingest, and again after each restart."""
    told = SimpleNamespace(key=None, value=b"{}", headers=(), partition=0, offset=0, timestamp=timestamp)
    assert as_record("commands", told).received_at in (EARLIEST, LATEST)


async def test_what_hearing_refuses_for_lying_in_the_future_is_not_believed_here_either(bus: Bus):
    event = {"specversion": "1.0", "id": "1", "type": "t", "source": "/crm", "time": after(48).isoformat()}
    profile = {"customer_id": "C-1", "handles": [ANN.model_dump()]}
    bus.put(CRM[0], "C-1", profile, after(0))
    bus.put(CRM[0], "C-1", event | {"data": None}, after(0))
    bus.put(CRM[1], "C-2", event | {"data": profile | {"customer_id": "C-2"}}, after(1))
    bus.put(ORDERS[0], "C-1", order("merge", "C-1", "C-7") | {"occurred_at": after(48).isoformat()}, after(0))
    bus.put(ORDERS[1], "C-1", order("erase", "C-1") | {"occurred_at": after(48).isoformat()}, after(1))
    ids = Identities()
    async with feeding(ids) as made:
        await made.hold(ORDERS, Group(bus))
        assert ids.of_handle(ANN) == "C-1"


async def test_what_is_no_profile_erases_nobody(bus: Bus):
    bus.put(CRM[0], "C-1", {"customer_id": "C-1", "handles": [ANN.model_dump()]}, after(0))
    bus.put(CRM[0], "C-1", ["no profile"], after(1))
    ids = Identities()
    async with feeding(ids):
        assert ids.of_handle(ANN) == "C-1"


@pytest.mark.parametrize("reads", ["profiles", "orders"])
async def test_whatever_is_read_no_more_is_the_end(bus: Bus, reads: str):
    """Aiokafka's own task may end without a word: handles and merges would be told, and nobody learn of them."""
    async with feeding(Identities()) as made:
        await made.hold(ORDERS, Group(bus))
        watching = asyncio.create_task(made.watch())
        await made.hold(ORDERS, Group(bus))  # to be given other partitions is no end
        assert made.is_well
        assert not watching.done()
        bus.clients[["profiles", "orders"].index(reads)].dies()
        with pytest.raises(clients.FetchesNoMore):
            await asyncio.wait_for(watching, 10)
        assert not made.is_well
