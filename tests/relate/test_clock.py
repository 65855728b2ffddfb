"""What concerns everyone reaches the quiet ones, however the bus fails and whatever comes meanwhile."""

import asyncio
from types import SimpleNamespace

import pytest

from listener.model.record import EVERYONE
from listener.model.state import CustomerState
from listener.model.wire import EARLIEST
from listener.relate.bookmark import KEY, Bookmark, Pending
from listener.relate.clock import Clock
from listener.relate.gauges import CustomerGauges
from tests.relate.test_fold import CORE, for_all


class Table:
    """One quiet customer of one partition, and the bookmark."""

    def __init__(self, bookmark: bytes) -> None:
        self.spoilt: set[bytes] = set()
        self.rows = {b"quiet": CustomerState("quiet", "acme", offset=0).to_bytes(), KEY: bookmark}

    def read(self, _partition, key):
        return self.rows.get(key)

    def items_of(self, _partition):
        return list(self.rows.items())

    def passed_over(self, _partition):
        return self.spoilt


class Outbox:
    """A bus that can be away, and slow: each record waits for the gate."""

    def __init__(self) -> None:
        self.sent, self.is_away, self.gate = [], False, asyncio.Event()

    async def signal(self, wake, _partition):
        await self.gate.wait()
        if self.is_away:
            raise OSError
        self.sent.append((wake.customer_id, wake.occurred_at))
        acknowledged = asyncio.get_running_loop().create_future()
        acknowledged.set_result(SimpleNamespace(offset=100 + len(self.sent)))
        return acknowledged


FIRST, SECOND = (Pending(n, for_all(n).model_dump_json(by_alias=True).encode()) for n in (1, 2))
BOTH = [("quiet", for_all(n).occurred_at) for n in (1, 2)]


def waiting(*pending: Pending, to: int = 2) -> Bookmark:
    return Bookmark(built_to=to, pending=list(pending))


async def holding(bookmark: bytes) -> tuple[Clock, Outbox]:
    outbox = Outbox()
    clock = Clock(
        CORE, Table(bookmark), outbox, None, CustomerGauges(), lateness=None, now=None, held_back=lambda: None
    )
    await clock.hold([0])
    return clock, outbox


async def test_an_act_to_everyone_that_comes_while_the_sweep_of_another_fails_is_swept_too() -> None:
    clock, outbox = await holding(waiting(FIRST).to_bytes())
    outbox.is_away = True
    sweep = asyncio.create_task(clock._look())
    await asyncio.sleep(0)
    clock.note(0, {}, waiting(FIRST, SECOND))
    outbox.gate.set()
    with pytest.raises(OSError):
        await sweep
    outbox.is_away = False
    await clock._look()
    assert outbox.sent == BOTH


async def test_everyone_is_woken_once_for_each_act_that_concerns_them() -> None:
    clock, outbox = await holding(waiting(FIRST).to_bytes())
    outbox.gate.set()
    await clock._look()
    clock.note(0, {}, waiting(FIRST, SECOND))
    await clock._look()
    await clock._look()
    assert outbox.sent == BOTH


async def test_a_sweep_is_over_when_its_last_wake_up_was_read_and_is_forgotten_when_nothing_waits_for_it() -> None:
    """Else each act to everyone would stay in memory, and be looked through with every batch, for ever."""
    clock, outbox = await holding(waiting(FIRST).to_bytes())
    outbox.gate.set()
    await clock._look()
    for to, is_over in ((100, False), (101, True)):
        clock.note(0, {}, waiting(FIRST, to=to))
        assert clock.is_swept(0, FIRST) is is_over
    clock.note(0, {}, waiting(to=102))
    assert not any(clock._swept.values())


async def test_whose_state_is_to_be_made_anew_is_woken_for_it_though_the_bus_was_away() -> None:
    clock, outbox = await holding(b"no bookmark")
    outbox.gate.set()
    outbox.is_away = True
    with pytest.raises(OSError):
        await clock._look()
    outbox.is_away = False
    for _ in range(2):
        await clock._look()
    assert [who for who, _ in outbox.sent] == [EVERYONE]


class Changing(Table):
    """A table whose quiet customer was merged away since the look through it began."""

    def items_of(self, partition):
        was = super().items_of(partition)
        self.rows[b"quiet"] = CustomerState("quiet", "acme", offset=0, merged_into="other").to_bytes()
        return was


async def test_of_whoever_is_merged_away_while_the_table_is_looked_through_nothing_is_counted() -> None:
    for table, names in ((Table(waiting().to_bytes()), {"quiet"}), (Changing(waiting().to_bytes()), set())):
        gauges = CustomerGauges()
        clock = Clock(CORE, table, Outbox(), None, gauges, lateness=None, now=None, held_back=lambda: None)
        await clock.hold([0])
        assert gauges._by_partition[0].open.keys() == names


async def test_whose_newest_value_in_the_changelog_is_none_is_stored_again() -> None:
    """A wake-up before all time changes nothing of them, and whatever is folded is written."""
    clock, outbox = await holding(waiting().to_bytes())
    clock._table.spoilt = {b"quiet", KEY, b"\xff"}
    await clock.hold([0])
    outbox.gate.set()
    await clock._look()
    assert sorted(outbox.sent) == [(EVERYONE, EARLIEST), ("quiet", EARLIEST)]
