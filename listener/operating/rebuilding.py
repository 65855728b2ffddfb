"""Beliefs made anew from the signals that are still kept: one customer's while relate runs, all while none does."""

import asyncio
import secrets
import time
from typing import Any, Final

from aiokafka import TopicPartition
from aiokafka.structs import OffsetAndMetadata

from listener.bus import clients
from listener.bus.names import BEGIN_ANEW, Names, changelog, group
from listener.bus.requesting import NotSeen, request
from listener.bus.tailing import Seen, Tail
from listener.model.topics import OUTPUTS
from listener.settings import Settings

__all__ = ["NotSeen", "StillRunning", "rebuild_all", "rebuild_customer"]

ESTIMATES: Final = OUTPUTS["estimates"]
LEAVE_WITHIN_S: Final = 20.0
"""A stopped relate is a member of its group until its session has ended."""


class StillRunning(Exception):
    """Relate runs."""


async def rebuild_customer(settings: Settings, customer_id: str, by: str | None, wait_s: float | None) -> None:
    """Ask relate to read a customer's signals again and, unless `wait_s` is None, wait for the estimate that follows.

    Raises:
        NotSeen: where it did not come within `wait_s` seconds.
    """
    await request(settings, "rebuild", customer_id, by, wait_s=wait_s, topics=[ESTIMATES], answered=_first)


async def _first(tail: Tail) -> Seen:
    return await anext(aiter(tail))


async def rebuild_all(settings: Settings) -> dict[int, int]:
    """Let relate begin anew when it is next started: how many signals of each partition it will read.

    The signals are read from their beginning again, and a record in the changelog says that what is stored before it,
    there and in any worker's folder, is to be dropped. In this order: a stop between the two changes nothing.

    Raises:
        StillRunning: while relate is a member of its group.
    """
    async with clients.admin(settings) as admin:
        deadline = time.monotonic() + LEAVE_WITHIN_S
        while await _members(admin, group(settings, "relate")):
            if time.monotonic() > deadline:
                raise StillRunning
            await asyncio.sleep(0.5)
    waiting = await _go_to_the_beginning(settings)
    mark = secrets.token_hex(8).encode()
    async with clients.started(clients.producer(settings), settings) as producer:
        for partition in sorted(waiting):
            await producer.send_and_wait(changelog(settings), mark, key=BEGIN_ANEW, partition=partition)
    return waiting


async def _members(admin: Any, name: str) -> int:
    node = await clients.coordinator(admin, name)
    ((_, _, _, _, _, members, *_),) = (await admin.describe_consumer_groups([name], node))[0].groups
    return len(members)


async def _go_to_the_beginning(settings: Settings) -> dict[int, int]:
    topic = Names(settings).real(OUTPUTS["signals"])
    consumer = clients.consumer(settings, "relate")
    async with clients.started(consumer, settings):
        partitions = [TopicPartition(topic, n) for n in range(settings.partitions)]
        consumer.assign(partitions)
        starts, ends = await consumer.beginning_offsets(partitions), await consumer.end_offsets(partitions)
        await consumer.commit({tp: OffsetAndMetadata(starts[tp], "") for tp in partitions})
        return {tp.partition: ends[tp] - starts[tp] for tp in partitions}
