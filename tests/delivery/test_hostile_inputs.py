"""Whatever is put on the bus: a dead letter or a clear end, and the neighbours hear nothing of it."""

import asyncio
from datetime import UTC, datetime, timedelta

import orjson
import pytest
from aiokafka.admin import NewTopic
from aiokafka.errors import MessageSizeTooLargeError

from listener.bus import clients
from listener.bus.names import changelog
from listener.model.signals import Heard
from listener.model.topics import INPUTS, OUTPUTS
from tests.delivery.harness import BRAND, Listening, Stages
from tests.patience import PATIENT_S
from tests.shell_fakes import chat

pytestmark = pytest.mark.broker
CHAT, EMAIL, CRM = INPUTS["contact_chat"], INPUTS["contact_email"], INPUTS["crm_customers"]
NOW = datetime(2026, 3, 2, tzinfo=UTC)
MEGABYTE = 2**20


def letter(size):
    return orjson.dumps(chat("x" * size, event_id=f"big-{size}"))


POISON = [
    (CHAT, b"k", b"\xff\xfe\x00\x01"),
    (CHAT, b"k", orjson.dumps({"nobody": "knows", "this": ["schema"]})),
    (CHAT, b"k", None),
    (CHAT, b"\xff" * 300, b"{"),
    (CHAT, b"k", b"[" * 100_000),
    (CHAT, b"k", orjson.dumps(chat("hi", customer="x" * 900_000))),
    (EMAIL, b"k", letter(10 * MEGABYTE)),
    (CRM, b"y" * 900_000, None),
    (CRM, b"k", b"not a profile"),
    (INPUTS["commands"], b"k", orjson.dumps({"command": "explode"})),
    (INPUTS["crm_dispositions"], None, b"{}"),
    (INPUTS["brand_acts"], b"k", orjson.dumps({"event_id": "a", "occurred_at": "never", "kind": "x"})),
]


async def publish(bus, records, headers=()):
    async with clients.started(clients.producer(bus.settings), bus.settings) as producer:
        for topic, key, value in records:
            await producer.send_and_wait(bus.names.real(topic), value, key=key, headers=list(headers))


def good(n):
    at = NOW + timedelta(minutes=n)
    return (
        CHAT,
        b"k",
        orjson.dumps(chat(f"line {n}", customer="good", event_id=f"good-{n}", occurred_at=at.isoformat())),
    )


def has_counted(count):
    return lambda result: result.estimates.get("good", {}).get("count") == count


async def test_poison_is_buried_and_its_neighbours_are_heard(bus, tmp_path):
    mixed = [record for n, poison in enumerate(POISON) for record in (good(n), poison)]
    with Stages(bus, tmp_path) as stages:
        async with Listening(bus).open() as listening:
            await publish(bus, mixed)
            done = await listening.until(lambda r: has_counted(len(POISON))(r) and r.dead == len(POISON))
            assert done, (listening.result.estimates, listening.result.dead, stages.logs())
            assert all(process.is_alive for process in stages.all)
            assert [process.stop() for process in stages.all] == [0, 0]


async def test_a_dead_letter_keeps_its_bytes_and_says_its_cause(bus, tmp_path):
    with Stages(bus, tmp_path):
        await publish(bus, [(CHAT, b"key", b"\xffnot json")], headers=[("mine", b"1")])
        topic = bus.names.real(CHAT + ".dlq")
        async with clients.started(clients.consumer(bus.settings, None, topic), bus.settings) as consumer:
            record = await asyncio.wait_for(consumer.getone(), PATIENT_S)
    told = dict(record.headers)
    assert (record.key, record.value, told["mine"]) == (b"key", b"\xffnot json", b"1")
    assert (told["listener.stage"], told["listener.attempt"]) == (b"decode", b"1")
    assert (told["__streams.errors.topic"], told["__streams.errors.offset"]) == (CHAT.encode(), b"0")
    assert b"not json" not in told["__streams.errors.message"].lower().replace(b"not json:", b"")


def signal(n, customer):
    at = NOW + timedelta(minutes=n)
    heard = Heard(
        event_id=f"{customer}-{n}",
        occurred_at=at,
        heard_at=at,
        customer_id=customer,
        brand=BRAND,
        channel="chat",
        role="customer",
    )
    return heard.model_dump_json(by_alias=True).encode()


@pytest.mark.parametrize("store", ["memory", "rocksdb"])
async def test_a_corrupt_changelog_or_signal_costs_only_itself(bus, tmp_path, store):
    """A stored state that is none is set aside and begun anew; relate never falls into a loop of crashes."""
    signals = OUTPUTS["signals"]
    async with clients.started(clients.producer(bus.settings), bus.settings) as producer:
        for partition in range(bus.settings.partitions):
            log = changelog(bus.settings)
            await producer.send_and_wait(log, b"\xc1 not a state", key=b"good", partition=partition)
            await producer.send_and_wait(log, b"", key=b"\xff\xfebookmark", partition=partition)
            await producer.send_and_wait(log, b"who am I", key=b"\xff\xff", partition=partition)
    await publish(
        bus,
        [
            (signals, b"good", signal(0, "good")),
            (signals, b"good", b"no signal"),
            (signals, b"good", signal(1, "good")),
        ],
    )
    with Stages(bus, tmp_path, ingests=0, store=store) as stages:
        async with Listening(bus).open() as listening:
            done = await listening.until(lambda r: has_counted(2)(r) and r.dead >= 3)
            assert done, (listening.result.estimates, listening.result.dead, stages.logs())
            assert stages.all[0].is_alive


@pytest.mark.parametrize(("kept", "is_taken"), [("producer", True), ("uncompressed", False)])
async def test_a_record_that_unpacks_to_more_than_it_weighs_is_refused_where_the_topic_says_so(bus, kept, is_taken):
    """Forty megabytes of noughts weigh forty kilobytes; SECURITY.md says what keeps them off the bus."""
    topic = NewTopic(bus.prefix + "packed", 1, 1, topic_configs={"compression.type": kept})
    async with clients.admin(bus.settings) as admin:
        await admin.create_topics([topic])
    over = {"compression_type": "gzip", "max_request_size": 50 * MEGABYTE, "max_batch_size": 50 * MEGABYTE}
    async with clients.started(clients.producer(bus.settings, **over), bus.settings) as producer:
        sending = producer.send_and_wait(topic.name, b"0" * 40 * MEGABYTE)
        if is_taken:
            await sending
        else:
            with pytest.raises(MessageSizeTooLargeError):
                await sending


async def test_without_its_topics_a_stage_ends_and_says_so(bus, tmp_path):
    from tests.stories_told import LISTENER, ROOT

    environ = bus.environ(BRAND=BRAND, OUTPUT_PREFIX="nobody.made.these.")
    process = await asyncio.create_subprocess_exec(
        *LISTENER, "relate", cwd=ROOT, env=environ, stderr=asyncio.subprocess.PIPE
    )
    _, told = await asyncio.wait_for(process.communicate(), PATIENT_S)
    assert process.returncode == 1
    assert b"listener topics apply" in told
