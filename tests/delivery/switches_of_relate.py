"""Protections of relate that can be left out, to see what each protects from, and faults from within."""

import asyncio
import os
import sys
from collections.abc import Set

import faust
from faust.tables.recovery import Recovery
from faust.transport.drivers import aiokafka as driver

from listener.relate import app, clock, in_flight, kernel, recovery, stores, transport
from listener.relate.watchdog import Watchdog
from tests.delivery.switches import TIMEOUT_S, hold_up, is_throttled

DROP_EVERY = int(os.environ.get("HARNESS_DROP", "0"))
BATCH = int(os.environ.get("HARNESS_BATCH", "0"))
SLOW_S = float(os.environ.get("HARNESS_SLOW", "0"))
BELOW = frozenset({"order", "crash", "barrier"})
"""Without these the source is acknowledged before what came of it is safe, which reading again from where the state
stands would mend in part: it is left out with them."""


def apply_to_relate(made, off: Set[str]) -> None:
    leave_out_of_the_guard(made.guard, off)
    made.table.has_barrier = "barrier" not in off
    made.rebuilding.is_on = "rebuild" not in off
    for name, leave_out in LEAVE_OUT.items():
        if name in off:
            leave_out()
    if "static" in off:
        made.app.conf.consumer_group_instance_id = None
    if TIMEOUT_S:
        made.app.conf.producer_request_timeout = TIMEOUT_S
    if is_throttled("relate"):
        throttle()
    if BATCH:
        app.BATCH = BATCH
    if DROP_EVERY:
        drop_some(DROP_EVERY)
    if SLOW_S:
        slow_down(made, SLOW_S)


def leave_out_of_the_guard(guard, off: Set[str]) -> None:
    guard.is_on = "guard" not in off
    if "whole" in off:
        guard._is_whole = lambda generation: True
    if off & {"again", *BELOW}:
        guard._state_is_at = lambda tp: sys.maxsize - 1


def leave_out_drain() -> None:
    transport.Consumer._drain_messages = driver.Consumer._drain_messages


def leave_out_fetch() -> None:
    create = driver.AIOKafkaConsumerThread._create_worker_consumer
    transport.ConsumerThread._create_worker_consumer = create


def leave_out_whole() -> None:
    """The flow is left as it is when partitions are given out."""
    app.App._on_partitions_assigned = faust.App._on_partitions_assigned
    recovery.SafeRecovery._set_recovery_started = Recovery._set_recovery_started


def leave_out_recovery() -> None:
    recovery.SafeRecovery.on_recovery_completed = Recovery.on_recovery_completed


def leave_out_watchdog() -> None:
    Watchdog.check = lambda self: None


def leave_out_newest() -> None:
    stores.built_to = lambda key, value: -1


def leave_out_idempotence() -> None:
    """A record that could not be sent in time is given up, as Faust's own producer does."""
    transport.Producer._settings_extra = driver.Producer._settings_extra


def leave_out_damage() -> None:
    stores.RocksStore.set_aside = lambda self, partition, trouble: None


def leave_out_waiting() -> None:
    """Whoever is due is woken, whatever waits to be read."""

    async def all_is_read(self) -> bool:
        return True

    clock.Clock._is_all_read = all_is_read


def leave_out_caps() -> None:
    in_flight.MOST_BYTES = 10**12


def leave_out_partitions() -> None:
    transport._wait_for_partitions = lambda client: None


def forget_what_was_heard() -> None:
    """No offset, no place and no id is remembered: what comes again counts again."""
    from msgspec.structs import replace

    from listener.model.state import CustomerState
    from listener.relate.bookmark import Bookmark

    state, bookmark = CustomerState.from_bytes, Bookmark.from_bytes
    CustomerState.from_bytes = staticmethod(lambda value: replace(state(value), offset=-1))
    CustomerState.has_heard = lambda self, event_id: False
    Bookmark.from_bytes = staticmethod(lambda value: Bookmark(pending=bookmark(value).pending))
    Bookmark.is_repeat = lambda self, signal: False


def bring_back_the_erased() -> None:
    """What came before an erasure and is read after it is taken in."""
    from listener.relate.bookmark import Bookmark

    Bookmark.is_forgotten = lambda self, signal: False


def read_only_this_version() -> None:
    """Refuse a state that has fewer fields than this version writes, or more."""
    import msgspec

    from listener.model.state import CustomerState, unpacked

    decode, fields = CustomerState.from_bytes, len(CustomerState.__struct_fields__)

    def strictly(value: bytes) -> CustomerState:
        if len(msgspec.msgpack.decode(unpacked(value))) != fields:
            raise ValueError("of another version")
        return decode(value)

    CustomerState.from_bytes = staticmethod(strictly)


def acknowledge_first() -> None:
    """The source before what came of it."""
    take = kernel.Kernel.take

    async def hastily(self, batch, acknowledge):
        for event in batch:
            acknowledge(event)
        await asyncio.sleep(1.5)
        await take(self, batch, lambda event: None)

    kernel.Kernel.take = hastily


def swallow_errors() -> None:
    app._take = swallow


async def swallow(_, take, batch) -> None:
    """As Faust does: a batch that failed is acknowledged, and forgotten."""
    try:
        await take(batch, lambda event: event.ack())
    except Exception:  # noqa: BLE001  # that is the fault
        for event in batch:
            event.ack()


def throttle() -> None:
    """Take a while over each batch, as a core would that is too slow for what comes."""
    take = kernel.Kernel.take

    async def slowly(self, batch, acknowledge):
        await hold_up(len(batch))
        await take(self, batch, acknowledge)

    kernel.Kernel.take = slowly


def drop_some(every: int) -> None:
    """Lose half of what is fetched, every so many fetches, as Faust's own drain does after some recoveries."""
    from listener.relate.draining import Fetched
    from listener.relate.transport import ConsumerThread

    fetch, count = ConsumerThread.fetch, 0

    async def lossy(self, *told):
        nonlocal count
        fetched = await fetch(self, *told)
        signals = {tp for tp in fetched.records if "signals" in tp.topic}
        count += bool(signals)
        if not signals or count % every:
            return fetched
        left = {tp: some[len(some) // 2 :] if tp in signals else some for tp, some in fetched.records.items()}
        return Fetched(left, fetched.assignment, fetched.positions, fetched.ends)

    ConsumerThread.fetch = lossy


def slow_down(made, seconds: float) -> None:
    """Let the bus take its time over the changelog: what is sent to it arrives so much later, in order."""

    class Slow:
        def __init__(self, writes) -> None:
            self.writes, self.put = writes, writes.put

        async def send(self):
            await asyncio.sleep(seconds)
            return await self.writes.send()

    made.table.through = Slow


LEAVE_OUT = {
    "drain": leave_out_drain,
    "fetch": leave_out_fetch,
    "recovery": leave_out_recovery,
    "whole": leave_out_whole,
    "watchdog": leave_out_watchdog,
    "newest": leave_out_newest,
    "idempotence": leave_out_idempotence,
    "damage": leave_out_damage,
    "caps": leave_out_caps,
    "waiting": leave_out_waiting,
    "partitions": leave_out_partitions,
    "memory": forget_what_was_heard,
    "forgotten": bring_back_the_erased,
    "versions": read_only_this_version,
    "order": acknowledge_first,
    "crash": swallow_errors,
}
