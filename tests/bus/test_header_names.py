"""A header whose name is not UTF-8 costs its own record, and nothing beside it."""

import asyncio

import orjson
import pytest
from aiokafka import TopicPartition
from aiokafka.consumer.fetcher import PartitionRecords
from aiokafka.record.default_records import DefaultRecordBatchBuilder, _DefaultRecordBatchBuilderPy
from aiokafka.record.memory_records import MemoryRecords

from listener.bus import clients
from listener.bus.header_names import _Records
from listener.envelopes.dead_letters import ERRORS, STAGE
from listener.hearing.decoding import Unusable, decode
from listener.ingest.identity_feed import as_record
from listener.model.topics import DEAD, OUTPUTS
from tests.delivery.harness import Stages
from tests.patience import PATIENT_S
from tests.shell_fakes import chat

PLACE = TopicPartition("contact.chat.v1", 0)
GZIP, PLAIN = 1, 0


def batch(names, codec=PLAIN):
    """As a producer that does not look at names would write it."""
    builder = DefaultRecordBatchBuilder(2, codec, 0, -1, -1, -1, 10**6)
    for n, name in enumerate(names):
        builder.append(n, timestamp=n, key=b"k", value=b"{}", headers=[(name, b"told")])
    return bytes(builder.build())


def broken(octets):
    return octets.replace(b"bad!", b"b\xff\xfe!")


def read(octets, begin=0):
    return list(PartitionRecords(PLACE, _Records(octets), None, begin, None, None, False, 1))


def test_aiokafka_itself_reads_nothing_of_such_a_batch():
    """Else all of this could go."""
    with pytest.raises(UnicodeDecodeError):
        list(PartitionRecords(PLACE, MemoryRecords(broken(batch(["bad!"]))), None, 0, None, None, False, 1))


@pytest.mark.parametrize("begin", [0, 1, 2, 3])
def test_every_record_of_a_batch_is_read_once_wherever_reading_begins(begin):
    told = read(broken(batch(["fine", "bad!", "größe", "bad!"])), begin)
    assert [(one.offset, one.key, one.value) for one in told] == [(n, b"k", b"{}") for n in range(begin, 4)]
    names = [name for one in told for name, _ in one.headers]
    assert names == ["fine", "b\udcff\udcfe!", "größe", "b\udcff\udcfe!"][begin:]


def test_a_batch_that_is_packed_is_read_as_any_other():
    assert [one.offset for one in read(batch(["one", "two"], GZIP))] == [0, 1]


def test_hearing_refuses_such_a_record_and_no_other():
    good, bad = (as_record("contact_survey", one) for one in read(broken(batch(["größe", "bad!"]))))
    with pytest.raises(Unusable, match="name of a header is not UTF-8"):
        decode(bad)
    with pytest.raises(Unusable, match="event_id"):
        decode(good)


class BadName(str):
    """Encoded as no name should be."""

    __slots__ = ()

    def encode(self, *_):
        return b"b\xff\xfe!"


async def send(bus, *values):
    """The first with a bad name, the others without, in one batch."""
    async with clients.started(clients.producer(bus.settings, enable_idempotence=False), bus.settings) as producer:
        made = producer.create_batch()
        made._builder = _DefaultRecordBatchBuilderPy(2, PLAIN, 0, -1, -1, -1, 10**6)
        for n, value in enumerate(values):
            headers = [] if n else [(BadName("x"), b"told")]
            made.append(key=None, value=orjson.dumps(value), timestamp=None, headers=headers)
        made.close()
        await (await producer.send_batch(made, bus.names.real(PLACE.topic), partition=0))


async def first_of(bus, topic):
    async with clients.started(clients.consumer(bus.settings, None, bus.names.real(topic)), bus.settings) as consumer:
        return await asyncio.wait_for(consumer.getone(), PATIENT_S)


@pytest.mark.broker
async def test_it_becomes_a_dead_letter_and_ingest_goes_on(bus, tmp_path):
    """Ingest would end of it at every start: nothing behind it would ever be heard."""
    await send(bus, chat("hi", event_id="bad"), chat("hi", event_id="behind"))
    with Stages(bus, tmp_path, relates=0) as stages:
        letter = await first_of(bus, PLACE.topic + DEAD)
        heard = await first_of(bus, OUTPUTS["signals"])
        assert stages.all[0].starts == 1, stages.logs()
    told = dict(letter.headers)
    assert (told[STAGE], told["b\\xff\\xfe!"]) == (b"decode", b"told")
    assert told[ERRORS + "message"] == b"the name of a header is not UTF-8"
    assert orjson.loads(heard.value)["event_id"] == "behind"
