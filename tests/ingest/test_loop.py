"""What ingest commits: all that nobody waits for any more, and never what is still waiting its turn."""

from types import SimpleNamespace

import pytest
from aiokafka import TopicPartition
from prometheus_client import CollectorRegistry

from listener.bus.names import Names
from listener.ingest.loop import IngestLoop
from listener.settings import Settings
from listener.telemetry import Metrics
from tests.shell_fakes import hearing

CHAT, VOICE = TopicPartition("contact.chat.v1", 0), TopicPartition("contact.voice.v1", 0)


class Consumer:
    """Of two partitions; says where it stands and remembers what was committed."""

    def __init__(self, **over):
        self.places, self.starts, self.ends, self.lso = {CHAT: 0, VOICE: 0}, {CHAT: 0, VOICE: 0}, {}, {}
        self.told, self.commits = {}, []
        vars(self).update(over)

    def assignment(self):
        return set(self.places)

    async def position(self, tp):
        return self.places[tp]

    async def committed(self, tp):
        return self.told.get(tp)

    async def commit(self, offsets):
        self.commits.append(offsets)
        self.told |= offsets

    async def beginning_offsets(self, _):
        return self.starts

    async def end_offsets(self, _):
        return self.ends

    def last_stable_offset(self, tp):
        return self.lso.get(tp)

    def last_poll_timestamp(self, _):
        return 1


class Nobody:
    async def send(self, heard, dead):
        return None


def loop_of(consumer):
    names = Names(Settings())
    loop = IngestLoop(consumer, Nobody(), hearing(), SimpleNamespace(), names, Metrics(CollectorRegistry()))
    loop._merged.hold(consumer.places)
    loop._held = loop._wanted
    return loop


def record(offset):
    return SimpleNamespace(
        topic=CHAT.topic, partition=0, offset=offset, key=None, value=b"{", headers=(), timestamp=offset
    )


async def test_what_no_reader_is_given_is_passed_by_once_nothing_waits_before_it():
    """The marker of a transaction, what was rolled back, what is kept no more: all stand between records."""
    consumer = Consumer(places={CHAT: 2, VOICE: 5})
    loop = loop_of(consumer)
    loop._merged.add({CHAT: [record(0)]}, now=0.0)
    await loop._commit({})
    assert consumer.told == {VOICE: 5}, "chat 0 is not heard yet"
    await loop._take(loop._merged.ready(9.0, {VOICE: 9.0}, limit=9, limit_bytes=99))
    assert consumer.told == {VOICE: 5, CHAT: 2}


async def test_where_more_waits_no_more_is_committed_than_was_heard():
    consumer = Consumer(places={CHAT: 7, VOICE: 0})
    loop = loop_of(consumer)
    loop._merged.add({CHAT: [record(0), record(5)]}, now=0.0)
    await loop._take(loop._merged.ready(9.0, {VOICE: 9.0}, limit=1, limit_bytes=99))
    assert consumer.told == {CHAT: 1}


async def test_a_place_is_committed_once():
    consumer = Consumer(places={CHAT: 2, VOICE: 0})
    loop = loop_of(consumer)
    for _ in range(3):
        await loop._turn()
    assert consumer.commits == [{CHAT: 2}]


async def test_nothing_is_committed_of_partitions_that_are_to_be_begun_anew():
    """What was fetched in between was thrown away, and the place is behind it."""
    consumer = Consumer(places={CHAT: 2, VOICE: 0})
    loop = loop_of(consumer)
    await loop.on_partitions_revoked(())
    await loop._turn()
    assert consumer.commits == []


@pytest.mark.parametrize(("committed", "lag"), [(None, 0), (1, 0), (5, 0)])
async def test_what_is_kept_no_more_does_not_wait(committed, lag):
    consumer = Consumer(starts={CHAT: 5, VOICE: 0}, ends={CHAT: 5, VOICE: 0}, told={CHAT: committed})
    loop = loop_of(consumer)
    await loop.measure_lag()
    assert loop.lag[CHAT.topic, 0] == lag


async def test_a_partition_in_an_open_transaction_has_been_asked():
    """Its log goes on, but nobody may hear it: the records of others do not wait for that."""
    consumer = Consumer(places={CHAT: 3, VOICE: 0}, lso={CHAT: 3, VOICE: 1})
    loop = loop_of(consumer)
    loop._note_progress()
    assert await loop._asked(CHAT) >= 0.0
    assert await loop._asked(VOICE) == float("-inf")
