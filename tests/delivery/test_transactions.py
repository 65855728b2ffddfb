"""Producers that use transactions: what they committed is heard, what they rolled back never was, and nothing waits."""

from contextlib import asynccontextmanager

import orjson
import pytest
from aiokafka import TopicPartition
from aiokafka.admin import RecordsToDelete

from listener.bus import clients
from listener.bus.lags import Lags
from listener.bus.names import group
from listener.model.topics import INPUTS, OUTPUTS
from tests.delivery.harness import Stages
from tests.patience import comes_true
from tests.shell_fakes import chat

pytestmark = pytest.mark.broker
CHAT = INPUTS["contact_chat"]


@asynccontextmanager
async def transactional(bus):
    producer = clients.producer(bus.settings, transactional_id=bus.prefix + "crm")
    async with clients.started(producer, bus.settings):
        yield producer


@asynccontextmanager
async def lags_of(bus):
    lags = Lags(bus.settings)
    await lags.start()
    try:
        yield lags
    finally:
        await lags.stop()


async def say(bus, producer, event_id):
    await producer.send_and_wait(bus.names.real(CHAT), orjson.dumps(chat("hi", event_id=event_id)), partition=0)


async def heard(bus, count):
    topic, ids = bus.names.real(OUTPUTS["signals"]), []
    async with clients.started(clients.consumer(bus.settings, None, topic), bus.settings) as consumer:
        while len(ids) < count:
            for records in (await consumer.getmany(timeout_ms=200)).values():
                ids += [orjson.loads(record.value)["event_id"] for record in records]
    return ids


async def test_nothing_waits_behind_a_transaction_and_what_was_rolled_back_is_not_heard(bus, tmp_path):
    """The last thing in a partition is the marker then, which no reader is given."""
    with Stages(bus, tmp_path, relates=0) as stages:
        await stages.all[0].until("readyz")
        async with transactional(bus) as producer, lags_of(bus) as lags:
            async with producer.transaction():
                await say(bus, producer, "kept-1")
            await comes_true(lags.is_ingest_done)
            await producer.begin_transaction()
            await say(bus, producer, "rolled-back")
            await producer.abort_transaction()
            async with producer.transaction():
                await say(bus, producer, "kept-2")
            await comes_true(lags.is_ingest_done)
            assert await heard(bus, 2) == ["kept-1", "kept-2"]


async def test_an_open_transaction_holds_nobody_else_up(bus, tmp_path):
    with Stages(bus, tmp_path, relates=0) as stages:
        async with transactional(bus) as producer, lags_of(bus) as lags:
            await producer.begin_transaction()
            await say(bus, producer, "open")
            async with clients.started(clients.producer(bus.settings), bus.settings) as other:
                topic = bus.names.real(CHAT)
                await other.send_and_wait(topic, orjson.dumps(chat("hi", event_id="plain")), partition=1)
            assert await heard(bus, 1) == ["plain"], stages.logs()
            await comes_true(lags.is_ingest_done)
            await producer.commit_transaction()
            assert await heard(bus, 2) == ["plain", "open"], stages.logs()


async def test_what_is_kept_no_more_waits_for_nobody(bus, tmp_path):
    """Ingest was away for longer than its input is kept, and nothing new comes."""
    topic = bus.names.real(CHAT)
    place = TopicPartition(topic, 0)
    async with clients.started(clients.producer(bus.settings), bus.settings) as producer:
        for n in range(5):
            await say(bus, producer, f"old-{n}")
    reader = clients.consumer(bus.settings, "ingest")
    async with clients.started(reader, bus.settings):
        reader.assign([place])
        await reader.commit({place: 1})
    async with clients.admin(bus.settings) as admin, lags_of(bus) as lags:
        assert not await lags.is_ingest_done()
        await admin.delete_records({place: RecordsToDelete(before_offset=5)})
        assert await lags.is_ingest_done()
        with Stages(bus, tmp_path, relates=0):

            async def is_committed():
                told = await admin.list_consumer_group_offsets(group(bus.settings, "ingest"))
                return told[place].offset == 5

            await comes_true(is_committed)
